package view

import (
	"math"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
)

// far is the distance of two points.
func far(a, b draw.Point) float32 {
	return float32(math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)))
}

// flight draws a message on its way: an envelope, or a cross where it is stopped.
func (v *View) flight(l *draw.List, s *side, i int, view lens) {
	f := &s.scene.Flights[i]
	flow := &s.header().Flows[f.Flow]
	from, to := flow.From, flow.To
	if f.Request {
		from, to = to, from
	}
	if from < 0 || to < 0 {
		return
	}
	v.way = v.way[:0]
	for _, p := range s.plan.Between(from, to) {
		v.way = append(v.way, view.at(p[0], p[1]))
	}
	c := v.theme.Message
	meddled := f.Step >= 0 && f.Step < len(s.header().Steps)
	size := max(v.pt(4), view.scale*7)
	if meddled {
		c = v.ink(s.header().Steps[f.Step].Kind)
		l.Line(max(1, v.pt(1.5)), c.Fade(0.5), v.way...)
		size *= 1.25
	}
	part := 0.14 + 0.72*f.Part // not on the icons
	if stops := f.Fate != trace.Arrived; stops {
		at := along(v.way, min(part, 0.55))
		if part > 0.55 {
			w := max(1.5, v.pt(2))
			l.Line(w, v.theme.Violated, at.Plus(draw.Point{X: -size, Y: -size}), at.Plus(draw.Point{X: size, Y: size}))
			l.Line(w, v.theme.Violated, at.Plus(draw.Point{X: -size, Y: size}), at.Plus(draw.Point{X: size, Y: -size}))
			return
		}
	}
	v.letter(l, along(v.way, part), size, c)
}

// letter draws an envelope.
func (v *View) letter(l *draw.List, at draw.Point, size float32, c draw.Color) {
	r := draw.Rect{X: at.X - size, Y: at.Y - size*0.7, W: 2 * size, H: size * 1.4}
	l.Fill(r, size*0.25, c)
	w := max(1, size*0.18)
	l.Line(w, v.theme.Inside, draw.Point{X: r.X + w, Y: r.Y + w}, draw.Point{X: at.X, Y: at.Y + size*0.15}, draw.Point{X: r.Right() - w, Y: r.Y + w})
}

// arrows draws the chain of causes that is chosen over the plant.
func (v *View) arrows(l *draw.List, s *side, view lens) {
	if v.panel.tab != whyTab || s != v.main() {
		return
	}
	chain := v.chain()
	for i := 1; i < len(chain); i++ {
		a, b := s.linkDevice(chain[i-1]), s.linkDevice(chain[i])
		if a < 0 || b < 0 || a == b {
			continue
		}
		v.way = v.way[:0]
		for _, p := range s.plan.Between(a, b) {
			v.way = append(v.way, view.at(p[0], p[1]))
		}
		c := v.theme.Attack.Fade(0.75)
		l.Line(max(2, v.pt(2.5)), c, v.way...)
		v.point(l, v.way, c)
	}
}

// point draws the head of an arrow at the end of a way.
func (v *View) point(l *draw.List, way []draw.Point, c draw.Color) {
	if len(way) < 2 {
		return
	}
	tip := along(way, 0.62)
	from := along(way, 0.58)
	d := tip.Minus(from)
	n := far(tip, from)
	if n < 0.01 {
		return
	}
	d = d.Times(v.pt(9) / n)
	side := draw.Point{X: -d.Y * 0.55, Y: d.X * 0.55}
	l.Polygon(c, tip.Plus(d), tip.Plus(side), tip.Minus(side))
}
