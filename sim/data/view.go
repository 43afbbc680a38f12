package data

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/vtime"
)

// PersonName returns the name of a person, such as resident[3].
func (m *Model) PersonName(person int32) string {
	p := m.Of(person)
	switch {
	case p == nil || person < 0:
		return "nobody"
	case p.Count == 1:
		return p.Name
	}
	return fmt.Sprintf("%s[%d]", p.Name, person-p.First)
}

// Held returns the shelves that have something about a person and no basis to keep it when
// that person wants it erased.
func (s *State) Held(person int32) Set { return s.held[person] }

// Kept returns the shelves that have something about a person which a basis lets them keep.
func (s *State) Kept(person int32) Set { return s.kept[person] }

// Took returns the shelves of which a principal took something about a person.
func (s *State) Took(principal, person int32) (all Set) {
	if l := &s.stolen[principal]; l.of != nil {
		all = l.of[person]
	}
	return all
}

// Owing returns the shelves of the stores that have not told a person what they asked for.
func (s *State) Owing(a *Ask) Set {
	if s.replied == nil {
		return a.Owed
	}
	return a.Owed.Without(s.replied[a.Person])
}

// FirstAsk returns by what a person first asked a store for a right, of whatever purpose; nil where they did not.
func (s *State) FirstAsk(person int32, right Right, store int32) *Ask {
	for _, i := range s.asksOf[person] {
		if a := &s.asks[i]; a.Right == right && a.Concerns(&s.Stores[store]) {
			return a
		}
	}
	return nil
}

// Stops reports whether a store takes in nothing more about a person on a shelf: its basis is one that
// ends by what it was told, to process no more data for its purpose or to forget them.
func (s *State) Stops(shelf, person int32) bool {
	sh := &s.Shelves[shelf]
	if s.flags[person]&flagStopped == 0 {
		return false
	}
	if sh.Basis.Ends() {
		if _, forgotten := s.wasForgotten(sh.Store, person); forgotten {
			return true
		}
	}
	for i := range rights {
		if r := Right(i); r.Ends(sh.Basis) && (s.stopped[stop{sh.Store, person, sh.Purpose, r}] || s.stopped[stop{sh.Store, person, -1, r}]) {
			return true
		}
	}
	return false
}

// DaysLeft returns in how many days a store that has a limit is full, if it grows on as in
// the last day.
func (s *State) DaysLeft(store int32, now vtime.Time) float64 {
	_, bytes := s.Items(store)
	before := s.growth[store]
	defer func() { s.growth[store] = before }()
	return s.daysLeft(store, now, bytes)
}
