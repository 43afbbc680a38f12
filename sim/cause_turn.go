package sim

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// mostTurned is of how many cells it is found out on which of them something turns: each is tried by itself.
const mostTurned = 256

// nudge is by how much of itself a number is moved to see whether what is computed of it moves: by as
// much that rounding does not hide it, and so little that no comparison changes but one that is on its edge.
const nudge = 1e-6

// turning keeps of the cells that something is computed of those on which it turns now: of the greatest of several
// the one that is the greatest, of two conditions that are both to hold the one that does not. Other says
// whether what came is otherwise in a way that matters.
func (w *world) turning(reads []signal.Slot, now vtime.Time, value func() float64, other func(was, is float64) bool) []signal.Slot {
	if len(reads) < 2 || len(reads) > mostTurned {
		return reads
	}
	view := w.plan.g.view(w.plan.g.reach(reads))
	w.plant.Show(&view, now)
	was := value()
	return slices.DeleteFunc(slices.Clone(reads), func(slot signal.Slot) bool {
		x := w.store.V[slot]
		defer func() { w.store.V[slot] = x }()
		for _, y := range w.nudged(slot, x) {
			if w.store.V[slot] = y; other(was, value()) {
				return false
			}
		}
		return true
	})
}

// orAll returns some cells, or all where none of them matters by itself: then any may.
func orAll(some, all []signal.Slot) []signal.Slot {
	if len(some) == 0 {
		return all
	}
	return some
}

// nudged lists values of a cell that are a little otherwise, or, where there is no little, otherwise.
func (w *world) nudged(slot signal.Slot, x float64) []float64 {
	switch w.plan.Signals.At(slot).Type {
	case signal.Number:
		by := float64(nudge * max(math.Abs(x), nudge))
		return []float64{x + by, x - by}
	case signal.Int, signal.Hash:
		return []float64{x + 1, x - 1}
	}
	if x == 0 {
		return []float64{1}
	}
	return []float64{0}
}

// turnsOn lists the cells on which a computed one turns.
func (w *world) turnsOn(n *node, now vtime.Time) []signal.Slot {
	reads := slots(n.reads, int(n.member))
	if n.window > 0 {
		return reads // it remembers what was
	}
	f := w.devices.Frame()
	value := func() float64 {
		f.M = int(n.member)
		return n.eval(f)
	}
	return w.turning(reads, now, value, func(was, is float64) bool { return was != is })
}

// decisive lists the cells that a condition reads and that would make it otherwise.
func (w *world) decisive(c *signal.Condition, now vtime.Time) []signal.Slot {
	reads := slots(c.Reads, 0)
	if c.Margin == nil || len(reads) < 2 {
		return reads
	}
	view := w.plan.g.view(w.plan.g.reach(reads))
	w.plant.Show(&view, now)
	holds := c.Holds(w.store.V, 0)
	margin := func() float64 { return c.Margin(w.store.V, 0) }
	return orAll(w.turning(reads, now, margin, func(was, is float64) bool { return !holds && is > was || holds && is < was }), reads)
}

// turned lists the cells that decide an invariant now, as far as that can be told: what is wanted, and what it is
// asked for.
func (w *world) turned(invariant int, now vtime.Time) (wanted, asked []signal.Slot) {
	i := &w.plan.invariants[invariant]
	wanted, asked = i.groups()
	var turns []signal.Slot
	for k := range i.conditions() {
		turns = append(turns, w.decisive(i.condition(k), now)...)
	}
	idle := func(slot signal.Slot) bool { return !slices.Contains(turns, slot) }
	return slices.DeleteFunc(wanted, idle), slices.DeleteFunc(asked, idle)
}

// idles reports whether a way leads over a computed cell that does not turn on the next one now: two
// cars push each other by what they do only when they touch.
func (w *world) idles(v *way, now vtime.Time) bool {
	for k := range v.places[:max(0, len(v.places)-1)] {
		at, from := v.places[k], v.places[k+1]
		if x := w.plan.sways; !x.isCell(at) || !x.isCell(from) || w.plan.g.producer[at] < 0 {
			continue
		}
		n := &w.plan.g.nodes[w.plan.g.producer[at]]
		if reads := slots(n.reads, int(n.member)); slices.Contains(reads, signal.Slot(from)) && !slices.Contains(w.turnsOn(n, now), signal.Slot(from)) {
			return true
		}
	}
	return false
}
