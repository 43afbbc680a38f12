package floor

import "math/bits"

// A Segment is the straight way from one place to another, both included.
type Segment struct{ A, B Point }

// side is above 0 where a place is to the left of the way, below 0 to its right, and 0 on its
// line.
func (s Segment) side(p Point) int64 { return s.B.minus(s.A).cross(p.minus(s.A)) }

// spans reports whether a place is within the box around the segment.
func (s Segment) spans(p Point) bool {
	return min(s.A.X, s.B.X) <= p.X && p.X <= max(s.A.X, s.B.X) && min(s.A.Y, s.B.Y) <= p.Y && p.Y <= max(s.A.Y, s.B.Y)
}

// Has reports whether a place is on the segment.
func (s Segment) Has(p Point) bool { return s.side(p) == 0 && s.spans(p) }

// Meets reports whether two segments have a place in common.
func (s Segment) Meets(t Segment) bool {
	a, b, c, d := sign(s.side(t.A)), sign(s.side(t.B)), sign(t.side(s.A)), sign(t.side(s.B))
	if a*b < 0 && c*d < 0 {
		return true
	}
	return a == 0 && s.spans(t.A) || b == 0 && s.spans(t.B) || c == 0 && t.spans(s.A) || d == 0 && t.spans(s.B)
}

// within reports whether a place is no farther from the segment than half of a thickness.
func (s Segment) within(p Point, thick int64) bool {
	along, from := s.B.minus(s.A), p.minus(s.A)
	length, t := along.dot(along), along.dot(from)
	switch {
	case t <= 0:
		return 4*from.dot(from) <= thick*thick
	case t >= length:
		to := p.minus(s.B)
		return 4*to.dot(to) <= thick*thick
	}
	// Beside it: the distance is |along x from| / |along|.
	off := uint64(max(along.cross(from), from.cross(along)))
	high, low := bits.Mul64(2*off, 2*off)
	most, rest := bits.Mul64(uint64(thick*thick), uint64(length))
	return high < most || high == most && low <= rest
}

// near reports whether two segments are no farther apart than half of a thickness.
func (s Segment) near(t Segment, thick int64) bool {
	return s.Meets(t) || s.within(t.A, thick) || s.within(t.B, thick) || t.within(s.A, thick) || t.within(s.B, thick)
}

func sign(x int64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
