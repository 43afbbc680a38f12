package sim

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An overseer is what an observer has of an invariant beyond a condition: its atoms
// and what is asked of it, by number, and the monitor that hears them.
type overseer struct {
	plan    *monitor.Plan
	monitor *monitor.Monitor
	// seen is up to when the margins are known.
	seen    vtime.Time
	holds   []bool
	margins []float64
	ranges  []extent // of the margins so far
	// Of a simple invariant: which comparison of its condition decided the margin.
	decided    int
	violations int
	open       bool
	asked      int // conditions that are only asked for, the last ones
}

// An extent is between which values something was.
type extent struct{ lo, hi float64 }

func (x *extent) add(value float64) {
	if !math.IsInf(value, 0) {
		x.lo, x.hi = min(x.lo, value), max(x.hi, value)
	}
}

func newOverseer(p *monitor.Plan, asked int) *overseer {
	o := &overseer{
		plan: p, asked: asked, monitor: monitor.New(p), decided: -1,
		holds: make([]bool, p.Atoms), margins: make([]float64, p.Atoms), ranges: make([]extent, p.Atoms),
	}
	for i := range o.ranges {
		o.ranges[i] = extent{math.Inf(1), math.Inf(-1)}
	}
	return o
}

// oversee lets an invariant hear its conditions at the settled instant.
func (w *world) oversee(o *observer, now vtime.Time) {
	over := o.over
	for k := range over.holds {
		over.holds[k], over.margins[k] = w.weigh(o, k, now)
		over.ranges[k].add(over.margins[k])
	}
	if over.plan.Simple() {
		o.margin = over.margins[0]
		if over.monitor.Lowest(now, o.margin) {
			over.decided = w.decides(o, now)
			w.worst(o, now)
		}
	}
	over.monitor.Settled(now, over.holds, over.margins)
	over.seen = now
	w.judged(o, now)
}

// decides returns which comparison decides the margin of a simple invariant.
func (w *world) decides(o *observer, t vtime.Time) int {
	decide := w.plan.invariants[o.spec.index].Atoms[0].Decide
	if decide == nil {
		return 0
	}
	return int(w.plant.Value(&o.spec.watches[0], func(f *signal.Frame) float64 {
		_, atom := decide(f.V, f.M)
		return float64(atom)
	}, t))
}

// known reports whether nobody wants to know of a condition any more: all is decided,
// or it is only asked for and has come true.
func (o *overseer) known(k int) bool {
	first := o.plan.Atoms - o.asked
	return o.monitor.Done() || k >= first && o.monitor.Asked(k-first)
}

// weigh evaluates a condition and its margin: of a single comparison by its gap
// alone.
func (w *world) weigh(o *observer, k int, t vtime.Time) (holds bool, margin float64) {
	watch := &o.spec.watches[k]
	if sense := o.spec.senses[k]; sense != signal.Mixed {
		gap := w.plant.Value(watch, watch.Gaps[0], t)
		if k == 0 {
			o.gap = gap
		}
		if holds, margin, ok := sense.Judge(gap); ok {
			return holds, margin
		}
	}
	return w.plant.Both(watch, o.spec.margins[k], t)
}

// close lets an invariant look back over the span since it last looked, in which
// no discrete cell that it reads has changed: at what its margins were, up to the
// end of the span.
func (w *world) close(i int32, now vtime.Time) {
	o := &w.observers[i]
	if o.over == nil || o.over.seen >= now {
		return
	}
	from := o.over.seen
	o.over.seen = now
	before := w.meter.enterObserver(i)
	switch {
	case o.over.monitor.Done() || w.coarse(o):
	case !o.over.plan.Simple():
		w.trace(o, from, now)
	case !w.uneventful(o, from, now):
		w.review(o, from, now)
	}
	w.meter.leave(before)
}

// review looks where the margin of a simple invariant may be least in a span.
func (w *world) review(o *observer, from, now vtime.Time) {
	var scratch [3]vtime.Time
	at := append(scratch[:0], now)
	if negative := o.over.plan.Negative(); o.spec.leastAtEnds(negative) {
		at = append(at, max(from, now-1))
	} else {
		s := 1.0
		if negative {
			s = -1
		}
		at = append(at, w.plant.Least(&o.spec.watches[0], o.spec.margins[0], s, from, now))
	}
	slices.Sort(at)
	for _, t := range slices.Compact(at) {
		if t <= from {
			continue
		}
		_, m := w.weigh(o, 0, t)
		if o.spec.clock && o.over.lower(m) {
			t = w.plateau(o, from, t, m)
		}
		if o.over.monitor.Lowest(t, m) {
			o.over.decided = w.decides(o, t)
			w.worst(o, t)
		}
	}
}

// lower reports whether a margin of a simple invariant is lower than it ever was.
func (o *overseer) lower(margin float64) bool {
	if o.plan.Negative() {
		margin = -margin
	}
	return margin < o.monitor.Least()
}

// finest is by what part of its range so far the course of a margin may be off.
const finest = 1e-6

// trace tells an invariant the course of its margins over a span.
func (w *world) trace(o *observer, from, now vtime.Time) {
	inv := &w.plan.invariants[o.spec.index]
	for k := range inv.Atoms {
		watch := &o.spec.watches[k]
		if watch.View.Empty() {
			continue
		}
		x := &o.over.ranges[k]
		if !(x.hi > x.lo) {
			e := w.plant.Extremes(watch, o.spec.margins[k], from, now)
			x.add(e.Min)
			x.add(e.Max)
		}
		w.plant.Trace(watch, o.spec.margins[k], from, now, float64(finest*max(0, x.hi-x.lo)), func(at vtime.Time, margin float64) {
			x.add(margin)
			o.over.monitor.Line(k, at, margin)
		})
	}
}

// judged writes the story of an invariant.
func (w *world) judged(o *observer, now vtime.Time) {
	over := o.over
	w.gaveUp(o.spec.index, now)
	if n := over.monitor.Count(); n > over.violations {
		over.violations, over.open = n, true
		if o.spec.index < w.plan.named {
			w.story.add(now, ViolationBegan, o.spec.index)
		} else {
			w.endangered(o.spec.index, now, true)
		}
		if layer, _ := w.acts(o.spec.index); n == 1 && layer == nil {
			w.why[o.spec.index] = w.explain(w.causesOf(o.spec.index), now)
			if w.explains {
				w.trees[o.spec.index] = w.grow(w.causesOf(o.spec.index), now)
			}
			w.blamed(o.spec.index, now)
		} else if n > 1 {
			w.recurs(o.spec.index, now)
		}
	}
	if over.open && !over.monitor.Open() {
		over.open = false
		if o.spec.index < w.plan.named {
			w.story.add(now, ViolationEnded, o.spec.index)
		} else {
			w.endangered(o.spec.index, now, false)
		}
	}
}
