package raster

import "github.com/harmproof/harmproof/viz/mesh"

// extent returns the columns and rows of the rectangle between two corners.
func (t *target) extent(a, c *mesh.Vertex) (left, right, top, bottom int) {
	left, right = t.column(float64(min(a.X, c.X))), t.column(float64(max(a.X, c.X)))
	return left, right, t.line(float64(min(a.Y, c.Y))), t.line(float64(max(a.Y, c.Y)))
}

// bar fills a rectangle with one color.
func (t *target) bar(a, c *mesh.Vertex) {
	left, right, top, bottom := t.extent(a, c)
	part := uint32(a.Color & 0xFF)
	if left >= right || top >= bottom || part == 0 {
		return
	}
	p := paintOf(a.Color)
	if part < 255 {
		for y := top; y < bottom; y++ {
			p.fill(t.row(y, left, right), part)
		}
		return
	}
	row := t.row(top, left, right)
	p.fill(row, 255)
	for y := top + 1; y < bottom; y++ {
		copy(t.row(y, left, right), row)
	}
}

// ramp fills a rectangle whose opacity changes evenly.
func (t *target) ramp(a, b, c *mesh.Vertex) {
	left, right, top, bottom := t.extent(a, c)
	if left >= right {
		return
	}
	f, p := planeOf(a, b, c), paintOf(a.Color)
	for y := top; y < bottom; y++ {
		p.fade(t.row(y, left, right), f.at(left, y), f.x)
	}
}

// letter lays a color through a part of the atlas. Its pixels are whole.
func (t *target) letter(a, c *mesh.Vertex, cover []byte) {
	left, right, top, bottom := t.extent(a, c)
	if left >= right {
		return
	}
	p, opacity := paintOf(a.Color), uint32(a.Color&0xFF)
	from := (int(a.V)+top-int(a.Y))*mesh.AtlasWidth + int(a.U)
	for y := top; y < bottom; y++ {
		row := t.row(y, left, right)
		for i, part := range cover[from : from+right-left] {
			if part == 0 {
				continue
			}
			part := uint32(part)
			if opacity < 255 {
				part = (part*opacity + 127) / 255
			}
			p.over(row[4*i:], part)
		}
		from += mesh.AtlasWidth
	}
}
