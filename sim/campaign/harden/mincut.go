package harden

import (
	"slices"

	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
)

// unbounded is the capacity of a way that nothing closes.
const unbounded = int64(1) << 52

// A flood is what can flow from where malware begins to where harm was done, as the
// capacities that are left between nodes.
type flood struct {
	*simple.DirectedGraph // an edge is where there is some left
	left                  map[[2]int64]int64
	sink                  int64
}

// cut returns ways that part the beginning from all goals when they are closed, and what
// that costs at least; ok is false where no barriers can. Each way is as wide as its cheapest
// closer costs, shared by all that this one closes: so whatever set parts them costs no
// less than the cut, which is least (Ford and Fulkerson). Of all that are least it is the one
// next to the beginning, whatever the order in which it was filled.
func (c *chart) cut(costs []int64, usable Mask) (cut []way, bound int64, ok bool) {
	if len(c.goals) == 0 || c.open(usable) {
		return nil, 0, false
	}
	f := c.flood(costs, usable)
	bound = f.fill()
	reached := path.DijkstraFrom(simple.Node(0), f.DirectedGraph)
	beyond := func(n int) bool { nodes, _ := reached.To(int64(n)); return len(nodes) == 0 }
	for _, w := range c.ways {
		if !beyond(w.from) && beyond(w.to) {
			cut = append(cut, w)
		}
	}
	return cut, bound, true
}

// flood is the chart as pipes, beyond which all goals run into one sink.
func (c *chart) flood(costs []int64, usable Mask) *flood {
	closes := make([]int64, len(costs))
	for _, w := range c.ways {
		(w.closers & usable).each(func(i int) { closes[i]++ })
	}
	f := &flood{simple.NewDirectedGraph(), map[[2]int64]int64{}, int64(len(c.hosts))}
	f.AddNode(simple.Node(0))
	for _, w := range c.ways {
		width := unbounded
		(w.closers & usable).each(func(i int) { width = min(width, costs[i]/closes[i]) })
		f.widen(int64(w.from), int64(w.to), width)
	}
	for _, goal := range c.goals {
		f.widen(int64(goal), f.sink, unbounded)
	}
	return f
}

// widen adds to what is left from one node to another; less than nothing takes away.
func (f *flood) widen(from, to, by int64) {
	key := [2]int64{from, to}
	had := f.left[key]
	f.left[key] = min(had+by, unbounded)
	switch {
	case f.left[key] == 0 && had > 0:
		f.RemoveEdge(from, to)
	case f.left[key] > 0 && had == 0:
		f.SetEdge(simple.Edge{F: simple.Node(from), T: simple.Node(to)})
	}
}

// fill lets flow what can, along a shortest way each time (Edmonds and Karp).
func (f *flood) fill() (sum int64) {
	for {
		nodes, _ := path.DijkstraFromTo(simple.Node(0), simple.Node(f.sink), f.DirectedGraph)
		if len(nodes) == 0 {
			return sum
		}
		least := unbounded
		for i := range nodes[1:] {
			least = min(least, f.left[[2]int64{nodes[i].ID(), nodes[i+1].ID()}])
		}
		for i := range nodes[1:] {
			f.widen(nodes[i].ID(), nodes[i+1].ID(), -least)
			f.widen(nodes[i+1].ID(), nodes[i].ID(), least)
		}
		sum += least
	}
}

// propose returns the cheapest set that closes all ways of a least cut of every chart,
// without what is not needed to part any; 0 where there is none.
func (s *search) propose() Mask {
	of := hitting{names: s.problem.names, costs: s.problem.costs, usable: s.problem.usable}
	for _, c := range s.charts {
		if c == nil {
			continue
		}
		cut, bound, _ := c.cut(s.problem.costs, s.problem.usable)
		s.Bound = max(s.Bound, float64(bound)/1e6) // each chart has to be parted
		for _, w := range cut {
			if closers := w.closers & s.problem.usable; !slices.Contains(of.cuts, closers) {
				of.cuts = append(of.cuts, closers)
			}
		}
	}
	m, _ := of.solve()
	for _, i := range s.byCost(m, -1) {
		if !s.open(m.without(i)) {
			m = m.without(i)
		}
	}
	s.Proposed = m
	return m
}
