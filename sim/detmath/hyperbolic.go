package detmath

import "math"

// Minimax polynomials of (sinh(x)/x-1)/x² and (tanh(x)/x-1)/x² in x² for
// |x| <= 1/8, errors 2^-62 relative to the function.
const (
	sinhC3 = 0x1.5555555555552p-3
	sinhC5 = 0x1.111111111a2a8p-7
	sinhC7 = 0x1.a019ffe811342p-13
	sinhC9 = 0x1.71fefc9e9d41ap-19

	tanhC3  = -0x1.5555555555552p-2
	tanhC5  = 0x1.111111110f329p-3
	tanhC7  = -0x1.ba1ba1adfc0efp-5
	tanhC9  = 0x1.664f366d77c81p-6
	tanhC11 = -0x1.22608f73231a7p-7
	tanhC13 = 0x1.ccabc24a67160p-9
)

// expPair returns e**x * 2**shift as an unevaluated sum, for |x| < 600.
func expPair(x float64, shift int64) (hi, lo float64) {
	s, t, k := expParts(x, 0)
	s = addExponent(s, k+shift)
	st := float64(s * t)
	hi = s + st
	return hi, s - hi + st
}

// Sinh returns the hyperbolic sine of x, as math.Sinh does.
//
// Up to 1/8 it is a polynomial, beyond it the difference of two exponentials
// that keep their rounding errors.
func Sinh(x float64) float64 {
	ax := math.Abs(x)
	switch {
	case ax <= 0x1p-28:
		return x
	case ax <= 1.0/8:
		u := float64(x * x)
		p := sinhC3 + float64(u*sinhC5) + float64(u*u*(sinhC7+float64(u*sinhC9)))
		return x + float64(x*u*p)
	case math.IsNaN(x):
		return math.NaN()
	case ax >= 22:
		return math.Copysign(halfExp(ax), x)
	}
	ph, pl := expPair(ax, -1)
	mh, ml := expPair(-ax, -1)
	h := ph - mh
	return math.Copysign(h+(ph-h-mh+(pl-ml)), x)
}

// Cosh returns the hyperbolic cosine of x, as math.Cosh does.
func Cosh(x float64) float64 {
	ax := math.Abs(x)
	if !(ax < 22) {
		return halfExp(ax)
	}
	ph, pl := expPair(ax, -1)
	mh, ml := expPair(-ax, -1)
	h := ph + mh
	return h + (ph - h + mh + (pl + ml))
}

// halfExp returns e**x/2 for x >= 22, +Inf or NaN, without overflowing early.
func halfExp(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return math.NaN()
	case x > 711:
		return math.Inf(1)
	}
	s, t, k := expParts(x, 0)
	return expScale(s, t, k-1)
}

// Tanh returns the hyperbolic tangent of x, as math.Tanh does.
//
// Up to 1/8 it is a polynomial, beyond it (e**2x-1)/(e**2x+1) with the rounding
// errors of both sides and of the quotient.
func Tanh(x float64) float64 {
	ax := math.Abs(x)
	switch {
	case ax <= 0x1p-28:
		return x
	case ax <= 1.0/8:
		u := float64(x * x)
		v := float64(u * u)
		p := tanhC3 + float64(u*tanhC5) + float64(v*(tanhC7+float64(u*tanhC9))) +
			float64(v*v*(tanhC11+float64(u*tanhC13)))
		return x + float64(x*u*p)
	case ax > 20:
		return math.Copysign(1, x)
	case math.IsNaN(x):
		return math.NaN()
	}
	eh, el := expPair(float64(2*ax), 0)
	nh, dh := eh-1, eh+1
	q, rest := quotient(nh, eh-nh-1+el, dh, eh-dh+1+el)
	return math.Copysign(q+rest, x)
}

// quotient returns (nh+nl)/(dh+dl) as an unevaluated sum; nl and dl are below
// an ulp of nh and dh.
func quotient(nh, nl, dh, dl float64) (q, rest float64) {
	q = nh / dh
	qa, da := headOf(q), headOf(dh)
	qb, db := q-qa, dh-da
	r := nh - float64(qa*da) - float64(qa*db) - float64(qb*da) - float64(qb*db)
	return q, (r + (nl - float64(q*dl))) / dh
}
