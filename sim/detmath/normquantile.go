package detmath

import "math"

// NormQuantile returns the x below which a standard normal variable lies with
// probability p.
//
// With q = p - 1/2 it is q times a function of q² in the centre. In the tails,
// where r = Sqrt(-2 ln p), it is r less a function of r that changes slowly, as in
// M. J. Wichura, "Algorithm AS 241: The percentage points of the normal
// distribution", Applied Statistics 37(3), 1988. What is large of each keeps its
// rounding errors.
//
// NormQuantile(0) = -Inf, NormQuantile(1) = +Inf, NaN outside [0, 1].
func NormQuantile(p float64) float64 {
	tail := min(p, 1-p) // exact where it is not p
	switch {
	case !(tail > 0):
		return normEdge(p)
	case tail < 0.25:
		return math.Copysign(normFar(tail), p-0.5)
	}
	q := p - 0.5
	head, ratio := headOf(q), &normCentre
	return float64(head*ratio.hi) + (float64((q-head)*ratio.hi) + float64(q*ratio.rest(float64(q*q))))
}

// normFar is |x| for the probability of a tail below 1/4.
func normFar(tail float64) float64 {
	bits, _ := logBits(tail)
	hi, lo := logParts(bits)
	r, rl := root(float64(-2*hi), float64(-2*lo))
	piece := &normTail[0]
	for i := 1; r > piece.upTo; i++ {
		piece = &normTail[i]
	}
	x := r - piece.hi
	return x + (r - x - piece.hi + (rl - piece.rest(r-piece.at+rl)))
}

// rest is the function less hi, at a distance h from at.
func (n *normPiece) rest(h float64) float64 {
	return n.lo + float64(h*poly7(&n.p, h)/poly7(&n.q, h))
}

// normEdge is NormQuantile for p <= 0, p >= 1 and NaN.
func normEdge(p float64) float64 {
	switch p {
	case 0:
		return math.Inf(-1)
	case 1:
		return math.Inf(1)
	}
	return math.NaN()
}

// poly7 is Horner's rule.
func poly7(c *[7]float64, x float64) float64 {
	y := c[6]
	for i := 5; i >= 0; i-- {
		y = float64(y*x) + c[i]
	}
	return y
}
