package sim

import (
	"cmp"
	"container/heap"
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A way leads from what an invariant reads back to a step.
type way struct {
	step    int
	toll    int32
	enables bool    // it leads over another step
	asked   bool    // it begins at what the invariant is asked for, not at what is wanted
	causes  []found // from what is read to the step
	places  []place // the same, as far as it can be told
}

// told reports whether each link of it can be told.
func (v *way) told() bool { return v.toll < untold }

// found is a cause with the place that it was found at.
type found struct {
	Cause
	place
}

// A tracer looks for ways back.
type tracer struct {
	w      *world
	now    vtime.Time
	back   *follows // by place: what it follows from
	parent []int32  // by place: the place before it on the way, or -1
	tolls  []int32  // by place: that of the best way to it
	seen   []int32  // by place: in which search it was seen last
	done   []int32  // by place: in which search its best way was found
	search int32
	queue  queue
	causes []source         // scratch
	mesh   mesh             // of the state that was asked about last
	scopes map[place]*scope // of answers that were asked about now
}

// A source is what a place follows from, and when that was written last.
type source struct {
	place
	written vtime.Time
}

// tracer returns the one of a world, which keeps its columns from search to search: when
// thousands of people are harmed at once, each is asked why.
func (w *world) tracer(now vtime.Time) *tracer {
	if w.spread.tracer == nil {
		n, back := w.plan.sways.places, w.plan.sways.turned(w.plan.g)
		w.spread.tracer = &tracer{
			w: w, back: &back,
			parent: make([]int32, n), tolls: make([]int32, n), seen: make([]int32, n), done: make([]int32, n),
		}
	}
	w.spread.tracer.now, w.spread.tracer.scopes = now, map[place]*scope{}
	return w.spread.tracer
}

// turned returns by place what it follows from, what comes with messages included, and
// of a state apart what its rate reads.
func (x *sways) turned(g *graph) follows {
	list := make([]sway, 0, len(x.follow.list)+len(x.late))
	for from := range x.places {
		for _, to := range x.of(place(from)) {
			list = append(list, swayOf(place(to), place(from)))
		}
	}
	for _, e := range x.late {
		from, to := e.ends()
		list = append(list, swayOf(to, from))
	}
	for i := range g.states {
		for _, slot := range g.states[i].inputs() {
			if slot != g.states[i].slot && slot != signal.Clock {
				list = append(list, swayOf(place(g.states[i].slot), place(slot)))
			}
		}
	}
	return followers(list, x.places)
}

// An entry is a place that a search can go on with.
type entry struct {
	at   place
	toll int32
	nth  int32
}

// A queue has the entry with the least toll first; of several the one that came first.
type queue []entry

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].toll < q[j].toll || q[i].toll == q[j].toll && q[i].nth < q[j].nth
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *queue) Push(x any) { *q = append(*q, x.(entry)) }

// Pop implements heap.Interface.
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// find looks for the way of least toll from what is read back to a step, over places
// that are under its influence; among several for what was written last.
func (t *tracer) find(step int, reads []signal.Slot) (v way, ok bool) {
	bit, to := rootOf(step), t.w.plan.sways.step(step)
	t.search++
	t.queue = t.queue[:0]
	nth := int32(0)
	visit := func(at place, from, toll int32) {
		if t.w.influence(at)&bit == 0 || t.done[at] == t.search || t.seen[at] == t.search && t.tolls[at] <= toll {
			return
		}
		t.seen[at], t.tolls[at], t.parent[at] = t.search, toll, from
		nth++
		heap.Push(&t.queue, entry{at, toll, nth})
	}
	for _, slot := range reads {
		visit(place(slot), -1, 0)
	}
	for len(t.queue) > 0 {
		e := heap.Pop(&t.queue).(entry)
		if t.done[e.at] == t.search {
			continue
		}
		if t.done[e.at] = t.search; e.at == to {
			return t.told(step, e.toll), true
		}
		for _, from := range t.sources(e.at, bit) {
			visit(from.place, int32(e.at), e.toll+t.toll(e.at, from.place))
		}
		if t.w.plan.sways.isCell(e.at) {
			t.goesBack(signal.Slot(e.at), func(from place, toll int32) { visit(from, int32(e.at), e.toll+toll) })
		}
	}
	return v, false
}

