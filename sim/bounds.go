package sim

import (
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// still reports whether a single comparison cannot change up to a time, as its
// gap stays away from zero. What it learns of the gap spares an invariant to look
// back over the span. It is sure, or it says no.
func (w *world) still(o *observer, k int, now, to vtime.Time) bool {
	if k > 0 || o.spec.curve == signal.Wild && o.spec.lone == signal.Wild {
		return false
	}
	watch := &o.spec.watches[0]
	if o.spec.lone != signal.Wild {
		o.lo, o.hi = w.loneBounds(o, watch, now, to)
	} else {
		// At the time itself a history may jump: the observer looks then anyway.
		o.lo, o.hi = o.spec.curve.Between(o.gap, w.plant.Value(watch, watch.Gaps[0], max(now, to-1)))
	}
	if o.lo <= o.hi {
		o.sure = to
	}
	return o.lo > 0 || o.hi < 0
}

// loneBounds returns bounds of a gap that depends on one state: a state goes no
// further than its curve, and what does not bend has its bounds at the ends of that.
func (w *world) loneBounds(o *observer, watch *plant.Watch, now, to vtime.Time) (lo, hi float64) {
	low, high := w.plant.Span(watch.View.States[0], now, to)
	f := w.devices.Frame()
	f.M = int(watch.Member)
	at := &w.store.V[o.spec.slot]
	*at = low
	a := watch.Gaps[0](f)
	*at = high
	return o.spec.lone.Between(a, watch.Gaps[0](f))
}

// leastAtEnds reports whether the margin of a single comparison, or its negative,
// is least at an end of any span.
func (o *observerSpec) leastAtEnds(negative bool) bool {
	if below := o.senses[0] <= signal.AtMost; below != negative {
		return o.curve == signal.Straight || o.curve == signal.Convex
	}
	return o.curve == signal.Straight || o.curve == signal.Concave
}

// uneventful reports whether a span cannot lower the margin of a simple invariant
// any further, which is nearly always so.
func (w *world) uneventful(o *observer, from, now vtime.Time) bool {
	over := o.over
	if !over.plan.Simple() {
		return false
	}
	watch := &o.spec.watches[0]
	if watch.View.Empty() {
		return true
	}
	lo, hi := o.lo, o.hi
	if now > o.sure {
		lo, hi = w.plant.Range(watch, o.spec.margins[0], o.margin, from, now)
	} else if o.spec.senses[0] <= signal.AtMost {
		lo, hi = -hi, -lo
	}
	if over.plan.Negative() {
		lo = -hi
	}
	return lo >= over.monitor.Least()
}
