package sim

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
)

// A law is what the members of a device have in common of a signal that is
// computed or continuous.
type law struct {
	name   string
	eval   signal.Eval
	bounds signal.Enclosure          // of eval; nil where they are not known
	jumps  func() []signal.Enclosure // of what in it jumps by the time alone; or nil
	reads  []signal.Read
	window int // index of its window plus 1
}

// A node is a computed cell.
type node struct {
	slot   signal.Slot
	member int32
	*law
}

// A state is a continuous cell.
type state struct {
	slot   signal.Slot
	member int32
	factor signal.Slot // that its rate is multiplied with, or -1
	*law
}

// inputs lists the cells that the state's rate depends on.
func (s *state) inputs() []signal.Slot {
	list := slots(s.reads, int(s.member))
	if s.factor >= 0 {
		list = append(list, s.factor)
	}
	return list
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
	cells := s.signals.Len()
	if err := g.sort(cells); err != nil {
		return nil, err
	}
	g.classify(cells)
	g.join()
	return g, s.choose(g)
}

// compute makes the cells of a device's members computed ones.
func (s *System) compute(p *part, cell *device.Cell, l *law) { s.nodes = addNodes(s.nodes, p, cell, l) }

func addNodes(nodes []node, p *part, cell *device.Cell, l *law) []node {
	nodes = slices.Grow(nodes, p.Count)
	for m := range p.Count {
		nodes = append(nodes, node{cell.At(m), int32(m), l})
	}
	return nodes
}

// collect lists the computed and the continuous cells of all devices.
func (s *System) collect(g *graph) {
	for _, p := range s.parts {
		for i := range p.decl.Signals {
			sig := &p.decl.Signals[i]
			if sig.Role != device.RoleComputed && sig.Role != device.RoleContinuous {
				continue
			}
			l := &law{name: p.ID + "." + sig.Name, eval: sig.Eval, bounds: sig.Bounds, jumps: sig.Jumps, reads: readsOf(sig.Reads)}
			if sig.Role == device.RoleComputed {
				g.nodes = addNodes(g.nodes, p, sig.Cell, l)
			} else {
				s.addStates(g, p, sig.Cell, l)
			}
		}
	}
	g.nodes = append(g.nodes, s.nodes...)
}

func (s *System) addStates(g *graph, p *part, cell *device.Cell, l *law) {
	g.states = slices.Grow(g.states, p.Count)
	for m := range p.Count {
		x := state{cell.At(m), int32(m), -1, l}
		if factor, ok := s.factors[x.slot]; ok {
			x.factor = factor
		}
		g.states = append(g.states, x)
	}
}

func readsOf(cells []*device.Cell) []signal.Read {
	list := make([]signal.Read, len(cells))
	for i, c := range cells {
		list[i] = signal.Read{Slot: c.Slot, Stride: c.Stride, Count: 1}
	}
	return list
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
	waits, readers := g.waiting(producer)
	order := make([]int32, 0, len(g.nodes))
	for i, n := range waits {
		if n == 0 {
			order = append(order, int32(i))
		}
	}
	for done := 0; done < len(order); done++ {
		for _, r := range readers.of(order[done]) {
			if waits[r]--; waits[r] == 0 {
				order = append(order, r)
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
	g.stateOf = indexBySlot(cells, len(g.states), func(i int) signal.Slot { return g.states[i].slot })
	return nil
}

// follows lists by node the nodes that read it.
type follows struct{ first, list []int32 }

func (f *follows) of(node int32) []int32 { return f.list[f.first[node]:f.first[node+1]] }

// waiting returns of how many nodes each one has to wait for, and who reads whom.
func (g *graph) waiting(producer []int32) (waits []int32, readers follows) {
	waits, readers.first = make([]int32, len(g.nodes)), make([]int32, len(g.nodes)+2)
	g.eachRead(producer, func(reader, from int32) {
		waits[reader]++
		readers.first[from+2]++
	})
	for i := range g.nodes {
		readers.first[i+2] += readers.first[i+1]
	}
	readers.list = make([]int32, readers.first[len(g.nodes)+1])
	g.eachRead(producer, func(reader, from int32) { // first[from+1] becomes where those of the next begin
		readers.list[readers.first[from+1]] = reader
		readers.first[from+1]++
	})
	return waits, readers
}

// eachRead goes over who reads whom among the nodes.
func (g *graph) eachRead(producer []int32, do func(reader, from int32)) {
	for i := range g.nodes {
		n := &g.nodes[i]
		for _, r := range n.reads {
			for slot, end := span(r, int(n.member)); slot < end; slot++ {
				if from := producer[slot]; from >= 0 {
					do(int32(i), from)
				}
			}
		}
	}
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
func (g *graph) loop(producer, waits []int32) error {
	at := slices.IndexFunc(waits, func(w int32) bool { return w > 0 })
	seen := map[int]int{}
	var path []int
	for {
		if first, ok := seen[at]; ok {
			path = append(path[first:], at)
			break
		}
		seen[at] = len(path)
		path = append(path, at)
		for _, slot := range slots(g.nodes[at].reads, int(g.nodes[at].member)) {
			if from := producer[slot]; from >= 0 && waits[from] > 0 {
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
		g.continuous[g.states[i].slot] = true
	}
	for i := range g.nodes {
		n := &g.nodes[i]
		g.continuous[n.slot] = n.window > 0 || g.readsContinuous(n)
	}
}

func (g *graph) readsContinuous(n *node) bool {
	for _, r := range n.reads {
		first, end := span(r, int(n.member))
		if slices.Contains(g.continuous[first:end], true) {
			return true
		}
	}
	return false
}
