package plant

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Samples is into how many parts a step is cut where a condition is looked for.
const Samples = 8

// A Watch is a condition over continuous signals.
type Watch struct {
	View   View
	Member int32
	// Holds is the condition itself. It can only change where a gap changes its
	// sign, or at the beginning of the span that is searched.
	Holds func(f *signal.Frame) bool
	Gaps  []signal.Eval
}

// Holds evaluates the condition at t.
func (p *Plant) Holds(w *Watch, t vtime.Time) bool {
	p.Show(&w.View, t)
	p.frame.M = int(w.Member)
	return w.Holds(p.frame)
}

// Value evaluates a function of the watch's signals at t.
func (p *Plant) Value(w *Watch, eval signal.Eval, t vtime.Time) float64 {
	p.Show(&w.View, t)
	p.frame.M = int(w.Member)
	return eval(p.frame)
}

// Both evaluates the condition and a function of its signals at t.
func (p *Plant) Both(w *Watch, eval signal.Eval, t vtime.Time) (holds bool, value float64) {
	p.Show(&w.View, t)
	p.frame.M = int(w.Member)
	return w.Holds(p.frame), eval(p.frame)
}

// Next returns the first nanosecond in (from, to] at which the condition is not
// what it is at from, which is given. The span lies within one step of each
// island of the view.
func (p *Plant) Next(w *Watch, from, to vtime.Time, truth bool) (vtime.Time, bool) {
	if len(w.Gaps) == 0 || w.View.Empty() {
		return 0, false
	}
	for tries := 0; from < to; tries++ {
		at, ok := p.crossing(w, from, to)
		if !ok {
			break
		}
		// A gap that hovers about zero changes its sign without end: then the caller
		// looks there, and goes on.
		if p.Holds(w, at) != truth || tries > patience {
			return at, true
		}
		// A gap changed its sign but not the condition: go on behind it.
		from = at
	}
	return 0, false
}

// crossing returns the first nanosecond in (from, to] at which any gap has
// another sign than at from.
func (p *Plant) crossing(w *Watch, from, to vtime.Time) (first vtime.Time, found bool) {
	for _, gap := range w.Gaps {
		limit := to
		if found {
			limit = first
		}
		if at, ok := p.signChange(w, gap, from, limit); ok && (!found || at < first) {
			first, found = at, true
		}
	}
	return first, found
}

// sign is -1, 0 or 1; NaN has a sign of its own.
func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	case x == 0:
		return 0
	}
	return 2
}

// A sample is a function at a time, and its slope there: by how much it changes
// over the next reach nanoseconds, at the end of the span over the last ones.
type sample struct {
	t     vtime.Time
	value float64
	slope float64
}

// parts is into how many parts a span is cut: such that a whole step is cut into
// Samples, and at least two. Windowed helpers are smooth between the times at
// which a piece leaves their window.
func (p *Plant) parts(w *Watch, from, to vtime.Time) int {
	if w.View.Clock {
		return Samples
	}
	n := 2
	for _, i := range w.View.Islands {
		r := &p.run[i]
		if span := r.t1 - r.t0; span > 0 {
			n = max(n, int((Samples*(to-from)+span-1)/span))
		}
	}
	return min(n, Samples)
}

// reach is over how long a slope is taken: a thousandth of the span.
func reach(from, to vtime.Time) vtime.Time { return max(1, (to-from)/(Samples*128)) }

// cut returns the time at which part i of n of a span ends.
func cut(from, to vtime.Time, i, n int) vtime.Time {
	if i == n {
		return to
	}
	return from + (to-from)/vtime.Time(n)*vtime.Time(i)
}

func (p *Plant) sample(w *Watch, eval signal.Eval, t, from, to vtime.Time) sample {
	s := sample{t: t, value: p.Value(w, eval, t)}
	if d := reach(from, to); t+d > to {
		s.slope = s.value - p.Value(w, eval, t-d)
	} else {
		s.slope = p.Value(w, eval, t+d) - s.value
	}
	return s
}

// bend is the greatest second difference of some values: how far the function is
// from being straight between them.
func bend(v []float64) (most float64) {
	for i := 2; i < len(v); i++ {
		if d := math.Abs(v[i-2] - float64(2*v[i-1]) + v[i]); !(d <= most) {
			most = d
		}
	}
	return most
}

// patience is after how many changes of sign that change nothing the search ends.
const patience = 100

