package detmath

import "math"

// Constants of the reduction x = k*ln2/128 + r, |r| <= ln2/256. ln2HiN has 35
// bits: its product with k, at most 18 bits, is exact.
const (
	invLn2N = 0x1.71547652b82fep+7
	ln2HiN  = 0x1.62e42fefcp-8
	ln2LoN  = -0x1.c610ca86c3899p-44
)

// Minimax polynomial of (exp(r)-1-r)/r² for |r| <= ln2/256, error 2^-65.
const (
	expC2 = 0x1.ffffffffffdc1p-2
	expC3 = 0x1.555555555543dp-3
	expC4 = 0x1.55555ceb2f09ep-5
	expC5 = 0x1.11111676a73bcp-7
)

// toInt rounds to the nearest integer by addition: the sum's low bits are the
// integer in two's complement, and subtracting toInt again gives it as a float.
const toInt = 0x1.8p52

// Exp returns e**x, as math.Exp does.
//
// With k the integer nearest to 128x/ln2, e**x = 2**(k/128) * e**r: a table of
// 128 powers with their rounding errors and a short polynomial (P. T. P. Tang,
// "Table-driven implementation of the exponential function in IEEE
// floating-point arithmetic", ACM TOMS 15(2), 1989, in the form of Szabolcs
// Nagy's exp in Arm Optimized Routines).
func Exp(x float64) float64 {
	if !inExpRange(x) {
		return expEdge(x)
	}
	kd := float64(x*invLn2N) + toInt
	k := math.Float64bits(kd)
	kd -= toInt
	r := x - float64(kd*ln2HiN) - float64(kd*ln2LoN)
	e := &expTable[k%128]
	s := math.Float64frombits(e.bits + k>>7<<52)
	r2 := float64(r * r)
	t := e.tail + r + float64(r2*(expC2+float64(r*expC3))) + float64(r2*r2*(expC4+float64(r*expC5)))
	return s + float64(s*t)
}

// inExpRange reports whether 2^-54 <= |x| < 512: neither overflow nor underflow
// is near, and x is not NaN.
func inExpRange(x float64) bool {
	return math.Float64bits(x)>>52&0x7ff-(1023-54) < 54+9
}

// expEdge is Exp outside inExpRange.
func expEdge(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return math.NaN()
	case x > 710:
		return math.Inf(1)
	case x < -746:
		return 0
	case math.Abs(x) < 0x1p-54:
		return 1
	}
	s, t, k := expParts(x, 0)
	return expScale(s, t, k)
}

// expParts returns s, t and k such that e**(x+tail) = 2**k * (s + s*t), with
// 1 <= s < 2 and |t| < 0.003; what t misses is below 2^-61. It needs |x| < 2000
// and |tail| < 2^-25*|x|.
func expParts(x, tail float64) (s, t float64, k int64) {
	kd := float64(x*invLn2N) + toInt
	n := math.Float64bits(kd)
	kd -= toInt
	r := x - float64(kd*ln2HiN) - float64(kd*ln2LoN) + tail
	e := &expTable[n%128]
	r2 := float64(r * r)
	t = e.tail + r + float64(r2*(expC2+float64(r*expC3))) + float64(r2*r2*(expC4+float64(r*expC5)))
	// The shift to the left drops the bits of toInt.
	return math.Float64frombits(e.bits), t, int64(n<<13) >> 20
}

// expScale returns 2**k * (s + s*t), rounded once also where it is subnormal.
func expScale(s, t float64, k int64) float64 {
	st := float64(s * t)
	y := s + st
	switch {
	case k > 1024:
		return math.Inf(1)
	case k == 1024:
		return float64(y * 0x1p1022 * 4)
	case k > -1022 || k == -1022 && y >= 1:
		return float64(y * addExponent(1, k))
	case k < -1080:
		return 0
	}
	// The result's last place is 2^-1074, that of b and b+y 2^(-1074-k).
	b := addExponent(1, 52-1074-k)
	h := b + y
	rest := b - h + y + (s - y + st)
	return float64((h + rest - b) * addExponent(1, k+1022) * 0x1p-1022)
}

// addExponent returns x * 2**k for a normal x and a normal result.
func addExponent(x float64, k int64) float64 {
	return math.Float64frombits(math.Float64bits(x) + uint64(k)<<52)
}
