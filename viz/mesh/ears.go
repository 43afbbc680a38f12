package mesh

import "github.com/harmproof/harmproof/viz/draw"

// dented reports whether a clockwise polygon has a corner that turns the other way, or turns
// more than once around.
func dented(path []draw.Point) bool {
	n := len(path)
	ups := 0
	for i, p := range path {
		next := path[(i+1)%n]
		in, out := p.Minus(path[(i+n-1)%n]), next.Minus(p)
		if cross(in, out) < 0 {
			return true
		}
		if (in.Y < 0 || in.Y == 0 && in.X < 0) != (out.Y < 0 || out.Y == 0 && out.X < 0) {
			ups++
		}
	}
	return ups > 2
}

// clipEars fills the inner outline, whose vertices begin at base: it cuts off one corner
// after another that no other point lies in.
func (m *Mesh) clipEars(base uint32) {
	m.ears = m.ears[:0]
	for i := range m.path {
		m.ears = append(m.ears, int32(i))
	}
	left := m.ears
	at, tried := 0, 0
	for len(left) > 2 {
		n := len(left)
		before, here, after := left[(at+n-1)%n], left[at%n], left[(at+1)%n]
		// Where none is found the polygon crosses itself, and any will do.
		if tried < n && !m.ear(left, before, here, after) {
			at, tried = (at+1)%n, tried+1
			continue
		}
		m.triangle(base+uint32(before), base+uint32(here), base+uint32(after))
		left = append(left[:at%n], left[at%n+1:]...)
		at, tried = at%len(left), 0
	}
}

// ear reports whether a corner can be cut off.
func (m *Mesh) ear(left []int32, before, here, after int32) bool {
	a, b, c := m.inner[before], m.inner[here], m.inner[after]
	if cross(b.Minus(a), c.Minus(b)) < 0 {
		return false
	}
	for _, i := range left {
		if i == before || i == here || i == after {
			continue
		}
		p := m.inner[i]
		if cross(b.Minus(a), p.Minus(a)) >= 0 && cross(c.Minus(b), p.Minus(b)) >= 0 && cross(a.Minus(c), p.Minus(c)) >= 0 &&
			p != a && p != b && p != c {
			return false
		}
	}
	return true
}
