package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An aftermath is how badly somebody was harmed by what a hazard harms by.
type aftermath struct {
	severity harm.Severity
	at       vtime.Time
	after    bool // after it came
	people   []string
}

// consequence says how those were harmed who are exposed to a hazard, the worst first, and
// whether anybody was after it came.
func (s *sheet) consequence(r *sim.Result, h *sim.HazardResult) (text string, after bool) {
	var list []aftermath
	for i := range r.Harm {
		p := &r.Harm[i]
		one, harmed := suffered(h, p)
		if !harmed {
			continue
		}
		at := slices.IndexFunc(list, func(a aftermath) bool { return a.severity == one.severity && a.after == one.after })
		if at < 0 {
			at, list = len(list), append(list, one)
		}
		list[at].at = min(list[at].at, one.at)
		list[at].people = append(list[at].people, clean(p.Device))
	}
	slices.SortStableFunc(list, func(a, b aftermath) int { return int(b.severity - a.severity) })
	var parts []string
	for i := range list {
		a := &list[i]
		first := " at "
		if len(a.people) > 1 {
			first = ", first at "
		}
		text := s.few(a.people) + ": " + graded(a.severity) + first + a.at.Short()
		switch {
		case !a.after:
			text += ", before it was there"
		case a.severity > h.Severity:
			text += ", worse than foreseen"
		}
		parts, after = append(parts, text), after || a.after
	}
	if len(parts) == 0 {
		return "none", false
	}
	return strings.Join(parts, "; "), after
}

// suffered is how badly a person was harmed that a hazard exposes: after it came, or else before.
func suffered(h *sim.HazardResult, p *sim.HarmResult) (worst aftermath, harmed bool) {
	if !exposes(h, p) {
		return worst, false
	}
	came := vtime.Never
	if h.Presence.Verdict == monitor.Violated {
		came = h.Presence.At
	}
	for k := range p.Harms {
		by := &p.Harms[k]
		if len(h.By) > 0 && !slices.Contains(h.By, by.Exposure) {
			continue
		}
		for n := range by.Levels {
			one := aftermath{severity: harm.Severity(n + 1), at: by.Levels[n].At}
			one.at, one.after = from(by.Levels[n].Violations, came, one.at)
			if !harmed || one.after && !worst.after || one.after == worst.after && one.severity > worst.severity {
				worst, harmed = one, true
			}
		}
	}
	return worst, harmed
}

// from is when something was so first after a time, or else at all.
func from(spans []monitor.Span, came, first vtime.Time) (at vtime.Time, after bool) {
	for _, s := range spans {
		if s.From >= came {
			return s.From, true
		}
	}
	return first, first >= came
}

// aimed says what a safety function is made for, and how it did in this run.
func aimed(r *sim.Result, h *sim.HazardResult) string {
	t, ok := harm.TargetOf(h.Prevented.Target)
	if !ok {
		return ""
	}
	often := fmt.Sprintf("1 dangerous failure in %s h (%s to %s an hour)", reciprocal(t.Hourly[1]), power(t.Hourly[0]), power(t.Hourly[1]))
	text := t.Name + " (" + t.Standard + "): at most " + often
	if t.Demand[1] > 0 {
		text = fmt.Sprintf("%s (%s): at most 1 failure in %s demands (PFDavg %s to %s), or, demanded more than once a year, %s",
			t.Name, t.Standard, reciprocal(t.Demand[1]), power(t.Demand[0]), power(t.Demand[1]), often)
	}
	l := function(h)
	switch {
	case l == nil:
		return text + "; demands on it are not counted, as no layer is said to be it (`layer:`)"
	case !l.Fitted:
		return text + "; it is not fitted"
	case l.Demands() == 0:
		return text + "; no demand in these " + span(r.Ended.Sub(0))
	}
	return text + fmt.Sprintf("; in these %s %s, %d failed", span(r.Ended.Sub(0)), counted(l.Demands(), "demand", "demands"), l.Failed)
}

// ranges is between which failures a safety function may be.
func ranges(t *harm.Target) string {
	hourly := power(t.Hourly[0]) + " to " + power(t.Hourly[1]) + " dangerous failures an hour"
	if t.Demand[1] > 0 {
		return "PFDavg " + power(t.Demand[0]) + " to " + power(t.Demand[1]) + ", or " + hourly
	}
	return hourly
}

// function is the layer that is the safety function of a hazard, or the only one that there is.
func function(h *sim.HazardResult) *sim.LayerResult {
	for k := range h.Acted {
		if l := &h.Acted[k]; l.Name == h.Prevented.Layer || len(h.Acted) == 1 {
			return l
		}
	}
	return nil
}

// reciprocal is one by a share, with blanks between thousands; power is a share as 1e-7.
func reciprocal(share float64) string { return thousands(uint64(1/share + 0.5)) }

func power(share float64) string {
	return strings.Replace(fmt.Sprintf("%.0e", share), "e-0", "e-", 1)
}
