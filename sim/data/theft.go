package data

import "github.com/harmproof/harmproof/sim/vtime"

// Steal has a principal take all that there is in a store: it has that for good. It returns
// about how many people that is, those included for whom others stand.
func (s *State) Steal(principal, store int32, now vtime.Time) (people int) {
	s.Pour(now)
	l := &s.stolen[principal]
	if l.of == nil {
		l.of, l.whole, l.people = make([]Set, len(s.held)), make([]Span, len(s.rows)), make([]int, len(s.Stores))
	}
	for p := range s.held {
		got := s.held[p].Or(s.kept[p]).And(s.inStore[store])
		if !got.Any() {
			continue
		}
		people += s.Of(int32(p)).Each()
		s.takes(principal, store, int32(p), got)
		s.move(int32(p))
	}
	st := &s.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		for k := range s.count[i] {
			l.whole[s.base[i]+k].join(s.whole(i, s.first[i]+k))
		}
	}
	if people > 0 {
		s.breached(principal, store, people, now)
	}
	s.look()
	return people
}

// takes adds to what a principal has about a person of a store, and reports whether it had nothing of there.
func (s *State) takes(principal, store, person int32, got Set) (fresh bool) {
	l, each := &s.stolen[principal], s.Of(person).Each()
	if had := l.of[person].And(s.inStore[store]); !had.Any() {
		if fresh = true; !s.isStolen(store, person) {
			s.loot[store] += uint64(each)
		}
		l.people[store] += each
	}
	l.of[person] = l.of[person].Or(got)
	return fresh
}

// join adds what of another span is later than all of this one, or all of it where that goes back
// further.
func (s *Span) join(o Span) {
	switch {
	case o.N == 0:
	case s.N == 0 || o.From <= s.From && o.To >= s.To:
		*s = o
	case o.To > s.To:
		s.N += o.after(s.To).N
		s.To = o.To
	}
}

// isStolen reports whether anybody took something about a person from a store.
func (s *State) isStolen(store, person int32) bool {
	for i := range s.stolen {
		if took := s.Took(int32(i), person).And(s.inStore[store]); took.Any() {
			return true
		}
	}
	return false
}

// Grant lets a principal read a store from now on, or no longer.
func (s *State) Grant(principal, store int32, may bool) {
	was := s.reads[principal]
	if may {
		s.reads[principal] = was.Or(s.inStore[store])
	} else {
		s.reads[principal] = was.Without(s.inStore[store]).Or(s.Principals[principal].Reads)
	}
	if s.reads[principal] != was {
		for p := range s.held {
			s.move(int32(p))
		}
	}
}

// Reads reports whether a principal can read a store now.
func (s *State) Reads(principal, store int32) bool {
	in := s.reads[principal].And(s.inStore[store])
	return in.Any()
}

// Entitled reports whether a principal may read a store from the start.
func (s *State) Entitled(principal, store int32) bool {
	in := s.Principals[principal].Reads.And(s.inStore[store])
	return in.Any()
}

// Sees returns the shelves from which a principal has, or has had, something about a
// person.
func (s *State) Sees(principal, person int32) Set {
	seen := s.held[person].Or(s.kept[person]).And(s.reads[principal])
	return seen.Or(s.Took(principal, person))
}
