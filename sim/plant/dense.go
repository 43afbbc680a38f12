package plant

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A curve is the dense output of a state over a step, whichever method made it: a
// polynomial of at most the fourth degree, in the form of DOPRI5.
type curve struct{ y0, c0, c1, c2, c3 float64 }

// at evaluates the curve where the part x of the step is over.
func (c *curve) at(x float64) float64 {
	x1 := 1 - x
	q := c.c2 + float64(x1*c.c3)
	q = c.c1 + float64(x*q)
	q = c.c0 + float64(x1*q)
	return c.y0 + float64(x*q)
}

// slope is the derivative of a cubic curve by x.
func (c *curve) slope(x float64) float64 {
	x1 := 1 - x
	q := c.c1 + float64(x*c.c2)
	return c.c0 + float64(x1*q) + float64(x*(float64(x1*c.c2)-q))
}

// fraction returns which part of the step is over at t, 1 at its end alone; where
// the step has no length it is NaN.
func (r *run) fraction(t vtime.Time) float64 {
	over, span := t-r.t0, r.t1-r.t0
	if uint64(over) > uint64(span) {
		r.outside(t)
	}
	return float64(over) / float64(span)
}

func (r *run) outside(t vtime.Time) {
	panic(fmt.Sprintf("plant: read at %v outside of the step %v to %v", t, r.t0, r.t1))
}

// A View is what a reader of continuous signals depends on: the islands and, in
// an order in which they can be computed, the computed signals.
type View struct {
	Islands []int32
	States  []Ref // of those islands
	Nodes   []int32
	Clock   bool // reads time, other than through a windowed helper
	Windows bool // reads a windowed helper
}

// A Ref is a state: the island and its place in it.
type Ref struct{ Island, State int32 }

// Empty reports whether the view holds nothing continuous.
func (w *View) Empty() bool {
	return len(w.States) == 0 && len(w.Nodes) == 0 && !w.Clock && !w.Windows
}

// Span returns bounds of a state from one time to another, within the present step:
// its chord there, and how far the curve can be off it.
func (p *Plant) Span(s Ref, from, to vtime.Time) (lo, hi float64) {
	r := &p.run[s.Island]
	c := &r.curves[s.State]
	a := c.y0 + float64(r.fraction(from)*c.c0)
	b := c.y0 + float64(r.fraction(to)*c.c0)
	// The greatest values of x(1-x), x^2(1-x) and x^2(1-x)^2 in [0, 1]; and what
	// rounding may add.
	off := float64(math.Abs(c.c1)/4) + float64(math.Abs(c.c2)*4/27) + float64(math.Abs(c.c3)/16)
	off += float64(0x1p-50 * (math.Abs(c.y0) + math.Abs(c.c0)))
	return min(a, b) - off, max(a, b) + off
}

// A Curve is the dense output of a state over a step, or another polynomial of at most
// the fourth degree over a span.
type Curve struct {
	From, To           vtime.Time // the step; where it has no length there is only Y1
	Y0, C0, C1, C2, C3 float64    // in the form of DOPRI5
	Y1                 float64    // the value at To
}

// At evaluates the curve at a time of its step.
func (c *Curve) At(t vtime.Time) float64 {
	x := float64(t-c.From) / float64(c.To-c.From)
	if !(x < 1) {
		return c.Y1
	}
	inner := curve{c.Y0, c.C0, c.C1, c.C2, c.C3}
	return inner.at(x)
}

// Beyond evaluates the polynomial at any time.
func (c *Curve) Beyond(t vtime.Time) float64 {
	inner := curve{c.Y0, c.C0, c.C1, c.C2, c.C3}
	return inner.at(float64(t-c.From) / float64(c.To-c.From))
}

// Trim leaves out terms of higher degree that together are less than a tolerance.
func (c *Curve) Trim(tolerance float64) {
	for _, term := range [...]struct {
		at   *float64
		most float64 // of what it is multiplied with, over the span
	}{{&c.C3, 1.0 / 16}, {&c.C2, 4.0 / 27}, {&c.C1, 1.0 / 4}} {
		if tolerance -= float64(math.Abs(*term.at) * term.most); !(tolerance > 0) {
			return
		}
		*term.at = 0
	}
}

// Smooth reports whether the terms of the third and the fourth degree become less so
// quickly that what is left out is less than a tolerance: where what the polynomial goes
// through bends or jumps, or turns too often, they do not.
func (c *Curve) Smooth(tolerance float64) bool {
	third, fourth := math.Abs(c.C2), math.Abs(c.C3)
	return max(third, fourth) < 4*tolerance || fourth <= third/4 && float64(fourth*fourth) <= float64(16*tolerance*third)
}

// Through returns the polynomial that has five values at equal distances over a span.
func Through(from, to vtime.Time, y [5]float64) Curve {
	c := Curve{From: from, To: to, Y0: y[0], C0: y[4] - y[0], Y1: y[4]}
	var q [3]float64 // what is left, over x(1-x), at 1/4, 1/2 and 3/4
	for k := range q {
		x := float64(float64(k+1) / 4)
		q[k] = (y[k+1] - y[0] - float64(x*c.C0)) / (x * (1 - x))
	}
	c.C3 = float64(-8 * (q[0] + q[2] - float64(2*q[1])))
	c.C2 = float64(2 * (q[2] - q[0]))
	c.C1 = q[1] - float64(c.C2/2) - float64(c.C3/4)
	return c
}

// Curve returns the present step of a state.
func (p *Plant) Curve(s Ref) Curve {
	r := &p.run[s.Island]
	c := &r.curves[s.State]
	return Curve{r.t0, r.t1, c.y0, c.c0, c.c1, c.c2, c.c3, r.y1[s.State]}
}

// Show makes the column show the view at time t, which must lie within the
// present step of each island.
func (p *Plant) Show(w *View, t vtime.Time) {
	p.At = t
	p.v[signal.Clock] = t.Seconds()
	last, x := int32(-1), 0.0
	var r *run
	for _, s := range w.States {
		if s.Island != last {
			r, last = &p.run[s.Island], s.Island
			x = r.fraction(t)
		}
		y := r.y1[s.State]
		if x < 1 {
			y = r.curves[s.State].at(x)
		}
		p.v[r.cells[s.State].slot] = y
	}
	if len(w.Nodes) > 0 {
		p.compute(w.Nodes)
	}
}
