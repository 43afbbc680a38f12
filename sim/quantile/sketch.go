package quantile

import (
	"math"
	"math/bits"

	"github.com/harmproof/harmproof/sim/tally"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Sketch keeps delays. The zero Sketch has none. It must not be copied once it has some.
type Sketch struct {
	last     vtime.Duration // that came last
	runs     uint64         // times in a row, of which nothing is noted yet
	count    uint64
	min, max vtime.Duration
	sum      tally.Sum
	rows     [rows]*row
	used     uint64 // the rows that have a delay, as bits
}

// A row is the buckets of an octave.
type row struct {
	counts [width]uint64
	used   uint64 // those that have a delay, as bits
}

// Add takes a delay. Less than nothing counts as nothing. Most delays are those of the message
// before, where nobody waits: they are only counted until another one comes, or somebody looks.
func (s *Sketch) Add(d vtime.Duration) {
	if d = max(0, d); d == s.last {
		s.runs++
		return
	}
	s.settle()
	s.last, s.runs = d, 1
}

// settle notes what was only counted.
func (s *Sketch) settle() {
	if s.runs > 0 {
		at, column := place(s.last)
		s.notes(s.last, at, column, s.runs)
		s.last, s.runs = 0, 0
	}
}

// note takes a delay whose bucket is known.
func (s *Sketch) note(d vtime.Duration, at, column int) { s.notes(d, at, column, 1) }

// notes takes a delay several times.
func (s *Sketch) notes(d vtime.Duration, at, column int, times uint64) {
	r := s.rows[at]
	if r == nil {
		r = s.open(at)
	}
	r.counts[column] += times
	r.used |= 1 << column
	if s.count == 0 || d < s.min {
		s.min = d
	}
	s.max = max(s.max, d)
	s.count += times
	s.sum.AddTimes(uint64(d), times)
}

// open makes a row.
func (s *Sketch) open(at int) *row {
	s.rows[at] = new(row)
	s.used |= 1 << at
	return s.rows[at]
}

// Merge takes all that another sketch has.
func (s *Sketch) Merge(o *Sketch) {
	s.settle()
	if o.settle(); o.count == 0 {
		return
	}
	for left := o.used; left != 0; left &= left - 1 {
		at := bits.TrailingZeros64(left)
		from, to := o.rows[at], s.rows[at]
		if to == nil {
			to = s.open(at)
		}
		for i, n := range from.counts {
			to.counts[i] += n
		}
		to.used |= from.used
	}
	if s.count == 0 || o.min < s.min {
		s.min = o.min
	}
	s.max = max(s.max, o.max)
	s.count += o.count
	s.sum.Join(o.sum)
}

// Count returns how many delays there are.
func (s *Sketch) Count() uint64 {
	s.settle()
	return s.count
}

// Min returns the least delay, exactly; 0 if there is none.
func (s *Sketch) Min() vtime.Duration {
	s.settle()
	return s.min
}

// Max returns the greatest delay, exactly; 0 if there is none.
func (s *Sketch) Max() vtime.Duration {
	s.settle()
	return s.max
}

// Sum returns the sum of the delays in nanoseconds, exactly.
func (s *Sketch) Sum() tally.Sum {
	s.settle()
	return s.sum
}

// Mean returns the mean of the delays in seconds, of the exact sum; 0 if there is none.
func (s *Sketch) Mean() float64 {
	s.settle()
	return s.sum.Over(s.count) / 1e9
}

// Quantile returns the least delay that a share q of all do not exceed (the nearest rank), to
// the Error: of 0.99 the 99th percentile, of 0 the least and of 1 the greatest one. It is 0
// if there is none.
func (s *Sketch) Quantile(q float64) vtime.Duration {
	s.settle()
	k, below := rank(q, s.count), uint64(0)
	for left := s.used; left != 0; left &= left - 1 {
		at := bits.TrailingZeros64(left)
		for c, n := range s.rows[at].counts {
			if below += n; below >= k {
				return s.value(k, at, c)
			}
		}
	}
	return 0
}

// value returns what is told of the delay of a rank, which is in a bucket.
func (s *Sketch) value(k uint64, at, column int) vtime.Duration {
	switch k {
	case 1:
		return s.min
	case s.count:
		return s.max
	}
	return min(max(middle(at, column), s.min), s.max)
}

// rank returns which of n delays in their order is the quantile q, from 1 on. What is within
// rounding of a whole number is that: the 7 % of 100 are 7 though 0.07*100 is a bit more.
func rank(q float64, n uint64) uint64 {
	switch {
	case !(q > 0) || n == 0:
		return 1
	case q >= 1:
		return n
	}
	k := math.Ceil(float64(float64(q*float64(n)) * (1 - 0x1p-50)))
	return min(max(1, uint64(k)), n)
}
