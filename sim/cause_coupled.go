package sim

import "github.com/harmproof/harmproof/sim/signal"

// A mesh is what one state follows from, through whatever other states: those that are integrated
// together need not all act on one another.
type mesh struct {
	of    signal.Slot
	cells map[signal.Slot]bool
}

// couples is the toll of going on from an island, to which a search came from a state, to a cell
// that others in it follow.
func (t *tracer) couples(island, from place) int32 {
	g, x := t.w.plan.g, t.w.plan.sways
	effect := t.parent[island]
	if effect < 0 || !x.isCell(place(effect)) || !x.isCell(from) || g.stateOf[effect] < 0 {
		return coupled
	}
	if t.mesh.cells == nil || t.mesh.of != signal.Slot(effect) {
		t.mesh = mesh{signal.Slot(effect), g.woven(g.stateOf[effect])}
	}
	if t.mesh.cells[signal.Slot(from)] {
		return coupled
	}
	return untold
}

// woven are the cells that a state follows from: other states, what those follow from, and so on.
func (g *graph) woven(state int32) map[signal.Slot]bool {
	cells, open, seen := map[signal.Slot]bool{}, []int32{state}, map[int32]bool{state: true}
	for len(open) > 0 {
		s := &g.states[open[len(open)-1]]
		open = open[:len(open)-1]
		inputs := s.inputs()
		for _, slot := range inputs {
			cells[slot] = true
		}
		r := g.reach(inputs)
		for _, slot := range r.discrete {
			cells[slot] = true
		}
		for _, next := range r.states {
			if cells[g.states[next].slot] = true; !seen[next] {
				seen[next], open = true, append(open, next)
			}
		}
	}
	return cells
}
