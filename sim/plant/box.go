package plant

import (
	"math"

	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// bounded reports whether bounds are known of all that a view holds.
func (p *Plant) bounded(v *View) bool {
	for _, i := range v.Nodes {
		if p.Nodes[i].Bounds == nil {
			return false
		}
	}
	return true
}

// enter makes the plant's box one of the cells of a view.
func (p *Plant) enter(v *View) {
	b := &p.box
	b.V = p.v
	b.Clear()
	b.Add(signal.Clock)
	for _, s := range v.States {
		b.Add(p.run[s.Island].cells[s.State].slot)
	}
	for _, i := range v.Nodes {
		b.Add(p.Nodes[i].Slot)
	}
}

// enclose puts the ranges of a view's cells over a span into the box.
func (p *Plant) enclose(v *View, from, to vtime.Time) {
	p.box.From, p.box.To = from, to
	p.box.Put(0, interval.Range{Lo: from.Seconds(), Hi: to.Seconds(), Down: 1, Up: 1})
	at := 1
	var r *run
	var first, last, rate float64
	for i := range v.States {
		s := &v.States[i]
		if i == 0 || s.Island != v.States[i-1].Island {
			r = &p.run[s.Island]
			first, last = r.fraction(from), r.fraction(to)
			rate = 1 / vtime.Seconds(r.t1.Sub(r.t0))
		}
		x := r.curves[s.State].over(first, last, rate)
		if last == 1 { // where the step ends its own value is shown
			x.Lo, x.Hi = min(x.Lo, r.y1[s.State]), max(x.Hi, r.y1[s.State])
		}
		p.box.Put(at, x)
		at++
	}
	for _, i := range v.Nodes {
		n := &p.Nodes[i]
		p.box.Put(at, n.Bounds(&p.box, int(n.Member)))
		at++
	}
}

// over returns the range of a curve from one part of the step to another; rate is
// how much of the step is over in a second.
func (c *curve) over(a, b, rate float64) interval.Range {
	if c.c1 == 0 && c.c2 == 0 && c.c3 == 0 {
		y, z, slope := c.y0+float64(a*c.c0), c.y0+float64(b*c.c0), float64(c.c0*rate)
		return interval.Range{Lo: min(y, z), Hi: max(y, z), Down: slope, Up: slope}
	}
	m, half := float64(0.5*(a+b)), float64(0.5*(b-a))
	slope, bend := c.derivatives(m, half)
	d := float64(half * bend)
	y, z := c.rise(a), c.rise(b)
	y, z = min(y, z), max(y, z)
	if slope-d < 0 && slope+d > 0 {
		off := float64(half * d / 2)
		y, z = y-off, z+off
	}
	// What rounding may make of it.
	off := float64(0x1p-50 * (math.Abs(c.c0) + math.Abs(c.c1) + math.Abs(c.c2) + math.Abs(c.c3)))
	return interval.Range{
		Lo: c.y0 + (y - off), Hi: c.y0 + (z + off),
		Down: float64((slope - d) * rate), Up: float64((slope + d) * rate),
	}
}

// rise is how far the curve is above its beginning.
func (c *curve) rise(x float64) float64 {
	x1 := 1 - x
	q := c.c2 + float64(x1*c.c3)
	q = c.c1 + float64(x*q)
	q = c.c0 + float64(x1*q)
	return float64(x * q)
}

// derivatives returns the first derivative of the curve at m, and the greatest
// absolute value of the second one within half of it, by the part of the step.
func (c *curve) derivatives(m, half float64) (slope, bend float64) {
	m1, both := 1-m, float64(m*(1-m))
	slope = c.c0 + float64(c.c1*(m1-m)) + float64(c.c2*(m+float64(m*(m1-(m+m))))) + float64(c.c3*float64(2*float64(both*(m1-m))))
	second := float64(-2*c.c1) + float64(c.c2*(2-float64(6*m))) + float64(c.c3*(2-float64(12*both)))
	third := float64(-6*c.c2) + float64(12*float64(c.c3*(m-m1)))
	bend = math.Abs(second) + float64(half*(math.Abs(third)+float64(12*half*math.Abs(c.c3))))
	return slope, bend
}
