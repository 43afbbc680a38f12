package detmath

import "math"

// Sqrt returns the square root of x, correctly rounded, and the same NaN
// everywhere.
func Sqrt(x float64) float64 {
	if !(x >= 0) {
		return math.NaN()
	}
	return math.Sqrt(x)
}

// Hypot returns Sqrt(p*p + q*q) without undue overflow or underflow, as math.Hypot
// does.
//
// The squares and the root keep their rounding errors (after C. F. Borges,
// "Algorithm 1014: An improved algorithm for hypot(x,y)", ACM TOMS 47(1), 2020).
func Hypot(p, q float64) float64 {
	x, y := math.Abs(p), math.Abs(q)
	if x < y {
		x, y = y, x
	}
	switch {
	case math.IsInf(p, 0) || math.IsInf(q, 0):
		return math.Inf(1)
	case math.IsNaN(p) || math.IsNaN(q):
		return math.NaN()
	case y <= float64(x*0x1p-54):
		return x + y
	case x > 0x1p500:
		return float64(hypot(float64(x*0x1p-600), float64(y*0x1p-600)) * 0x1p600)
	case x < 0x1p-400:
		return float64(hypot(float64(x*0x1p600), float64(y*0x1p600)) * 0x1p-600)
	}
	return hypot(x, y)
}

// hypot is Hypot for x >= y > x*2^-54 of normal size.
func hypot(x, y float64) float64 {
	xx, xl := square(x)
	yy, yl := square(y)
	s := xx + yy
	hi, lo := root(s, xx-s+yy+(xl+yl))
	return hi + lo
}

// Minimax polynomial of 1/cbrt(u) for 0.9 <= u <= 1.11, error 2^-23.
const (
	cbrtC0 = 0x1.df868f42b2d0fp+0
	cbrtC1 = -0x1.dfa3bc7e37a98p+0
	cbrtC2 = 0x1.9aa774f755ed7p+0
	cbrtC3 = -0x1.7e51d55d39b50p-1
	cbrtC4 = 0x1.24f515ae9b759p-3
)

// Cbrt returns the cube root of x, as math.Cbrt does.
//
// A third of the bit pattern is a root to 5 bits, a polynomial makes it 23 (FreeBSD's
// s_cbrt.c), and one step of Halley's method with an exact cube the rest.
func Cbrt(x float64) float64 {
	switch {
	case x == 0 || math.IsInf(x, 0):
		return x
	case math.IsNaN(x):
		return math.NaN()
	}
	ax, scale := math.Abs(x), 1.0
	switch {
	case ax < 0x1p-600:
		ax, scale = float64(ax*0x1p600), 0x1p-200
	case ax > 0x1p600:
		ax, scale = float64(ax*0x1p-600), 0x1p200
	}
	// The constant is two thirds of the exponent bias, less 0.03306235651 (FreeBSD).
	t := math.Float64frombits(math.Float64bits(ax)/3 + 715094163<<32)
	u := float64(t * t * (t / ax))
	u2 := float64(u * u)
	t = headOf(float64(t * (cbrtC0 + float64(u*cbrtC1) + float64(u2*(cbrtC2+float64(u*cbrtC3))) + float64(u2*u2*cbrtC4))))
	// t² is exact, so are the products of t with its halves.
	t2 := float64(t * t)
	a := headOf(t2)
	d := ax - float64(a*t) - float64((t2-a)*t)
	t += float64(t*d) / (float64(2*t2*t) + ax)
	return math.Copysign(float64(t*scale), x)
}
