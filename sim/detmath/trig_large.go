package detmath

import (
	"math"
	"math/bits"
)

// turnBits are the leading bits of 1/(2*pi) after 64 zeros; TestTurnBits computes
// them again.
var turnBits = [20]uint64{
	0x0000000000000000, 0x28be60db9391054a, 0x7f09d5f47d4d3770,
	0x36d8a5664f10e410, 0x7f9458eaf7aef158, 0x6dc91b8e909374b8,
	0x01924bba82746487, 0x3f877ac72c4a69cf, 0xba208d7d4baed121,
	0x3a671c09ad17df90, 0x4e64758e60d4ce7d, 0x272117e2ef7e4a0e,
	0xc7fe25fff7816603, 0xfbcbc462d6829b47, 0xdb4d9fb3c9f2c26d,
	0xd3d18fd9a797fa8b, 0x5d49eeb1faf97c5e, 0xcf41ce7de294a4ba,
	0x9afed7ec47e35742, 0x1580cc11bf1edaea,
}

// pi/64 in two parts.
const (
	stepHi = 0x1.921fb54442d18p-5
	stepLo = 0x1.1a62633145c07p-59
)

// reduceLarge is reduce for any finite |x| >= pi/128: M. H. Payne and
// R. N. Hanek, "Radian reduction for trigonometric functions", SIGNUM Newsletter
// 18(1), 1983.
//
// With |x| = m * 2**e, the bits of 1/(2*pi) worth 2**-e and more only add whole
// turns. The next 192 give the fraction of a turn; the double closest to a multiple
// of pi/2 leaves 61 zeros in front, the product's error stays below 2**-139.
func reduceLarge(x float64) (n uint64, r, rest float64) {
	xb := math.Float64bits(x) &^ (1 << 63)
	m := xb&(1<<52-1) | 1<<52
	f2, f1, f0 := turnFraction(m, xb>>52-(1023+52)+64)
	// 7 bits of table index, rounded; the rest is a signed fraction of a step.
	n = f2 >> 57
	f2, f1, f0 = f2<<7|f1>>57, f1<<7|f0>>57, f0<<7
	negative := f2>>63 != 0
	if negative {
		n++
		f2, f1, f0 = ^f2, ^f1, -f0
	}
	r, rest = stepsToRadians(f2, f1, f0)
	if negative {
		r, rest = -r, -rest
	}
	if math.Signbit(x) {
		return -n, -r, -rest
	}
	return n, r, rest
}

// turnFraction returns 192 bits of the fraction of m*2**-at turns, where at counts
// the bits of turnBits to skip.
func turnFraction(m, at uint64) (f2, f1, f0 uint64) {
	w, s := turnBits[at/64:], at%64
	h1, l1 := bits.Mul64(m, w[1]<<s|w[2]>>(64-s))
	h0, l0 := bits.Mul64(m, w[2]<<s|w[3]>>(64-s))
	f1, carry := bits.Add64(l1, h0, 0)
	f2, _ = bits.Add64(m*(w[0]<<s|w[1]>>(64-s)), h1, carry)
	return f2, f1, l0
}

// stepsToRadians returns the fraction f2.f1.f0 of a step of pi/64 as an
// unevaluated sum.
func stepsToRadians(f2, f1, f0 uint64) (r, rest float64) {
	zeros := bits.LeadingZeros64(f2)
	if f2 == 0 {
		zeros = 64 + bits.LeadingZeros64(f1)
		f2, f1, f0 = f1, f0, 0
	}
	s := uint(zeros % 64)
	f2, f1 = f2<<s|f1>>(64-s), f1<<s|f0>>(64-s)
	// 53 bits and 53 more.
	h := float64(float64(int64(f2>>11)) * addExponent(0x1p-53, int64(-zeros)))
	l := float64(float64(int64(f2%(1<<11)<<42|f1>>22)) * addExponent(0x1p-106, int64(-zeros)))
	head, stepHead := headOf(h), headOf(stepHi)
	tail, stepTail := h-head, stepHi-stepHead
	p := float64(h * stepHi)
	e := float64(head*stepHead) - p + float64(head*stepTail) + float64(tail*stepHead) + float64(tail*stepTail)
	e += float64(h*stepLo) + float64(l*stepHi)
	r = p + e
	return r, p - r + e
}
