package view

import (
	"math"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// A ledger is where in a plot something is written already.
type ledger struct {
	boxes  []draw.Rect
	rungs  []rungName
	people int // the number of the first box of a person, on the ground
}

// A rungName is a round value that is written at its fine line.
type rungName struct {
	r     draw.Rect
	value float64
}

// take reports whether there is room, and takes it.
func (k *ledger) take(r, room draw.Rect) bool {
	if r.X < room.X || r.Right() > room.Right() || r.Y < room.Y || r.Bottom() > room.Bottom() || overlapsAny(r, k.boxes) {
		return false
	}
	k.boxes = append(k.boxes, r)
	return true
}

// limitLines draws what invariants compare a signal with.
func (v *View) limitLines(l *draw.List, cell int, in scale) *ledger {
	v.ledger.boxes, v.ledger.rungs = v.ledger.boxes[:0], v.ledger.rungs[:0]
	v.rungs(l, cell, in, &v.ledger)
	for _, limit := range v.main().limits {
		if limit.Cell == cell && limit.Value >= in.lo && limit.Value <= in.hi {
			v.dashes(l, in.r.X, in.r.Right(), round(in.y(limit.Value)), v.theme.Violated.Fade(0.8))
		}
	}
	return &v.ledger
}

// dashes draws a line of dashes.
func (v *View) dashes(l *draw.List, from, to, y float32, c draw.Color) {
	for x := from; x < to; x += v.pt(9) {
		l.Fill(draw.Rect{X: x, Y: y, W: v.pt(5), H: max(1, v.pt(1))}, 0, c)
	}
}

// limitNames writes the limits at the right end of their lines.
func (v *View) limitNames(l *draw.List, cell int, in scale, taken *ledger) {
	kind := v.main().trace().KindOf(cell)
	for _, limit := range v.main().limits {
		if limit.Cell != cell || limit.Value < in.lo || limit.Value > in.hi {
			continue
		}
		sign := "> "
		if limit.Below {
			sign = "< "
		}
		v.tag(l, in, taken, in.y(limit.Value), v.theme.Violated, sign+scene.Show(kind, limit.Value))
	}
}

// rungs draws fine lines at round values, and finds room for the values at their left ends.
func (v *View) rungs(l *draw.List, cell int, in scale, taken *ledger) {
	kind := v.main().trace().KindOf(cell)
	if kind.Type != "number" && kind.Type != "int" {
		return
	}
	lo, hi := scene.In(&kind.Unit, in.lo), scene.In(&kind.Unit, in.hi)
	step := rung((hi - lo) / math.Max(1, float64(in.r.H/v.pt(26))))
	s := v.style(caption)
	if kind.Unit.Scale < 0 || !(step > 0) || !(lo+step > lo) {
		return
	}
	for n := math.Ceil(lo / step); n*step <= hi; n++ {
		y := round(in.y(float64(n*step*scaleOf(&kind.Unit)) + kind.Unit.Offset))
		l.Fill(draw.Rect{X: in.r.X, Y: y, W: in.r.W, H: 1}, 0, v.theme.Grid)
		text := scene.Digits(n * step)
		r := draw.Rect{X: in.r.X + v.pt(4), Y: round(y - s.Height()/2), W: s.Width(text), H: s.Height()}
		if taken.take(r, in.r) {
			taken.rungs = append(taken.rungs, rungName{r, n * step})
		}
	}
}

// rungNames writes the round values, above the curves.
func (v *View) rungNames(l *draw.List, taken *ledger) {
	for _, x := range taken.rungs {
		back := x.r.InsetXY(-v.pt(4), 0) // to the end of the plot
		l.Fill(back, 0, v.theme.Back.Fade(0.85))
		v.left(l, x.r.InsetXY(-1, 0), caption, v.theme.Faint, scene.Digits(x.value))
	}
}

func scaleOf(u *trace.Unit) float64 {
	if u.Scale == 0 {
		return 1
	}
	return u.Scale
}

// rung is the least round step that is no less than a value: 1, 2 or 5 of a power of ten.
func rung(least float64) float64 {
	if !(least > 0) || math.IsInf(least, 0) {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range [...]float64{1, 2, 5} {
		if n*power >= least {
			return n * power
		}
	}
	return 10 * power
}

// tag writes a value at the right end of a plot, beside its height, where nothing else is
// written.
func (v *View) tag(l *draw.List, in scale, taken *ledger, y float32, c draw.Color, text string) {
	s := v.style(caption)
	w, h := s.Width(text)+v.pt(6), s.Height()
	for _, top := range [...]float32{y - h/2, y - h - v.pt(1), y + v.pt(1)} {
		r := draw.Rect{X: in.r.Right() - w - v.pt(4), Y: round(top), W: w, H: h}
		if taken.take(r, in.r) {
			l.Fill(r, v.pt(3), v.theme.Back.Fade(0.85))
			v.center(l, r, caption, c, text)
			return
		}
	}
}

// margin draws how close a signal came to a limit, or how far beyond it went: a line of
// dimension where that was, with its length.
func (v *View) margin(l *draw.List, cell int, in scale, taken *ledger) {
	x := v.tightest(cell, in)
	if x == nil {
		return
	}
	c := v.theme.Met
	if x.Margin < 0 {
		c = v.theme.Violated
	}
	at := round(v.window.x(x.At, in.r.X, in.r.W))
	a, b := in.y(x.Value), in.y(x.Reached)
	top, low := min(a, b), max(a, b)
	w := max(1, v.pt(1.4))
	l.Fill(draw.Rect{X: at - w/2, Y: top, W: w, H: low - top}, 0, c)
	for _, y := range [...]float32{top, low} {
		l.Fill(draw.Rect{X: at - v.pt(4), Y: y - w/2, W: v.pt(8), H: w}, 0, c)
	}
	v.marginName(l, x, at, top, low, in, c, taken)
}

// tightest is the margin of a signal that is shown: of the invariant that is explained, of
// the first that was violated, or the least.
func (v *View) tightest(cell int, in scale) (best *scene.Closest) {
	rank := func(x *scene.Closest) int {
		switch {
		case x.Invariant == v.panel.broken:
			return 2
		case x.Margin < 0:
			return 1
		}
		return 0
	}
	list := v.main().closest
	for i := range list {
		x := &list[i]
		if x.Cell != cell || x.At < v.window.from || x.At > v.window.to || x.Value < in.lo || x.Value > in.hi {
			continue
		}
		if best == nil || rank(x) > rank(best) || rank(x) == 0 && rank(best) == 0 && x.Margin < best.Margin {
			best = x
		}
	}
	return best
}

// marginName writes the length of a line of dimension beside it.
func (v *View) marginName(l *draw.List, x *scene.Closest, at, top, low float32, in scale, c draw.Color, taken *ledger) {
	kind := *v.main().trace().KindOf(x.Cell)
	kind.Unit.Offset = 0
	text := scene.Show(&kind, math.Abs(x.Margin)) + " left"
	if x.Margin < 0 {
		text = scene.Show(&kind, math.Abs(x.Margin)) + " beyond"
	}
	s := v.style(caption)
	w, h := s.Width(text)+v.pt(6), s.Height()
	m := (top + low) / 2
	for _, y := range [...]float32{m - h/2, top - h, low, top, low - h} {
		for _, left := range [...]float32{at + v.pt(6), at - v.pt(6) - w} {
			r := draw.Rect{X: round(left), Y: round(max(in.r.Y, min(in.r.Bottom()-h, y))), W: w, H: h}
			if taken.take(r, in.r) {
				l.Fill(r, v.pt(3), v.theme.Back.Fade(0.85))
				v.center(l, r, caption, c, text)
				return
			}
		}
	}
}
