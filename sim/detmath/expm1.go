package detmath

import "math"

// Minimax polynomial of (exp(x)-1-x-x²/2)/x³ for |x| <= 1/16, error 2^-64
// relative to x.
const (
	expm1C3 = 0x1.5555555555555p-3
	expm1C4 = 0x1.55555555557a0p-5
	expm1C5 = 0x1.11111111113c3p-7
	expm1C6 = 0x1.6c16c15417166p-10
	expm1C7 = 0x1.a01a01811eddfp-13
	expm1C8 = 0x1.a0237400111d3p-16
	expm1C9 = 0x1.71e6eb644dd7cp-19
)

// Expm1 returns e**x - 1, accurate also near zero, as math.Expm1 does.
//
// Up to 1/16 it is x + x²/2 + x³P(x), beyond it the parts of Exp with the table
// entry less one.
func Expm1(x float64) float64 {
	switch ax := math.Abs(x); {
	case ax <= 1.0/16:
		return expm1Small(x)
	case !(ax < 40):
		return expm1Large(x)
	}
	s, t, k := expParts(x, 0)
	s = addExponent(s, k)
	st := float64(s * t)
	if k < 0 {
		h := s - 1
		return h + (s - (h + 1) + st)
	}
	h := s - 1
	return h + (s - h - 1 + st)
}

// expm1Small is Expm1 for |x| <= 1/16. The square's rounding error would count,
// so x is cut in two: x² = head² + (x-head)(x+head), and head² is exact.
func expm1Small(x float64) float64 {
	if math.Abs(x) < 0x1p-54 {
		return x
	}
	x2 := float64(x * x)
	p := expm1C3 + float64(x*expm1C4) + float64(x2*(expm1C5+float64(x*expm1C6))) +
		float64(x2*x2*(expm1C7+float64(x*expm1C8)+float64(x2*expm1C9)))
	head := headOf(x)
	q := float64(0.5 * head * head)
	h := x + q
	return h + (x - h + q + float64(0.5*(x-head)*(x+head)) + float64(x*x2*p))
}

// expm1Large is Expm1 for |x| >= 40 and NaN.
func expm1Large(x float64) float64 {
	if x < 0 {
		return -1
	}
	return Exp(x)
}

// headOf returns x cut to its leading 26 bits, so that a product of two heads
// is exact. The rest, x-headOf(x), has at most 27 bits.
func headOf(x float64) float64 {
	return math.Float64frombits(math.Float64bits(x) &^ (1<<27 - 1))
}
