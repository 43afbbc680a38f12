package data

import "github.com/harmproof/harmproof/sim/vtime"

// founded returns from when on items that a shelf has about a person who asked for erasure may be kept: those that came
// since on a basis that does not end by that, and those that the law demands still; vtime.Never where none may.
func (s *State) founded(shelf, person int32) vtime.Time {
	sh, from := &s.Shelves[shelf], vtime.Never
	if sh.Basis.Ends() {
		return from
	}
	if a := s.asked(person, Erasure, -1, sh.Store); a != nil {
		from = a.At + 1
	}
	if sh.KeepFor > 0 {
		from = min(from, max(0, s.swept.Add(-sh.KeepFor)))
	}
	return from
}

// Unfounded returns what a shelf has about a person who asked for erasure and may not keep, the times of the first and
// the last of it, and how many items it has besides that it may keep. Where it may keep all it is as of nothing.
func (s *State) Unfounded(shelf, person int32) (from, to vtime.Time, items, kept uint64) {
	r, limit := s.row(shelf, person), s.founded(shelf, person)
	from = vtime.Never
	for _, span := range r.spans() {
		if span = span.until(limit); span.N > 0 {
			from, to, items = min(from, span.From), max(to, span.To), items+span.N
		}
	}
	return from, to, items, r.held() - items
}

// UnfoundedLineage is Lineage for what Unfounded returns.
func (s *State) UnfoundedLineage(shelf, person int32) (list []Source) {
	limit := s.founded(shelf, person)
	for _, span := range s.row(shelf, person).spans() {
		if span = span.until(limit); span.N > 0 {
			list = s.trace(list, shelf, span, 0, Set{})
		}
	}
	return list
}
