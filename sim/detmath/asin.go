package detmath

import "math"

// Asin returns the arcsine of x, as math.Asin does: the angle whose tangent is
// x/sqrt(1-x²), the root in two parts.
func Asin(x float64) float64 {
	ax := math.Abs(x)
	switch {
	case ax < 0x1p-27:
		return x
	case !(ax < 1):
		if ax == 1 {
			return math.Copysign(halfPiHi, x)
		}
		return math.NaN()
	}
	sh, sl := cosOfSin(ax)
	if ax <= sh {
		h, l := atanQuotient(ax, 0, sh, sl)
		return math.Copysign(h+l, x)
	}
	h, l := atanQuotient(sh, sl, ax, 0)
	return math.Copysign(fromHalfPi(h, l), x)
}

// Acos returns the arccosine of x, as math.Acos does: the angle whose tangent is
// sqrt(1-x²)/x, the root in two parts.
func Acos(x float64) float64 {
	ax := math.Abs(x)
	switch {
	case ax < 0x1p-60:
		return halfPiHi
	case x == 1:
		return 0
	case x == -1:
		return piHi
	case !(ax < 1):
		return math.NaN()
	}
	sh, sl := cosOfSin(ax)
	if ax <= sh {
		h, l := atanQuotient(ax, 0, sh, sl)
		if x < 0 {
			return fromHalfPi(-h, -l)
		}
		return fromHalfPi(h, l)
	}
	h, l := atanQuotient(sh, sl, ax, 0)
	if x < 0 {
		d := piHi - h
		return d + (piHi - d - h + (piLo - l))
	}
	return h + l
}

// cosOfSin returns sqrt(1-x²) for 0 <= x < 1 as an unevaluated sum.
func cosOfSin(x float64) (hi, lo float64) {
	sq, sqLo := square(x)
	d := 1 - sq
	rest := 1 - d - sq - sqLo
	h := d + rest
	return root(h, d-h+rest)
}

// square returns x² as an unevaluated sum, exact but for underflow and at most the
// last bit.
func square(x float64) (hi, lo float64) {
	a := headOf(x)
	b := x - a
	hi = float64(x * x)
	return hi, float64(a*a) - hi + float64(2*a*b) + float64(b*b)
}

// root returns the square root of h+l as an unevaluated sum; l is below an ulp of
// h > 0.
func root(h, l float64) (hi, lo float64) {
	hi = math.Sqrt(h)
	sq, sqLo := square(hi)
	return hi, (h - sq - sqLo + l) / float64(2*hi)
}
