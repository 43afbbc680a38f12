package mesh

import (
	"math"

	"github.com/harmproof/harmproof/viz/draw"
)

// most is how many points a polygon may have. Of one with more only some are looked at,
// as finding the triangles of a dented one takes the square of it.
const most = 1024

// same is how near points are one.
const same = 1.0 / 64

// polygon fills the path.
func (m *Mesh) polygon(c draw.Color) {
	m.thin()
	m.unrepeat(true)
	area, around := measure(m.path)
	if len(m.path) < 3 || area == 0 {
		return
	}
	if area < 0 { // always clockwise on the screen
		for i, j := 0, len(m.path)-1; i < j; i, j = i+1, j-1 {
			m.path[i], m.path[j] = m.path[j], m.path[i]
		}
		area = -area
	}
	if wide := 2 * area / around; wide < 1 { // what the fringe of a sliver would add
		c = c.Fade(4 * wide / ((1 + wide) * (1 + wide)))
	}
	m.fringes()
	base := uint32(len(m.Vertices))
	n := uint32(len(m.path))
	for i := range m.path {
		m.vertex(m.inner[i], c, min(1, 0.5+m.depths[i]))
	}
	if dented(m.path) {
		m.clipEars(base)
	} else {
		for low, high := uint32(0), n-1; low+1 < high; {
			m.triangle(base+low, base+low+1, base+high)
			if low++; low+1 < high {
				m.triangle(base+low, base+high-1, base+high)
				high--
			}
		}
	}
	for i := range m.path {
		m.vertex(m.outer[i], c, 0)
	}
	for i, last := uint32(0), n-1; i < n; last, i = i, i+1 {
		m.quad(base+n+last, base+n+i, base+i, base+last)
	}
}

// thin leaves out points of a path that has too many.
func (m *Mesh) thin() {
	every := (len(m.path) + most - 1) / most
	if every <= 1 {
		return
	}
	kept := m.path[:0]
	for i := 0; i < len(m.path); i += every {
		kept = append(kept, m.path[i])
	}
	m.path = kept
}

// unrepeat leaves out points that are where the one before is.
func (m *Mesh) unrepeat(closed bool) {
	kept := m.path[:1]
	for _, p := range m.path[1:] {
		if !near(p, kept[len(kept)-1]) {
			kept = append(kept, p)
		}
	}
	for closed && len(kept) > 1 && near(kept[0], kept[len(kept)-1]) {
		kept = kept[:len(kept)-1]
	}
	m.path = kept
}

func near(p, q draw.Point) bool {
	d := p.Minus(q)
	return max(d.X, -d.X) < same && max(d.Y, -d.Y) < same
}

func length(p draw.Point) float32 {
	return float32(math.Sqrt(float64(p.X)*float64(p.X) + float64(p.Y)*float64(p.Y)))
}

// cross is twice the area of the triangle of two ways: positive where the second turns
// clockwise on the screen.
func cross(p, q draw.Point) float32 { return p.X*q.Y - p.Y*q.X }

// measure returns the area of a polygon, positive if it runs clockwise, and how long its
// outline is.
func measure(path []draw.Point) (area, around float32) {
	var twice float64
	for i, p := range path {
		q := path[(i+1)%len(path)]
		a, b := p.Minus(path[0]), q.Minus(path[0])
		twice += float64(a.X)*float64(b.Y) - float64(a.Y)*float64(b.X)
		around += length(q.Minus(p))
	}
	return float32(twice / 2), around
}

// fringes puts the two sides of the fringe into inner and outer: half a pixel from the path,
// and less far in where there is not that much room, as depths says.
func (m *Mesh) fringes() {
	m.inner, m.outer, m.depths = m.inner[:0], m.outer[:0], m.depths[:0]
	n := len(m.path)
	for i, p := range m.path {
		in, out := p.Minus(m.path[(i+n-1)%n]), m.path[(i+1)%n].Minus(p)
		lengthIn, lengthOut := length(in), length(out)
		in, out = in.Times(1/lengthIn), out.Times(1/lengthOut)
		// The way to the inside at half a pixel from both edges, twice as far.
		turn := 1 + in.X*out.X + in.Y*out.Y // 2 straight on, 0 straight back
		side := draw.Point{X: -in.Y - out.Y, Y: in.X + out.X}.Times(1 / max(turn, 0.05))
		depth := float32(0.5)
		if turned := cross(in, out); turned > 0 { // along an edge a corner uses depth * turned/turn
			depth = min(depth, min(lengthIn, lengthOut)/2*turn/turned)
		}
		m.depths = append(m.depths, depth)
		m.inner = append(m.inner, p.Plus(side.Times(depth)))
		m.outer = append(m.outer, p.Minus(side.Times(0.5)))
	}
}
