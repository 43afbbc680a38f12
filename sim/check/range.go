package check

import "math"

// Range wants finite values from Low to High. Clamp brings a value to the nearer
// end.
type Range struct{ Low, High float64 }

// Kind implements Check.
func (Range) Kind() Kind { return KindRange }

func (r Range) wrong(*Guard, *Rule) string {
	if !(r.Low <= r.High) {
		return "the range has no values"
	}
	return ""
}

func (r Range) build(*State, *guard) any { return &r }

func (Range) remembers() bool { return false }

func (r *Range) value(c *call, _ int, x float64) bool {
	if r.Low <= x && x <= r.High && finite(x) {
		return true
	}
	fix := nearest(x, r.Low, r.High)
	limit := fix
	if math.IsNaN(limit) {
		limit = r.High
	}
	return c.fail(fix, x, limit)
}
