package mesh

import "github.com/harmproof/harmproof/viz/draw"

// fill is a rectangle, or its border.
func (m *Mesh) fill(s *draw.Shape) {
	if len(m.path) != 2 {
		return
	}
	b := box{m.path[0].X, m.path[0].Y, m.path[1].X, m.path[1].Y}
	if b.empty() {
		return
	}
	half := min(b.right-b.left, b.bottom-b.top) / 2
	radius, width := min(size(s.Radius), half), size(s.Width)
	framed := width > 0 && width < half
	switch {
	case radius < 0.5 && framed:
		m.frame(b, width, s.Color)
	case radius < 0.5 || half < 1:
		m.bar(b, s.Color)
	case framed:
		m.roundFrame(b, radius, width, s.Color)
	default:
		m.roundFill(b, radius, s.Color)
	}
}

// frame is a border of four bars, or where those would share pixels a grid.
func (m *Mesh) frame(b box, w float32, c draw.Color) {
	hole := box{b.left + w, b.top + w, b.right - w, b.bottom - w}
	if !hole.whole() {
		m.grid(b, hole, c)
		return
	}
	m.bar(box{b.left, b.top, b.right, hole.top}, c)
	m.bar(box{b.left, hole.bottom, b.right, b.bottom}, c)
	m.bar(box{b.left, hole.top, hole.left, hole.bottom}, c)
	m.bar(box{hole.right, hole.top, b.right, hole.bottom}, c)
}

func (m *Mesh) roundFill(b box, radius float32, c draw.Color) {
	n := pieces(radius, quarter)
	m.inner = roundBox(m.inner[:0], b, radius, 0.5, n)
	m.outer = roundBox(m.outer[:0], b, radius, -0.5, n)
	m.convex(m.inner, c)
	m.band(m.outer, m.inner, c, 0, 1, true)
}

func (m *Mesh) roundFrame(b box, radius, width float32, c draw.Color) {
	n := pieces(radius, quarter)
	core := max(0, width/2-0.5)
	part := min(1, width)
	middle := width / 2
	m.layers(c, part, core > 0, true, func(to []draw.Point, layer float32) []draw.Point {
		depth := middle + core*layer
		if layer < -1 || layer > 1 {
			depth = middle + (core+1)*layer/2
		}
		return roundBox(to, b, radius, depth, n)
	})
}

// layers draws a border between two outlines, from the outermost to the innermost: where its
// fringe begins (-2), where it is solid (-1), and so on inwards (1 and 2).
func (m *Mesh) layers(c draw.Color, part float32, solid, closed bool, outline func(to []draw.Point, layer float32) []draw.Point) {
	m.outer = outline(m.outer[:0], -2)
	m.inner = outline(m.inner[:0], -1)
	m.band(m.outer, m.inner, c, 0, part, closed)
	if solid {
		m.outer = outline(m.outer[:0], 1)
		m.band(m.inner, m.outer, c, part, part, closed)
		m.inner, m.outer = m.outer, m.inner
	}
	m.outer = outline(m.outer[:0], 2)
	m.band(m.inner, m.outer, c, part, 0, closed)
}

// roundBox adds the outline of a box with round corners, a depth further in.
func roundBox(to []draw.Point, b box, radius, depth float32, n int) []draw.Point {
	r := max(0, radius-depth)
	inset := max(radius, depth) // from the sides to the centers of the corners
	left, right, top, bottom := b.left+inset, b.right-inset, b.top+inset, b.bottom-inset
	if left > right {
		left = (b.left + b.right) / 2
		right = left
	}
	if top > bottom {
		top = (b.top + b.bottom) / 2
		bottom = top
	}
	to = arcPoints(to, draw.Point{X: right, Y: top}, r, -quarter, quarter, n)
	to = arcPoints(to, draw.Point{X: right, Y: bottom}, r, 0, quarter, n)
	to = arcPoints(to, draw.Point{X: left, Y: bottom}, r, quarter, quarter, n)
	return arcPoints(to, draw.Point{X: left, Y: top}, r, 2*quarter, quarter, n)
}

// convex fills a polygon by a strip, so that most rows of it meet few triangles.
func (m *Mesh) convex(p []draw.Point, c draw.Color) {
	base := uint32(len(m.Vertices))
	for _, at := range p {
		m.vertex(at, c, 1)
	}
	low, high := uint32(0), uint32(len(p)-1)
	for low+1 < high {
		m.triangle(base+low, base+low+1, base+high)
		if low++; low+1 < high {
			m.triangle(base+low, base+high-1, base+high)
			high--
		}
	}
}

// band fills what is between two outlines of as many points, from one opacity to another.
func (m *Mesh) band(p, q []draw.Point, c draw.Color, atP, atQ float32, closed bool) {
	base := uint32(len(m.Vertices))
	cp, cq := c.Fade(atP), c.Fade(atQ)
	for i := range p {
		m.Vertices = append(m.Vertices, Vertex{p[i].X, p[i].Y, Blank, Blank, cp}, Vertex{q[i].X, q[i].Y, Blank, Blank, cq})
	}
	n := uint32(len(p))
	for i := uint32(1); i < n; i++ {
		a, b := base+2*i-2, base+2*i
		m.quad(a, b, b+1, a+1)
	}
	if closed && n > 1 {
		a, b := base+2*n-2, base
		m.quad(a, b, b+1, a+1)
	}
}
