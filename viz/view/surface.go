package view

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/ground"
	"github.com/harmproof/harmproof/viz/scene"
)

// An eye is how the ground lies on the screen.
type eye struct {
	lens
	frame ground.Box
	r     draw.Rect
}

// at returns a place of the ground on the screen.
func (e *eye) at(p ground.Point) draw.Point {
	return e.lens.at(float32(p.X-e.frame.Low.X), float32(e.frame.High.Y-p.Y))
}

// rect returns a rectangle of the ground on the screen, no larger than is of use there.
func (e *eye) rect(low, high ground.Point) draw.Rect {
	a, b := e.at(ground.Point{X: low.X, Y: high.Y}), e.at(ground.Point{X: high.X, Y: low.Y})
	return draw.Rect{X: a.X, Y: a.Y, W: b.X - a.X, H: b.Y - a.Y}
}

// surface draws the ground of a side: people and machines to scale, and zones of danger.
func (v *View) surface(l *draw.List, s *side, n int) {
	_, room := v.split(n)
	if s.ground == nil || room.H <= 0 {
		return
	}
	l.Fill(draw.Rect{X: room.X, Y: room.Y, W: room.W, H: 1}, 0, v.theme.Border)
	bar, _ := room.CutTop(v.pt(ribbonHeight))
	v.surfaceBar(l, bar)
	e := eye{v.sheet(n + onGround).lens(), s.ground.Frame(), v.floor(n)}
	l.Clip(e.r)
	l.Fill(e.r, 0, v.theme.Inside)
	v.hits = append(v.hits, hit{r: e.r, n: n + onGround, click: func(v *View, _ int) { v.choose(-1) }, drag: panMap, wheel: zoomMap})
	v.ledger.boxes = v.ledger.boxes[:0]
	v.measure(l, &e)
	for i := range s.ground.Zones {
		v.field(l, &s.ground.Zones[i], &e)
	}
	for i := range s.ground.Walls {
		v.fence(l, s.ground.Walls[i].Corners, s.ground.Walls[i].Thick, s.ground.Walls[i].Solid, &e)
	}
	v.ways(l, s, &e)
	for _, people := range [...]bool{false, true} {
		v.ledger.people = len(v.ledger.boxes)
		for i := range s.ground.Bodies {
			if (s.ground.Bodies[i].Person >= 0) == people {
				v.body(l, s, i, &e)
			}
		}
	}
	v.bodyNames(l, s, &e)
	v.fieldNames(l, s, &e)
	v.overBody(l, s, &e)
	l.Unclip()
}

// surfaceBar says what is seen, and what the colors of severity are.
func (v *View) surfaceBar(l *draw.List, r draw.Rect) {
	r = r.InsetXY(v.pt(12), 0)
	scale, r := r.CutRight(v.scaleWidth())
	v.severities(l, scale)
	v.left(l, r, caption, v.theme.Faint, "Seen from above")
}

// grade is what a severity is called in the legend.
func grade(i int) string {
	if i == 0 {
		return "unharmed"
	}
	return scene.Severities[i]
}

// scaleWidth is how wide the legend of severities is.
func (v *View) scaleWidth() (width float32) {
	for i := range scene.Severities {
		width += v.style(caption).Width(grade(i)) + v.pt(26)
	}
	return width
}

// severities draws what the colors of severity are.
func (v *View) severities(l *draw.List, r draw.Rect) {
	for i := range scene.Severities {
		text := grade(i)
		var cell draw.Rect
		cell, r = r.CutLeft(v.style(caption).Width(text) + v.pt(26))
		m := draw.Point{X: cell.X + v.pt(10), Y: cell.Y + cell.H/2}
		l.Disc(m, v.pt(5), v.theme.Severity[i])
		if i > 0 {
			v.center(l, draw.Rect{X: m.X - v.pt(6), Y: cell.Y, W: v.pt(12), H: cell.H}, tiny, v.theme.Inside, string(rune('0'+i)))
		}
		_, cell = cell.CutLeft(v.pt(19))
		v.left(l, cell, caption, v.theme.Soft, text)
	}
}

