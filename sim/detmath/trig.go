package detmath

import "math"

// Constants of the reduction x = n*pi/64 + r, |r| <= pi/128. step1 and step2 have
// 33 bits, so that their products with n < 2^20 are exact.
const (
	invStep = 0x1.45f306dc9c883p+4
	step1   = 0x1.921fb544p-5
	step2   = 0x1.0b4611a6p-39
	step3   = 0x1.3198a2e037073p-74
	// maxDirect bounds x, and with it n.
	maxDirect = 50000
	// minDirect bounds r: below it, cancellation would show the error of step3.
	minDirect = 0x1p-28
)

// Minimax polynomials of (sin(r)/r-1)/r² and (cos(r)-1)/r² in r² for
// |r| <= pi/128, errors 2^-66 and 2^-64.
const (
	sinC3 = -0x1.5555555555551p-3
	sinC5 = 0x1.11111110749f6p-7
	sinC7 = -0x1.a0184bbdbbda0p-13

	cosC2 = -0x1.fffffffffffeep-2
	cosC4 = 0x1.55555553f555bp-5
	cosC6 = -0x1.6c14d4cda3d36p-10
)

// Sin returns the sine of x, as math.Sin does.
//
// With x = n*pi/64 + r, sin x = sin(n*pi/64)*cos r + cos(n*pi/64)*sin r: a table of
// one turn in two parts and two short polynomials; the large terms are added with
// their rounding errors (S. Gal and B. Bachelis, "An accurate elementary
// mathematical library for the IEEE floating point standard", ACM TOMS 17(1),
// 1991). The reduction is that of W. J. Cody and W. Waite, "Software Manual for
// the Elementary Functions", 1980, in three steps, or reduceLarge.
func Sin(x float64) float64 {
	switch ax := math.Abs(x); {
	case ax < 0x1p-27:
		return x
	case !(ax <= math.MaxFloat64):
		return math.NaN()
	}
	n, r, rest := reduce(x)
	hi, lo := sinParts(n, r, rest)
	return hi + lo
}

// Cos returns the cosine of x, as math.Cos does; see Sin.
func Cos(x float64) float64 {
	if !(math.Abs(x) <= math.MaxFloat64) {
		return math.NaN()
	}
	n, r, rest := reduce(x)
	hi, lo := sinParts(n+32, r, rest)
	return hi + lo
}

// Sincos returns Sin(x) and Cos(x).
func Sincos(x float64) (sin, cos float64) {
	switch ax := math.Abs(x); {
	case ax < 0x1p-27:
		return x, 1
	case !(ax <= math.MaxFloat64):
		return math.NaN(), math.NaN()
	}
	n, r, rest := reduce(x)
	sh, sl := sinParts(n, r, rest)
	ch, cl := sinParts(n+32, r, rest)
	return sh + sl, ch + cl
}

// Tan returns the tangent of x, as math.Tan does: the quotient of sine and cosine
// with the rounding errors of both and of the quotient.
func Tan(x float64) float64 {
	switch ax := math.Abs(x); {
	case ax < 0x1p-27:
		return x
	case !(ax <= math.MaxFloat64):
		return math.NaN()
	}
	n, r, rest := reduce(x)
	sh, sl := sinParts(n, r, rest)
	ch, cl := sinParts(n+32, r, rest)
	s, c := sh+sl, ch+cl
	q, l := quotient(s, sh-s+sl, c, ch-c+cl)
	return q + l
}

// sinParts returns sin(n*pi/64 + r + rest) as an unevaluated sum; rest is below an
// ulp of r.
func sinParts(n uint64, r, rest float64) (hi, lo float64) {
	s, c := &sinTable[n%128], &sinTable[(n+32)%128]
	sin, cos := s.hi+s.lo, c.hi+c.lo
	head := headOf(r)
	main := float64(c.hi * head)
	hi = s.hi + main
	r2 := float64(r * r)
	sinMinus := float64(r * r2 * (sinC3 + float64(r2*sinC5) + float64(r2*r2*sinC7)))
	cosMinus := float64(r2 * (cosC2 + float64(r2*cosC4) + float64(r2*r2*cosC6)))
	lo = s.hi - hi + main + (s.lo + float64(c.hi*(r-head+rest)) + float64(c.lo*r) +
		(float64(cos*sinMinus) + float64(sin*cosMinus)))
	return hi, lo
}

// reduce returns n modulo 128 (in more bits) and r+rest such that
// x = n*pi/64 + r + rest, for a finite x.
func reduce(x float64) (n uint64, r, rest float64) {
	if math.Abs(x) >= maxDirect {
		return reduceLarge(x)
	}
	kd := float64(x*invStep) + toInt
	n = math.Float64bits(kd)
	kd -= toInt
	a := x - float64(kd*step1)
	b := float64(kd * step2)
	r = a - b
	if math.Abs(r) < minDirect && kd != 0 {
		return reduceLarge(x)
	}
	// The rounding error of a-b, whichever is larger (D. E. Knuth's sum).
	v := r - a
	rest = (a - (r - v)) - (b + v) - float64(kd*step3)
	h := r + rest
	return n, h, r - h + rest
}
