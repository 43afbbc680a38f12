package mesh

import (
	"math"

	"github.com/harmproof/harmproof/viz/draw"
)

// A box is a rectangle by its sides.
type box struct{ left, top, right, bottom float32 }

func (b box) empty() bool { return !(b.left < b.right && b.top < b.bottom) }

// within returns what two boxes have in common.
func (b box) within(c box) box {
	return box{max(b.left, c.left), max(b.top, c.top), min(b.right, c.right), min(b.bottom, c.bottom)}
}

// contains reports whether all of a box lies in this one.
func (b box) contains(c box) bool {
	return c.left >= b.left && c.top >= b.top && c.right <= b.right && c.bottom <= b.bottom
}

func round(f float32) float32 { return float32(math.Round(float64(f))) }

// pixels returns a clip, whose sides are between pixels. One that is no number hides all.
func pixels(l *draw.List, s *draw.Shape) box {
	p := points(l, s)
	if len(p) != 2 {
		return box{}
	}
	return box{round(p[0].X), round(p[0].Y), round(p[1].X), round(p[1].Y)}
}

// whole reports whether the sides are between pixels.
func (b box) whole() bool {
	return b.left == floor(b.left) && b.top == floor(b.top) && b.right == floor(b.right) && b.bottom == floor(b.bottom)
}

// bar fills a box. How much it covers of the pixels at its sides is exact.
func (m *Mesh) bar(b box, c draw.Color) {
	b = b.within(m.clip)
	switch {
	case b.empty():
	case b.whole():
		m.plain(b, c)
	default:
		m.grid(b, box{}, c)
	}
}

// grid fills a box but for a hole in it, cut where what is covered of a pixel changes.
func (m *Mesh) grid(b, hole box, c draw.Color) {
	xs, columns := steps(b.left, hole.left, hole.right, b.right)
	ys, rows := steps(b.top, hole.top, hole.bottom, b.bottom)
	for j := range rows {
		y := ys[j]
		for i := range columns {
			x := xs[i]
			part := covered(x, b.left, b.right)*covered(y, b.top, b.bottom) - covered(x, hole.left, hole.right)*covered(y, hole.top, hole.bottom)
			cell := box{x, y, xs[i+1], ys[j+1]}.within(m.clip)
			if part > 0 && !cell.empty() {
				m.plain(cell, c.Fade(part))
			}
		}
	}
}

// steps returns where pixels begin or end in which one of some places lies that ascend, and
// how many spaces there are between those.
func steps(places ...float32) (at [8]float32, spaces int) {
	n := 0
	for _, place := range places {
		for _, side := range [2]float32{floor(place), -floor(-place)} {
			if n == 0 || side > at[n-1] {
				at[n] = side
				n++
			}
		}
	}
	return at, max(0, n-1)
}

// covered returns how much of a pixel lies between a and b.
func covered(pixel, a, b float32) float32 { return max(0, min(pixel+1, b)-max(pixel, a)) }

// plain fills a box whose sides are between pixels.
func (m *Mesh) plain(b box, c draw.Color) {
	i := uint32(len(m.Vertices))
	m.Vertices = append(m.Vertices,
		Vertex{b.left, b.top, Blank, Blank, c}, Vertex{b.right, b.top, Blank, Blank, c},
		Vertex{b.right, b.bottom, Blank, Blank, c}, Vertex{b.left, b.bottom, Blank, Blank, c})
	m.quad(i, i+1, i+2, i+3)
}

func floor(f float32) float32 { return float32(math.Floor(float64(f))) }
