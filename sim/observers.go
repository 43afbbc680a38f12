package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An observer follows conditions: a device's guard, a trigger, an invariant. It
// looks when something that its conditions read has changed and at the instants
// at which they cross, which it finds ahead of time.
type observer struct {
	spec    *observerSpec
	truth   bool // of the first condition
	touched bool
	timer   des.Timer  // of the next look
	due     vtime.Time // when that is
	looked  vtime.Time // when it looked ahead last
	over    *overseer  // of an invariant
	margin  float64    // of the first condition when it looked last
	gap     float64    // of the first condition when it was weighed last, where it is a single comparison
	// From looked to sure the first gap lies between lo and hi.
	lo, hi float64
	sure   vtime.Time
	// Of a guard: how often it rose since a time, to tell when it chatters.
	rises    int
	since    vtime.Time
	bursts   uint64 // chatterRises times, soon after one another
	quickest vtime.Duration
}

// nearest is how far at least a condition is searched ahead.
const nearest = vtime.Second

// clockChunk is how far ahead a condition that reads the time is searched by
// samples: 2/sqrt(5) seconds, because with a round number they would meet all swings
// of a round frequency in one and the same phase.
const clockChunk = 894427191 * vtime.Nanosecond

func (w *world) makeObservers() {
	w.observers = make([]observer, len(w.plan.observers))
	for i := range w.observers {
		o := &w.observers[i]
		o.spec, o.due = &w.plan.observers[i], vtime.Never
		phase := des.Plant
		if o.spec.kind == guards {
			phase = des.React
		}
		o.timer = w.kernel.NewTimer(phase, des.Source(o.spec.source), w.observe, 0, uint64(i))
		if o.spec.kind == monitors {
			o.over = newOverseer(w.plan.monitors[o.spec.index], len(w.plan.invariants[o.spec.index].Asked))
			for _, slot := range o.spec.reads {
				w.store.Watch(slot)
			}
		}
		for k := range o.spec.watches {
			for _, is := range o.spec.watches[k].View.Islands {
				if list := &w.islands[is].observers; !slices.Contains(*list, int32(i)) {
					*list = append(*list, int32(i))
				}
			}
		}
		for _, win := range o.spec.windows {
			w.windows[win].observers = append(w.windows[win].observers, int32(i))
		}
	}
	for i, win := range w.plan.windows {
		r := w.plan.g.reach(slots(win.arg.Reads, 0))
		w.windows[i].watch.View = w.plan.g.view(r)
		for _, is := range w.windows[i].watch.View.Islands {
			w.islands[is].windows = append(w.islands[is].windows, int32(i))
		}
	}
}

func (w *world) touch(i int32) {
	if o := &w.observers[i]; !o.touched {
		o.touched = true
		w.touched = append(w.touched, i)
	}
}

// observed handles an observer's own event.
func (w *world) observed(e des.Event) {
	i := uint32(e.Arg)
	if i == nobody || w.observers[i].spec.kind != guards {
		w.looks++
	}
	if i == nobody {
		return
	}
	o := &w.observers[i]
	o.due = vtime.Never
	if o.spec.kind == guards && !o.truth && w.plant.Holds(&o.spec.watches[0], e.At) {
		o.truth = true
		w.rises(o, e.At)
		h := w.plan.handlers[o.spec.index]
		w.devices.Do(int(h.unit), int(h.handler), int(h.member))
	}
	w.touch(int32(i))
}

// restarted makes a device's guards look anew: one that has restarted does not
// remember whether a condition held before, so what is true has risen.
func (w *world) restarted(unit, member int) {
	w.ebb(unit, member, false)
	w.revived(unit, member)
	w.subscribeAnew(unit, member)
	for i := range w.observers {
		o := &w.observers[i]
		if o.spec.kind != guards {
			continue
		}
		h := w.plan.handlers[o.spec.index]
		if int(h.unit) == unit && int(h.member) == member && !w.plan.assembly.Units[unit].Handlers[h.handler].Nature {
			o.truth = false
			w.touch(int32(i))
		}
	}
}

// observersSettle lets every touched observer look at the settled instant.
func (w *world) observersSettle(now vtime.Time) {
	before := w.meter.enter(atSignals)
	w.settleWindows(now)
	w.meter.leave(before)
	if len(w.touched) > 1 {
		slices.Sort(w.touched)
	}
	for k := 0; k < len(w.touched); k++ {
		i := w.touched[k]
		o := &w.observers[i]
		o.touched = false
		before := w.meter.enterObserver(i)
		w.look(o, i, now)
		w.ahead(o, now)
		w.meter.leave(before)
	}
	w.touched = w.touched[:0]
}

