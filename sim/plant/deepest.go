package plant

import (
	"math"

	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// exactly is the part of what lies between the greatest and the least value seen by
// which another extreme may lie further out.
const exactly = 1e-9

// A descent looks for where s times a function is least, by enclosures: what cannot
// go below the least value that was seen is left out.
type descent struct {
	p      *Plant
	w      *Watch
	eval   signal.Eval
	s      float64
	e      Extreme
	around vtime.Time // how far about the least value others were not seen
	boxes  int
}

// deepest adds the least value of s times a function over a span to what is known
// of it; it reports whether that is proven.
func (p *Plant) deepest(w *Watch, eval signal.Eval, s float64, from, to vtime.Time, e Extreme) (Extreme, bool) {
	d := descent{p: p, w: w, eval: eval, s: s, e: e, boxes: Boxes}
	p.enter(&w.View)
	first, last := d.look(from, 0), d.look(to, 0)
	d.within(first, last)
	if at := d.at(); d.around > nanoseconds {
		at = p.lowest(w, eval, max(from, at-d.around), min(to, at+d.around), s)
		d.look(at, 0)
	}
	return d.e, d.boxes > 0
}

// at is where the least value is.
func (d *descent) at() vtime.Time {
	if d.s < 0 {
		return d.e.MaxAt
	}
	return d.e.MinAt
}

// least is the least value of s times the function.
func (d *descent) least() float64 {
	if d.s < 0 {
		return -d.e.Max
	}
	return d.e.Min
}

// look evaluates the function at a time, which is so far from others.
func (d *descent) look(t, apart vtime.Time) point {
	x := d.p.Value(d.w, d.eval, t)
	before := d.at()
	d.e.add(x, t)
	if d.at() != before {
		d.around = apart
	}
	return point{t, x}
}

// within looks between two points.
func (d *descent) within(a, b point) {
	if b.t-a.t <= 1 || d.boxes == 0 {
		return
	}
	d.boxes--
	d.p.enclose(&d.w.View, a.t, b.t)
	r := d.w.Margin(&d.p.box, int(d.w.Member))
	if r.Monotone() || d.above(r.Between(a.x, b.x, vtime.Seconds(b.t.Sub(a.t)))) {
		return
	}
	half := (b.t - a.t) / 2
	m := d.look(a.t+half, half)
	if float64(d.s*a.x) <= float64(d.s*b.x) { // the lower side first
		d.within(a, m)
		d.within(m, b)
	} else {
		d.within(m, b)
		d.within(a, m)
	}
}

// above reports whether what has the bounds is not below the least value.
func (d *descent) above(r interval.Range) bool {
	lo := r.Lo
	if d.s < 0 {
		lo = -r.Hi
	}
	least := d.least()
	near := float64(0x1p-48 * math.Abs(least))
	if over := d.e.Max - d.e.Min; finite(over) {
		near = max(near, float64(exactly*over))
	}
	return lo >= least-near
}
