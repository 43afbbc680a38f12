package layout

import "slices"

// mostLinks is how many pairs of devices that talk to each other within an area have lines, and
// mostLinked is how many devices a picture with such lines may have: more would be a thicket in
// which nobody finds anything, and the room for lines would be taken from names.
const mostLinks, mostLinked = 6, 12

// linkAll finds the ways between devices of an area that send each other messages, where they
// are not wired to each other, of small systems and in areas where these are few.
func (b *builder) linkAll() {
	if !b.linked {
		return
	}
	wired := map[[2]int]bool{}
	for _, w := range b.wires {
		wired[pair(w.from, w.to)] = true
	}
	seen, byArea, order := map[[2]int]bool{}, map[int][]path{}, []int(nil)
	for i := range b.h.Flows {
		f := &b.h.Flows[i]
		n := len(b.h.Devices)
		if f.From < 0 || f.To < 0 || f.From >= n || f.To >= n || f.From == f.To || b.home[f.From] != b.home[f.To] {
			continue
		}
		k := pair(f.From, f.To)
		if seen[k] || wired[k] {
			continue
		}
		seen[k] = true
		home := b.home[f.From]
		if byArea[home] == nil {
			order = append(order, home)
		}
		byArea[home] = append(byArea[home], path{of: ofLink, from: f.From, to: f.To, index: i})
	}
	for _, home := range order {
		if len(byArea[home]) > mostLinks {
			continue
		}
		for _, p := range byArea[home] {
			p.within(b)
			b.paths = append(b.paths, p)
		}
	}
}

// pair is a key of two devices, whichever comes first.
func pair(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

// link returns the link of two devices, none where they have none.
func (p *Plan) link(from, to int) [][2]float32 {
	for i := range p.Links {
		switch r := &p.Links[i]; {
		case r.From == from && r.To == to:
			return r.Points
		case r.From == to && r.To == from:
			points := slices.Clone(r.Points)
			slices.Reverse(points)
			return points
		}
	}
	return nil
}
