package plant

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Range returns bounds of a function of the watch's signals over [from, to]: by its
// enclosure, or else by a few samples and how far it can bulge between them; first is its value at from.
func (p *Plant) Range(w *Watch, eval signal.Eval, first float64, from, to vtime.Time) (lo, hi float64) {
	if w.Margin != nil && p.bounded(&w.View) && from < to {
		p.enter(&w.View)
		p.enclose(&w.View, from, to)
		r := w.Margin(&p.box, int(w.Member)).Between(first, p.Value(w, eval, to), vtime.Seconds(to.Sub(from)))
		return r.Lo, r.Hi
	}
	var samples [Samples + 1]float64
	const n = Samples
	v := samples[:n+1]
	v[0] = first
	for i := 1; i <= n; i++ {
		v[i] = p.Value(w, eval, cut(from, to, i, n))
	}
	bulge := float64(much * bend(v))
	return slices.Min(v) - bulge, slices.Max(v) + bulge
}

// An Extreme is the least and the greatest value of a function over a span, and
// where they are.
type Extreme struct {
	Min, Max     float64
	MinAt, MaxAt vtime.Time
}

// Extremes returns the extremes of a function of the watch's signals over
// [from, to], ends included: where its bounds are known, none lies further out by a
// billionth of what lies between the values that were seen.
func (p *Plant) Extremes(w *Watch, eval signal.Eval, from, to vtime.Time) Extreme {
	return p.extremes(w, eval, from, to, 1, -1)
}

// Least returns where s times a function of the watch's signals is least over
// [from, to], ends included: half the work of Extremes.
func (p *Plant) Least(w *Watch, eval signal.Eval, s float64, from, to vtime.Time) vtime.Time {
	e := p.extremes(w, eval, from, to, s)
	if s < 0 {
		return e.MaxAt
	}
	return e.MinAt
}

// extremes looks between its samples for those of the sides: 1 for least values,
// -1 for greatest ones.
func (p *Plant) extremes(w *Watch, eval signal.Eval, from, to vtime.Time, sides ...float64) Extreme {
	x := p.Value(w, eval, from)
	e := Extreme{x, x, from, from}
	if to-from < 2*Samples || w.View.Empty() {
		for t := from + 1; t < to && !w.View.Empty(); t++ {
			e.add(p.Value(w, eval, t), t)
		}
		e.add(p.Value(w, eval, to), to)
		return e
	}
	if w.Margin != nil && p.bounded(&w.View) {
		proven := true
		for _, s := range sides {
			known, ok := p.deepest(w, eval, s, from, to, e)
			e, proven = known, proven && ok
		}
		if proven {
			return e
		}
		p.Unproven++
	}
	var samples [Samples + 1]float64
	const n = Samples
	v := samples[:n+1]
	v[0] = x
	for i := 1; i <= n; i++ {
		v[i] = p.Value(w, eval, cut(from, to, i, n))
	}
	if flat(v) || monotone(v) {
		e.add(v[n], to)
		return e
	}
	a := p.sample(w, eval, point{from, x}, from, to)
	for i := 1; i <= n; i++ {
		b := p.sample(w, eval, point{cut(from, to, i, n), v[i]}, from, to)
		for _, s := range sides {
			if lo, hi, ok := p.turn(w, eval, a, b, from, to, s); ok {
				at := p.lowest(w, eval, lo, hi, s)
				e.add(p.Value(w, eval, at), at)
			}
		}
		e.add(b.x, b.t)
		a = b
	}
	return e
}

// flat reports whether the samples are one value.
func flat(v []float64) bool {
	for _, x := range v[1:] {
		if x != v[0] {
			return false
		}
	}
	return true
}

// monotone reports whether a function with these samples has its extremes at the
// ends.
func monotone(v []float64) bool {
	bulge, up := float64(much*bend(v)), v[1] > v[0]
	for i := 1; i < len(v); i++ {
		if d := v[i] - v[i-1]; !(math.Abs(d) > bulge) || d > 0 != up {
			return false
		}
	}
	return true
}

func (e *Extreme) add(x float64, t vtime.Time) {
	if x < e.Min || math.IsNaN(x) {
		e.Min, e.MinAt = x, t
	}
	if x > e.Max {
		e.Max, e.MaxAt = x, t
	}
}
