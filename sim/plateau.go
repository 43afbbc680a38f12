package sim

import "github.com/harmproof/harmproof/sim/vtime"

// plateau returns since when the margin of a simple invariant has been as low as at a time, within a span that ends
// there: what reads the time may jump at any time of it, to what it then stays at, and whoever looks at the end is to
// tell when that began. Where the margin still fell at the time, it is that.
func (w *world) plateau(o *observer, from, at vtime.Time, margin float64) vtime.Time {
	lower := func(t vtime.Time) bool {
		_, m := w.weigh(o, 0, t)
		if o.over.plan.Negative() {
			return m >= margin
		}
		return m <= margin
	}
	if at-from < 2 || !lower(at-1) {
		return at
	}
	for from+1 < at {
		if mid := from + (at-from)/2; lower(mid) {
			at = mid
		} else {
			from = mid
		}
	}
	return at
}
