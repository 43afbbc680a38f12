package sim

import (
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
	for slot := range w.plan.Signals.Len() {
		s := signal.Slot(slot)
		if !w.plan.g.continuous[s] || !w.digest.shows(s) || !w.record.Follows(s) {
			continue
		}
		r := w.plan.g.reach([]signal.Slot{s})
		c := course{slot: s, watch: plant.Watch{View: w.plan.g.view(r)}}
		for _, input := range r.discrete {
			w.store.Watch(input)
			w.coursesOf[input] = append(w.coursesOf[input], int32(len(w.followed)))
		}
		for _, is := range c.watch.View.Islands {
			w.islands[is].followed = append(w.islands[is].followed, int32(len(w.followed)))
		}
		w.followed = append(w.followed, c)
	}
}

func (c *course) eval(f *signal.Frame) float64 { return f.V[c.slot] }

// A Course is a continuous signal over a span: its extremes, and the polynomial of
// fourth degree through five of its values, which is what the dense output of an
// integration step is.
type Course struct {
	From, To vtime.Time
	Min, Max float64
	piece    piece
}

// At returns the value at a time of the span.
func (c *Course) At(t vtime.Time) float64 { return c.piece.value(t) }

// lookBack tells the course since it was told last.
func (c *course) lookBack(w *world, now vtime.Time) {
	if now <= c.seen {
		return
	}
	e := w.plant.Extremes(&c.watch, c.eval, c.seen, now)
	var y [5]float64
	for k := range y {
		t := c.seen + (now-c.seen)/4*vtime.Time(k)
		if k == 4 {
			t = now
		}
		y[k] = w.plant.Value(&c.watch, c.eval, t)
	}
	w.record.Course(c.slot, Course{
		From: c.seen, To: now, Min: e.Min, Max: e.Max,
		piece: piece{from: c.seen, to: now, c: divided(y)},
	})
	c.seen = now
}
