package data

import "slices"

// spansOfAll bounds how many spans all rows remember besides their last ones, each of them 32 bytes: where there are
// millions of rows each remembers fewer, so that a run of a million devices takes a gigabyte and not four.
const spansOfAll = 8 << 20

// fewSpans is what each row remembers however many rows there are.
const fewSpans = 4

// spansEach returns how many spans each of so many rows remembers besides the last one.
func spansEach(rows int) int {
	return min(maxSpans, max(fewSpans, spansOfAll/max(1, rows)))
}

// condense makes the oldest spans one until there are no more than so many besides the last one. How many items there
// are, and the times of the first and the last, stay what they are.
func (r *row) condense(most int) {
	n := len(r.older) - most
	if n <= 0 {
		return
	}
	a := &r.older[0]
	for _, b := range r.older[1 : n+1] {
		a.From, a.To, a.N = min(a.From, b.From), max(a.To, b.To), a.N+b.N
	}
	r.older = slices.Delete(r.older, 1, n+1)
}
