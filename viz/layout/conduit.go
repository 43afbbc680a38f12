package layout

import "slices"

// How far ports are from each other, and from corners.
const (
	between = 14
	corner  = 12
)

// vacant reports whether no port of a street is at a place along it, or near it, and no
// conduit that is known already leaves it there.
func (s *street) vacant(at float32) bool {
	cell := int(at / between)
	for k := cell - 1; k <= cell+1; k++ {
		if x, taken := s.ports[k]; taken && distance(x, at) < between {
			return false
		}
	}
	return !slices.ContainsFunc(s.spans, func(x span) bool {
		return x.ends[0].near(at) || x.ends[1].near(at)
	})
}

// near reports whether an end is drawn upon a place.
func (e *end) near(at float32) bool { return e.line != nil && distance(e.line.at, at) < wide }

// mostPorts bounds how long one looks for a place for a port.
const mostPorts = 200

// port takes the place along a street that is nearest to a wish, within bounds, and where
// nothing else opens on either side. It reports whether there is one.
func (s *street) port(wish, low, high float32) (at float32, free bool) {
	if low > high {
		return 0, false
	}
	wish = max(low, min(high, wish))
	for k := range mostPorts {
		off := float32((k+1)/2) * between
		if k%2 == 1 {
			off = -off
		}
		if x := wish + off; x >= low && x <= high && s.vacant(x) {
			s.take(x)
			return x, true
		}
	}
	return wish, false
}

// take has a port stand at a place.
func (s *street) take(at float32) {
	if s.ports == nil {
		s.ports = map[int]float32{}
	}
	s.ports[int(at/between)] = at
}

// above and beneath are the halls at the upper and the lower side of an area.
func (b *builder) above(a *area) *street   { return &b.halls[a.at] }
func (b *builder) beneath(a *area) *street { return &b.halls[a.at+1] }

// front is where ports of an area may be, at its upper and its lower side.
func (a *area) front() (low, high float32) { return a.X + corner, a.X + a.W - corner }

// port opens an area to a hall above or beneath it, near a wish.
func (a *area) port(hall *street, wish float32) float32 {
	low, high := a.front()
	at, _ := hall.port(wish, low, high)
	return at
}

// conduits finds the ways of all conduits from border to border: of those that can be
// straight first, as the others can go anywhere.
func (b *builder) conduits() {
	b.paths = slices.Grow(b.paths, len(b.joined))[:len(b.joined)]
	for i, c := range b.joined {
		b.paths[i] = path{of: ofConduit, from: c.from, to: c.to, index: c.index}
		b.paths[i].straight(b, &b.areas[c.from], &b.areas[c.to])
	}
	for i := range b.paths {
		p := &b.paths[i]
		if len(p.lines) > 0 {
			continue
		}
		switch x, y := &b.areas[p.from], &b.areas[p.to]; {
		case x.at == y.at:
			p.over(b, x, y)
		case x.at < y.at:
			p.down(b, x, y)
		default:
			p.down(b, y, x)
			p.start, p.end, p.lines = p.end, p.start, reversed(p.lines)
		}
	}
}

// straight leads across to an area beside, at the height of the titles, or above or
// beneath, if it can.
func (p *path) straight(b *builder, x, y *area) {
	switch {
	case x.at == y.at && x.index-y.index == 1:
		p.beside(b, y, x)
		p.start, p.end = p.end, p.start
	case x.at == y.at && y.index-x.index == 1:
		p.beside(b, x, y)
	case y.at == x.at+1:
		p.beneath(b, x, y)
	case x.at == y.at+1:
		p.beneath(b, y, x)
		p.start, p.end = p.end, p.start
	}
}

// beside leads straight to the neighbour on the right.
func (p *path) beside(b *builder, x, y *area) {
	at, free := b.rows[x.at].halls[y.index].port(x.Y+Title/2, x.Y+Title/2, x.Y+x.H-corner)
	if free {
		p.start, p.end, p.lines = x.X+x.W, y.X, []line{{at: at}}
	}
}

// beneath leads straight to an area in the next row.
func (p *path) beneath(b *builder, x, y *area) {
	low, high := max(x.X, y.X)+corner, min(x.X+x.W, y.X+y.W)-corner
	if at, free := b.beneath(x).port((low+high)/2, low, high); free {
		p.start, p.end, p.lines = x.Y+x.H, y.Y, []line{{upright: true, at: at}}
	}
}

// over leads through the hall above to an area in the same row.
func (p *path) over(b *builder, x, y *area) {
	hall := b.above(x)
	from, to := x.port(hall, y.mid()), y.port(hall, x.mid())
	p.start, p.end = x.Y, y.Y
	p.lines = []line{{upright: true, at: from}, along(hall, false, 0), {upright: true, at: to}}
}

// down leads to an area in a lower row.
func (p *path) down(b *builder, x, y *area) {
	p.start, p.end = x.Y+x.H, y.Y
	from := x.port(b.beneath(x), y.mid())
	p.lines = append([]line{{upright: true, at: from}}, b.travel(x.at+1, y.at, (from+y.mid())/2, 0)...)
	before := p.lines[len(p.lines)-2].at // upright
	p.lines = append(p.lines, line{upright: true, at: y.port(b.above(y), before)})
}
