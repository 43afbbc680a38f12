package mesh

import "github.com/harmproof/harmproof/viz/draw"

// text writes a line and reports whether all of its letters found a place in the atlas.
func (m *Mesh) text(s *draw.Shape) bool {
	style := s.Style.Rounded()
	at := m.path[0]
	if style.Size <= 0 || at.Y-2*style.Size > m.clip.bottom || at.Y+2*style.Size < m.clip.top {
		return true
	}
	k := m.Atlas.strike(style)
	base := int(round(at.Y))
	pen, placed := at.X, true
	for _, r := range s.Text {
		if pen-2*style.Size > m.clip.right {
			break
		}
		l := k.letter(style, r)
		if pen+4*style.Size >= m.clip.left {
			placed = m.glyph(l, style, r, pen, base, s.Color) && placed
		}
		pen += l.advance
	}
	return placed
}

// glyph adds a letter, drawn at the nearest quarter of a pixel.
func (m *Mesh) glyph(l *letter, style draw.Style, r rune, pen float32, base int, c draw.Color) bool {
	quarters := int(floor(pen*parts + 0.5))
	whole, part := quarters>>2, quarters&(parts-1)
	p := &l.places[part]
	if !p.drawn && !m.Atlas.draw(style, r, part, p) {
		return false
	}
	if p.w == 0 {
		return true
	}
	left, top := float32(whole+int(p.x)), float32(base+int(p.y))
	b := box{left, top, left + float32(p.w), top + float32(p.h)}
	if !m.clip.contains(b) {
		if b = b.within(m.clip); b.empty() {
			return true
		}
	}
	u, v := float32(p.u)+b.left-left, float32(p.v)+b.top-top
	w, h := b.right-b.left, b.bottom-b.top
	i := uint32(len(m.Vertices))
	m.Vertices = append(m.Vertices,
		Vertex{b.left, b.top, u, v, c}, Vertex{b.right, b.top, u + w, v, c},
		Vertex{b.right, b.bottom, u + w, v + h, c}, Vertex{b.left, b.bottom, u, v + h, c})
	m.quad(i, i+1, i+2, i+3)
	return true
}
