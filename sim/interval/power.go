package interval

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// Pow is x to the power of y.
func Pow(x, y Range) Range {
	switch {
	case x.still() && y.still():
		return Point(detmath.Pow(x.Lo, y.Lo)).sane()
	case x.Lo > x.Hi || y.Lo > y.Hi || x.NaN || y.NaN:
		return Everything // 1 to the power of NaN is 1, and NaN to that of 0
	case x.Lo > 0:
		return positive(x, y)
	case y.still() && y.Lo == math.Trunc(y.Lo) && y.Lo > 0 && y.Lo < 1<<53:
		return whole(x, y.Lo)
	}
	return Everything
}

// positive is a power of what is greater than 0: it goes one way with each side, so
// that its bounds are at corners.
func positive(x, y Range) Range {
	a, b := detmath.Pow(x.Lo, y.Lo), detmath.Pow(x.Lo, y.Hi)
	c, d := detmath.Pow(x.Hi, y.Lo), detmath.Pow(x.Hi, y.Hi)
	r := Range{Lo: min(a, b, c, d), Hi: max(a, b, c, d)}.wide()
	r.Lo = max(0, r.Lo)
	// x^y * (y*x'/x + y'*log(x))
	up := Multiply(y, Divide(Range{Lo: x.Down, Hi: x.Up}, x))
	if y.Down != 0 || y.Up != 0 {
		up = Add(up, Multiply(Range{Lo: y.Down, Hi: y.Up}, Log(x)))
	}
	r.Down, r.Up = slopes(up.Lo, up.Hi, r.Lo, r.Hi)
	return r.sane()
}

// whole is a power with a whole exponent from 1 on.
func whole(x Range, n float64) Range {
	f := func(x float64) float64 { return detmath.Pow(x, n) }
	slope := func(x float64) float64 { return float64(n * detmath.Pow(x, n-1)) }
	if math.Mod(n, 2) != 0 {
		size := Abs(x)
		return rising(x, f).bent(x, slope(size.Lo), slope(size.Hi))
	}
	r := rising(Abs(x), f)
	r.Lo = max(0, r.Lo)
	return r.bent(x, slope(x.Lo), slope(x.Hi))
}
