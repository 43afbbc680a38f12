package sim

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
)

// A reader is who wants to know that a cell changed: what it is in the upper
// bits, which one in the lower.
type reader uint32

const (
	readerBits = 28
	readerMask = 1<<readerBits - 1
)

const (
	byNode     reader = iota << readerBits // a discrete computed cell: computed anew
	byIsland                               // an island: begins anew
	byHandler                              // a device's OnChange
	byObserver                             // conditions
	byWindow                               // a history
	byPoint                                // a point whose source is computed
	byColumn                               // a column of the story
	byToll                                 // a point whose source is a report: shown anew when that is told
)

// readerIndex lists the readers of every cell.
type readerIndex struct {
	first []int32 // by slot, and one more
	list  []reader
}

func (x *readerIndex) of(slot signal.Slot) []reader { return x.list[x.first[slot]:x.first[slot+1]] }

type readerPair struct {
	slot signal.Slot
	who  reader
}

// readers builds the index.
func (s *System) readers(p *Plan) {
	var pairs []readerPair
	add := func(slot signal.Slot, kind reader, i int) { pairs = append(pairs, readerPair{slot, kind | reader(i)}) }
	for i := range p.g.nodes {
		if !p.g.continuous[p.g.nodes[i].slot] {
			for _, slot := range slots(p.g.nodes[i].reads, int(p.g.nodes[i].member)) {
				add(slot, byNode, i)
			}
		}
	}
	k := walk{g: p.g}
	for i := range p.g.states {
		st := &p.g.states[i]
		add(st.slot, byIsland, int(p.g.island[i]))
		for _, slot := range k.fromState(st).discrete {
			add(slot, byIsland, int(p.g.island[i]))
		}
	}
	for i := range p.assembly.Units {
		s.changeHandlers(p, i, add)
	}
	for i, o := range p.observers {
		for _, slot := range o.discrete(p) {
			add(slot, byObserver, i)
		}
	}
	for i, w := range p.windows {
		for _, slot := range p.g.reach(slots(w.arg.Reads, 0)).discrete {
			add(slot, byWindow, i)
		}
	}
	for i := range p.shown {
		reads := slots(p.shown[i].Expression.Reads, 0)
		r := p.g.reach(reads)
		p.columnWatches = append(p.columnWatches, plant.Watch{View: p.g.view(r)})
		for _, slot := range r.discrete {
			add(slot, byColumn, i)
		}
	}
	for i, point := range p.points {
		if point.Source == point.Shown || point.Source < 0 {
			continue
		}
		if p.Signals.role(point.Source) == device.RoleReport {
			add(point.Source, byToll, i)
		} else {
			add(point.Source, byPoint, i)
		}
	}
	p.readers = newReaderIndex(pairs, p.Signals.Len())
}

// discrete lists the discrete cells that an observer's conditions depend on.
func (o *observerSpec) discrete(p *Plan) []signal.Slot { return o.reads }

func newReaderIndex(pairs []readerPair, cells int) readerIndex {
	slices.SortFunc(pairs, func(a, b readerPair) int {
		return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(a.who, b.who))
	})
	pairs = slices.Compact(pairs)
	x := readerIndex{first: make([]int32, cells+1), list: make([]reader, len(pairs))}
	for i, pair := range pairs {
		x.first[pair.slot+1]++
		x.list[i] = pair.who
	}
	for i := range cells {
		x.first[i+1] += x.first[i]
	}
	return x
}

// changeHandlers adds the OnChange handlers of a device as readers, and OnMessage
// handlers of what is hard-wired.
func (s *System) changeHandlers(p *Plan, unit int, add func(signal.Slot, reader, int)) {
	for h := range p.assembly.Units[unit].Handlers {
		handler := &p.assembly.Units[unit].Handlers[h]
		reads := handler.Reads
		switch {
		case handler.Kind == device.OnMessage && p.assembly.Units[unit].Wired:
			reads = nil
			for j := range s.parts[unit].decl.Signals {
				if sig := &s.parts[unit].decl.Signals[j]; s.hardWired(p.g, s.parts[unit], sig) {
					reads = append(reads, sig.Cell)
				}
			}
		case handler.Kind != device.OnChange:
			continue
		}
		for m := range p.assembly.Units[unit].Count {
			p.handlers = append(p.handlers, handlerRef{int32(unit), int32(h), int32(m)})
			for _, slot := range p.g.reach(cellsAt(reads, m)).discrete {
				add(slot, byHandler, len(p.handlers)-1)
			}
		}
	}
}

