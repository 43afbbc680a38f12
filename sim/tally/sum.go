package tally

import (
	"math/bits"

	"github.com/harmproof/harmproof/sim/snapshot"
)

// A Sum is a sum of whole numbers that are not negative. The zero Sum is 0, and two sums of
// the same are ==.
type Sum struct{ high, low uint64 }

// Add adds a number.
func (s *Sum) Add(x uint64) {
	var carry uint64
	s.low, carry = bits.Add64(s.low, x, 0)
	s.high += carry
}

// AddTimes adds the product of two numbers.
func (s *Sum) AddTimes(x, y uint64) {
	high, low := bits.Mul64(x, y)
	s.Join(Sum{high, low})
}

// Join adds another sum.
func (s *Sum) Join(o Sum) {
	var carry uint64
	s.low, carry = bits.Add64(s.low, o.low, 0)
	s.high, _ = bits.Add64(s.high, o.high, carry)
}

// Float64 returns the sum to the precision of a float64.
func (s Sum) Float64() float64 { return float64(float64(s.high)*0x1p64) + float64(s.low) }

// Over returns the sum divided by a number, 0 for nothing over nothing.
func (s Sum) Over(n uint64) float64 {
	if n == 0 {
		return 0
	}
	if s.high < n { // the quotient fits: its whole part is exact
		whole, rest := bits.Div64(s.high, s.low, n)
		return float64(whole) + float64(rest)/float64(n)
	}
	return s.Float64() / float64(n)
}

// Archive archives the sum.
func (s *Sum) Archive(a *snapshot.Archive) {
	snapshot.Int(a, &s.high)
	snapshot.Int(a, &s.low)
}
