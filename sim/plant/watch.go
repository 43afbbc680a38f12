package plant

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Watch is a condition over continuous signals.
type Watch struct {
	View   View
	Member int32
	// Holds is the condition itself. It can only change where a gap changes its
	// sign, or at the beginning of the span that is searched.
	Holds func(f *signal.Frame) bool
	Gaps  []signal.Eval
	// Bounds are those of the gaps, and Verdict what is certain of the condition; nil
	// where they are not known. Without Verdict the condition is a single comparison.
	Bounds  []signal.Enclosure
	Verdict signal.Verdict
	// Margin is the bounds of the function that Extremes, Least and Range are asked for;
	// nil where they are not known.
	Margin signal.Enclosure
	// Hidden is whether the condition can also change where no gap does.
	Hidden bool
}

// Proves reports whether changes and extremes of a condition are located by what is
// certain of it, not by samples.
func (p *Plant) Proves(w *Watch) bool {
	return w.bounded() && w.Margin != nil && p.bounded(&w.View)
}

// bounded reports whether bounds of the condition are known.
func (w *Watch) bounded() bool { return w.Verdict != nil || len(w.Bounds) > 0 }

// Holds evaluates the condition at t.
func (p *Plant) Holds(w *Watch, t vtime.Time) bool {
	p.Show(&w.View, t)
	p.frame.M = int(w.Member)
	return w.Holds(p.frame)
}

// Value evaluates a function of the watch's signals at t.
func (p *Plant) Value(w *Watch, eval signal.Eval, t vtime.Time) float64 {
	p.Show(&w.View, t)
	p.frame.M = int(w.Member)
	return eval(p.frame)
}

// Both evaluates the condition and a function of its signals at t.
func (p *Plant) Both(w *Watch, eval signal.Eval, t vtime.Time) (holds bool, value float64) {
	p.Show(&w.View, t)
	p.frame.M = int(w.Member)
	return w.Holds(p.frame), eval(p.frame)
}

// patience is after how many changes of sign that change nothing the search ends.
const patience = 100

// Next returns the first nanosecond in (from, to] at which the condition is not
// what it is at from, which is given. The span lies within one step of each
// island of the view.
func (p *Plant) Next(w *Watch, from, to vtime.Time, truth bool) (vtime.Time, bool) {
	if len(w.Gaps) == 0 && w.Verdict == nil || w.View.Empty() || from >= to {
		return 0, false
	}
	if w.bounded() && p.bounded(&w.View) {
		at, found, ok := p.prove(w, from, to, truth)
		if ok {
			return at, found
		}
		p.Unproven++
		if found {
			from = at
		}
	}
	return p.sampled(w, from, to, truth)
}

// sampled is Next by samples.
func (p *Plant) sampled(w *Watch, from, to vtime.Time, truth bool) (vtime.Time, bool) {
	for tries := 0; from < to; tries++ {
		at, ok := p.crossing(w, from, to)
		if !ok {
			break
		}
		// A gap that hovers about zero changes its sign without end: then the caller
		// looks there, and goes on.
		if p.Holds(w, at) != truth || tries > patience {
			return at, true
		}
		// A gap changed its sign but not the condition: go on behind it.
		from = at
	}
	return 0, false
}

// crossing returns the first nanosecond in (from, to] at which any gap has
// another sign than at from. Until one has, all are sampled at the same times.
func (p *Plant) crossing(w *Watch, from, to vtime.Time) (first vtime.Time, found bool) {
	together := len(w.Gaps) > 1 && to-from >= 2*Samples
	if together {
		p.sampleGaps(w, from, to)
	}
	for i, gap := range w.Gaps {
		var at vtime.Time
		var ok bool
		switch {
		case found:
			at, ok = p.signChange(w, gap, from, first)
		case together:
			at, ok = p.among(w, gap, from, to, p.samples[i][:])
		default:
			at, ok = p.signChange(w, gap, from, to)
		}
		if ok && (!found || at < first) {
			first, found = at, true
		}
	}
	return first, found
}

// sampleGaps evaluates all gaps of a condition at the times at which signChange does
// one: what they read is shown once for all.
func (p *Plant) sampleGaps(w *Watch, from, to vtime.Time) {
	for len(p.samples) < len(w.Gaps) {
		p.samples = append(p.samples, [Samples + 1]float64{})
	}
	for i := range Samples + 1 {
		p.Show(&w.View, cut(from, to, i, Samples))
		p.frame.M = int(w.Member)
		for k, gap := range w.Gaps {
			p.samples[k][i] = gap(p.frame)
		}
	}
}
