package sim

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
)

// What some reads depend on: states and computed continuous cells, directly and
// through others; discrete cells; the clock.
type reached struct {
	states   []int32
	nodes    []int32
	discrete []signal.Slot
	clock    bool
	windows  []int
}

// reach returns what the reads depend on.
func (g *graph) reach(reads []signal.Slot) reached {
	k := walk{g: g}
	for _, slot := range reads {
		k.visit(slot)
	}
	return *k.done()
}

// A walk finds out what reads depend on, again and again in the same memory: what
// it returns is valid until it is used next.
type walk struct {
	g    *graph
	seen visited
	reached
}

// from returns what a read of a member depends on.
func (k *walk) from(reads []signal.Read, member int) *reached {
	k.begin()
	k.read(reads, member)
	return k.done()
}

// fromState returns what the rate of a state depends on.
func (k *walk) fromState(s *state) *reached {
	k.begin()
	k.read(s.reads, int(s.member))
	if s.factor >= 0 {
		k.visit(s.factor)
	}
	return k.done()
}

func (k *walk) begin() {
	k.seen.few, k.seen.many = k.seen.few[:0], nil
	k.reached = reached{states: k.states[:0], nodes: k.nodes[:0], discrete: k.discrete[:0], windows: k.windows[:0]}
}

func (k *walk) done() *reached {
	slices.Sort(k.nodes)
	return &k.reached
}

func (k *walk) read(reads []signal.Read, member int) {
	for _, r := range reads {
		for slot, end := span(r, member); slot < end; slot++ {
			k.visit(slot)
		}
	}
}

func (k *walk) visit(slot signal.Slot) {
	g := k.g
	switch {
	case slot == signal.Clock:
		k.clock = true
	case !k.seen.add(slot):
	case g.stateOf[slot] >= 0:
		k.states = append(k.states, g.stateOf[slot])
	case g.continuous[slot]:
		i := g.producer[slot]
		n := &g.nodes[i]
		k.nodes = append(k.nodes, i)
		if n.window > 0 {
			k.windows = append(k.windows, n.window-1)
		}
		k.read(n.reads, int(n.member))
	default:
		k.discrete = append(k.discrete, slot)
	}
}

// view is what a reader of the slots needs to have shown.
func (g *graph) view(r reached) plant.View {
	v := plant.View{Nodes: append([]int32(nil), r.nodes...), Clock: r.clock, Windows: len(r.windows) > 0}
	for _, s := range r.states {
		is := g.island[s]
		v.States = append(v.States, plant.Ref{Island: is, State: g.place[s]})
		v.Islands = append(v.Islands, is)
	}
	slices.SortFunc(v.States, func(a, b plant.Ref) int {
		return cmp.Or(cmp.Compare(a.Island, b.Island), cmp.Compare(a.State, b.State))
	})
	slices.Sort(v.Islands)
	v.Islands = slices.Compact(v.Islands)
	return v
}

// visited is a set of cells: a list while there are few, as nearly always.
type visited struct {
	few  []signal.Slot
	many map[signal.Slot]bool
}

// add adds a cell and reports whether it is new.
func (v *visited) add(slot signal.Slot) bool {
	const most = 32
	if v.many != nil {
		if v.many[slot] {
			return false
		}
		v.many[slot] = true
		return true
	}
	if slices.Contains(v.few, slot) {
		return false
	}
	if v.few = append(v.few, slot); len(v.few) > most {
		v.many = make(map[signal.Slot]bool, 2*most)
		for _, s := range v.few {
			v.many[s] = true
		}
	}
	return true
}
