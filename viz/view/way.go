package view

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/ground"
)

// A way is where somebody went in a span of time, by columns of it.
type way struct {
	window span
	x, y   [2][]float32 // least and greatest
}

// What is shown of ways.
const (
	wayParts = 128               // columns of a window
	wayLong  = 10 * vtime.Second // what is seen of a way, at least
	mostWays = 32
)

// ways draws where people came from in the last seconds, the fainter the longer ago.
func (v *View) ways(l *draw.List, s *side, e *eye) {
	long := max(vtime.Time(wayLong), vtime.Time(2e9*v.player.Speed))
	turn := v.player.Now / long
	window := span{(turn - 1) * long, (turn + 1) * long}
	drawn := 0
	for i := range s.ground.Bodies {
		b := &s.ground.Bodies[i]
		if p := s.ground.Spot(i); b.Person < 0 || !b.Here || b.In >= 0 || !p.X.Moves() && !p.Y.Moves() || drawn == mostWays {
			continue
		}
		drawn++
		w := &s.ways[i]
		if w.window != window || w.x[0] == nil {
			s.walk(w, i, window)
		}
		v.trail(l, w, s, i, e, long)
	}
}

// walk finds where somebody went in a window.
func (s *side) walk(w *way, i int, window span) {
	w.window = window
	p, b := s.ground.Spot(i), &s.ground.Bodies[i]
	for k, a := range [...]*[2][]float32{&w.x, &w.y} {
		from := &p.X
		if k == 1 {
			from = &p.Y
		}
		for end := range a {
			a[end] = grown(a[end], wayParts)
		}
		cell := from.Cell + b.Member*from.Stride
		if !from.Moves() || cell < 0 || cell >= s.trace().Cells() {
			for end := range a {
				for c := range a[end] {
					a[end][c] = float32(from.Plus)
				}
			}
			continue
		}
		s.sample(cell, window, a[0], a[1])
		for end := range a {
			for c := range a[end] {
				a[end][c] = float32(from.Plus + from.Times*float64(a[end][c]))
			}
		}
	}
}

// trail draws the part of a way that is not long ago, up to where somebody is.
func (v *View) trail(l *draw.List, w *way, s *side, i int, e *eye, long vtime.Time) {
	b := &s.ground.Bodies[i]
	last := e.at(b.At)
	now := v.player.Now
	for k := wayParts - 1; k >= 0; k-- {
		at := w.window.at(float32(k)+0.5, 0, wayParts)
		if at > now || at < now-long || at < v.player.From {
			continue
		}
		p := ground.Point{X: float64(w.x[0][k]+w.x[1][k]) / 2, Y: float64(w.y[0][k]+w.y[1][k]) / 2}
		if !(math.Abs(p.X) < 1e6 && math.Abs(p.Y) < 1e6) {
			return
		}
		q := e.at(p)
		if d := q.Minus(last); d.X*d.X+d.Y*d.Y < 4 {
			continue
		}
		age := float32(now-at) / float32(long)
		l.Line(max(1.5, v.pt(2.4)), v.theme.Severity[b.Severity].Fade(0.75*(1-age)), last, q)
		last = q
	}
}
