package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// An Ask is that a person truly asked for something.
type Ask struct {
	Person  int32
	Right   Right
	Purpose int32 // of what Stops: of Purposes, or -1 of all
	To      int32 // of Controllers: whom they asked; -1: all
	At      vtime.Time
	Owed    Set // what these held about them
}

// maxAsks is how many requests a run remembers; more are counted only.
const maxAsks = 1 << 20

// Ask says that a person asks all for something.
func (s *State) Ask(person int32, right Right, purpose int32, now vtime.Time) bool {
	return s.AskOf(person, right, purpose, -1, now)
}

// AskOf says that a person asks a controller for something (-1: all), truly: what stores hear of it is
// another matter. Who asked for it already does not again. It reports whether they had not.
func (s *State) AskOf(person int32, right Right, purpose, to int32, now vtime.Time) bool {
	if len(s.asks) >= maxAsks || s.flags[person]&flagAsked != 0 && slices.ContainsFunc(s.asksOf[person], func(i int32) bool {
		a := &s.asks[i]
		return a.is(right, purpose) && (a.To == to || a.To < 0)
	}) {
		return false
	}
	of := s.addressed(to)
	s.pourOf(person, now)
	s.flags[person] |= flagAsked
	if right == Access && s.replied != nil {
		for _, i := range s.asksOf[person] {
			s.asks[i].Owed = s.Owing(&s.asks[i]) // these were answers to that
		}
		s.replied[person] = s.replied[person].Without(of) // what was told before is no answer to this
	}
	s.asks = append(s.asks, Ask{person, right, purpose, to, now, s.held[person].Or(s.kept[person]).And(of)})
	s.asksOf[person] = append(s.asksOf[person], int32(len(s.asks)-1))
	s.Dirty = true
	return true
}

// addressed returns the shelves of a controller, all of them of -1.
func (s *State) addressed(to int32) (of Set) {
	for i := range s.inStore {
		if to < 0 || s.Stores[i].Controller == to {
			of = of.Or(s.inStore[i])
		}
	}
	return of
}

// Concerns reports whether what was asked for is asked of a store.
func (a *Ask) Concerns(st *Store) bool { return a.To < 0 || a.To == st.Controller }

// is reports whether it is for a right, and a purpose where that stops something.
func (a *Ask) is(right Right, purpose int32) bool {
	return a.Right == right && (!right.Stops() || a.Purpose == purpose || a.Purpose < 0)
}

// Ends reports whether nothing more was to come to a shelf by what was asked for.
func (a *Ask) Ends(sh *Shelf) bool {
	return a.Right.Ends(sh.Basis) && (a.Purpose < 0 || a.Purpose == sh.Purpose)
}

// ended returns by what a person asked that nothing more comes to a shelf, or nil.
func (s *State) ended(shelf, person int32) *Ask {
	if s.flags[person]&flagAsked == 0 {
		return nil
	}
	sh := &s.Shelves[shelf]
	for _, i := range s.asksOf[person] {
		if a := &s.asks[i]; a.Ends(sh) && a.Concerns(&s.Stores[sh.Store]) {
			return a
		}
	}
	return nil
}

// Heeds reports whether a store has to heed a right of a person at all: to stop is only asked of
// what it keeps about such people on a basis that ends so, for that purpose (-1: for any).
func (s *State) Heeds(store int32, right Right, person, purpose int32) bool {
	if !right.Stops() {
		return true
	}
	st := &s.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		if sh := &s.Shelves[i]; s.has(i, person) && right.Ends(sh.Basis) && (purpose < 0 || purpose == sh.Purpose) {
			return true
		}
	}
	return false
}

// asked returns what a person asked a store for (-1: any), or nil.
func (s *State) asked(person int32, right Right, purpose, store int32) *Ask {
	if s.flags[person]&flagAsked == 0 {
		return nil
	}
	for _, i := range s.asksOf[person] {
		if a := &s.asks[i]; a.is(right, purpose) && (store < 0 || a.Concerns(&s.Stores[store])) {
			return a
		}
	}
	return nil
}

// Asks lists what people asked for, in the order of time.
func (s *State) Asks() []Ask { return s.asks }
