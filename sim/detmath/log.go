package detmath

import "math"

// logOffset is the bit pattern of the lower end of the reduced range, chosen so
// that 1 lies well inside the two table entries with inv = 1.
const logOffset = 0x3fe6955500000000

// ln 2 in two parts; ln2Hi is a multiple of 2^-42, so k*ln2Hi is exact.
const (
	ln2Hi = 0x1.62e42fefa38p-1
	ln2Lo = 0x1.ef35793c7673p-45
)

// Minimax polynomial of (log(1+r)-r+r²/2)/r³ for |r| <= 0.00575, error 2^-70
// relative to r.
const (
	logC3 = 0x1.5555555555555p-2
	logC4 = -0x1.0000000000010p-2
	logC5 = 0x1.99999999999f8p-3
	logC6 = -0x1.5555555075934p-3
	logC7 = 0x1.2492491cb4c7cp-3
	logC8 = -0x1.00038ab72f7d9p-3
	logC9 = 0x1.c7249762410c6p-4
)

// Log returns the natural logarithm of x, as math.Log does.
//
// With x = 2**k * z, ln x = k*ln2 - ln(inv) + log1p(z*inv-1): a table of 128
// short reciprocals and their logarithms, and a polynomial (P. T. P. Tang,
// "Table-driven implementation of the logarithm function in IEEE floating-point
// arithmetic", ACM TOMS 16(4), 1990, in the form of the logarithm inside Szabolcs
// Nagy's pow in Arm Optimized Routines). The sum keeps its rounding errors, which
// also serves Log2, Log10 and Pow.
func Log(x float64) float64 {
	bits, ok := logBits(x)
	if !ok {
		return logEdge(x)
	}
	hi, lo := logParts(bits)
	return hi + lo
}

// logBits returns the bit pattern of x for logParts, or false unless x is
// positive and finite. The pattern of a subnormal is that of x*2^52 with the
// exponent taken down below zero.
func logBits(x float64) (uint64, bool) {
	bits := math.Float64bits(x)
	if bits-1<<52 < 0x7fe<<52 {
		return bits, true
	}
	return math.Float64bits(float64(x*0x1p52)) - 52<<52, 0 < x && x < 1
}

// logEdge is the logarithm, to any base, of 0, +Inf, NaN and negative numbers.
func logEdge(x float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case x > 0:
		return math.Inf(1)
	}
	return math.NaN()
}

// logParts returns the natural logarithm of the positive number with these bits
// as an unevaluated sum, with a relative error below 2^-66.
func logParts(bits uint64) (hi, lo float64) {
	n := bits - logOffset
	z := bits - n>>52<<52
	k := float64(int64(n) >> 52)
	e := &logTable[n>>45%128]
	// z is cut so that head*inv and r are exact.
	head := math.Float64frombits((z + 1<<31) &^ (1<<32 - 1))
	rh := float64(head*e.inv) - 1
	rl := float64((math.Float64frombits(z) - head) * e.inv)
	return logSum(float64(k*ln2Hi)+e.hi, float64(k*ln2Lo)+e.lo, rh+rl, rh, rl)
}

// logSum returns th + tl + log1p(r) as an unevaluated sum, for th = 0 or th a
// multiple of 2^-42 above |r|, and r = rh + rl, |r| <= 0.00575, rh with at most 22
// bits.
func logSum(th, tl, r, rh, rl float64) (hi, lo float64) {
	r2 := float64(r * r)
	p := float64(r * r2 * (logC3 + float64(r*logC4) + float64(r2*(logC5+float64(r*logC6)+float64(r2*(logC7+float64(r*logC8)+float64(r2*logC9)))))))
	t := th + r
	tl += th - t + r
	// r²/2 = rh²/2 + rl(rh+r)/2, the first of them exact.
	sq := float64(0.5 * rh * rh)
	h := t - sq
	tl += t - h - sq - float64(0.5*rl*(rh+r)) + p
	hi = h + tl
	return hi, h - hi + tl
}
