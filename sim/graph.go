package sim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
)

// A node is a computed cell.
type node struct {
	slot   signal.Slot
	member int
	eval   signal.Eval
	reads  []signal.Slot
	name   string
	window int // index of its window plus 1
}

// A state is a continuous cell.
type state struct {
	plant.State
	reads  []signal.Slot
	device *Device
}

// A graph is who reads whom among computed and continuous cells.
type graph struct {
	nodes      []node  // in an order in which they can be computed
	producer   []int32 // by slot: index in nodes, or -1
	continuous []bool  // by slot
	states     []state
	stateOf    []int32 // by slot: index in states, or -1
	island     []int32 // by state
	place      []int32 // by state: its place in the island
	islands    []plant.Island
}

// LoopError says that computed signals need one another with no state between.
type LoopError struct{ Path []string }

// Error implements error.
func (e *LoopError) Error() string {
	return "a wiring cycle without state in it (an algebraic loop): " + strings.Join(e.Path, " <- ") +
		"; put a state between, such as a valve with a travel time or a sensor"
}

func (s *System) graph() (*graph, error) {
	g := &graph{}
	s.collect(g)
	if err := g.sort(s.cells); err != nil {
		return nil, err
	}
	g.classify(s.cells)
	g.join()
	return g, g.choose()
}

// SolverError says that two devices whose states depend on each other ask for
// different solvers.
type SolverError struct{ A, B *Device }

// Error implements error.
func (e *SolverError) Error() string {
	return fmt.Sprintf("%s asks for the solver %v, but %s for %v, and their states depend on each other", e.A.ID, e.A.Solver, e.B.ID, e.B.Solver)
}

// choose gives each island the solver that its devices ask for.
func (g *graph) choose() error {
	by := make([]*Device, len(g.islands))
	for i := range g.states {
		d, n := g.states[i].device, g.island[i]
		switch is := &g.islands[n]; {
		case d.Solver == plant.Automatic || d.Solver == is.Solver:
		case by[n] != nil:
			return &SolverError{by[n], d}
		default:
			is.Solver, by[n] = d.Solver, d
		}
	}
	return nil
}

// collect lists the computed and the continuous cells of all devices.
func (s *System) collect(g *graph) {
	for _, p := range s.parts {
		for i := range p.decl.Signals {
			sig := &p.decl.Signals[i]
			for m := range p.Count {
				switch sig.Role {
				case device.RoleComputed:
					g.nodes = append(g.nodes, node{
						slot: sig.Cell.At(m), member: m, eval: sig.Eval, reads: cellsAt(sig.Reads, m), name: p.ID + "." + sig.Name,
					})
				case device.RoleContinuous:
					g.states = append(g.states, s.state(p, sig, m))
				}
			}
		}
	}
	g.nodes = append(g.nodes, s.nodes...)
}

func (s *System) state(p *part, sig *device.Signal, m int) state {
	slot := sig.Cell.At(m)
	factor, ok := s.factors[slot]
	if !ok {
		factor = -1
	}
	reads := cellsAt(sig.Reads, m)
	if ok {
		reads = append(reads, factor)
	}
	return state{
		State: plant.State{Slot: slot, Member: int32(m), Rate: sig.Eval, Factor: factor, Name: s.names[slot].Path()},
		reads: reads, device: &p.Device,
	}
}

func cellsAt(cells []*device.Cell, m int) (list []signal.Slot) {
	for _, c := range cells {
		list = append(list, c.At(m))
	}
	return list
}

// sort puts the nodes into an order in which they can be computed (Kahn), among
// equals the order in which they were declared.
func (g *graph) sort(cells int) error {
	producer := indexBySlot(cells, len(g.nodes), func(i int) signal.Slot { return g.nodes[i].slot })
	waits := make([]int, len(g.nodes))
	readers := make([][]int, len(g.nodes))
	for i := range g.nodes {
		for _, r := range g.nodes[i].reads {
			if from := producer[r]; from >= 0 {
				waits[i]++
				readers[from] = append(readers[from], i)
			}
		}
	}
	var ready, order []int
	for i := range waits {
		if waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		i := ready[0]
		ready, order = ready[1:], append(order, i)
		for _, r := range readers[i] {
			if waits[r]--; waits[r] == 0 {
				ready = append(ready, r)
			}
		}
	}
	if len(order) < len(g.nodes) {
		return g.loop(producer, waits)
	}
	sorted := make([]node, len(order))
	for to, from := range order {
		sorted[to] = g.nodes[from]
	}
	g.nodes = sorted
	g.producer = indexBySlot(cells, len(g.nodes), func(i int) signal.Slot { return g.nodes[i].slot })
	g.stateOf = indexBySlot(cells, len(g.states), func(i int) signal.Slot { return g.states[i].Slot })
	return nil
}

