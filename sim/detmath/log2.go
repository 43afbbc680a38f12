package detmath

import "math"

// 1/ln2 and 1/ln10 in two parts, the first with 26 bits.
const (
	invLn2Hi  = 0x1.7154768p+0
	invLn2Lo  = -0x1.6a3e80f444178p-27
	invLn10Hi = 0x1.bcb7b18p-2
	invLn10Lo = -0x1.6c8d78e6acaa4p-29
)

// Log2 returns the binary logarithm of x, as math.Log2 does; it is exact for
// powers of two.
func Log2(x float64) float64 {
	bits, ok := logBits(x)
	if !ok {
		return logEdge(x)
	}
	hi, lo := logParts(bits)
	head := headOf(hi)
	return float64(head*invLn2Hi) + (float64((hi-head+lo)*invLn2Hi) + float64(hi*invLn2Lo))
}

// Log10 returns the decimal logarithm of x, as math.Log10 does; it is exact for
// powers of ten.
func Log10(x float64) float64 {
	bits, ok := logBits(x)
	if !ok {
		return logEdge(x)
	}
	hi, lo := logParts(bits)
	head := headOf(hi)
	return float64(head*invLn10Hi) + (float64((hi-head+lo)*invLn10Hi) + float64(hi*invLn10Lo))
}

// Log1p returns the natural logarithm of 1+x, accurate also near zero, as
// math.Log1p does.
//
// It is Log of the rounded sum; the sum's rounding error joins the reduced
// argument.
func Log1p(x float64) float64 {
	switch ax := math.Abs(x); {
	case ax < 0x1p-54:
		return x
	case ax <= 0.005:
		head := math.Float64frombits((math.Float64bits(x) + 1<<31) &^ (1<<32 - 1))
		hi, lo := logSum(0, 0, x, head, x-head)
		return hi + lo
	case x > 0x1p54 || !(x > -1):
		return log1pEdge(x)
	}
	sum := 1 + x
	rest := x - (sum - 1)
	if x > 1 {
		rest = 1 - (sum - x)
	}
	bits := math.Float64bits(sum)
	n := bits - logOffset
	z := bits - n>>52<<52
	k := int64(n) >> 52
	e := &logTable[n>>45%128]
	head := math.Float64frombits((z + 1<<31) &^ (1<<32 - 1))
	rh := float64(head*e.inv) - 1
	rl := float64((math.Float64frombits(z) - head + float64(rest*addExponent(1, -k))) * e.inv)
	r := rh + rl
	kd := float64(k)
	// With the rest, r is no longer exact.
	hi, lo := logSum(float64(kd*ln2Hi)+e.hi, float64(kd*ln2Lo)+e.lo+(rh-r+rl), r, rh, rl)
	return hi + lo
}

// log1pEdge is Log1p beyond 2^54, where the 1 no longer counts, and for x <= -1
// and NaN.
func log1pEdge(x float64) float64 {
	if x > 0 {
		return Log(x)
	}
	return logEdge(1 + x)
}
