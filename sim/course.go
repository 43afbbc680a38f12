package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A course follows a continuous signal for a recorder.
type course struct {
	slot  signal.Slot
	watch plant.Watch
	seen  vtime.Time
}

// follow lists the continuous signals whose course the recorder wants.
func (w *world) follow() {
	for slot := range w.plan.Signals {
		s := signal.Slot(slot)
		if !w.plan.g.continuous[s] || w.plan.Signals[s].Internal || !w.record.Follows(s) {
			continue
		}
		c := course{slot: s, watch: plant.Watch{View: w.plan.g.view(w.plan.g.reach([]signal.Slot{s}))}}
		for _, is := range c.watch.View.Islands {
			w.islands[is].followed = append(w.islands[is].followed, int32(len(w.followed)))
		}
		w.followed = append(w.followed, c)
	}
}

func (c *course) eval(f *signal.Frame) float64 { return f.V[c.slot] }

// lookBack tells the extremes since it looked last, and the value at the end.
func (c *course) lookBack(w *world, now vtime.Time) {
	if now <= c.seen {
		return
	}
	e := w.plant.Extremes(&c.watch, c.eval, c.seen, now)
	at := []vtime.Time{e.MinAt, e.MaxAt, now}
	slices.Sort(at)
	for _, t := range slices.Compact(at) {
		if t > c.seen {
			w.record.Course(t, c.slot, w.plant.Value(&c.watch, c.eval, t))
		}
	}
	c.seen = now
}

// begin tells the value where a step begins, which may be another one than at
// the end of the step before.
func (c *course) begin(w *world, now vtime.Time) {
	w.record.Course(now, c.slot, w.plant.Value(&c.watch, c.eval, now))
}