func indexBySlot(cells, n int, slot func(int) signal.Slot) []int32 {
	index := make([]int32, cells)
	for i := range index {
		index[i] = -1
	}
	for i := range n {
		index[slot(i)] = int32(i)
	}
	return index
}

// loop names the nodes of one cycle.
func (g *graph) loop(producer []int32, waits []int) error {
	at := slices.IndexFunc(waits, func(w int) bool { return w > 0 })
	seen := map[int]int{}
	var path []int
	for {
		if first, ok := seen[at]; ok {
			path = append(path[first:], at)
			break
		}
		seen[at] = len(path)
		path = append(path, at)
		for _, r := range g.nodes[at].reads {
			if from := producer[r]; from >= 0 && waits[from] > 0 {
				at = int(from)
				break
			}
		}
	}
	err := &LoopError{}
	for _, i := range path {
		err.Path = append(err.Path, g.nodes[i].name)
	}
	return err
}

// classify finds out which cells are continuous: states, the clock, windows, and
// what is computed from them.
func (g *graph) classify(cells int) {
	g.continuous = make([]bool, cells)
	g.continuous[signal.Clock] = true
	for i := range g.states {
		g.continuous[g.states[i].Slot] = true
	}
	for i := range g.nodes {
		n := &g.nodes[i]
		g.continuous[n.slot] = n.window > 0 || slices.ContainsFunc(n.reads, func(r signal.Slot) bool { return g.continuous[r] })
	}
}

// join makes the islands: states that are read, through computed cells, by each
// other's derivatives.
func (g *graph) join() {
	parent := make([]int32, len(g.states))
	for i := range parent {
		parent[i] = int32(i)
	}
	find := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	reach := make([]reached, len(g.states))
	for i := range g.states {
		reach[i] = g.reach(g.states[i].reads)
		for _, j := range reach[i].states {
			a, b := find(int32(i)), find(j)
			parent[max(a, b)] = min(a, b)
		}
	}
	g.island = make([]int32, len(g.states))
	number := map[int32]int32{}
	for i := range g.states {
		root := find(int32(i))
		n, ok := number[root]
		if !ok {
			n = int32(len(g.islands))
			number[root] = n
			g.islands = append(g.islands, plant.Island{})
		}
		g.island[i] = n
		is := &g.islands[n]
		g.place = append(g.place, int32(len(is.States)))
		is.States = append(is.States, g.states[i].State)
		is.Nodes = append(is.Nodes, reach[i].nodes...)
		if reach[i].clock {
			is.Longest = clockChunk // or what a rate does for a while would be stepped over
		}
	}
	for i := range g.islands {
		slices.Sort(g.islands[i].Nodes)
		g.islands[i].Nodes = slices.Compact(g.islands[i].Nodes)
	}
}

// What some reads depend on: states and computed continuous cells, directly and
// through others; discrete cells; the clock.
type reached struct {
	states   []int32
	nodes    []int32
	discrete []signal.Slot
	clock    bool
	windows  []int
}

func (g *graph) reach(reads []signal.Slot) (r reached) {
	var seen visited
	var visit func(slot signal.Slot)
	visit = func(slot signal.Slot) {
		switch {
		case slot == signal.Clock:
			r.clock = true
		case !seen.add(slot):
		case g.stateOf[slot] >= 0:
			r.states = append(r.states, g.stateOf[slot])
		case g.continuous[slot]:
			n := g.producer[slot]
			r.nodes = append(r.nodes, n)
			if w := g.nodes[n].window; w > 0 {
				r.windows = append(r.windows, w-1)
			}
			for _, read := range g.nodes[n].reads {
				visit(read)
			}
		default:
			r.discrete = append(r.discrete, slot)
		}
	}
	for _, slot := range reads {
		visit(slot)
	}
	slices.Sort(r.nodes)
	return r
}

// view is what a reader of the slots needs to have shown.
func (g *graph) view(r reached) plant.View {
	v := plant.View{Nodes: r.nodes, Clock: r.clock, Windows: len(r.windows) > 0}
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
