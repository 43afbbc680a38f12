package report

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// meet reports whether two times have an instant in common.
func meet(a, b monitor.Span) bool { return a.From <= b.To && b.From <= a.To }

// harmfulTimes are the times at which an exposure harmed a person: the one that is told, and all.
func harmfulTimes(h *sim.HarmResult, exposure string) (told monitor.Span, all []monitor.Span, ok bool) {
	k := slices.IndexFunc(h.Harms, func(by sim.HarmedBy) bool { return by.Exposure == exposure })
	if k < 0 {
		return told, nil, false
	}
	at := h.Harms[k].At
	if exposure == h.Exposure {
		at = h.At
	}
	all = h.Harms[k].Levels[0].Violations
	n := slices.IndexFunc(all, func(s monitor.Span) bool { return s.From <= at && at <= s.To })
	if n < 0 {
		return told, nil, false
	}
	return all[n], all, true
}

// anotherTime says of an instant at which an exposure was beyond its limit that this was not the time that is told,
// and whether it harmed then. A time without a break beyond the limit is one, as harm may come late in it; what
// was so often beyond it that not all times were kept is not told apart.
func anotherTime(h *sim.HarmResult, k int, at vtime.Time) string {
	m := &h.Margins[k]
	exposure := h.Exposed[k].Name
	if of := h.Exposed[k].Of; of != "" {
		exposure = of
	}
	told, all, ok := harmfulTimes(h, exposure)
	n := slices.IndexFunc(m.Violations, func(s monitor.Span) bool { return s.From <= at && at <= s.To })
	if !ok || n < 0 || m.Count > len(m.Violations) || meet(m.Violations[n], told) {
		return ""
	}
	if slices.ContainsFunc(all, func(s monitor.Span) bool { return meet(s, m.Violations[n]) }) {
		return ", another time that it harmed"
	}
	return ", another time, which did no harm"
}

// bears reports whether a time at which a model did not hold has to do with harm that came to a person: it was then,
// or, of what adds up, before; else while the exposure was beyond its limit without a break.
func bears(h *sim.HarmResult, left monitor.Span) bool {
	for i := range h.Harms {
		by := &h.Harms[i]
		k := slices.IndexFunc(h.Exposed, func(e sim.Exposure) bool { return e.Name == by.Exposure })
		over := h.Margins[k].Violations
		if by.Levels[0].Count > len(by.Levels[0].Violations) || h.Margins[k].Count > len(over) {
			return true // not all times were kept
		}
		for _, s := range by.Levels[0].Violations {
			if meet(s, left) || addsUp(h, by) && left.From <= s.To {
				return true
			}
			if slices.ContainsFunc(over, func(o monitor.Span) bool { return meet(o, s) && meet(o, left) && left.From <= s.To }) {
				return true
			}
		}
	}
	return false
}

// addsUp reports whether an exposure harmed by what was taken up before.
func addsUp(h *sim.HarmResult, by *sim.HarmedBy) bool {
	return doses[by.Exposure] != "" || slices.ContainsFunc(by.Models, func(model string) bool {
		return slices.ContainsFunc(h.Exposed, func(e sim.Exposure) bool { return e.Of == by.Exposure && strings.ReplaceAll(e.Name, "_", " ") == model })
	})
}
