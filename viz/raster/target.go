package raster

import "github.com/harmproof/harmproof/viz/mesh"

// A target is rows of pixels that are painted on.
type target struct {
	pix    []byte
	stride int
	width  int
	top    int // the first row
	bottom int // and the one behind the last
}

// row returns the pixels of a row from one to another.
func (t *target) row(y, from, to int) []byte {
	return t.pix[y*t.stride+4*from : y*t.stride+4*to]
}

// almost is less than half by so little that no place of a mesh is in between.
const almost = 0.5 - 1e-9

// column returns the first column whose middle is not before a place.
func (t *target) column(x float64) int { return max(0, min(t.width, int(x+almost))) }

// line returns the first row whose middle is not before a place.
func (t *target) line(y float64) int { return max(t.top, min(t.bottom, int(y+almost))) }

// paint paints all triangles, and faster those that are two halves of a rectangle.
func (t target) paint(m *mesh.Mesh) {
	for y := t.top; y < t.bottom; y++ {
		clear(t.row(y, 0, t.width))
	}
	top, bottom := float32(t.top), float32(t.bottom)
	for i := 0; i+2 < len(m.Indices); i += 3 {
		a, b, c := &m.Vertices[m.Indices[i]], &m.Vertices[m.Indices[i+1]], &m.Vertices[m.Indices[i+2]]
		if a.Y < top && b.Y < top && c.Y < top || a.Y > bottom && b.Y > bottom && c.Y > bottom {
			continue
		}
		if i+5 < len(m.Indices) && m.Indices[i+3] == m.Indices[i] && m.Indices[i+4] == m.Indices[i+2] {
			if t.rectangle(a, b, c, &m.Vertices[m.Indices[i+5]], m.Atlas.Cover) {
				i += 3
				continue
			}
		}
		t.triangle(a, b, c)
	}
}

// rectangle paints four corners if they are those of a rectangle, in any order around it.
func (t *target) rectangle(a, b, c, d *mesh.Vertex, cover []byte) bool {
	level := a.Y == b.Y && b.X == c.X && c.Y == d.Y && d.X == a.X
	upright := a.X == b.X && b.Y == c.Y && c.X == d.X && d.Y == a.Y
	switch {
	case !level && !upright:
		return false
	case a.U != mesh.Blank || a.V != mesh.Blank:
		t.letter(a, c, cover)
	case a.Color == c.Color && a.Color == b.Color && a.Color == d.Color:
		t.bar(a, c)
	case a.Color == d.Color && b.Color == c.Color, a.Color == b.Color && c.Color == d.Color:
		t.ramp(a, b, c)
	default:
		return false
	}
	return true
}