// look evaluates the observer's conditions at the settled instant.
func (w *world) look(o *observer, i int32, now vtime.Time) {
	switch o.spec.kind {
	case guards:
		rose := w.holds(o, now)
		if rose && !o.truth {
			w.rises(o, now)
			h := w.plan.handlers[o.spec.index]
			w.devices.Fire(now, int(h.unit), int(h.handler), int(h.member))
		}
		o.truth = rose
	case triggers:
		rose := w.holds(o, now)
		if rose && !o.truth {
			w.timeline.Rose(o.spec.index, w.influenceOf(o))
		}
		o.truth = rose
	case monitors:
		w.close(i, now)
		w.oversee(o, now)
	}
}

// holds evaluates the condition of a guard or a trigger.
func (w *world) holds(o *observer, now vtime.Time) bool {
	watch := &o.spec.watches[0]
	if sense := o.spec.senses[0]; sense != signal.Mixed {
		o.gap = w.plant.Value(watch, watch.Gaps[0], now)
		if holds, _, ok := sense.Judge(o.gap); ok {
			return holds
		}
	}
	return w.plant.Holds(watch, now)
}

// ahead finds when the observer has to look next, beyond changes of what it
// reads, and makes an event then.
func (w *world) ahead(o *observer, now vtime.Time) {
	if o.spec.kind == triggers && !w.timeline.Wants(o.spec.index) {
		return
	}
	o.sure = -1
	horizon := vtime.Never
	for k := range o.spec.watches {
		for _, is := range o.spec.watches[k].View.Islands {
			_, to := w.plant.Step(int(is))
			horizon = min(horizon, to)
		}
	}
	next := vtime.Never
	if o.spec.clock {
		next = now.Add(w.sight(o))
	}
	for _, win := range o.spec.windows {
		next = min(next, w.windows[win].horizon(now))
	}
	if horizon = min(horizon, next); w.coarse(o) {
		next = horizon
	} else if horizon != vtime.Never {
		next = min(next, w.search(o, now, horizon))
	}
	if o.over != nil {
		if d := o.over.monitor.Deadline(); d > now {
			next = min(next, d)
		}
		if d := w.patience(o.spec.index); d > now {
			next = min(next, d)
		}
	}
	w.wake(o, next)
}

// coarse reports whether an observer only looks where a step ends.
func (w *world) coarse(o *observer) bool {
	return o.over != nil && w.plan.invariants[o.spec.index].Coarse
}

// sight is how far ahead a condition that reads the time is searched at most.
func (w *world) sight(o *observer) vtime.Duration {
	if o.over != nil && !o.over.plan.Simple() { // a trace has so many vertices
		return clockChunk
	}
	for k := range o.spec.watches {
		if !w.plant.Proves(&o.spec.watches[k]) {
			return clockChunk
		}
	}
	return vtime.Day
}

// wake sees to it that the observer looks at a time.
func (w *world) wake(o *observer, at vtime.Time) {
	if at != o.due {
		o.due = at
		w.kernel.Arm(o.timer, at)
	}
}

// search returns the first time up to the horizon at which a condition changes.
// It looks twice as far as since it looked last: what is disturbed often need not
// look far. Where it finds nothing nearer than the horizon it returns the time to
// look on from.
func (w *world) search(o *observer, now, horizon vtime.Time) (next vtime.Time) {
	next = vtime.Never
	if far := now.Add(max(nearest, 2*now.Sub(o.looked))); far < horizon {
		horizon, next = far, far
	}
	o.looked = now
	for k := range o.spec.watches {
		limit := min(horizon, next)
		if w.still(o, k, now, limit) || o.over != nil && o.over.known(k) {
			continue
		}
		if at, ok := w.plant.Next(&o.spec.watches[k], now, limit, o.held(k)); ok {
			next = min(next, at)
		}
	}
	return next
}

// held returns whether a condition held when the observer looked last.
func (o *observer) held(k int) bool {
	if o.over == nil {
		return o.truth
	}
	return o.over.holds[k]
}

// influenceOf returns the roots of all that an observer's condition reads.
func (w *world) influenceOf(o *observer) (m signal.Mask) {
	for _, slot := range o.spec.influences {
		m |= w.store.Stamp(slot).Influence
	}
	return m
}
