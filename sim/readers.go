package sim

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
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

// traits are what has to be known of every cell that changes, in one byte.
type traits uint8

const (
	isState traits = 1 << iota // it is continuous, and given by its derivative
	isShown                    // its changes are part of the digest, and recorded
	isRead                     // somebody wants to know
)

// traitsOf sums up what is known of the cells.
func (p *Plan) traitsOf() []traits {
	list := make([]traits, 0, p.Signals.Len())
	for info := range p.Signals.All() {
		var t traits
		if p.g.stateOf[info.Slot] >= 0 {
			t |= isState
		}
		if !info.Internal && !info.Continuous {
			t |= isShown
		}
		if len(p.readers.of(info.Slot)) > 0 {
			t |= isRead
		}
		list = append(list, t)
	}
	return list
}

// readers builds the index.
func (s *System) readers(p *Plan) {
	var pairs []uint64 // the slot in the upper half, who reads it in the lower
	add := func(slot signal.Slot, kind reader, i int) {
		pairs = append(pairs, uint64(slot)<<32|uint64(kind|reader(i)))
	}
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
		for _, slot := range o.reads {
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

func newReaderIndex(pairs []uint64, cells int) readerIndex {
	slices.Sort(pairs)
	pairs = slices.Compact(pairs)
	x := readerIndex{first: make([]int32, cells+1), list: make([]reader, len(pairs))}
	for i, pair := range pairs {
		x.first[pair>>32+1]++
		x.list[i] = reader(pair & math.MaxUint32)
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
		for m := range int(p.assembly.Units[unit].Count) {
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
