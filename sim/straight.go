package sim

import (
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// boundsOf returns the bounds of a windowed helper up to the horizon of its window,
// where it goes along a straight line; nil where it does not.
func (w *world) boundsOf(win *window) signal.Enclosure {
	r := w.plan.g.reach(slots(win.spec.arg.Reads, 0))
	if !win.spec.helper.straight() || len(r.states) > 0 || len(r.nodes) > 0 || r.clock {
		return nil
	}
	return func(b *signal.Box, _ int) interval.Range { return win.bounds(w.devices.Frame(), b.From, b.To) }
}

// bounds is the range of a helper that goes along a straight line from one time to
// another; a difference rests, but may jump at the latter.
func (win *window) bounds(f *signal.Frame, from, to vtime.Time) interval.Range {
	a, b := win.value(f, from), win.value(f, to)
	r := interval.Either(interval.Point(a), interval.Point(b))
	switch {
	case a == b:
	case win.spec.helper == delta:
		r.Down, r.Up = interval.Everything.Down, interval.Everything.Up
	default:
		r.Down = (b - a) / vtime.Seconds(to.Sub(from))
		r.Up = r.Down
	}
	return r
}
