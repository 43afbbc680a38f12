package sim

import (
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// still reports whether a single comparison cannot change up to a time, as its
// gap stays away from zero. What it learns of the gap spares an invariant to look
// back over the span.
func (w *world) still(o *observer, k int, now, to vtime.Time) bool {
	watch := &o.spec.watches[k]
	if o.spec.senses[k] == signal.Mixed || watch.View.Empty() {
		return false
	}
	lo, hi := w.bounds(o, k, now, to)
	if k == 0 && lo <= hi {
		o.lo, o.hi, o.sure = lo, hi, to
	}
	return lo > 0 || hi < 0
}

// bounds returns bounds of the gap of a single comparison from now to a time.
func (w *world) bounds(o *observer, k int, now, to vtime.Time) (lo, hi float64) {
	watch := &o.spec.watches[k]
	if k == 0 && o.spec.lone != signal.Wild {
		return w.loneBounds(o, watch, now, to)
	}
	if k == 0 && o.spec.curve != signal.Wild {
		return o.spec.curve.Between(o.gaps[k], w.plant.Value(watch, watch.Gaps[0], to))
	}
	return w.plant.Range(watch, watch.Gaps[0], o.gaps[k], now, to)
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
	least, simple := o.monitor.Least()
	if !simple {
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
	if o.monitor.Negative() {
		lo = -hi
	}
	return lo >= least
}
