package plant

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// grazes looks for an extreme between two samples of one sign that touches zero
// where it is nearer than bulge.
func (p *Plant) grazes(w *Watch, gap signal.Eval, from, to vtime.Time, last int, bulge float64, v []float64) (vtime.Time, bool) {
	was := sign(v[0])
	for i := 1; i <= last; i++ {
		if min(math.Abs(v[i-1]), math.Abs(v[i])) > bulge {
			continue
		}
		// It may where the gap comes nearer to zero and then goes away from it.
		n := len(v) - 1
		a := p.sample(w, gap, point{cut(from, to, i-1, n), v[i-1]}, from, to)
		b := p.sample(w, gap, point{cut(from, to, i, n), v[i]}, from, to)
		if lo, hi, ok := p.turn(w, gap, a, b, from, to, float64(was)); ok {
			t := p.lowest(w, gap, lo, hi, float64(was))
			if x := p.Value(w, gap, t); sign(x) != was {
				return p.root(w, gap, bracket{point{t, x}, a.point, a.point}, was), true
			}
		}
	}
	return 0, false
}

// turn returns a span with an extreme of the sort that s*eval has a least value
// there, between two neighbouring samples.
func (p *Plant) turn(w *Watch, eval signal.Eval, a, b sample, from, to vtime.Time, s float64) (lo, hi vtime.Time, ok bool) {
	d := reach(from, to)
	if s*a.slope < 0 && s*b.slope > 0 {
		return a.t, min(b.t+d, to), true
	}
	// At the ends of the span an extreme may hide within the reach of the slope.
	if a.t == from && s*a.slope > 0 {
		if d := p.within(w, eval, a, d, 1); d > 0 {
			return a.t, a.t + d, true
		}
	}
	if b.t == to && s*b.slope < 0 {
		if d := p.within(w, eval, b, d, -1); d > 0 {
			return b.t - d, b.t, true
		}
	}
	return 0, 0, false
}

// within looks for an extreme between a sample and its reach in the direction,
// by slopes over ever shorter times; it returns a time within which there is
// one, or 0.
func (p *Plant) within(w *Watch, eval signal.Eval, a sample, reach, direction vtime.Time) vtime.Time {
	for d := reach; d > 1; {
		shorter := max(1, d/(Samples*128))
		if slope := float64(float64(direction) * (p.Value(w, eval, a.t+direction*shorter) - a.x)); slope*a.slope < 0 {
			return d
		}
		d = shorter
	}
	return 0
}

// lowest returns where s*gap is least between a and b, in which it has one
// extreme, by golden section down to the grid.
func (p *Plant) lowest(w *Watch, gap signal.Eval, a, b vtime.Time, s float64) vtime.Time {
	const (
		part = 0.3819660112501051 // 2 - the golden ratio
		few  = 4
	)
	at := func(t vtime.Time) float64 { return float64(s * p.Value(w, gap, t)) }
	c := a + vtime.Time(part*float64(b-a))
	d := b - vtime.Time(part*float64(b-a))
	fc, fd := at(c), at(d)
	for b-a > few {
		if fc <= fd {
			b, d, fd = d, c, fc
			c = a + vtime.Time(part*float64(b-a))
			fc = at(c)
		} else {
			a, c, fc = c, d, fd
			d = b - vtime.Time(part*float64(b-a))
			fd = at(d)
		}
	}
	least := a
	for t, fl := a+1, at(a); t <= b; t++ {
		if ft := at(t); ft < fl {
			least, fl = t, ft
		}
	}
	return least
}
