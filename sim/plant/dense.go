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
