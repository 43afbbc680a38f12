package mesh

import "github.com/harmproof/harmproof/viz/draw"

// sharpest is up to which length corners of lines are pointed, in half widths: those that
// turn more are cut off.
const sharpest = 2

// A stroke is one piece of a line: it runs from a place in a direction, both of it are cut
// off at halves of the plane, and its fringes are along it and at its ends.
type stroke struct {
	at, along draw.Point // along has length 1
	// Across, it is solid up to core and gone at core + 1.
	core float32
	// Along, it is solid between solid[0] and solid[1] and gone at gone[0] and gone[1].
	solid, gone [2]float32
	cuts        [2]half
	cut         [2]bool
	// A pointed end lies aslant: at some way across it is that times slope further along.
	pointed [2]bool
	slope   [2]float32
	color   draw.Color
}

// line draws along the path.
func (m *Mesh) line(s *draw.Shape) {
	width := size(s.Width)
	m.unrepeat(s.Closed)
	n := len(m.path)
	if n < 2 || width <= 0 {
		return
	}
	if n == 2 && m.level(width, s.Color) {
		return
	}
	closed := s.Closed && n > 2
	last := n - 1
	if closed {
		last = n
	}
	c := s.Color.Fade(min(1, width))
	for i := range last {
		a, b := m.path[i], m.path[(i+1)%n]
		way := b.Minus(a)
		long := length(way)
		k := stroke{at: a, along: way.Times(1 / long), core: max(0, width/2-0.5), color: c}
		if closed || i > 0 {
			k.join(0, 0, a.Minus(m.path[(i+n-1)%n]), a, width)
		} else {
			k.end(0, 0)
		}
		if closed || i < last-1 {
			k.join(1, long, m.path[(i+2)%n].Minus(b), b, width)
		} else {
			k.end(1, long)
		}
		m.stroke(&k)
	}
}

// level draws a line of two points that is level or upright, exactly, if it is.
func (m *Mesh) level(width float32, c draw.Color) bool {
	a, b := m.path[0], m.path[1]
	switch h := width / 2; {
	case a.Y == b.Y:
		m.bar(box{min(a.X, b.X), a.Y - h, max(a.X, b.X), a.Y + h}, c)
	case a.X == b.X:
		m.bar(box{a.X - h, min(a.Y, b.Y), a.X + h, max(a.Y, b.Y)}, c)
	default:
		return false
	}
	return true
}

// outward is the direction in which an end looks.
func outward(which int) float32 { return float32(2*which - 1) }

// end lets a stroke end at a distance along it.
func (k *stroke) end(which int, at float32) {
	k.solid[which] = at - 0.5*outward(which)
	k.gone[which] = at + 0.5*outward(which)
}

// join lets a stroke end where another begins, or began, that goes some way: both are cut
// off where they are equally near.
func (k *stroke) join(which int, at float32, way, corner draw.Point, width float32) {
	other := way.Times(1 / length(way))
	out := outward(which)
	sum := k.along.Plus(other)
	square := sum.X*sum.X + sum.Y*sum.Y
	if square < 1e-6 { // straight back: nothing to cut
		k.end(which, at+out*width/2)
		return
	}
	k.cut[which] = true
	k.cuts[which] = half{-out * sum.X, -out * sum.Y, -out * (sum.X*corner.X + sum.Y*corner.Y)}
	slope := -cross(k.along, other) / (square / 2) // the tangent of half the angle
	long := max(slope, -slope)
	if long > sharpest {
		k.end(which, at+out*width/2)
		return
	}
	k.pointed[which], k.slope[which], k.solid[which] = true, slope, at
	k.gone[which] = at + out*(long*(k.core+1)+0.5)
}

// stroke adds the cells of a stroke: three across, the fringes and what is solid, and as
// many along it.
func (m *Mesh) stroke(k *stroke) {
	if m.long(k) {
		return
	}
	for i := range 2 {
		if k.pointed[i] { // what is too much is cut off
			k.solid[i] = k.gone[i]
		}
	}
	if k.solid[0] > k.solid[1] { // shorter than its fringes
		middle := (k.solid[0] + k.solid[1]) / 2
		k.color = k.color.Fade(k.gone[1] - k.gone[0] - 1)
		k.solid = [2]float32{middle, middle}
	}
	along := [4]float32{k.gone[0], k.solid[0], k.solid[1], k.gone[1]}
	across := k.across()
	parts := [4]float32{0, 1, 1, 0}
	for i := range 3 {
		for j := range 3 {
			if along[i] < along[i+1] && across[j] < across[j+1] {
				m.cell(k, [2]float32(along[i:]), [2]float32(across[j:]), [2]float32(parts[i:]), [2]float32(parts[j:]))
			}
		}
	}
}

// across is where a stroke's fringes begin and end, across it.
func (k *stroke) across() [4]float32 { return [4]float32{-k.core - 1, -k.core, k.core, k.core + 1} }

// place is some way along a stroke and some across.
func (k *stroke) place(along, across float32) draw.Point {
	return draw.Point{X: k.at.X + k.along.X*along - k.along.Y*across, Y: k.at.Y + k.along.Y*along + k.along.X*across}
}

// solidAt returns how far along a stroke is solid, some way across.
func (k *stroke) solidAt(which int, across float32) float32 {
	return k.solid[which] + k.slope[which]*across
}

// long adds a stroke whose ends do not meet, as most do not, and reports whether it is one.
func (m *Mesh) long(k *stroke) bool {
	across := k.across()
	for i := range 2 {
		if k.cut[i] && !k.pointed[i] || k.solidAt(0, across[3*i]) > k.solidAt(1, across[3*i]) {
			return false
		}
	}
	first := uint32(len(m.Vertices))
	parts := [4]float32{0, 1, 1, 0}
	for j, y := range across {
		m.vertex(k.place(k.solidAt(0, y), y), k.color, parts[j])
		m.vertex(k.place(k.solidAt(1, y), y), k.color, parts[j])
	}
	for j := uint32(0); j < 3; j++ {
		if across[j] < across[j+1] {
			i := first + 2*j
			m.quad(i, i+1, i+3, i+2)
		}
	}
	for which := range 2 {
		if k.cut[which] {
			continue
		}
		end := uint32(len(m.Vertices))
		for _, y := range across {
			m.vertex(k.place(k.gone[which], y), k.color, 0)
		}
		for j := uint32(0); j < 3; j++ {
			if across[j] < across[j+1] {
				i := first + 2*j + uint32(which)
				m.quad(i, i+2, end+j+1, end+j)
			}
		}
	}
	return true
}

// cell adds a rectangle of a stroke, cut, with what part of the color it has at its sides.
func (m *Mesh) cell(k *stroke, along, across, ends, sides [2]float32) {
	var one, two corners
	from, to := &one, &two
	for _, i := range [4][2]int{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		at := k.place(along[i[0]], across[i[1]])
		from.add(Vertex{at.X, at.Y, Blank, Blank, k.color.Fade(ends[i[0]] * sides[i[1]])})
	}
	for i := range k.cuts {
		if k.cut[i] {
			from.keep(k.cuts[i], to)
			from, to = to, from
		}
	}
	m.fan(from)
}
