package draw

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// A Glyph is a letter in pixels: how much it covers of each.
type Glyph struct {
	X, Y  int    // of its left upper corner, from where it stands
	W, H  int    // 0 where there is nothing to see
	Cover []byte // W by H, row by row; the pen's own, until it draws again
}

// A Pen draws letters. The zero value is ready.
type Pen struct {
	buffer sfnt.Buffer
	filler vector.Rasterizer
	path   []step
	cover  image.Alpha
}

// A step leads along an outline. Of its points the last is its end.
type step struct {
	op     sfnt.SegmentOp
	points [3]Point
}

// Glyph draws a letter whose pen stands right of a whole pixel by a part of one.
func (p *Pen) Glyph(s Style, r rune, part float32) Glyph {
	s = s.Rounded()
	p.outline(s, r, part)
	low, high := p.bounds()
	if !(low.X < high.X && low.Y < high.Y) {
		return Glyph{}
	}
	g := Glyph{X: int(math.Floor(float64(low.X))), Y: int(math.Floor(float64(low.Y)))}
	g.W, g.H = int(math.Ceil(float64(high.X)))-g.X, int(math.Ceil(float64(high.Y)))-g.Y
	g.Cover = p.fill(Point{float32(g.X), float32(g.Y)}, g.W, g.H)
	return g
}

// outline makes the path of a letter, in pixels and with y down.
func (p *Pen) outline(s Style, r rune, part float32) {
	p.path = p.path[:0]
	f := s.Font.face()
	glyph, err := f.font.GlyphIndex(&p.buffer, r)
	if err != nil || glyph == 0 {
		p.box(s, part)
		return
	}
	segments, err := f.font.LoadGlyph(&p.buffer, glyph, fixed.I(em), nil)
	if err != nil {
		p.box(s, part)
		return
	}
	fit := fitting(s.Size)
	for _, segment := range segments {
		st := step{op: segment.Op}
		for i, a := range segment.Args {
			st.points[i] = Point{part + float32(a.X)/(64*em)*s.Size, -fit.height(float32(-a.Y) / (64 * em))}
		}
		p.path = append(p.path, st)
	}
}

// box is what stands for a letter that the font does not have.
func (p *Pen) box(s Style, part float32) {
	line := max(1, s.Size/14)
	left, right := part+0.1*s.Size, part+(missing-0.1)*s.Size
	top := -fitting(s.Size).height(capital)
	p.loop(Point{left, top}, Point{right, top}, Point{right, 0}, Point{left, 0})
	left, right, top = left+line, right-line, top+line
	p.loop(Point{left, top}, Point{left, -line}, Point{right, -line}, Point{right, top})
}

func (p *Pen) loop(points ...Point) {
	op := sfnt.SegmentOpMoveTo
	for _, at := range append(points, points[0]) {
		p.path = append(p.path, step{op: op, points: [3]Point{at}})
		op = sfnt.SegmentOpLineTo
	}
}

// count is how many points a step has.
func (s step) count() int {
	switch s.op {
	case sfnt.SegmentOpQuadTo:
		return 2
	case sfnt.SegmentOpCubeTo:
		return 3
	}
	return 1
}

func (p *Pen) bounds() (low, high Point) {
	low, high = Point{math.MaxFloat32, math.MaxFloat32}, Point{-math.MaxFloat32, -math.MaxFloat32}
	for _, s := range p.path {
		for _, at := range s.points[:s.count()] {
			low = Point{min(low.X, at.X), min(low.Y, at.Y)}
			high = Point{max(high.X, at.X), max(high.Y, at.Y)}
		}
	}
	return low, high
}

// fill paints the path into a field of pixels whose corner is at a place.
func (p *Pen) fill(corner Point, w, h int) []byte {
	p.filler.Reset(w, h)
	p.filler.DrawOp = draw.Src
	for _, s := range p.path {
		a, b, c := s.points[0].Minus(corner), s.points[1].Minus(corner), s.points[2].Minus(corner)
		switch s.op {
		case sfnt.SegmentOpMoveTo:
			p.filler.ClosePath()
			p.filler.MoveTo(a.X, a.Y)
		case sfnt.SegmentOpLineTo:
			p.filler.LineTo(a.X, a.Y)
		case sfnt.SegmentOpQuadTo:
			p.filler.QuadTo(a.X, a.Y, b.X, b.Y)
		case sfnt.SegmentOpCubeTo:
			p.filler.CubeTo(a.X, a.Y, b.X, b.Y, c.X, c.Y)
		}
	}
	p.filler.ClosePath()
	if cap(p.cover.Pix) < w*h {
		p.cover.Pix = make([]byte, w*h)
	}
	p.cover.Pix, p.cover.Stride, p.cover.Rect = p.cover.Pix[:w*h], w, image.Rect(0, 0, w, h)
	p.filler.Draw(&p.cover, p.cover.Rect, image.Opaque, image.Point{})
	return p.cover.Pix
}
