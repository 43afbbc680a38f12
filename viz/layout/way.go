package layout

import "slices"

// Between returns the way of a message between two devices: from the middle of one icon
// along the fewest conduits to that of the other; within an area along their link,
// and straight where there is none and where there are no conduits. It has no points where one of the devices does not exist.
func (p *Plan) Between(from, to int) [][2]float32 {
	if from < 0 || to < 0 || from >= len(p.Devices) || to >= len(p.Devices) {
		return nil
	}
	key := [2]int{from, to}
	way, known := p.ways[key]
	if !known {
		way = p.way(from, to)
		p.ways[key] = way
	}
	return way
}

func (p *Plan) way(from, to int) [][2]float32 {
	list := [][2]float32{p.Devices[from].center()}
	if line := p.link(from, to); line != nil {
		return append(append(list, line...), p.Devices[to].center())
	}
	routes, first, last := p.steps(from, to)
	if len(routes) > 0 || first != last {
		list = append(list, p.tie(from, first)...)
	}
	zone := first
	for _, i := range routes {
		r := &p.Conduits[i]
		points := slices.Clone(r.Points)
		if r.From != zone {
			slices.Reverse(points)
		}
		zone = r.From + r.To - zone
		list = append(list, points...)
	}
	if len(routes) > 0 {
		back := slices.Clone(p.tie(to, last))
		slices.Reverse(back)
		list = append(list, back...)
	}
	return append(list, p.Devices[to].center())
}

// center is the middle of a place.
func (b *Box) center() [2]float32 { return [2]float32{b.X + b.W/2, b.Y + b.H/2} }

// tie returns the tie of a device to a zone, none to the one in which it stands.
func (p *Plan) tie(device, zone int) [][2]float32 {
	if zones := p.zones[device]; len(zones) == 0 || zones[0] == zone {
		return nil
	}
	for i := range p.Ties {
		if p.Ties[i].From == device && p.Ties[i].To == zone {
			return p.Ties[i].Points
		}
	}
	return nil
}

// steps returns the fewest conduits between two devices, in whose zones they begin and
// end.
func (p *Plan) steps(from, to int) (routes []int, first, last int) {
	goals := p.zones[to]
	came := make([]int, len(p.doors)) // by zone: the conduit, +1
	start := make([]bool, len(p.doors))
	queue := slices.Clone(p.zones[from])
	for _, z := range queue {
		start[z] = true
		if slices.Contains(goals, z) {
			return nil, z, z
		}
	}
	for len(queue) > 0 {
		z := queue[0]
		queue = queue[1:]
		if slices.Contains(goals, z) {
			return p.back(came, start, z)
		}
		for _, i := range p.doors[z] {
			next := p.Conduits[i].From + p.Conduits[i].To - z
			if !start[next] && came[next] == 0 {
				came[next] = i + 1
				queue = append(queue, next)
			}
		}
	}
	return nil, 0, 0
}

// back returns the conduits that led to a zone.
func (p *Plan) back(came []int, start []bool, last int) (routes []int, first, end int) {
	z := last
	for !start[z] {
		i := came[z] - 1
		routes = append(routes, i)
		z = p.Conduits[i].From + p.Conduits[i].To - z
	}
	slices.Reverse(routes)
	return routes, z, last
}
