package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// restart marks an island to begin anew at the end of this round.
func (w *world) restart(island int32) {
	is := &w.islands[island]
	is.restart = true
	w.mark(island)
}

func (w *world) mark(island int32) {
	if is := &w.islands[island]; !is.due {
		is.due = true
		w.due = append(w.due, island)
	}
}

// advanced handles the event at the end of an island's step.
func (w *world) advanced(e des.Event) {
	w.mark(int32(e.Arg))
}

func (w *world) scheduleAdvance(island int) {
	_, to := w.plant.Step(island)
	w.kernel.Arm(w.islands[island].timer, to)
}

// integrate computes the next step of each island that is due. Before the old
// one is gone, who watches it looks back over it.
func (w *world) integrate(now vtime.Time) {
	if len(w.due) == 0 || w.err != nil {
		return
	}
	slices.Sort(w.due)
	for _, i := range w.due {
		w.lookBack(i, now)
	}
	for _, i := range w.due {
		is := &w.islands[i]
		before := w.meter.enterIsland(i)
		var err error
		if is.restart {
			err = w.plant.Restart(int(i), now, is.jumps)
		} else {
			err = w.plant.Advance(int(i))
		}
		if err != nil {
			w.err = err
			return
		}
		is.due, is.restart, is.jumps = false, false, is.jumps[:0]
		w.scheduleAdvance(int(i))
		w.recordIsland(int(i), now)
		for _, o := range is.observers {
			w.touch(o)
		}
		for _, win := range is.windows {
			w.stirred(win)
		}
		w.meter.leave(before)
	}
	w.due = w.due[:0]
}

// recordIsland writes the values of an island's states where a step begins.
func (w *world) recordIsland(island int, now vtime.Time) {
	states := w.plant.Islands[island].States
	for j, y := range w.plant.Start(island) {
		w.digest.add(now, states[j].Slot, y)
		w.record.Change(now, states[j].Slot, y)
		if len(w.samplers) > 0 {
			w.noteSamples(states[j].Slot)
		}
	}
}

// lookBack lets observers and windows look at the span that an island's step
// was valid for, while its dense output is still there.
func (w *world) lookBack(island int32, now vtime.Time) {
	is := &w.islands[island]
	for _, o := range is.observers {
		w.close(o, now)
	}
	for _, i := range is.followed {
		w.followed[i].lookBack(w, now)
	}
}

// before is called when a watched cell is about to change.
func (w *world) before(slot signal.Slot) {
	now := w.kernel.Now()
	for _, r := range w.plan.readers.of(slot) {
		if i := int32(r & readerMask); r&^readerMask == byObserver {
			w.close(i, now)
		}
	}
	for _, i := range w.coursesOf[slot] {
		w.followed[i].lookBack(w, now)
	}
}