// much is by how many times the bend a function may bulge beyond its samples; a
// parabola does by an eighth.
const much = 4

func (p *Plant) signChange(w *Watch, gap signal.Eval, from, to vtime.Time) (vtime.Time, bool) {
	if to-from < 2*Samples {
		return p.scan(w, gap, from, to)
	}
	var samples [Samples + 1]float64
	n := p.parts(w, from, to)
	v := samples[:n+1]
	v[0] = p.Value(w, gap, from)
	was, changed := sign(v[0]), 0
	for i := 1; i <= n && (changed == 0 || i <= 2); i++ {
		if v[i] = p.Value(w, gap, cut(from, to, i, n)); changed == 0 && sign(v[i]) != was {
			changed = i
		}
	}
	last := n
	if changed > 0 {
		last = changed - 1
	}
	if at, ok := p.grazes(w, gap, from, to, last, float64(much*bend(v[:max(3, min(last+2, len(v)))])), v); ok {
		return at, true
	}
	if changed > 0 {
		return p.bisect(w, gap, cut(from, to, changed-1, n), cut(from, to, changed, n), was), true
	}
	return 0, false
}

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
		a, b := p.sample(w, gap, cut(from, to, i-1, n), from, to), p.sample(w, gap, cut(from, to, i, n), from, to)
		if lo, hi, ok := p.turn(w, gap, a, b, from, to, float64(was)); ok {
			if t := p.lowest(w, gap, lo, hi, float64(was)); sign(p.Value(w, gap, t)) != was {
				return p.bisect(w, gap, a.t, t, was), true
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
		if slope := float64(float64(direction) * (p.Value(w, eval, a.t+direction*shorter) - a.value)); slope*a.slope < 0 {
			return d
		}
		d = shorter
	}
	return 0
}

// scan looks at every nanosecond of a span of a few.
func (p *Plant) scan(w *Watch, gap signal.Eval, from, to vtime.Time) (vtime.Time, bool) {
	was := sign(p.Value(w, gap, from))
	for t := from + 1; t <= to; t++ {
		if sign(p.Value(w, gap, t)) != was {
			return t, true
		}
	}
	return 0, false
}

// bisect returns the first nanosecond in (a, b] at which the gap has not the
// sign was, which it has at a and has not at b.
func (p *Plant) bisect(w *Watch, gap signal.Eval, a, b vtime.Time, was int) vtime.Time {
	for b-a > 1 {
		m := a + (b-a)/2
		if sign(p.Value(w, gap, m)) != was {
			b = m
		} else {
			a = m
		}
	}
	return b
}

// lowest returns where s*gap is least between a and b, in which it has one
// extreme, by golden section down to the grid.
func (p *Plant) lowest(w *Watch, gap signal.Eval, a, b vtime.Time, s float64) vtime.Time {
	const part = 0.3819660112501051 // 2 - the golden ratio
	at := func(t vtime.Time) float64 { return float64(s * p.Value(w, gap, t)) }
	c := a + vtime.Time(part*float64(b-a))
	d := b - vtime.Time(part*float64(b-a))
	fc, fd := at(c), at(d)
	for b-a > 2 && c < d {
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
	if fc <= fd {
		return c
	}
	return d
}

// Range returns bounds of a function of the watch's signals over [from, to], by a
// few samples and how far it can bulge between them; first is its value at from.
func (p *Plant) Range(w *Watch, eval signal.Eval, first float64, from, to vtime.Time) (lo, hi float64) {
	var samples [Samples + 1]float64
	n := p.parts(w, from, to)
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
// [from, to], ends included.
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
	var samples [Samples + 1]float64
	n := p.parts(w, from, to)
	v := samples[:n+1]
	v[0] = x
	for i := 1; i <= n; i++ {
		v[i] = p.Value(w, eval, cut(from, to, i, n))
	}
	if flat(v) || monotone(v) {
		e.add(v[n], to)
		return e
	}
	a := p.sample(w, eval, from, from, to)
	for i := 1; i <= n; i++ {
		b := p.sample(w, eval, cut(from, to, i, n), from, to)
		for _, s := range sides {
			if lo, hi, ok := p.turn(w, eval, a, b, from, to, s); ok {
				at := p.lowest(w, eval, lo, hi, s)
				e.add(p.Value(w, eval, at), at)
			}
		}
		e.add(b.value, b.t)
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
