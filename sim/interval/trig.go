package interval

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// turns tells which of the points phase + k pi, for whole k, a range may hold: an
// even one, an odd one. It may say so of one that is just outside.
func turns(x Range, phase float64) (even, odd bool) {
	const far = 1 << 40
	if !(x.Hi-x.Lo < 2*math.Pi) || math.Abs(x.Lo) > far {
		return true, true
	}
	lo, hi := x.Lo/math.Pi-phase, x.Hi/math.Pi-phase
	near := float64(0x1p-48 * (1 + max(math.Abs(lo), math.Abs(hi))))
	first, last := math.Ceil(lo-near), math.Floor(hi+near)
	if first > last {
		return false, false
	}
	if last > first {
		return true, true
	}
	odd = math.Mod(first, 2) != 0
	return !odd, odd
}

// swing returns bounds of a sine or a cosine whose tops are at phase + 2k.
func swing(x Range, f func(float64) float64, phase float64) Range {
	if !(x.Hi-x.Lo < inf) {
		return Range{Lo: -1, Hi: 1, NaN: true}
	}
	a, b := f(x.Lo), f(x.Hi)
	r := Range{Lo: min(a, b), Hi: max(a, b), NaN: x.NaN}
	if x.Lo == x.Hi {
		return r
	}
	r = r.wide()
	top, bottom := turns(x, phase)
	if top {
		r.Hi = 1
	}
	if bottom {
		r.Lo = -1
	}
	r.Lo, r.Hi = max(-1, r.Lo), min(1, r.Hi)
	return r
}

// Sin is the sine.
func Sin(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	r := swing(x, detmath.Sin, 0.5)
	if x.Down == 0 && x.Up == 0 {
		return r.sane()
	}
	by := swing(x, detmath.Cos, 0)
	return r.bent(x, by.Lo, by.Hi)
}

// Cos is the cosine.
func Cos(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	r := swing(x, detmath.Cos, 0)
	if x.Down == 0 && x.Up == 0 {
		return r.sane()
	}
	by := swing(x, detmath.Sin, 0.5)
	return r.bent(x, -by.Hi, -by.Lo)
}

// Tan is the tangent.
func Tan(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	if even, odd := turns(x, 0.5); even || odd || !(x.Hi-x.Lo < inf) {
		return Everything
	}
	r := rising(x, detmath.Tan)
	size := Abs(r)
	return r.bent(x, 1+float64(size.Lo*size.Lo), 1+float64(size.Hi*size.Hi))
}

// Atan2 is the angle of the point x, y.
func Atan2(y, x Range) Range {
	if x.Lo > x.Hi || y.Lo > y.Hi {
		return nothing
	}
	nan := x.NaN || y.NaN
	if x.Lo <= 0 && y.Lo <= 0 && y.Hi >= 0 { // the jump from -pi to pi
		r := Range{Lo: -math.Pi, Hi: math.Pi, NaN: nan}
		if x.still() && y.still() && y.Lo != 0 { // the sign of a zero is not known
			return Point(detmath.Atan2(y.Lo, x.Lo))
		}
		return r.jumps().sane()
	}
	a, b := detmath.Atan2(y.Lo, x.Lo), detmath.Atan2(y.Lo, x.Hi)
	c, d := detmath.Atan2(y.Hi, x.Lo), detmath.Atan2(y.Hi, x.Hi)
	r := Range{Lo: min(a, b, c, d), Hi: max(a, b, c, d), NaN: nan}.wide()
	// (x*y' - y*x') / (x*x + y*y)
	slope := Divide(Subtract(bySlope(x, y), bySlope(y, x)), Add(Square(x), Square(y)))
	r.Down, r.Up = slope.Lo, slope.Hi
	return r.sane()
}

// bySlope is x times the slope of y, as a value.
func bySlope(x, y Range) Range {
	lo, hi := slopes(y.Down, y.Up, x.Lo, x.Hi)
	return Range{Lo: lo, Hi: hi}
}

// Hypot is the length of the diagonal over x and y.
func Hypot(x, y Range) Range {
	if x.Lo > x.Hi && y.Hi-y.Lo < inf && !y.NaN || y.Lo > y.Hi && x.Hi-x.Lo < inf && !x.NaN {
		return nothing
	}
	if x.NaN || y.NaN {
		return Everything // infinity is as far as it gets, whatever the other is
	}
	a, b := Abs(x), Abs(y)
	r := Range{Lo: detmath.Hypot(a.Lo, b.Lo), Hi: detmath.Hypot(a.Hi, b.Hi)}
	if !(x.still() && y.still()) {
		r = r.wide()
		r.Lo = max(0, r.Lo)
	}
	// x and y times their slopes, by the length; and no more than the sum of both.
	c, d := slopes(a.Down, a.Up, a.Lo/r.Hi, a.Hi/max(r.Lo, a.Hi))
	e, f := slopes(b.Down, b.Up, b.Lo/r.Hi, b.Hi/max(r.Lo, b.Hi))
	r.Down, r.Up = c+e, d+f
	return r.sane()
}
