package report

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// doses are the exposures that are judged by what adds up, and what that is: how much it was
// says nothing of how much there was at once.
var doses = map[string]string{"co": "in the blood ", "gas": "load ", "thermal_radiation": "dose "}

// atWorst says how much of an exposure there was when it was the worst, where that is more than
// was said of what crossed a limit first.
func atWorst(h *sim.HarmResult, exposure, said string) string {
	k := slices.IndexFunc(h.Exposed, func(e sim.Exposure) bool { return e.Name == exposure })
	if k < 0 || k >= len(h.Amounts) || !h.Amounts[k].Known() {
		return ""
	}
	a := &h.Amounts[k]
	amount := figure(a.Value, a.Unit)
	if strings.HasSuffix(said, " was "+amount) {
		return ""
	}
	if another := anotherTime(h, k, a.At); another != "" && severityAt(h, exposure, a.At) < harmedBy(h, exposure).Severity {
		return "; at another time, which did " + wording(severityAt(h, exposure, a.At)) + " harm, " + doses[exposure] + amount + " at " + a.At.Short()
	}
	return "; " + doses[exposure] + "at worst " + amount + " at " + a.At.Short() + anotherTime(h, k, a.At)
}

// harmedBy is the harm that an exposure did, which is none where it did none.
func harmedBy(h *sim.HarmResult, exposure string) *sim.HarmedBy {
	if k := slices.IndexFunc(h.Harms, func(by sim.HarmedBy) bool { return by.Exposure == exposure }); k >= 0 {
		return &h.Harms[k]
	}
	return &sim.HarmedBy{Exposure: exposure}
}

// severityAt is how badly an exposure harmed somebody at a time: of what harms when there is too little as well as
// when there is too much, what is farthest from its limits need not be what is worst.
func severityAt(h *sim.HarmResult, exposure string, at vtime.Time) (s harm.Severity) {
	by := harmedBy(h, exposure)
	for n := range by.Levels {
		if slices.ContainsFunc(by.Levels[n].Violations, func(v monitor.Span) bool { return v.From <= at && at <= v.To }) {
			s = harm.Severity(n + 1)
		}
	}
	return s
}

// wording is a severity as an adjective of harm.
func wording(s harm.Severity) string {
	switch s {
	case harm.None:
		return "no"
	case harm.Death:
		return "deadly"
	}
	return s.String()
}

// harmedSince is since when somebody was in harm without a break when it was the worst, by whatever exposure.
func harmedSince(h *sim.HarmResult) (since vtime.Time) {
	since = h.At
	for again := true; again; {
		again = false
		for i := range h.Harms {
			for _, s := range h.Harms[i].Levels[0].Violations {
				if s.From < since && since <= s.To {
					since, again = s.From, true
				}
			}
		}
	}
	return since
}
