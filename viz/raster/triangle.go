package raster

import "github.com/harmproof/harmproof/viz/mesh"

// A plane is an opacity that changes evenly, and half so that it rounds.
type plane struct{ x, y, base float64 }

// planeOf returns the plane through the opacities of three corners. It is flat where they
// are in a line.
func planeOf(a, b, c *mesh.Vertex) plane {
	x0, y0, v0 := float64(a.X), float64(a.Y), float64(a.Color&0xFF)
	x1, y1, v1 := float64(b.X)-x0, float64(b.Y)-y0, float64(b.Color&0xFF)-v0
	x2, y2, v2 := float64(c.X)-x0, float64(c.Y)-y0, float64(c.Color&0xFF)-v0
	double := float64(x1*y2) - float64(x2*y1)
	if double == 0 {
		return plane{base: v0 + 0.5}
	}
	double = 1 / double
	p := plane{x: (float64(v1*y2) - float64(v2*y1)) * double, y: (float64(x1*v2) - float64(x2*v1)) * double}
	p.base = v0 - float64(p.x*(x0-0.5)) - float64(p.y*(y0-0.5)) + 0.5
	return p
}

// at returns the opacity in the middle of a pixel.
func (p *plane) at(x, y int) float64 {
	return p.base + float64(p.x*float64(x)) + float64(p.y*float64(y))
}

// fade lays a paint over a row, with an opacity that changes by a step from pixel to pixel.
func (w wide) fade(row []byte, opacity, step float64) {
	for ; len(row) >= 4; row = row[4:] {
		if part := int(opacity); part > 0 {
			w.over(row, uint32(min(part, 255)))
		}
		opacity += step
	}
}

// An edge is a side of a triangle, from its upper end to its lower.
type edge struct{ x, y, slope float64 }

func edgeOf(a, b *mesh.Vertex) edge {
	return edge{float64(a.X), float64(a.Y) - 0.5, (float64(b.X) - float64(a.X)) / (float64(b.Y) - float64(a.Y))}
}

// at returns where an edge meets the middle of a row. It is the same for both triangles of
// an edge, and whatever rows were before.
func (e *edge) at(y int) float64 { return e.x + float64((float64(y)-e.y)*e.slope) }

// triangle fills a triangle that has one color, whose opacity may change.
func (t *target) triangle(a, b, c *mesh.Vertex) {
	if b.Y < a.Y {
		a, b = b, a
	}
	if c.Y < b.Y {
		b, c = c, b
		if b.Y < a.Y {
			a, b = b, a
		}
	}
	top, bottom := t.line(float64(a.Y)), t.line(float64(c.Y))
	if top >= bottom {
		return
	}
	if t.column(float64(min(a.X, b.X, c.X))) >= t.column(float64(max(a.X, b.X, c.X))) {
		return // it lies between the middles of two columns
	}
	s := span{target: t, long: edgeOf(a, c), paint: paintOf(a.Color), part: uint32(a.Color & 0xFF)}
	faded := a.Color != b.Color || a.Color != c.Color
	if faded {
		s.plane = planeOf(a, b, c)
	}
	middle := t.line(float64(b.Y))
	if top < middle {
		s.other = edgeOf(a, b)
		s.fill(top, middle, faded)
	}
	if middle < bottom {
		s.other = edgeOf(b, c)
		s.fill(middle, bottom, faded)
	}
}

// A span is what is filled between two edges.
type span struct {
	*target
	long, other edge
	paint       wide
	plane       plane
	part        uint32
}

// columns returns what is filled of a row.
func (s *span) columns(y int) (left, right int) {
	x, z := s.long.at(y), s.other.at(y)
	if x > z {
		x, z = z, x
	}
	return s.column(x), s.column(z)
}

// fill fills rows.
func (s *span) fill(from, to int, faded bool) {
	for y := from; y < to; y++ {
		left, right := s.columns(y)
		switch {
		case left >= right:
		case faded:
			s.paint.fade(s.row(y, left, right), s.plane.at(left, y), s.plane.x)
		default:
			s.paint.fill(s.row(y, left, right), s.part)
		}
	}
}
