package interval

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// wide widens bounds by what an elementary function may be off: less than a unit in
// the last place, on either side.
func (x Range) wide() Range {
	x.Lo -= float64(0x1p-51*math.Abs(x.Lo)) + 0x1p-1070
	x.Hi += float64(0x1p-51*math.Abs(x.Hi)) + 0x1p-1070
	return x
}

// rising is a function that goes up all over the range.
func rising(x Range, f func(float64) float64) Range {
	r := Range{Lo: f(x.Lo), Hi: f(x.Hi), NaN: x.NaN}
	if x.Lo == x.Hi {
		return r
	}
	return r.wide()
}

// bent gives a range the slope of what it is a function of, times that of the
// function there.
func (x Range) bent(of Range, lo, hi float64) Range {
	x.Down, x.Up = slopes(of.Down, of.Up, lo, hi)
	return x.sane()
}

// Exp is e to the power of x.
func Exp(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	r := rising(x, detmath.Exp)
	r.Lo = max(0, r.Lo)
	return r.bent(x, r.Lo, r.Hi)
}

// logarithm is one of base e to the power of 1/by.
func logarithm(x Range, f func(float64) float64, by float64) Range {
	if x.Hi < 0 || x.Lo > x.Hi {
		return nothing
	}
	r := Range{Lo: -inf, Hi: f(x.Hi), NaN: x.NaN || x.Lo < 0}
	if x.Lo > 0 {
		r = rising(x, f)
	}
	return r.bent(x, by/x.Hi, by/max(0, x.Lo))
}

// Log is the natural logarithm.
func Log(x Range) Range { return logarithm(x, detmath.Log, 1) }

// Log2 is the logarithm of base 2.
func Log2(x Range) Range { return logarithm(x, detmath.Log2, 1/math.Ln2) }

// Log10 is the logarithm of base 10.
func Log10(x Range) Range { return logarithm(x, detmath.Log10, 1/math.Ln10) }

// arc is of the inverses of sine and cosine, which end at -1 and 1; down says that
// it goes down.
func arc(x Range, f func(float64) float64, down bool) Range {
	if x.Lo > 1 || x.Hi < -1 || x.Lo > x.Hi {
		return nothing
	}
	out := x.Lo < -1 || x.Hi > 1
	x.Lo, x.Hi = max(-1, x.Lo), min(1, x.Hi)
	size := Abs(x)
	lo, hi := 1/math.Sqrt(float64((1-size.Lo)*(1+size.Lo))), 1/math.Sqrt(float64((1-size.Hi)*(1+size.Hi)))
	if down {
		r := rising(Range{Lo: x.Hi, Hi: x.Lo, NaN: x.NaN || out}, f)
		return r.bent(x, -hi, -lo)
	}
	r := rising(x, f)
	r.NaN = r.NaN || out
	return r.bent(x, lo, hi)
}

// Asin is the inverse of the sine.
func Asin(x Range) Range { return arc(x, detmath.Asin, false) }

// Acos is the inverse of the cosine.
func Acos(x Range) Range { return arc(x, detmath.Acos, true) }

// Atan is the inverse of the tangent.
func Atan(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	size := Abs(x)
	return rising(x, detmath.Atan).bent(x, 1/(1+float64(size.Hi*size.Hi)), 1/(1+float64(size.Lo*size.Lo)))
}

// Sinh is the hyperbolic sine.
func Sinh(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	size := Abs(x)
	return rising(x, detmath.Sinh).bent(x, detmath.Cosh(size.Lo), detmath.Cosh(size.Hi))
}

// Cosh is the hyperbolic cosine.
func Cosh(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	r := rising(Abs(x), detmath.Cosh)
	r.Lo = max(1, r.Lo)
	return r.bent(x, detmath.Sinh(x.Lo), detmath.Sinh(x.Hi))
}

// Tanh is the hyperbolic tangent.
func Tanh(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	size := Abs(x)
	a, b := detmath.Tanh(size.Lo), detmath.Tanh(size.Hi)
	r := rising(x, detmath.Tanh)
	r.Lo, r.Hi = max(-1, r.Lo), min(1, r.Hi)
	return r.bent(x, float64((1-b)*(1+b)), float64((1-a)*(1+a)))
}

// Cbrt is the cube root.
func Cbrt(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	r := rising(x, detmath.Cbrt)
	size := Abs(r)
	return r.bent(x, 1/(3*float64(size.Hi*size.Hi)), 1/(3*float64(size.Lo*size.Lo)))
}