// hardWired reports whether a told input is another name of a cell, or follows
// one, instead of being told by messages.
func (s *System) hardWired(g *graph, part *part, sig *device.Signal) bool {
	if sig.Role != device.RoleTold {
		return false
	}
	cells := s.signals.block(sig.Cell.Slot)
	return int(cells.device) != part.rank || s.signals.kinds[cells.kind].name != sig.Name || g.producer[sig.Cell.Slot] >= 0
}

// observers lists who watches conditions: devices' guards, triggers, invariants.
func (s *System) observers(p *Plan, steps []Step) {
	for unit := range p.assembly.Units {
		for h := range p.assembly.Units[unit].Handlers {
			handler := &p.assembly.Units[unit].Handlers[h]
			if handler.Kind != device.OnRise {
				continue
			}
			for m := range p.assembly.Units[unit].Count {
				p.handlers = append(p.handlers, handlerRef{int32(unit), int32(h), int32(m)})
				o := observerSpec{kind: guards, index: len(p.handlers) - 1, source: unit}
				if handler.Condition != nil {
					o.condition(p, handler.Condition(), m)
					p.observers = append(p.observers, o)
					continue
				}
				gap := handler.Gap
				o.watch(p, cellsAt(handler.Reads, m), signal.AtLeast, plant.Watch{
					Member: int32(m), Gaps: []signal.Eval{gap}, Holds: func(f *signal.Frame) bool { return gap(f) >= 0 },
				})
				p.observers = append(p.observers, o)
			}
		}
	}
	for i := range steps {
		if steps[i].Start == inject.When {
			o := observerSpec{kind: triggers, index: i, source: p.links - 1}
			o.condition(p, steps[i].Condition, 0)
			p.observers = append(p.observers, o)
		}
	}
	for i := range p.invariants {
		o := observerSpec{kind: monitors, index: i, source: p.links - 1}
		o.condition(p, p.invariants[i].P, 0)
		if p.invariants[i].Q != nil {
			o.condition(p, p.invariants[i].Q, 0)
			o.implies(p, &p.invariants[i])
		}
		p.observers = append(p.observers, o)
	}
}

// condition adds a compiled condition to what is watched.
func (o *observerSpec) condition(p *Plan, c *signal.Condition, m int) {
	w := plant.Watch{Member: int32(m), Holds: func(f *signal.Frame) bool { return c.Holds(f.V, f.M) }}
	for i := range c.Atoms {
		if a := &c.Atoms[i]; a.Gap != nil && a.Continuous {
			w.Gaps = append(w.Gaps, a.Gap.Of())
		}
	}
	o.margins = append(o.margins, c.Margin.Of())
	sense := c.Sense
	if len(w.Gaps) == 0 {
		sense = signal.Mixed
	}
	if sense != signal.Mixed && len(o.watches) == 0 && p.straight(slots(c.Reads, m)) {
		o.curve = c.Atoms[0].Curve
	}
	o.watch(p, slots(c.Reads, m), sense, w)
}

// straight reports whether all that is continuous in what is read goes along
// straight lines up to the next look: histories of what changes in steps do.
func (p *Plan) straight(reads []signal.Slot) bool {
	r := p.g.reach(reads)
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

// implies makes the joint margin of an invariant whose answer is due at once.
func (o *observerSpec) implies(p *Plan, inv *Invariant) {
	if inv.Spec.Pattern != monitor.Whenever || inv.Spec.Within > 0 || inv.Spec.For > 0 {
		return
	}
	asked, answer := inv.P.Margin.Of(), inv.Q.Margin.Of()
	view := p.g.view(p.g.reach(append(slots(inv.P.Reads, 0), slots(inv.Q.Reads, 0)...)))
	o.joint = &joint{plant.Watch{View: view}, func(f *signal.Frame) float64 { return max(-asked(f), answer(f)) }}
}

func (o *observerSpec) watch(p *Plan, reads []signal.Slot, sense signal.Sense, w plant.Watch) {
	r := p.g.reach(reads)
	w.View = p.g.view(r)
	o.clock = o.clock || r.clock
	o.windows = append(o.windows, r.windows...)
	o.reads = append(o.reads, r.discrete...)
	o.watches, o.senses = append(o.watches, w), append(o.senses, sense)
}
