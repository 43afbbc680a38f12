package quantile

import (
	"math/bits"

	"github.com/harmproof/harmproof/sim/snapshot"
)

// Archive archives the delays.
func (s *Sketch) Archive(a *snapshot.Archive) {
	if a.Reading() {
		s.last, s.runs = 0, 0
	}
	s.settle()
	snapshot.Int(a, &s.count)
	snapshot.Int(a, &s.min)
	snapshot.Int(a, &s.max)
	s.sum.Archive(a)
	snapshot.Int(a, &s.used)
	if a.Reading() {
		s.rows = [rows]*row{}
	}
	total, fits := uint64(0), s.used>>rows == 0
	for left := s.used; left != 0 && fits; left &= left - 1 {
		at := bits.TrailingZeros64(left)
		if a.Reading() {
			s.rows[at] = new(row)
		}
		n := s.rows[at].archive(a)
		total += n
		fits = n > 0
	}
	if a.Reading() && (!fits || total != s.count || !s.bounded()) {
		a.Fail("of %d delays %d are in buckets", s.count, total)
		*s = Sketch{}
	}
}

// bounded reports whether least and greatest delay are where the buckets say.
func (s *Sketch) bounded() bool {
	if s.count == 0 {
		return s.min == 0 && s.max == 0
	}
	low, high := bits.TrailingZeros64(s.used), bits.Len64(s.used)-1
	if s.min < 0 || s.max < s.min {
		return false
	}
	at, column := place(s.min)
	end, last := place(s.max)
	return at == low && column == bits.TrailingZeros64(s.rows[low].used) &&
		end == high && last == bits.Len64(s.rows[high].used)-1
}

// archive archives the buckets that are not empty and returns how many delays they have.
func (r *row) archive(a *snapshot.Archive) (total uint64) {
	snapshot.Int(a, &r.used)
	for left := r.used; left != 0; left &= left - 1 {
		n := &r.counts[bits.TrailingZeros64(left)]
		snapshot.Int(a, n)
		if *n == 0 {
			return 0 // none that is used is empty
		}
		total += *n
	}
	return total
}
