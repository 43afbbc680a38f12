package detmath

import "math"

// Minimax polynomial of (atan(t)/t-1)/t² in t² for |t| <= 1/128, error 2^-69.
const (
	atanC3 = -0x1.5555555555555p-2
	atanC5 = 0x1.999999999979fp-3
	atanC7 = -0x1.2492490cb137dp-3
	atanC9 = 0x1.c70e3fcd15006p-4
)

// Minimax polynomial of the same for |x| <= 9/64, error 2^-61.
const (
	atanB3  = -0x1.5555555555555p-2
	atanB5  = 0x1.9999999999962p-3
	atanB7  = -0x1.249249248a9fdp-3
	atanB9  = 0x1.c71c71b6d65e8p-4
	atanB11 = -0x1.745d0db41c0d7p-4
	atanB13 = 0x1.3b10689848dfap-4
	atanB15 = -0x1.1069396108109p-4
	atanB17 = 0x1.bd918b69fe4f6p-5
)

// pi and pi/2 in two parts.
const (
	piHi     = 0x1.921fb54442d18p+1
	piLo     = 0x1.1a62633145c07p-53
	halfPiHi = 0x1.921fb54442d18p+0
	halfPiLo = 0x1.1a62633145c07p-54
)

// Atan returns the arctangent of x, as math.Atan does.
//
// Up to 1/8 it is a polynomial, beyond it atan c + atan((x-c)/(1+c*x)) with c the
// multiple of 1/64 nearest to x, or to 1/x beyond 1: a table and a shorter
// polynomial. Atan2, Asin and Acos are built on atanQuotient, the same for a
// quotient with its rounding error.
func Atan(x float64) float64 {
	ax := math.Abs(x)
	switch {
	case ax <= 1.0/8:
		return atanSmall(x)
	case ax <= 1:
		i := int(float64(ax*64) + 0.5)
		c := float64(float64(i) * (1.0 / 64))
		t := (ax - c) / (1 + float64(c*ax))
		e := &atanTable[i]
		return math.Copysign(e.hi+(e.lo+atanTiny(t)), x)
	case ax < 0x1p60:
		i := int(64/ax + 0.5)
		c := float64(float64(i) * (1.0 / 64))
		// c*head is exact, 1-c*head too.
		head := headOf(ax)
		t := (1 - float64(c*head) - float64(c*(ax-head))) / (ax + c)
		e := &atanTable[i]
		return math.Copysign(fromHalfPi(e.hi, e.lo+atanTiny(t)), x)
	case math.IsNaN(x):
		return math.NaN()
	}
	return math.Copysign(halfPiHi, x)
}

// atanSmall is Atan for |x| <= 1/8.
func atanSmall(x float64) float64 {
	if math.Abs(x) < 0x1p-28 {
		return x
	}
	u := float64(x * x)
	v := float64(u * u)
	p := atanB3 + float64(u*atanB5) + float64(v*(atanB7+float64(u*atanB9))) +
		float64(v*v*(atanB11+float64(u*atanB13)+float64(v*(atanB15+float64(u*atanB17)))))
	return x + float64(x*u*p)
}

// atanTiny returns the arctangent of |t| <= 1/128, to an ulp of t.
func atanTiny(t float64) float64 {
	u := float64(t * t)
	return t + float64(t*u*(atanC3+float64(u*atanC5)+float64(u*u*(atanC7+float64(u*atanC9)))))
}

// fromHalfPi returns pi/2 - (h+l) for 0 <= h < 1.
func fromHalfPi(h, l float64) float64 {
	d := halfPiHi - h
	return d + (halfPiHi - d - h + (halfPiLo - l))
}

// Atan2 returns the angle of the point (x, y), with the special cases of
// math.Atan2.
func Atan2(y, x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsNaN(y):
		return math.NaN()
	case y == 0 || x == 0 || math.IsInf(x, 0) || math.IsInf(y, 0):
		return atan2Edge(y, x)
	}
	ay, ax := math.Abs(y), math.Abs(x)
	switch q := ay / ax; {
	case q < 0x1p-60 && x > 0:
		return y / x
	case q < 0x1p-60:
		return math.Copysign(piHi, y)
	case q > 0x1p60:
		return math.Copysign(halfPiHi, y)
	}
	// Keep products clear of overflow and underflow.
	switch largest := max(ax, ay); {
	case largest > 0x1p400:
		ax, ay = float64(ax*0x1p-600), float64(ay*0x1p-600)
	case largest < 0x1p-400:
		ax, ay = float64(ax*0x1p600), float64(ay*0x1p600)
	}
	return math.Copysign(angle(ay, ax, x < 0), y)
}

// angle returns the angle of the point (x, y), or of (-x, y), for positive x and y
// of normal size.
func angle(y, x float64, left bool) float64 {
	if y > x {
		h, l := atanQuotient(x, 0, y, 0)
		if left {
			return fromHalfPi(-h, -l)
		}
		return fromHalfPi(h, l)
	}
	h, l := atanQuotient(y, 0, x, 0)
	if left {
		d := piHi - h
		return d + (piHi - d - h + (piLo - l))
	}
	return h + l
}

// atan2Edge is Atan2 where an argument is zero or infinite.
func atan2Edge(y, x float64) float64 {
	switch {
	case math.IsInf(x, 0) && math.IsInf(y, 0):
		if x > 0 {
			return math.Copysign(math.Pi/4, y)
		}
		return math.Copysign(3*math.Pi/4, y)
	case y == 0 || math.IsInf(x, 0):
		if math.Signbit(x) {
			return math.Copysign(piHi, y)
		}
		return math.Copysign(0, y)
	}
	return math.Copysign(halfPiHi, y)
}

// atanQuotient returns the arctangent of (yh+yl)/(xh+xl), 0 <= yh <= xh, as an
// unevaluated sum; yl and xl are below an ulp of yh and xh.
func atanQuotient(yh, yl, xh, xl float64) (hi, lo float64) {
	i := int(float64(yh/xh*64) + 0.5)
	c := float64(float64(i) * (1.0 / 64))
	e := &atanTable[i]
	xa, ya := headOf(xh), headOf(yh)
	xb, yb := xh-xa, yh-ya
	// Numerator y-c*x: the products are exact, the first difference too.
	a, b := yh-float64(c*xa), float64(c*xb)
	nh := a - b
	v := nh - a
	nl := a - (nh - v) - (b + v) + (yl - float64(c*xl))
	// Denominator x+c*y.
	dh := xh + float64(c*yh)
	dl := xh - dh + float64(c*ya) + float64(c*yb) + (xl + float64(c*yl))
	t, tl := quotient(nh, nl, dh, dl)
	t2 := float64(t * t)
	p := atanC3 + float64(t2*atanC5) + float64(t2*t2*(atanC7+float64(t2*atanC9)))
	hi = e.hi + t
	return hi, e.hi - hi + t + (e.lo + tl + float64(t*t2*p))
}
