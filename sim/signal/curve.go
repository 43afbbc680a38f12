package signal

import "math"

// A Curve says how a number bends over a time in which all that is continuous in
// it goes along straight lines. Then the ends of the time say more than samples
// in between could: what is convex is nowhere greater than at an end.
type Curve uint8

// The curves.
const (
	Wild     Curve = iota // nothing is known
	Straight              // a straight line itself
	Convex
	Concave
)

// Plus is the curve of a sum.
func (c Curve) Plus(d Curve) Curve {
	switch {
	case c == Straight || c == d:
		return d
	case d == Straight:
		return c
	}
	return Wild
}

// Minus is the curve of the opposite.
func (c Curve) Minus() Curve {
	switch c {
	case Convex:
		return Concave
	case Concave:
		return Convex
	}
	return c
}

// Between returns bounds of a number with the curve between two of its values,
// infinite where there are none.
func (c Curve) Between(a, b float64) (lo, hi float64) {
	lo, hi = min(a, b), max(a, b)
	if c != Straight && c != Concave {
		lo = math.Inf(-1)
	}
	if c != Straight && c != Convex {
		hi = math.Inf(1)
	}
	return lo, hi
}
