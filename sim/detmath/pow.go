package detmath

import "math"

// Pow returns x**y, with the special cases of math.Pow. Squares and reciprocals
// are correctly rounded: Pow(x, 2) is x*x, Pow(x, -1) is 1/x.
//
// It is Exp(y * ln x); the logarithm, the product and the exponential keep their
// rounding errors (Szabolcs Nagy's pow in Arm Optimized Routines, without fused
// multiplication).
func Pow(x, y float64) float64 {
	xb, yb := math.Float64bits(x), math.Float64bits(y)
	// x positive, normal and finite, 2^-65 <= |y| < 2^63.
	if xb-1<<52 >= 0x7fe<<52 || yb>>52&0x7ff-(1023-65) >= 65+63 {
		return powEdge(x, y)
	}
	switch y {
	case 2:
		return float64(x * x)
	case -1:
		return 1 / x
	}
	return powParts(xb, y)
}

// powParts is x**y for 2^-65 <= |y| < 2^63 and the bits of a positive x, as
// logParts takes them.
func powParts(xb uint64, y float64) float64 {
	lh, ll := logParts(xb)
	yHead, lHead := headOf(y), headOf(lh)
	h := float64(yHead * lHead)
	l := float64((y-yHead)*lHead) + float64(y*(lh-lHead+ll))
	switch {
	case h > 710:
		return math.Inf(1)
	case h < -746:
		return 0
	}
	s, t, k := expParts(h, l)
	if -1000 < k && k < 1023 {
		s = addExponent(s, k)
		return s + float64(s*t)
	}
	return expScale(s, t, k)
}

// powEdge is Pow where x or y is special, negative, subnormal, huge or tiny.
func powEdge(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case math.IsNaN(x) || math.IsNaN(y):
		return math.NaN()
	case x == 0 || math.IsInf(x, 0) || math.IsInf(y, 0):
		return powLimit(x, y)
	case y == 2:
		return float64(x * x)
	case y == -1:
		return 1 / x
	}
	sign := 1.0
	if x < 0 {
		switch parity(y) {
		case fractional:
			return math.NaN()
		case odd:
			sign = -1
		}
	}
	ax := math.Abs(x)
	switch ay := math.Abs(y); {
	case ax == 1 || ay < 0x1p-65:
		return sign
	case ay >= 0x1p63:
		return powLimit(ax, math.Copysign(math.Inf(1), y))
	}
	bits, _ := logBits(ax)
	return float64(sign * powParts(bits, y))
}

// powLimit is Pow where x is 0 or infinite, or y is infinite.
func powLimit(x, y float64) float64 {
	if math.IsInf(y, 0) {
		switch ax := math.Abs(x); {
		case ax == 1:
			return 1
		case ax > 1 == (y > 0):
			return math.Inf(1)
		}
		return 0
	}
	size := 0.0
	if x == 0 == (y < 0) {
		size = math.Inf(1)
	}
	if parity(y) == odd {
		return math.Copysign(size, x)
	}
	return size
}

const (
	fractional = iota
	even
	odd
)

// parity tells whether a finite y is an odd or even integer or none.
func parity(y float64) int {
	half := float64(0.5 * y)
	switch {
	case math.Floor(y) != y:
		return fractional
	case math.Floor(half) != half:
		return odd
	}
	return even
}
