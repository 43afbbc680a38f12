package report

import (
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
)

// ranges writes what left the range in which its model holds, and what was counted then.
func (s *sheet) ranges(r *sim.Result) {
	any := false
	for i := range r.Ranges {
		x := &r.Ranges[i]
		if x.Left.Verdict != monitor.Violated {
			continue
		}
		if !any {
			s.line("%s", s.bold("Outside the models"))
			any = true
		}
		text := violations(&x.Left, r)
		if m := marginOf(&x.Left); len(m) > 1 && m[0] == '-' && x.Left.Unit.Symbol != "" { // a mere number says nothing
			text += ", at worst by " + m[1:] + " at " + x.Left.Closest.Short()
		}
		s.bullet("  "+clean(x.Device)+" "+clean(x.What), text)
		s.bullet("    holds", clean(x.Text))
	}
	if any {
		s.line("")
	}
}

// outside says of a person which exposure left the range of its model, and from when on, as far as that has to do with
// the harm that came to them.
func outside(r *sim.Result, h *sim.HarmResult) (list []sentence) {
	for i := range r.Ranges {
		if x := &r.Ranges[i]; x.Device == h.Device && x.Left.Verdict == monitor.Violated {
			at := slices.IndexFunc(x.Left.Violations, func(s monitor.Span) bool { return bears(h, s) })
			if at < 0 && x.Left.Count == len(x.Left.Violations) {
				continue
			}
			from := x.Left.At
			if at >= 0 {
				from = x.Left.Violations[at].From
			}
			list = append(list, sentence{"outside its model", clean(x.What) + ", from " + from.Short() + " on: " + clean(x.Text)})
		}
	}
	return list
}

// unknown says of a person who counts as unharmed which of their models was left, so that it may be wrong; what
// holds is told beside all that was left.
func unknown(r *sim.Result, h *sim.HarmResult) (list []sentence) {
	for i := range r.Ranges {
		if x := &r.Ranges[i]; x.Device == h.Device && x.Left.Verdict == monitor.Violated {
			list = append(list, sentence{"outside its model", clean(x.What) + ", from " + x.Left.At.Short() + " on: may be harmed all the same"})
		}
	}
	return list
}

// jsonRange is a range that was left.
type jsonRange struct {
	Device string        `json:"device"`
	What   string        `json:"what"`
	Holds  string        `json:"holds"`
	At     *float64      `json:"at_seconds"`
	Times  int           `json:"times"`
	Spans  [][2]*float64 `json:"spans_seconds"`
}

// rangesJSON lists the ranges that were left.
func rangesJSON(r *sim.Result) (list []jsonRange) {
	for i := range r.Ranges {
		if x := &r.Ranges[i]; x.Left.Verdict == monitor.Violated {
			one := jsonRange{Device: x.Device, What: x.What, Holds: x.Text, At: jsonTime(x.Left.At), Times: x.Left.Count}
			for _, span := range x.Left.Violations {
				one.Spans = append(one.Spans, [2]*float64{jsonTime(span.From), jsonTime(span.To)})
			}
			list = append(list, one)
		}
	}
	return list
}
