package mesh

import "github.com/harmproof/harmproof/viz/draw"

// A Vertex is a corner of triangles.
type Vertex struct {
	X, Y float32
	// U and V is where it is in the atlas, in pixels.
	U, V float32
	// Color is as in a list: its opacity is not in the other three.
	Color draw.Color
}

// A Mesh is a picture as triangles. The zero value is ready; building the next picture
// into the same mesh uses its memory again.
//
// The triangles of a shape have one color but for its opacity. Where U and V are Blank they look
// at a place of the atlas that is covered altogether. All others are letters: pairs of
// triangles (a, b, c) and (a, c, d) that are a rectangle at whole pixels and as large in
// the atlas as in the picture.
type Mesh struct {
	Vertices []Vertex
	Indices  []uint32 // three for each triangle
	Atlas    Atlas

	clip   box          // of the shape that is being cut
	clips  []box        // around it
	first  int          // vertex of that shape
	begun  int          // index of that shape
	uncut  []uint32     // indices of that shape
	path   []draw.Point // without what is no number, and without repetitions
	inner  []draw.Point // of a band between two outlines
	outer  []draw.Point
	depths []float32
	ears   []int32
}

// Build makes the triangles of a picture of a size, in pixels.
func (m *Mesh) Build(l *draw.List, width, height int) {
	if m.Atlas.begin(); m.build(l, width, height) {
		return
	}
	m.Atlas.clear() // it was full of what earlier pictures wanted
	m.build(l, width, height)
}

// build reports whether all letters found a place.
func (m *Mesh) build(l *draw.List, width, height int) bool {
	m.Vertices, m.Indices, m.clips = m.Vertices[:0], m.Indices[:0], m.clips[:0]
	m.clip = box{0, 0, float32(max(0, width)), float32(max(0, height))}
	placed := true
	for i := range l.Shapes {
		s := &l.Shapes[i]
		switch s.Form {
		case draw.ClipForm:
			m.clips = append(m.clips, m.clip)
			m.clip = m.clip.within(pixels(l, s))
			continue
		case draw.UnclipForm:
			if last := len(m.clips) - 1; last >= 0 {
				m.clip, m.clips = m.clips[last], m.clips[:last]
			}
			continue
		}
		if s.Color&0xFF == 0 || m.clip.empty() || !m.copy(l, s) {
			continue
		}
		m.first, m.begun = len(m.Vertices), len(m.Indices)
		if s.Form == draw.TextForm {
			placed = m.text(s) && placed
			continue
		}
		m.shape(s)
		m.trim()
	}
	return placed
}

func (m *Mesh) shape(s *draw.Shape) {
	switch s.Form {
	case draw.FillForm:
		m.fill(s)
	case draw.PolygonForm:
		m.polygon(s.Color)
	case draw.LineForm:
		m.line(s)
	case draw.DiscForm:
		m.disc(s)
	case draw.ArcForm:
		m.arc(s)
	case draw.SectorForm:
		m.sector(s)
	}
}

// far is where the world ends: the numbers are still precise enough there.
const far = 1 << 18

// bounded returns a number that is not too large, and whether it is one.
func bounded(f float32) (float32, bool) { return max(-far, min(far, f)), f == f }

// copy takes over the points of a shape and reports whether there is something to draw.
func (m *Mesh) copy(l *draw.List, s *draw.Shape) bool {
	m.path = m.path[:0]
	if s.Radius != s.Radius || s.Width != s.Width || s.From != s.From || s.To != s.To {
		return false
	}
	for _, p := range points(l, s) {
		x, isX := bounded(p.X)
		y, isY := bounded(p.Y)
		if !isX || !isY {
			return false
		}
		m.path = append(m.path, draw.Point{X: x, Y: y})
	}
	return len(m.path) > 0
}

// points returns the points of a shape, none where a list is broken.
func points(l *draw.List, s *draw.Shape) []draw.Point {
	if s.First < 0 || s.Count < 0 || int(s.First)+int(s.Count) > len(l.Points) {
		return nil
	}
	return l.Points[s.First : s.First+s.Count]
}

// size returns a radius or a width, in bounds.
func size(f float32) float32 { return max(0, min(far, f)) }

// vertex adds a corner that shows a part of a color.
func (m *Mesh) vertex(p draw.Point, c draw.Color, part float32) uint32 {
	m.Vertices = append(m.Vertices, Vertex{p.X, p.Y, Blank, Blank, c.Fade(part)})
	return uint32(len(m.Vertices) - 1)
}

func (m *Mesh) triangle(a, b, c uint32) { m.Indices = append(m.Indices, a, b, c) }

// quad adds four corners in a row around it.
func (m *Mesh) quad(a, b, c, d uint32) { m.Indices = append(m.Indices, a, b, c, a, c, d) }