// sources lists what a place follows from and a search can still come to, what was written last
// first; of what was written at once, as they are numbered. Of tens of thousands that share a
// link, each is looked up once.
func (t *tracer) sources(at place, bit signal.Mask) []source {
	t.causes = t.causes[:0]
	for _, from := range t.back.list[t.back.first[at]:t.back.first[at+1]] {
		if from := place(from); t.done[from] != t.search && t.w.influence(from)&bit != 0 && t.within(at, from) {
			t.causes = append(t.causes, source{from, t.written(from)})
		}
	}
	slices.SortFunc(t.causes, func(a, b source) int {
		if c := cmp.Compare(b.written, a.written); c != 0 {
			return c
		}
		return cmp.Compare(a.place, b.place)
	})
	return t.causes
}

// written returns when a cell was written last, and last of all what nobody has a name
// for; of what is no cell it is not known.
func (t *tracer) written(at place) vtime.Time {
	if !t.w.plan.sways.isCell(at) {
		return vtime.Never
	}
	if t.w.plan.Signals.internal(signal.Slot(at)) {
		return -1
	}
	return t.w.store.Stamp(signal.Slot(at)).At
}

// told says what the way that was found to a step is, up to where it cannot be told.
func (t *tracer) told(step int, toll int32) way {
	v := way{step: step, toll: toll}
	x := t.w.plan.sways
	var places []place // from the step to what is read
	for p := int32(x.step(step)); p >= 0; p = t.parent[p] {
		places = append(places, place(p))
	}
	slices.Reverse(places)
	end := len(places) - 1
	for k := 1; k < end; k++ {
		if _, is := x.isStep(places[k]); is {
			v.enables = true
		}
	}
	for k := 1; k <= end; k++ {
		if t.tolls[places[k]]-t.tolls[places[k-1]] >= untold {
			places = places[:k]
			break
		}
	}
	v.places = places
	for k := range places {
		if list := t.w.cameBy(places[k]); list != nil {
			v.causes = append(v.causes, list...)
			continue
		}
		c, ok := t.describe(places, k)
		if ok {
			v.causes = append(v.causes, found{c, places[k]})
			if d, some := t.refused(&c); some {
				v.causes = append(v.causes, found{d, places[k]})
			}
		}
		if t.w.plan.sways.isCell(places[k]) && (ok || t.w.sinceWhen(signal.Slot(places[k]))) {
			slot := signal.Slot(places[k])
			for _, known := range slices.Concat(t.w.known(slot, t.now), t.w.loaded(slot, t.now)) {
				if known.Kind == DataCause || known.Kind == LoadCause {
					v.causes = append(v.causes, found{known, places[k]})
				}
			}
		}
	}
	if !v.told() {
		c := t.injection(step, -1)
		v.causes = append(v.causes, found{c, x.step(step)})
	}
	t.w.settle(v.causes, t.now)
	return v
}

// settle sees to it that no cause is later than its effect. What was there before is
// not made, but left so; what moves all the time is looked at when it matters.
func (w *world) settle(list []found, now vtime.Time) {
	moves := func(c *Cause) bool {
		return c.Injection < 0 && (c.Kind == PhysicsCause || c.Kind == ComputedCause && w.plan.g.continuous[c.Signal.Slot])
	}
	for k := len(list) - 1; k >= 0; k-- {
		c := &list[k].Cause
		if moves(c) {
			c.At = 0
		}
		if k+1 == len(list) || list[k+1].At <= c.At {
			continue
		}
		if c.Injection >= 0 && list[k+1].Kind == SpreadCause {
			continue // it began before, and went on while malware spread
		}
		if last := &list[k+1]; last.Injection >= 0 && last.Signal.Signal == "" && c.Injection < 0 && !moves(c) {
			continue // it hangs where it can, see Tree.add
		}
		switch c.Kind {
		case DecisionCause, MessageCause, StartCause, ComputedCause:
			if !moves(c) {
				c.Omitted, c.Kind, c.Since = c.Kind, OmissionCause, c.At
				c.Check = ""
			}
		}
		c.At = min(list[k+1].At, now) // a step that never began has no time
	}
	at := now
	for k := range list {
		if c := &list[k].Cause; moves(c) {
			c.At = at
		}
		at = min(at, list[k].At)
	}
}
