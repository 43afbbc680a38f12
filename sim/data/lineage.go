package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Source is where items of a shelf come from: a span of another one, or of none where they
// were collected or there from the start.
type Source struct {
	Shelf  int32
	Span   Span
	Depth  int // how many steps back, from 0 on
	Intake *Intake
}

// maxLineage is how many sources Lineage lists at most.
const maxLineage = 256

// Lineage lists what the items that a shelf has about a person came from, those from which
// they come at once first, back to what was collected; each of a time that its offspring
// is of.
func (s *State) Lineage(shelf, person int32) (list []Source) {
	if !s.has(shelf, person) {
		return nil
	}
	for _, span := range s.row(shelf, person).spans() {
		list = s.trace(list, shelf, span, 0, Set{})
	}
	return list
}

// trace adds the sources of a span. Past are the shelves that it is on the way to: what a backup has did not come from
// what was put back from there, as it had that before.
func (s *State) trace(list []Source, shelf int32, span Span, depth int, past Set) []Source {
	if len(list) == maxLineage {
		return list
	}
	if depth > 0 && listed(list, shelf, span) {
		return list
	}
	src := Source{Shelf: shelf, Span: span, Depth: depth}
	if span.Via < 0 {
		return append(list, src)
	}
	in := &s.Intakes[span.Via]
	src.Intake = in
	list = append(list, src)
	past.Put(shelf, true)
	if in.Shelf != shelf { // put back from there
		return s.trace(list, in.Shelf, span, depth+1, past)
	}
	if in.Kind == Collected || depth > 2*len(s.Shelves) {
		return list
	}
	for _, from := range in.From {
		for _, way := range s.ways(from) {
			if way >= 0 && s.Intakes[way].Shelf != from && past.Has(s.Intakes[way].Shelf) {
				continue
			}
			part := Span{From: span.From, To: span.To, N: span.N, Via: way}
			list = s.trace(list, from, part, depth+1, past)
		}
	}
	return list
}

// listed reports whether a list has all of a span.
func listed(list []Source, shelf int32, span Span) bool {
	return slices.ContainsFunc(list, func(src Source) bool {
		return src.Shelf == shelf && src.Span.Via == span.Via && src.Span.From <= span.From && span.To <= src.Span.To
	})
}

// ways lists the intakes of a shelf and those of the backups that were put back there, or that it
// has what it has from the start.
func (s *State) ways(shelf int32) (list []int32) {
	own := false
	for i := range s.Intakes {
		in := &s.Intakes[i]
		if in.Shelf == shelf || in.Kind == Copied && in.From[0] == shelf && s.revived[shelf].Has(in.Shelf) {
			own = own || in.Shelf == shelf
			list = append(list, int32(i))
		}
	}
	if !own {
		list = append(list, -1)
	}
	return list
}

// Span returns the time for which a shelf has something about a person, how many items that
// is, and whether there is anything.
func (s *State) Span(shelf, person int32) (from, to vtime.Time, items uint64, ok bool) {
	if !s.has(shelf, person) {
		return 0, 0, 0, false
	}
	r := s.row(shelf, person)
	from, to = r.extent()
	return from, to, r.held(), r.last.N > 0
}
