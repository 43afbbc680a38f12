package plant

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

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

// signChange returns the first nanosecond in (from, to] at which a gap has another
// sign than at from.
func (p *Plant) signChange(w *Watch, gap signal.Eval, from, to vtime.Time) (vtime.Time, bool) {
	if to-from < 2*Samples {
		return p.scan(w, gap, from, to)
	}
	var v [Samples + 1]float64
	v[0] = p.Value(w, gap, from)
	was, changed := sign(v[0]), false
	for i := 1; i <= Samples && (!changed || i <= 2); i++ {
		v[i] = p.Value(w, gap, cut(from, to, i, Samples))
		changed = changed || sign(v[i]) != was
	}
	return p.among(w, gap, from, to, v[:])
}

// among is signChange where the samples are known, up to the first that has another
// sign, and three at least.
func (p *Plant) among(w *Watch, gap signal.Eval, from, to vtime.Time, v []float64) (vtime.Time, bool) {
	const n = Samples
	was, changed, last := sign(v[0]), 0, n
	for i := 1; i <= n && changed == 0; i++ {
		if sign(v[i]) != was {
			changed, last = i, i-1
		}
	}
	if at, ok := p.grazes(w, gap, from, to, last, float64(much*bend(v[:max(3, min(last+2, n+1))])), v); ok {
		return at, true
	}
	if changed > 0 {
		return p.root(w, gap, around(v, changed, from, to, n), was), true
	}
	return 0, false
}

// around is the bracket of the samples between which the sign changed, and one
// next to them.
func around(v []float64, changed int, from, to vtime.Time, n int) bracket {
	at := func(i int) point { return point{cut(from, to, i, n), v[i]} }
	a, b := at(changed-1), at(changed)
	if changed > 1 {
		return bracket{a, b, at(changed - 2)}
	}
	return bracket{b, a, at(2)} // always taken, for the bend
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

// A bracket is a span in which a gap changes its sign: at is the end that was
// found last, other the one across, past a point beyond at, or other again.
type bracket struct{ at, other, past point }

// root returns the first nanosecond in a bracket at which the gap has not the
// sign was, which it has at one end and not at the other. As it changes once in
// between, it does not matter how the bracket is narrowed: by inverse quadratic
// interpolation where that is sound, else by halves (Chandrupatla, Advances in
// Engineering Software 28, 1997).
func (p *Plant) root(w *Watch, gap signal.Eval, k bracket, was int) vtime.Time {
	for {
		width := k.other.t - k.at.t
		if width == 1 || width == -1 {
			return max(k.at.t, k.other.t)
		}
		next := k.at.t + vtime.Time(math.Round(float64(k.part(float64(width))*float64(width))))
		next = max(min(k.at.t, k.other.t)+1, min(next, max(k.at.t, k.other.t)-1))
		k.narrow(point{next, p.Value(w, gap, next)}, was)
	}
}

// narrow puts a point in the place of the end that is on its side.
func (k *bracket) narrow(next point, was int) {
	if (sign(next.x) == was) == (sign(k.at.x) == was) {
		k.past = k.at
	} else {
		k.past, k.other = k.other, k.at
	}
	k.at = next
}

// part returns where between at and other the gap is zero, as a part of the width
// between them: by the parabola through the three points, or the middle.
func (k *bracket) part(width float64) float64 {
	f1, f2, f3 := k.at.x, k.other.x, k.past.x
	part := 0.5
	if k.past.t == k.other.t {
		part = f1 / (f1 - f2)
	} else {
		x := width / float64(k.other.t-k.past.t)
		y := (f1 - f2) / (f3 - f2)
		if float64(y*y) < x && float64((1-y)*(1-y)) < 1-x {
			part = float64(f1/(f2-f1)*f3/(f2-f3)) + float64(float64(k.past.t-k.at.t)/width*(f1/(f3-f1))*(f2/(f3-f2)))
		}
	}
	if part >= 0 && part <= 1 {
		return part
	}
	return 0.5
}
