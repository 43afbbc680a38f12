package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
)

// An observerKind is on whose behalf conditions are watched.
type observerKind uint8

const (
	guards   observerKind = iota // a device's OnRise
	triggers                     // a step's `when:`
	monitors                     // an invariant
)

// A question is what an observer asks, the same for all members of a device.
type question struct {
	kind    observerKind
	curve   signal.Curve // of the first one's gap, where all that is continuous in it goes along straight lines
	lone    signal.Curve // of the first one's gap, where it depends on one state
	source  int          // rank of its events
	asks    []ask
	senses  []signal.Sense // by condition, whose only gap they are about
	margins []signal.Eval
}

// An ask is a condition that is watched, and what it reads.
type ask struct {
	watch  plant.Watch // of no member yet
	reads  []signal.Read
	hidden []signal.Read // by what has no gap
}

// An observerSpec is who asks: a member of a device, a step, an invariant.
type observerSpec struct {
	*question
	index   int         // of the guard in handlers, the step, the invariant
	clock   bool        // reads time other than through windows
	slot    signal.Slot // the state that the first gap depends on, where it is one alone
	watches []plant.Watch
	windows []int         // whose history it reads
	reads   []signal.Slot // discrete cells
	// influences are the cells of which an invariant or a trigger hears, continuous
	// ones as well.
	influences []signal.Slot
}

// observers lists who watches conditions: devices' guards, triggers, invariants.
func (s *System) observers(p *Plan, steps []Step) {
	p.observers = make([]observerSpec, 0, p.countGuards()+len(steps)+len(p.invariants))
	k := walk{g: p.g}
	for unit := range p.assembly.Units {
		u := &p.assembly.Units[unit]
		for h := range u.Handlers {
			if u.Handlers[h].Kind == device.OnRise {
				p.guard(&k, unit, h)
			}
		}
	}
	for i := range steps {
		if steps[i].Start == inject.When {
			q := &question{kind: triggers, source: p.links - 1}
			q.condition(p, steps[i].Condition)
			p.observe(&k, q, i, 0, make([]plant.Watch, len(q.asks)))
		}
	}
	for i := range p.invariants {
		q, inv := &question{kind: monitors, source: p.links - 1}, &p.invariants[i]
		for n := range inv.conditions() {
			q.condition(p, inv.condition(n))
		}
		p.observe(&k, q, i, 0, make([]plant.Watch, len(q.asks)))
	}
}

// countGuards returns the number of guards of all members.
func (p *Plan) countGuards() (n int) {
	for i := range p.assembly.Units {
		u := &p.assembly.Units[i]
		for h := range u.Handlers {
			if u.Handlers[h].Kind == device.OnRise {
				n += int(u.Count)
			}
		}
	}
	return n
}

// guard adds an OnRise handler of a device.
func (p *Plan) guard(k *walk, unit, h int) {
	u := &p.assembly.Units[unit]
	handler, q := &u.Handlers[h], &question{kind: guards, source: unit}
	if handler.Condition != nil {
		q.condition(p, handler.Condition())
	} else {
		gap := handler.Gap
		watch := plant.Watch{Gaps: []signal.Eval{gap}, Holds: func(f *signal.Frame) bool { return gap(f) >= 0 }}
		if handler.Bounds != nil {
			watch.Bounds = []signal.Enclosure{handler.Bounds}
		}
		q.ask(signal.AtLeast, ask{watch: watch, reads: readsOf(handler.Reads)})
	}
	n, count := len(q.asks), int(u.Count)
	watches := make([]plant.Watch, n*count)
	p.handlers = slices.Grow(p.handlers, count)
	for m := range count {
		p.handlers = append(p.handlers, handlerRef{int32(unit), int32(h), int32(m)})
		p.observe(k, q, len(p.handlers)-1, m, watches[n*m:n*(m+1):n*(m+1)])
	}
}

// observe adds who asks a question. There is room for its watches.
func (p *Plan) observe(k *walk, q *question, index, m int, watches []plant.Watch) {
	o := observerSpec{question: q, index: index, watches: watches}
	for i := range q.asks {
		w, r := &watches[i], k.from(q.asks[i].reads, m)
		*w = q.asks[i].watch
		w.Member, w.View, w.Hidden = int32(m), p.g.view(*r), p.moves(q.asks[i].hidden, m)
		if i == 0 && q.lone != signal.Wild {
			o.slot = p.g.states[r.states[0]].slot
		}
		o.clock = o.clock || r.clock
		o.windows = append(o.windows, r.windows...)
		o.reads = append(o.reads, r.discrete...)
		if q.kind != guards {
			o.influences = append(append(o.influences, r.discrete...), slots(q.asks[i].reads, m)...)
		}
	}
	p.observers = append(p.observers, o)
}

// moves reports whether something that is read changes without an event.
func (p *Plan) moves(reads []signal.Read, m int) bool {
	return slices.ContainsFunc(slots(reads, m), func(s signal.Slot) bool { return p.g.continuous[s] })
}

func (q *question) ask(sense signal.Sense, a ask) {
	q.asks, q.senses = append(q.asks, a), append(q.senses, sense)
}

// condition adds a compiled condition to what is asked.
func (q *question) condition(p *Plan, c *signal.Condition) {
	w := plant.Watch{Holds: func(f *signal.Frame) bool { return c.Holds(f.V, f.M) }}
	var hidden []signal.Read
	for i := range c.Atoms {
		switch a := &c.Atoms[i]; {
		case !a.Continuous:
		case a.Gap != nil:
			w.Gaps = append(w.Gaps, a.Gap.Of())
			w.Bounds = append(w.Bounds, a.Bounds)
		default:
			hidden = append(hidden, a.Reads...)
		}
	}
	w.Margin = c.Bounds
	q.margins = append(q.margins, c.Margin.Of())
	sense := c.Sense
	if len(w.Gaps) == 0 {
		sense = signal.Mixed
	}
	if sense != signal.Mixed && len(q.asks) == 0 {
		q.bends(p, c)
	}
	if slices.ContainsFunc(w.Bounds, func(b signal.Enclosure) bool { return b == nil }) {
		w.Bounds = nil
	} else if sense == signal.Mixed && c.Continuous {
		w.Verdict = c.Verdict
	}
	q.ask(sense, ask{w, c.Reads, hidden})
}

// bends notes how the gap of a single comparison bends, for any member.
func (q *question) bends(p *Plan, c *signal.Condition) {
	r := p.g.reach(slots(c.Reads, 0))
	switch {
	case len(r.states) == 1 && len(r.nodes) == 0 && !r.clock:
		q.lone = c.Atoms[0].Curve
	case p.straight(r):
		q.curve = c.Atoms[0].Curve
	}
}

// straight reports whether all that is continuous in what is read goes along
// straight lines up to the next look: histories of what changes in steps do.
func (p *Plan) straight(r reached) bool {
	if len(r.states) > 0 || r.clock {
		return false
	}
	for _, n := range r.nodes {
		i := p.g.nodes[n].window - 1
		if i < 0 || !p.windows[i].helper.straight() {
			return false
		}
		if of := p.g.reach(slots(p.windows[i].arg.Reads, 0)); len(of.nodes) > 0 || len(of.states) > 0 || of.clock {
			return false
		}
	}
	return true
}
