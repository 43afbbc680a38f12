package data

import "github.com/harmproof/harmproof/sim/vtime"

// Collect takes in the item that a message of a member of a device carries.
func (s *State) Collect(intake int32, member int, now vtime.Time) {
	in := &s.Intakes[intake]
	person := in.Person
	if person < 0 {
		person = s.first[in.Shelf] + int32(member)
	}
	if s.flags[person] != 0 && s.Stops(in.Shelf, person) {
		return
	}
	r := s.row(in.Shelf, person)
	if in.Thin > 0 && r.last.N > 0 && r.last.To/vtime.Time(in.Thin) == now/vtime.Time(in.Thin) {
		return
	}
	if l := &r.last; s.flags[person] == 0 && l.Via == intake && l.N > 0 && now.Sub(l.To) < s.gap[in.Shelf] && !s.Stores[s.Shelves[in.Shelf].Store].Last {
		if s.fitting(in.Shelf, Span{now, now, 1, intake}).N == 0 {
			return
		}
		l.To = now
		l.N++
		r.total++
		s.items[in.Shelf]++
		s.peak[in.Shelf]++
		return
	}
	s.put(in.Shelf, person, Span{now, now, 1, intake}, now)
	if s.HandsOn(in.Shelf) {
		s.told(in.Shelf, person, now)
	}
}

// told has those know who are told all that comes to a shelf.
func (s *State) told(shelf, person int32, now vtime.Time) {
	if hands := len(s.hands[shelf]); hands > 0 {
		s.handed[shelf].add(handed{now, now, person, s.row(shelf, person).total, 0}, hands)
	}
	for _, who := range s.taps[shelf] {
		s.overhear(who, shelf, person, now)
	}
}

// unwelcome counts items that a store took in, or inferred, about a person who had asked that it should not:
// when it did so counts, however old they are.
func (s *State) unwelcome(shelf, person int32, span Span, came vtime.Time) {
	if s.flags[person] == 0 {
		return
	}
	if came != asTheyAre {
		span.From, span.To = came, came
	}
	if a := s.ended(shelf, person); a != nil {
		s.takenAfter(shelf, person, a.At, span)
	}
}

// Copy takes over what has come to the shelf that an intake copies since it last did, and
// infers what the store infers of that; of one member's person alone where the intake is by
// members.
func (s *State) Copy(intake int32, member int, now vtime.Time) {
	s.Pour(now)
	in := &s.Intakes[intake]
	first, last := int32(0), s.count[in.Shelf]
	if in.Each {
		first, last = int32(member), int32(member)+1
	}
	for k := first; k < last; k++ {
		s.copyOf(intake, s.first[in.Shelf]+k, now)
		s.infer(in.Shelf, s.first[in.Shelf]+k, now)
	}
}

// copyOf is Copy for one person. Which items are new goes by their numbers, so that none is
// taken twice or passed over whatever their times are.
func (s *State) copyOf(intake, person int32, now vtime.Time) {
	in := &s.Intakes[intake]
	from := in.From[0]
	c := &s.cursors[intake][person-s.first[in.Shelf]]
	src := s.row(from, person)
	if src.last.N == 0 {
		return
	}
	seen := *c
	c.at, c.total = src.last.To, src.total
	coarser := s.Shelves[in.Shelf].Fine > s.Shelves[from].Fine
	src.since(seen.total, func(span Span) {
		if span.From = max(span.From, min(seen.at, span.To)); coarser {
			span = span.coarser(s.Shelves[in.Shelf].Fine, seen.at)
		}
		seen.at = max(seen.at, span.To)
		s.take(in.Shelf, person, intake, span, now)
	})
	if s.Stores[s.Shelves[from].Store].Buffer {
		s.items[from] -= src.clear()
		s.turned(from, person)
	}
}

// take puts items on a shelf, if the store takes them in.
func (s *State) take(shelf, person, intake int32, span Span, now vtime.Time) {
	if span.N == 0 || s.flags[person] != 0 && s.Stops(shelf, person) {
		return
	}
	span.Via = intake
	if s.within(intake) {
		now = asTheyAre
	}
	s.put(shelf, person, span, now)
}

// within reports whether an intake only moves what somebody has to another store of theirs, as a backup does: that
// is no collecting. What a device kept until it could be fetched has not come before.
func (s *State) within(intake int32) bool {
	in := &s.Intakes[intake]
	if in.Kind != Copied {
		return false
	}
	from, to := &s.Stores[s.Shelves[in.From[0]].Store], &s.Stores[s.Shelves[in.Shelf].Store]
	return !from.Buffer && !from.Last && from.Controller == to.Controller
}

// inferAll infers all that stores do of what they have.
func (s *State) inferAll(now vtime.Time) {
	for i := range s.Intakes {
		if in := &s.Intakes[i]; in.Kind == Derived {
			for k := range s.count[in.Shelf] {
				s.derive(int32(i), s.first[in.Shelf]+k, now)
			}
		}
	}
}

// infer infers all that is made of what a shelf has about a person.
func (s *State) infer(shelf, person int32, now vtime.Time) {
	for _, intake := range s.makes[shelf] {
		s.derive(intake, person, now)
	}
}

// derive infers an attribute of a person, for the time for which there is all that it is made of and
// which has not been inferred yet. What is made of traits alone is inferred once.
func (s *State) derive(intake, person int32, now vtime.Time) {
	in := &s.Intakes[intake]
	c := &s.cursors[intake][person-s.first[in.Shelf]]
	from, to := vtime.Time(0), vtime.Never
	for _, shelf := range in.From {
		r := s.row(shelf, person)
		if r.last.N == 0 {
			return
		}
		if !s.Attributes[s.Shelves[shelf].Attribute].Trait {
			a, b := r.extent()
			from, to = max(from, a), min(to, b)
		}
	}
	if to == vtime.Never {
		if r := s.row(in.Shelf, person); r.last.N > 0 {
			return
		}
		from, to = now, now
	}
	fine := s.Shelves[in.Shelf].Fine
	if fine == 0 {
		from = to
	}
	if c.at >= 0 {
		from = max(from, c.at.Add(max(1, fine)))
	}
	if from > to {
		return
	}
	span := Span{From: from, To: from, N: 1}
	if fine > 0 {
		n := to.Sub(from) / fine
		span.To, span.N = from.Add(n*fine), uint64(n)+1
	}
	c.at = span.To
	s.take(in.Shelf, person, intake, span, now)
	s.infer(in.Shelf, person, now)
}
