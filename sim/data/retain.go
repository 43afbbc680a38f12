package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// retain puts the last of some items in the place of what a row has, as the message that is published
// last takes the place of the one that a broker retains. Those who copy it are to take it over.
func (s *State) retain(shelf, person int32, r *row, span Span) {
	for _, intake := range s.hands[shelf] {
		if s.cursors[intake][person-s.first[shelf]].total == r.total { // else it stands there already
			s.fresh[intake] = append(s.fresh[intake], person)
		}
	}
	s.items[shelf] += 1 - r.held()
	r.total += span.N
	r.last, r.older, r.gone = Span{span.To, span.To, 1, span.Via}, nil, r.total-1
}

// handOn is Copy from a store that keeps the Last: it goes over those of whom something came alone, or
// each message of thousands would cost as much as all of them.
func (s *State) handOn(intake int32, now vtime.Time) {
	in := &s.Intakes[intake]
	people := s.fresh[intake]
	slices.Sort(people)
	s.fresh[intake] = people[:0]
	for _, person := range people {
		s.copyOf(intake, person, now)
		s.infer(in.Shelf, person, now)
	}
}

// refresh finds out anew of whom something came that was not taken over.
func (s *State) refresh() {
	for shelf, hands := range s.hands {
		for _, intake := range hands {
			s.fresh[intake] = s.fresh[intake][:0]
			for k := range s.count[shelf] {
				if s.cursors[intake][k].total < s.rows[s.base[shelf]+k].total {
					s.fresh[intake] = append(s.fresh[intake], s.first[shelf]+k)
				}
			}
		}
	}
}

// Lose forgets all that a store has, which it kept nowhere but in its memory.
func (s *State) Lose(store int32) (items uint64) {
	st := &s.Stores[store]
	for shelf := st.First; shelf < st.First+st.Count; shelf++ {
		for k := range s.count[shelf] {
			if r := &s.rows[s.base[shelf]+k]; r.last.N > 0 {
				n := r.clear()
				items += n
				s.items[shelf] -= n
				s.turned(shelf, s.first[shelf]+k)
			}
		}
	}
	return items
}