// measure draws fine lines at round distances, and how far apart they are.
func (v *View) measure(l *draw.List, e *eye) {
	step := rung(float64(v.pt(64) / max(1e-6, e.scale)))
	length := float32(step) * e.scale
	if !(length > 4) || length > 2*e.r.W {
		return
	}
	origin := e.at(ground.Point{})
	for x := origin.X - length*float32(int((origin.X-e.r.X)/length)+1); x < e.r.Right(); x += length {
		l.Fill(draw.Rect{X: round(x), Y: e.r.Y, W: 1, H: e.r.H}, 0, v.theme.Grid.Fade(0.6))
	}
	for y := origin.Y - length*float32(int((origin.Y-e.r.Y)/length)+1); y < e.r.Bottom(); y += length {
		l.Fill(draw.Rect{X: e.r.X, Y: round(y), W: e.r.W, H: 1}, 0, v.theme.Grid.Fade(0.6))
	}
	text := scene.Digits(step) + " m"
	w := max(1, v.pt(1.5))
	bar := draw.Rect{X: e.r.X + v.pt(12), Y: round(e.r.Bottom() - v.pt(10)), W: round(length), H: w}
	name := draw.Rect{X: bar.Right() + v.pt(7), Y: bar.Y - v.pt(9), W: v.style(caption).Width(text) + 1, H: v.pt(14)}
	v.ledger.take(draw.Rect{X: bar.X, Y: name.Y, W: name.Right() - bar.X, H: name.H}, e.r)
	l.Fill(draw.Rect{X: bar.X - v.pt(4), Y: name.Y, W: name.Right() - bar.X + v.pt(8), H: v.pt(17)}, v.pt(3), v.theme.Inside.Fade(0.8))
	l.Fill(bar, 0, v.theme.Soft)
	for _, x := range [...]float32{bar.X, bar.Right() - w} {
		l.Fill(draw.Rect{X: x, Y: bar.Y - v.pt(4), W: w, H: v.pt(8)}, 0, v.theme.Soft)
	}
	v.left(l, name, caption, v.theme.Soft, text)
}

// fence draws what nobody walks through.
func (v *View) fence(l *draw.List, corners [][2]float64, thick float64, solid bool, e *eye) {
	v.way = v.way[:0]
	for _, c := range corners {
		p := e.at(ground.Point{X: c[0], Y: c[1]})
		v.way = append(v.way, p)
	}
	c := v.theme.Faint
	switch {
	case len(v.way) < 2:
	case solid && len(v.way) > 2:
		l.Polygon(c, v.way...)
	default:
		l.Line(max(v.pt(2), float32(thick)*e.scale), c, v.way...)
	}
	v.way = v.way[:0]
}

// overBody names what lies below the pointer, and says where it is.
func (v *View) overBody(l *draw.List, s *side, e *eye) {
	if !e.r.Contains(v.in.Pointer) {
		return
	}
	for i := range s.ground.Bodies {
		b := &s.ground.Bodies[i]
		if box := v.bodyBox(b, e); b.Here && b.In < 0 && v.hot(box) {
			text := fmt.Sprintf("%s  x %s m, y %s m  %s", v.bodyName(s, i), scene.Digits(b.At.X), scene.Digits(b.At.Y), s.riders(i))
			v.hint(l, draw.Point{X: box.Center().X, Y: box.Y}, strings.TrimSpace(text))
			return
		}
	}
}

// riders lists who is in a body.
func (s *side) riders(body int) string {
	var names []string
	for i := range s.ground.Bodies {
		if b := &s.ground.Bodies[i]; b.In == body {
			names = append(names, s.nameOf(b)+": "+scene.Severities[b.Severity])
		}
	}
	return strings.Join(names, ", ")
}
