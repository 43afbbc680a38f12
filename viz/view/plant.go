package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/layout"
)

// plant draws plant and network of a side.
func (v *View) plant(l *draw.List, s *side, r draw.Rect, n int) {
	if v.plantRoom(n).H <= 0 {
		return
	}
	bar, _ := r.CutTop(v.pt(ribbonHeight))
	v.ribbon(l, s, bar, n)
	r = v.chart(n)
	v.clip = r
	l.Clip(r)
	v.hits = append(v.hits, hit{r: r, n: n, click: func(v *View, _ int) { v.choose(-1) }, drag: panMap, wheel: zoomMap})
	view := v.lens(n)
	for i := range s.plan.Areas {
		v.area(l, s, i, view)
	}
	for i := range s.plan.Wires {
		v.wire(l, s, &s.plan.Wires[i], view)
	}
	for i := range s.plan.Links {
		v.talk(l, s, &s.plan.Links[i], view)
	}
	for i := range s.plan.Ties {
		v.route(l, &s.plan.Ties[i], view, max(1, v.pt(1)), v.theme.Faint.Fade(0.6))
	}
	for i := range s.plan.Conduits {
		v.conduit(l, s, i, view)
	}
	v.conduitNames(l, s, view, r)
	v.arrows(l, s, view)
	for i := range s.plan.Devices {
		v.device(l, s, i, view)
	}
	for i := range s.scene.Flights {
		v.flight(l, s, i, view)
	}
	for i := range s.plan.Devices {
		v.names(l, s, i, view)
	}
	v.hover(l, s, view, r)
	l.Unclip()
}

// ribbonHeight is that of the line above the plant, in points.
const ribbonHeight = 22

// chart is where the plant of a side lies.
func (v *View) chart(n int) draw.Rect {
	_, r := v.plantRoom(n).CutTop(v.pt(ribbonHeight))
	return r
}

// lens is how the plant of a side lies there.
func (v *View) lens(n int) lens { return v.sheet(n).lens() }

// ribbon says what is seen: the plant as it is, or as it is told; and whose.
func (v *View) ribbon(l *draw.List, s *side, r draw.Rect, n int) {
	ink, text := v.theme.Faint, "As it is"
	if v.told {
		ink, text = v.theme.Told, "As it is told: levels, positions and values as controllers and operators receive them"
		l.Fill(r, 0, v.theme.Told.Fade(0.16))
	}
	r = r.InsetXY(v.pt(12), 0)
	if len(v.sides) == 2 {
		l.Fill(draw.Rect{X: r.X - v.pt(12), Y: r.Y, W: r.W + v.pt(24), H: v.pt(2)}, 0, v.theme.Series[n])
		used := v.left(l, r, label, v.theme.Series[n], string(rune('A'+n)))
		_, r = r.CutLeft(used + v.pt(8))
	}
	v.left(l, r, caption, ink, text)
}

// hover names what lies below the pointer, where it is too small to be read.
func (v *View) hover(l *draw.List, s *side, view lens, r draw.Rect) {
	if !r.Contains(v.in.Pointer) {
		return
	}
	for i := range s.plan.Conduits {
		if box, ok := v.conduitBox(s, i, view); ok && v.hot(box) {
			c := &s.header().Conduits[s.plan.Conduits[i].Index]
			text := fmt.Sprintf("%s: %d rules", s.conduitName(s.plan.Conduits[i].Index), len(c.Rules))
			if c.OneWay {
				text += ", one way only"
			}
			v.hint(l, box.Center(), text)
			return
		}
	}
	for d := range s.plan.Devices {
		p := &s.plan.Devices[d]
		box := view.rect(p.X, p.Y, p.W, p.H)
		if v.hot(box) && box.W < v.pt(48) {
			v.hint(l, box.Center(), strings.TrimSpace(s.header().Devices[d].ID+"  "+v.value(s, d)))
			return
		}
	}
}

// area draws a zone.
func (v *View) area(l *draw.List, s *side, i int, view lens) {
	a := &s.plan.Areas[i]
	r := view.rect(a.X, a.Y, a.W, a.H)
	radius := min(v.pt(10), r.H/6)
	l.Fill(r, radius, v.theme.Area)
	l.Frame(r, radius, max(1, v.pt(1)), v.theme.Border)
	v.title(l, s, i, view)
}

// points puts the points of a route onto the screen.
func (v *View) points(t *layout.Route, view lens) []draw.Point {
	v.way = v.way[:0]
	for _, p := range t.Points {
		v.way = append(v.way, view.at(p[0], p[1]))
	}
	return v.way
}

func (v *View) route(l *draw.List, t *layout.Route, view lens, width float32, c draw.Color) {
	if len(t.Points) > 1 {
		l.Line(width, c, v.points(t, view)...)
	}
}

// wire draws what joins two devices physically: a pipe where something continuous passes.
func (v *View) wire(l *draw.List, s *side, t *layout.Route, view lens) {
	width, c := max(1, view.scale*2), v.theme.Pipe
	if w := s.header().Wires; t.Index >= 0 && t.Index < len(w) && w[t.Index].Continuous {
		width = max(1.5, view.scale*4)
	}
	v.route(l, t, view, width, c)
}

// talk draws that two devices send each other messages: fine dashes, so that it is no wire. One
// over which nobody but an attacker sends is seen when he does.
func (v *View) talk(l *draw.List, s *side, t *layout.Route, view lens) {
	honest := slices.ContainsFunc(s.header().Flows, func(f trace.Flow) bool {
		return f.Step < 0 && (f.From == t.From && f.To == t.To || f.From == t.To && f.To == t.From)
	})
	if !honest || len(t.Points) < 2 {
		return
	}
	w, dash := max(1, view.scale*1.6), max(3, view.scale*5)
	way := v.points(t, view)
	for i := 1; i < len(way); i++ {
		a, n := way[i-1], far(way[i-1], way[i])
		by := way[i].Minus(a).Times(1 / max(n, 0.01))
		for at := float32(0); at < n; at += 2 * dash {
			l.Line(w, v.theme.Message.Fade(0.5), a.Plus(by.Times(at)), a.Plus(by.Times(min(n, at+dash))))
		}
	}
}

// hint writes a text above what the pointer is over.
func (v *View) hint(l *draw.List, at draw.Point, text string) {
	w := v.style(caption).Width(text) + v.pt(16)
	r := draw.Rect{X: at.X - w/2, Y: at.Y - v.pt(38), W: w, H: v.pt(22)}
	r.X = max(v.pt(4), min(v.frame.all.W-w-v.pt(4), r.X))
	r.Y = max(v.frame.maps[0].Y+v.pt(4), r.Y)
	l.Fill(r, v.pt(4), v.theme.Raised)
	l.Frame(r, v.pt(4), 1, v.theme.Border)
	v.center(l, r, caption, v.theme.Text, text)
}

// along returns the place at a part of a way.
func along(way []draw.Point, part float32) draw.Point {
	if len(way) == 0 {
		return draw.Point{}
	}
	total := float32(0)
	for i := 1; i < len(way); i++ {
		total += far(way[i-1], way[i])
	}
	left := total * max(0, min(1, part))
	for i := 1; i < len(way); i++ {
		d := far(way[i-1], way[i])
		if left <= d && d > 0 {
			return way[i-1].Plus(way[i].Minus(way[i-1]).Times(left / d))
		}
		left -= d
	}
	return way[len(way)-1]
}
