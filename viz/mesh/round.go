package mesh

import (
	"math"

	"github.com/harmproof/harmproof/viz/draw"
)

const (
	quarter = math.Pi / 2
	whole   = 2 * math.Pi
)

// chord is how far, in pixels, a piece of an arc may be from it.
const chord = 0.15

// pieces returns into how many pieces an arc is cut.
func pieces(radius, sweep float32) int {
	if radius < 0.5 {
		radius = 0.5
	}
	step := 2 * math.Acos(max(0, 1-chord/float64(radius)))
	return int(max(2, min(256, math.Ceil(float64(sweep)/step))))
}

// arcPoints adds the points of an arc of n pieces, both ends included.
func arcPoints(to []draw.Point, center draw.Point, radius, from, sweep float32, n int) []draw.Point {
	sin, cos := math.Sincos(float64(sweep) / float64(n))
	y, x := math.Sincos(float64(from))
	for range n + 1 {
		to = append(to, draw.Point{X: center.X + radius*float32(x), Y: center.Y + radius*float32(y)})
		x, y = float64(x*cos)-float64(y*sin), float64(x*sin)+float64(y*cos)
	}
	return to
}

// circle adds the outline of a circle of n pieces.
func circle(to []draw.Point, center draw.Point, radius float32, n int) []draw.Point {
	to = arcPoints(to, center, radius, 0, whole, n)
	return to[:len(to)-1]
}

// disc is a circle, or its border.
func (m *Mesh) disc(s *draw.Shape) {
	center, radius, width := m.path[0], size(s.Radius), size(s.Width)
	if radius <= 0 {
		return
	}
	if width > 0 && width < radius {
		m.ring(center, radius, width, s.Color)
		return
	}
	c := s.Color
	if radius < 0.5 { // it is less than the fringe
		c = c.Fade(4 * radius * radius)
		radius = 0.5
	}
	n := max(8, pieces(radius, whole))
	m.inner = circle(m.inner[:0], center, radius-0.5, n)
	m.outer = circle(m.outer[:0], center, radius+0.5, n)
	if radius > 0.5 {
		m.convex(m.inner, c)
	}
	m.band(m.outer, m.inner, c, 0, 1, true)
}

// A rim is the border of a circle: the radius of its middle, how far it is solid on both
// sides of that, and what part of its color it has.
type rim struct{ middle, core, part float32 }

func rimOf(radius, width float32) rim {
	return rim{radius - width/2, max(0, width/2-0.5), min(1, width)}
}

// at returns the radius of a layer.
func (r rim) at(layer float32) float32 {
	if layer < -1 || layer > 1 {
		return max(0, r.middle-(r.core+1)*layer/2)
	}
	return max(0, r.middle-r.core*layer)
}

func (m *Mesh) ring(center draw.Point, radius, width float32, c draw.Color) {
	n := max(8, pieces(radius, whole))
	r := rimOf(radius, width)
	m.layers(c, r.part, r.core > 0, true, func(to []draw.Point, layer float32) []draw.Point {
		return circle(to, center, r.at(layer), n)
	})
}

// turned returns the beginning of an arc and how far it goes on from there.
func turned(s *draw.Shape) (from, sweep float32) {
	const limit = 1 << 12 // turns
	from, to := max(-limit, min(limit, s.From)), max(-limit, min(limit, s.To))
	return min(from, to), max(from, to) - min(from, to)
}

// arc is a part of a ring. Its ends have fringes too.
func (m *Mesh) arc(s *draw.Shape) {
	center, radius, width := m.path[0], size(s.Radius), size(s.Width)
	from, sweep := turned(s)
	width = min(width, radius)
	if radius <= 0 || width <= 0 || sweep <= 0 {
		return
	}
	if sweep >= whole {
		m.ring(center, radius, width, s.Color)
		return
	}
	r, n := rimOf(radius, width), pieces(radius, sweep)
	fringe := min(sweep/2, 0.5/max(0.5, r.middle)) // as an angle
	r.part *= min(1, sweep*r.middle)
	m.layers(s.Color, r.part, r.core > 0, false, func(to []draw.Point, layer float32) []draw.Point {
		return arcPoints(to, center, r.at(layer), from+fringe, sweep-2*fringe, n)
	})
	m.arcEnd(center, r, s.Color, from+fringe, from-fringe)
	m.arcEnd(center, r, s.Color, from+sweep-fringe, from+sweep+fringe)
}

// arcEnd is the fringe at the end of an arc, from its solid angle to where nothing is left.
func (m *Mesh) arcEnd(center draw.Point, r rim, c draw.Color, solid, end float32) {
	base := uint32(len(m.Vertices))
	parts := [4]float32{0, r.part, r.part, 0}
	for i, layer := range [4]float32{-2, -1, 1, 2} {
		m.vertex(polar(center, r.at(layer), solid), c, parts[i])
		m.vertex(polar(center, r.at(layer), end), c, 0)
	}
	for i := base; i < base+6; i += 2 {
		m.quad(i, i+1, i+3, i+2)
	}
}

func polar(center draw.Point, radius, angle float32) draw.Point {
	sin, cos := math.Sincos(float64(angle))
	return draw.Point{X: center.X + radius*float32(cos), Y: center.Y + radius*float32(sin)}
}

// sector is a piece of a cake: a polygon.
func (m *Mesh) sector(s *draw.Shape) {
	center, radius := m.path[0], size(s.Radius)
	from, sweep := turned(s)
	if radius <= 0 || sweep <= 0 {
		return
	}
	if sweep >= whole {
		full := *s
		full.Width = 0
		m.disc(&full)
		return
	}
	m.path = append(m.path[:0], center)
	m.path = arcPoints(m.path, center, radius, from, sweep, pieces(radius, sweep))
	m.polygon(s.Color)
}
