package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An observer follows conditions: a device's guard, a trigger, an invariant. It
// looks when something that its conditions read has changed and at the instants
// at which they cross, which it finds ahead of time.
type observer struct {
	spec    *observerSpec
	truth   [2]bool
	touched bool
	// seen is up to when the margins of an invariant are known.
	seen    vtime.Time
	timer   des.Timer  // of the next look
	due     vtime.Time // when that is
	looked  vtime.Time // when it looked ahead last
	monitor *monitor.Monitor
	margin  float64    // of the first condition when it looked last
	gaps    [2]float64 // of the conditions that are single comparisons, when they were weighed last
	// From looked to sure the first gap lies between lo and hi.
	lo, hi     float64
	sure       vtime.Time
	violations int
	open       bool
	// Of a guard: how often it rose since a time, to tell when it chatters.
	rises int
	since vtime.Time
}

// nearest is how far at least a condition is searched ahead.
const nearest = vtime.Second

// clockChunk is how far ahead a condition that reads the time is searched: 2/sqrt(5)
// seconds, because with a round number the samples in it would meet all swings of
// a round frequency in one and the same phase.
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
			o.monitor = monitor.New(w.plan.invariants[o.spec.index].Spec)
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
	if o.spec.kind == guards && !o.truth[0] && w.plant.Holds(&o.spec.watches[0], e.At) {
		o.truth[0] = true
		w.rises(o, e.At)
		h := w.plan.handlers[o.spec.index]
		w.devices.Do(int(h.unit), int(h.handler), int(h.member))
	}
	w.touch(int32(i))
}

