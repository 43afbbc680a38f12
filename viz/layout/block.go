package layout

import (
	"cmp"
	"math"
	"slices"
)

// A block is devices of one area that are wired to each other, directly or over others.
type block struct {
	// columns are along the material. A group is a device beneath its instruments.
	columns [][][]int
}

// furnish divides the devices of an area into blocks and the rest.
func (b *builder) furnish(index int) {
	a := &b.areas[index]
	if b.ground(a) {
		return
	}
	group, alone := b.groups(index), []int(nil)
	for _, devices := range group {
		if len(devices) == 1 {
			alone = append(alone, devices[0])
			continue
		}
		a.blocks = append(a.blocks, b.columns(devices))
	}
	for i := range a.blocks {
		for _, column := range a.blocks[i].columns {
			for _, g := range column {
				a.least = max(a.least, min(len(g), together))
			}
		}
	}
	slices.Sort(alone)
	a.rest = alone
}

// groups returns the devices of an area by who is wired to whom.
func (b *builder) groups(index int) (groups [][]int) {
	a := &b.areas[index]
	seen := make(map[int]bool, len(a.devices))
	for _, d := range a.devices {
		if seen[d] {
			continue
		}
		seen[d] = true
		group := []int{d}
		for i := 0; i < len(group); i++ {
			for _, x := range b.near[group[i]] {
				if !seen[x] && b.home[x] == index {
					seen[x] = true
					group = append(group, x)
				}
			}
		}
		slices.Sort(group)
		groups = append(groups, group)
	}
	return groups
}

// columns orders devices that are wired to each other.
func (b *builder) columns(devices []int) block {
	hosts, above := make(map[int]int), make(map[int][]int)
	for _, d := range devices {
		if host := b.host(d); host >= 0 {
			hosts[d] = host
			above[host] = append(above[host], d)
		}
	}
	var mains []int
	for _, d := range devices {
		if _, hosted := hosts[d]; !hosted {
			mains = append(mains, d)
		}
	}
	slices.SortStableFunc(mains, func(i, k int) int { return cmp.Compare(b.flow.layer[i], b.flow.layer[k]) })
	var columns [][]int
	for i, d := range mains {
		if i == 0 || b.flow.layer[d] != b.flow.layer[mains[i-1]] {
			columns = append(columns, nil)
		}
		columns[len(columns)-1] = append(columns[len(columns)-1], d)
	}
	b.untangle(columns)
	var made block
	for _, column := range columns {
		var groups [][]int
		for _, d := range column {
			groups = append(groups, append(slices.Clone(above[d]), d))
		}
		made.columns = append(made.columns, groups)
	}
	return made
}

// mostMeasured is how many devices an instrument may measure and still stand above one.
const mostMeasured = 3

// together is how many devices of a group are not taken apart to make an area less high.
const together = 2

// host returns the device above which an instrument stands, or -1: the first that it
// reads in its area and from which the material goes on to others than instruments.
func (b *builder) host(d int) int {
	if !b.flow.leaf[d] || len(b.flow.reads[d]) > mostMeasured {
		return -1
	}
	for _, x := range b.flow.reads[d] {
		if b.home[x] != b.home[d] || b.flow.leaf[x] {
			continue
		}
		if slices.ContainsFunc(b.flow.next[x], func(y int) bool { return !b.flow.leaf[y] }) {
			return x
		}
	}
	return -1
}

// sweeps is how often columns are ordered anew.
const sweeps = 4

// untangle orders each column by where its devices' partners are in the others, so that
// wires cross less; those that have none come last.
func (b *builder) untangle(columns [][]int) {
	place, column := map[int]float64{}, map[int]int{}
	put := func(c int) {
		for i, d := range columns[c] {
			place[d] = (float64(i) + 0.5) / float64(len(columns[c]))
		}
	}
	for c := range columns {
		put(c)
		for _, d := range columns[c] {
			column[d] = c
		}
	}
	order := func(c int, before bool) {
		wish := make(map[int]float64, len(columns[c]))
		for _, d := range columns[c] {
			sum, n := 0.0, 0.0
			for _, x := range b.near[d] {
				if k, ok := column[x]; ok && k != c && (k < c) == before {
					sum, n = sum+place[x], n+1
				}
			}
			if wish[d] = math.Inf(1); n > 0 {
				wish[d] = sum / n
			}
		}
		slices.SortStableFunc(columns[c], func(i, k int) int { return cmp.Compare(wish[i], wish[k]) })
		put(c)
	}
	for range sweeps {
		for c := 1; c < len(columns); c++ {
			order(c, true)
		}
		for c := len(columns) - 2; c >= 0; c-- {
			order(c, false)
		}
	}
}
