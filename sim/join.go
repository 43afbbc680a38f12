package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/plant"
)

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
	k := walk{g: g}
	for i := range g.states {
		for _, j := range k.fromState(&g.states[i]).states {
			a, b := find(int32(i)), find(j)
			parent[max(a, b)] = min(a, b)
		}
	}
	g.number(find)
	g.fill(&k)
}

// number gives every state its island, and its place there. find returns the first
// state of a state's island.
func (g *graph) number(find func(int32) int32) {
	g.island, g.place = make([]int32, len(g.states)), make([]int32, len(g.states))
	var sizes []int32
	for i := range g.states {
		first := find(int32(i))
		if int(first) == i {
			g.island[i] = int32(len(sizes))
			sizes = append(sizes, 0)
		}
		n := g.island[first]
		g.island[i], g.place[i] = n, sizes[n]
		sizes[n]++
	}
	all := make([]plant.State, len(g.states))
	g.islands = make([]plant.Island, len(sizes))
	for i, n := range sizes {
		g.islands[i].States, all = all[:n:n], all[n:]
	}
}

// fill lists the states of the islands, and the computed cells between them.
func (g *graph) fill(k *walk) {
	for i := range g.states {
		s, is := &g.states[i], &g.islands[g.island[i]]
		is.States[g.place[i]] = plant.State{Slot: s.slot, Member: s.member, Rate: s.eval, Factor: s.factor}
		r := k.fromState(s)
		is.Nodes = append(is.Nodes, r.nodes...)
		if r.clock {
			is.Longest = clockChunk // or what a rate does for a while would be stepped over
			is.Switches = append(is.Switches, s.switches(s.member)...)
		}
	}
	for i := range g.islands {
		is := &g.islands[i]
		slices.Sort(is.Nodes)
		is.Nodes = slices.Compact(is.Nodes)
		for _, n := range is.Nodes {
			is.Switches = append(is.Switches, g.nodes[n].switches(g.nodes[n].member)...)
		}
	}
}

// switches lists what jumps by the time alone for a member.
func (l *law) switches(member int32) (list []plant.Switch) {
	if l.jumps != nil {
		for _, bounds := range l.jumps() {
			list = append(list, plant.Switch{Bounds: bounds, Member: member})
		}
	}
	return list
}