// restarted makes a device's guards look anew: one that has restarted does not
// remember whether a condition held before, so what is true has risen.
func (w *world) restarted(unit, member int) {
	for i := range w.observers {
		o := &w.observers[i]
		if o.spec.kind != guards {
			continue
		}
		h := w.plan.handlers[o.spec.index]
		if int(h.unit) == unit && int(h.member) == member && !w.plan.assembly.Units[unit].Handlers[h.handler].Nature {
			o.truth[0] = false
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
		if rose && !o.truth[0] {
			w.rises(o, now)
			h := w.plan.handlers[o.spec.index]
			w.devices.Fire(now, int(h.unit), int(h.handler), int(h.member))
		}
		o.truth[0] = rose
	case triggers:
		rose := w.holds(o, now)
		if rose && !o.truth[0] {
			w.timeline.Rose(o.spec.index)
		}
		o.truth[0] = rose
	case monitors:
		w.close(i, now)
		s := w.sampleAt(o, now)
		o.truth, o.margin = [2]bool{s.P, s.Q}, s.MP
		o.monitor.Settled(s)
		o.seen = now
		w.judged(o, now)
	}
}

// holds evaluates the condition of a guard or a trigger.
func (w *world) holds(o *observer, now vtime.Time) bool {
	watch := &o.spec.watches[0]
	if sense := o.spec.senses[0]; sense != signal.Mixed {
		o.gaps[0] = w.plant.Value(watch, watch.Gaps[0], now)
		if holds, _, ok := sense.Judge(o.gaps[0]); ok {
			return holds
		}
	}
	return w.plant.Holds(watch, now)
}

// sampleAt evaluates the conditions of an invariant and their margins.
func (w *world) sampleAt(o *observer, t vtime.Time) monitor.Sample {
	s := monitor.Sample{At: t}
	s.P, s.MP = w.weigh(o, 0, t)
	if len(o.spec.watches) > 1 {
		s.Q, s.MQ = w.weigh(o, 1, t)
	}
	return s
}

// weigh evaluates a condition and its margin: of a single comparison by its gap
// alone.
func (w *world) weigh(o *observer, k int, t vtime.Time) (holds bool, margin float64) {
	watch := &o.spec.watches[k]
	if sense := o.spec.senses[k]; sense != signal.Mixed {
		o.gaps[k] = w.plant.Value(watch, watch.Gaps[0], t)
		if holds, margin, ok := sense.Judge(o.gaps[k]); ok {
			return holds, margin
		}
	}
	return w.plant.Both(watch, o.spec.margins[k], t)
}

// close lets an invariant look back over the span since it last looked, in which
// no discrete cell that it reads has changed: at the extremes of its margins, and
// at the end of the span.
func (w *world) close(i int32, now vtime.Time) {
	o := &w.observers[i]
	if o.spec.kind != monitors || o.seen >= now {
		return
	}
	from := o.seen
	o.seen = now
	before := w.meter.enterObserver(i)
	if !w.uneventful(o, from, now) {
		w.review(o, from, now)
	}
	w.meter.leave(before)
}

// review hears the margins of a span where they may decide.
func (w *world) review(o *observer, from, now vtime.Time) {
	at := w.extremes(o, from, now, make([]vtime.Time, 0, 6))
	if len(at) == 0 {
		return
	}
	slices.Sort(at)
	for _, t := range slices.Compact(append(at, now)) {
		if t > from {
			s := w.sampleAt(o, t)
			s.P, s.Q = o.truth[0], o.truth[1]
			o.monitor.Between(s)
		}
	}
}

// extremes lists where the margins of an invariant may decide in a span.
func (w *world) extremes(o *observer, from, to vtime.Time, at []vtime.Time) []vtime.Time {
	if _, simple := o.monitor.Least(); simple {
		if o.spec.leastAtEnds(o.monitor.Negative()) {
			return append(at, max(from, to-1), to)
		}
		s := 1.0
		if o.monitor.Negative() {
			s = -1
		}
		return append(at, w.plant.Least(&o.spec.watches[0], o.spec.margins[0], s, from, to))
	}
	at = w.grid(o, from, to, at)
	for k := range o.spec.watches {
		if !o.spec.watches[k].View.Empty() {
			e := w.plant.Extremes(&o.spec.watches[k], o.spec.margins[k], from, to)
			at = append(at, e.MinAt, e.MaxAt)
		}
	}
	if joint := o.spec.joint; joint != nil && len(at) > 0 {
		// The greater of two margins is often least where they cross.
		at = append(at, w.plant.Least(&joint.watch, joint.margin, 1, from, to))
	}
	return at
}

// Limits of the samples of margins that are weighed over a duration: so many to
// the duration, and at most so many in one span.
const (
	samplesPerWindow = 64
	samplesPerSpan   = 4096
)

// grid adds times at which the margins of an invariant with a duration are
// sampled: what is the least or the greatest over a sliding window is not decided
// at the extremes alone.
func (w *world) grid(o *observer, from, to vtime.Time, at []vtime.Time) []vtime.Time {
	spec := &w.plan.invariants[o.spec.index].Spec
	span := spec.For
	if spec.Bounded && spec.Within > 0 && (span == 0 || spec.Within < span) {
		span = spec.Within
	}
	if span == 0 || !o.continuous() {
		return at
	}
	step := vtime.Time(max(span/samplesPerWindow, to.Sub(from)/samplesPerSpan, 1))
	for t := from + step; t < to; t += step {
		at = append(at, t)
	}
	return at
}

// continuous reports whether an invariant reads anything continuous.
func (o *observer) continuous() bool {
	return slices.ContainsFunc(o.spec.watches, func(p plant.Watch) bool { return !p.View.Empty() })
}

// judged writes the story of an invariant.
func (w *world) judged(o *observer, now vtime.Time) {
	if n := o.monitor.Count(); n > o.violations {
		o.violations, o.open = n, true
		w.story.add(now, ViolationBegan, o.spec.index)
		if n == 1 {
			w.why[o.spec.index] = w.explain(o.spec.index, now)
		}
	}
	if o.open && !o.monitor.Open() {
		o.open = false
		w.story.add(now, ViolationEnded, o.spec.index)
	}
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
		next = now.Add(clockChunk)
	}
	for _, win := range o.spec.windows {
		next = min(next, w.windows[win].horizon(now))
	}
	if horizon = min(horizon, next); horizon != vtime.Never {
		next = min(next, w.search(o, now, horizon))
	}
	if o.monitor != nil {
		if d := o.monitor.Deadline(); d > now {
			next = min(next, d)
		}
	}
	w.wake(o, next)
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
		if w.still(o, k, now, limit) {
			continue
		}
		if at, ok := w.plant.Next(&o.spec.watches[k], now, limit, o.truth[k]); ok {
			next = min(next, at)
		}
	}
	return next
}
