package mesh

// trim cuts off what the shape that was added last has outside of its clip.
func (m *Mesh) trim() {
	b, ok := m.extent()
	switch {
	case ok && m.clip.contains(b):
		return
	case !ok || m.clip.within(b).empty():
		m.Vertices, m.Indices = m.Vertices[:m.first], m.Indices[:m.begun]
		return
	}
	m.uncut = append(m.uncut[:0], m.Indices[m.begun:]...)
	m.Indices = m.Indices[:m.begun]
	for i := 0; i+2 < len(m.uncut); i += 3 {
		m.cut(m.uncut[i], m.uncut[i+1], m.uncut[i+2])
	}
}

// extent returns the box around the vertices of the last shape, and whether they are
// numbers. (There are many: comparing is faster here than min and max are.)
func (m *Mesh) extent() (b box, ok bool) {
	if m.first == len(m.Vertices) {
		return b, false
	}
	b = box{2 * far, 2 * far, -2 * far, -2 * far}
	ok = true
	for i := m.first; i < len(m.Vertices); i++ {
		x, y := m.Vertices[i].X, m.Vertices[i].Y
		if x < b.left {
			b.left = x
		}
		if x > b.right {
			b.right = x
		}
		if y < b.top {
			b.top = y
		}
		if y > b.bottom {
			b.bottom = y
		}
		ok = ok && x == x && y == y
	}
	return b, ok
}

// A half is one side of a line in the plane: where x and y, each times its factor, are
// more than a limit.
type half struct{ x, y, limit float32 }

func (h half) depth(v *Vertex) float32 { return h.x*v.X + h.y*v.Y - h.limit }

// cut adds what a triangle has within the clip.
func (m *Mesh) cut(a, b, c uint32) {
	va, vb, vc := m.Vertices[a], m.Vertices[b], m.Vertices[c]
	around := box{min(va.X, vb.X, vc.X), min(va.Y, vb.Y, vc.Y), max(va.X, vb.X, vc.X), max(va.Y, vb.Y, vc.Y)}
	switch {
	case m.clip.contains(around):
		m.triangle(a, b, c)
		return
	case m.clip.within(around).empty():
		return
	}
	var one, two corners
	one.add(va)
	one.add(vb)
	one.add(vc)
	from, to := &one, &two
	for _, h := range [4]half{{1, 0, m.clip.left}, {-1, 0, -m.clip.right}, {0, 1, m.clip.top}, {0, -1, -m.clip.bottom}} {
		from.keep(h, to)
		from, to = to, from
	}
	for i := range from.n { // what is cut far out is not cut exactly
		v := &from.at[i]
		v.X, v.Y = max(m.clip.left, min(m.clip.right, v.X)), max(m.clip.top, min(m.clip.bottom, v.Y))
	}
	m.fan(from)
}

// fan adds a convex polygon.
func (m *Mesh) fan(p *corners) {
	base := uint32(len(m.Vertices))
	m.Vertices = append(m.Vertices, p.at[:p.n]...)
	for i := 1; i+1 < p.n; i++ {
		m.triangle(base, base+uint32(i), base+uint32(i)+1)
	}
}

// corners are those of a convex polygon: a triangle or a rectangle, and one more for each
// line that it is cut along.
type corners struct {
	at [8]Vertex
	n  int
}

func (p *corners) add(v Vertex) {
	if p.n < len(p.at) {
		p.at[p.n] = v
		p.n++
	}
}

// keep puts into another polygon what lies in a half of the plane.
func (p *corners) keep(h half, kept *corners) {
	kept.n = 0
	for i := range p.n {
		a, b := &p.at[i], &p.at[(i+1)%p.n]
		da, db := h.depth(a), h.depth(b)
		if da >= 0 {
			kept.add(*a)
		}
		if da < 0 && db > 0 {
			kept.add(between(a, b, da, db))
		}
		if da > 0 && db < 0 {
			kept.add(between(b, a, db, da)) // the same place from both sides
		}
	}
}

// between returns the vertex at depth 0 on the way from a below to b above.
func between(a, b *Vertex, da, db float32) Vertex {
	part := da / (da - db)
	v := *a
	v.X += (b.X - a.X) * part
	v.Y += (b.Y - a.Y) * part
	v.Color = a.Color.Mix(b.Color, part)
	return v
}
