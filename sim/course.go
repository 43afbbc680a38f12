package sim

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A course follows continuous signals for a recorder, which hang on the same states and
// are looked at together.
type course struct {
	slots    []signal.Slot
	states   []plant.Ref // of slots that are states: which; Island is -1 of what is computed
	computed bool        // one of them is
	extremes bool
	watch    plant.Watch
	views    []plant.View // of what is computed, each on its own; made where it is needed
	greatest []float64    // by signal: the greatest value that was seen, without its sign
	seen     vtime.Time
}

// follow lists the continuous signals whose course the recorder wants.
func (w *world) follow() {
	groups := map[string]int{}
	for slot := range w.plan.Signals.Len() {
		s := signal.Slot(slot)
		if !w.plan.g.continuous[s] || !w.digest.shows(s) {
			continue
		}
		closeness := w.record.Follows(s)
		if closeness == Apart {
			continue
		}
		r := w.plan.g.reach([]signal.Slot{s})
		view := w.plan.g.view(r)
		key := fmt.Sprint(view.Islands, closeness)
		if closeness == Extremes {
			key += fmt.Sprint(s) // it is looked for on its own: what else is computed would cost each time
		}
		i, known := groups[key]
		if !known {
			i = len(w.followed)
			groups[key] = i
			w.followed = append(w.followed, course{extremes: closeness == Extremes})
		}
		c := &w.followed[i]
		state := w.stateAt(s)
		c.slots, c.states, c.greatest = append(c.slots, s), append(c.states, state), append(c.greatest, 0)
		c.computed = c.computed || state.Island < 0
	}
	for i := range w.followed {
		w.attend(int32(i))
	}
}

// attend has a course hear of what it depends on.
func (w *world) attend(i int32) {
	c := &w.followed[i]
	r := w.plan.g.reach(c.slots)
	c.watch.View = w.plan.g.view(r)
	for _, input := range r.discrete {
		w.store.Watch(input)
		w.coursesOf[input] = append(w.coursesOf[input], i)
	}
	for _, is := range c.watch.View.Islands {
		w.islands[is].followed = append(w.islands[is].followed, i)
	}
}

// stateAt returns which state a cell is.
func (w *world) stateAt(slot signal.Slot) plant.Ref {
	if state := w.plan.g.stateOf[slot]; state >= 0 {
		island := w.plan.g.island[state]
		for i := range w.plan.g.islands[island].States {
			if w.plan.g.islands[island].States[i].Slot == slot {
				return plant.Ref{Island: island, State: int32(i)}
			}
		}
	}
	return plant.Ref{Island: -1}
}

// A Course is a continuous signal over a span: its extremes, where the recorder asked
// for them, and the polynomial that it goes along: of a state the dense output of the
// integration itself, over the whole step; of what is computed the one through five of
// its values.
type Course struct {
	From, To vtime.Time
	Min, Max float64 // over all that is told at a time
	Curve    plant.Curve
}

// At returns the value at a time of the span.
func (c *Course) At(t vtime.Time) float64 { return c.Curve.At(t) }

// breakCourses tells all courses up to now.
func (w *world) breakCourses(now vtime.Time) {
	for i := range w.followed {
		w.followed[i].lookBack(w, now)
	}
	w.record.Break(now)
}

// lookBack tells the courses since they were told last.
func (c *course) lookBack(w *world, now vtime.Time) {
	if now <= c.seen {
		return
	}
	told := Course{From: c.seen, To: now}
	if c.computed {
		c.sample(w, &told)
	}
	for i, slot := range c.slots {
		if c.extremes {
			e := w.plant.Extremes(&c.watch, func(f *signal.Frame) float64 { return f.V[slot] }, c.seen, now)
			told.Min, told.Max = e.Min, e.Max
		}
		if c.states[i].Island >= 0 {
			told.Curve = w.plant.Curve(c.states[i])
			w.record.Course(slot, told)
			continue
		}
		told.Curve = plant.Through(told.From, told.To, w.sampledAt[i])
		y := math.Abs(told.Curve.Y0)
		if y-y == 0 {
			c.greatest[i] = max(c.greatest[i], y)
		}
		tolerance := c.tolerance(i, y)
		if told.Curve.Smooth(tolerance) {
			told.Curve.Trim(tolerance)
			w.record.Course(slot, told)
		} else {
			c.trace(w, i, told)
		}
	}
	c.seen = now
}

// view returns what one of the signals hangs on, without what the others do.
func (c *course) view(w *world, i int) *plant.View {
	if c.views == nil {
		c.views = make([]plant.View, len(c.slots))
	}
	if v := &c.views[i]; v.Islands == nil {
		*v = w.plan.g.view(w.plan.g.reach(c.slots[i : i+1]))
	}
	return &c.views[i]
}

// sample evaluates all that is computed at five times of a span.
func (c *course) sample(w *world, told *Course) {
	for len(w.sampledAt) < len(c.slots) {
		w.sampledAt = append(w.sampledAt, [5]float64{})
	}
	span := told.To - told.From
	for k := range 5 {
		t := told.From + span/4*vtime.Time(k)
		if k == 4 {
			t = told.To
		}
		w.plant.Show(&c.watch.View, t)
		for i, slot := range c.slots {
			w.sampledAt[i][k] = w.store.V[slot]
		}
	}
}
