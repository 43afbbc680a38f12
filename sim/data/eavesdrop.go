package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Eavesdrop has a principal subscribe to all that a broker tells: it takes what is retained, and from now on
// all that comes, until the broker crashes. It returns about how many people that is so far.
func (s *State) Eavesdrop(principal, store int32, now vtime.Time) (people int) {
	st := &s.Stores[store]
	for shelf := st.First; shelf < st.First+st.Count; shelf++ {
		if !slices.Contains(s.taps[shelf], principal) {
			s.taps[shelf] = append(s.taps[shelf], principal)
		}
	}
	return s.Steal(principal, store, now)
}

// Unsubscribe ends that a principal is told what comes to a broker. What they have they keep.
func (s *State) Unsubscribe(principal, store int32) {
	st := &s.Stores[store]
	for shelf := st.First; shelf < st.First+st.Count; shelf++ {
		s.taps[shelf] = slices.DeleteFunc(s.taps[shelf], func(who int32) bool { return who == principal })
	}
	for i := range s.breaches {
		if b := &s.breaches[i]; b.Store == store && b.By == principal {
			b.Lasts = false
		}
	}
}

// isTapped reports whether a principal is told all that comes to a store.
func (s *State) isTapped(principal, store int32) bool {
	st := &s.Stores[store]
	for shelf := st.First; shelf < st.First+st.Count; shelf++ {
		if slices.Contains(s.taps[shelf], principal) {
			return true
		}
	}
	return false
}

// overhear has a principal take an item that has come to a shelf.
func (s *State) overhear(principal, shelf, person int32, now vtime.Time) {
	l, store := &s.stolen[principal], s.Shelves[shelf].Store
	l.whole[s.base[shelf]+person-s.first[shelf]].join(Span{now, now, 1, -1})
	if l.of[person].Has(shelf) {
		return
	}
	var more Set
	more.Put(shelf, true)
	if s.takes(principal, store, person, more) {
		s.breached(principal, store, l.people[store], now)
	}
	s.move(person)
}

// archiveTaps archives who is told what comes to brokers.
func (s *State) archiveTaps(a *snapshot.Archive) {
	for shelf := range s.taps {
		if !s.HandsOn(int32(shelf)) {
			continue
		}
		snapshot.Slice(a, &s.taps[shelf], func(a *snapshot.Archive, who *int32) {
			if snapshot.Int(a, who); *who < 0 || int(*who) >= len(s.stolen) || s.stolen[*who].of == nil {
				a.Fail("principal %d is told what comes to a broker, and has nothing", *who)
				*who = 0
			}
		})
	}
}
