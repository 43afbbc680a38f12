package data

import "github.com/harmproof/harmproof/sim/vtime"

// A Done is a request that a store did.
type Done struct {
	Store, Person int32
	Right         Right
	At            vtime.Time
	Items         uint64 // that were forgotten
	Asked         bool   // the person truly had asked
	Purpose       int32  // of a right that stops something: -1: of all
}

// A RightCount counts the requests for a right that stores did, and those that nobody had
// truly asked for.
type RightCount struct{ Done, Unasked uint64 }

// A Total is all that a store did about a right.
type Total struct {
	RightCount
	Items       uint64 // that it forgot
	First, Last vtime.Time
	// Latest is how long after it was asked for something was first done, at most, and LatestOf for
	// whom, from 1 on; 0 where nobody had asked.
	Latest   vtime.Duration
	LatestOf int32
}

// maxDone is how many requests that were done a run lists, and maxRepeats up to how many those that
// were done before are among them; others are counted only.
const maxDone, maxRepeats = 1 << 20, 1000

// Done lists the requests that stores did.
func (s *State) Done() []Done { return s.done }

// Total returns all that a store did about a right.
func (s *State) Total(store int32, right Right) *Total { return &s.totals[store][right] }

// do does what a request asks of a store. It reports whether others are to hear of that: it is
// about somebody, and not what was done already, or stores that tell each other would never end.
// What a store need not heed it passes on as well.
func (s *State) do(store int32, d Due, now vtime.Time) bool {
	person, purpose := Named(d.Number)
	right, _ := d.Right.claim(d.Number)
	known := person >= 0 && int(person) < len(s.held)
	if d.Extends > 0 {
		if known && !s.did(store, right, person, purpose) {
			s.extend(Extension{store, person, right, now, d.Extends})
		}
		return false
	}
	done := Done{Store: store, Person: person, Right: right, At: now, Asked: known && s.asked(person, right, purpose, -1) != nil, Purpose: purpose}
	if known {
		s.pourOf(person, now)
	}
	again := s.did(store, right, person, purpose)
	late, first := s.lateness(store, right, person, purpose, now)
	ok := false
	switch {
	case right == Erasure:
		done.Items, ok = s.Erase(store, person, now)
	case right.Stops():
		ok = s.Stop(store, person, purpose, right)
	default:
		ok = s.Answer(store, person)
	}
	if !ok {
		return false
	}
	if s.Heeds(store, right, person, purpose) {
		s.note(&done, late, first, again)
	}
	return !again || done.Items > 0
}

// note counts what a store did, and lists it unless it is one more of too many repeats.
func (s *State) note(d *Done, late vtime.Duration, first, again bool) {
	t := &s.totals[d.Store][d.Right]
	if t.Done == 0 {
		t.First = d.At
	}
	t.Last = d.At
	t.Items += d.Items
	for _, c := range []*RightCount{&s.Counts[d.Right], &t.RightCount} {
		if c.Done++; !d.Asked {
			c.Unasked++
		}
	}
	if first && (t.LatestOf == 0 || late > t.Latest) {
		t.Latest, t.LatestOf = late, d.Person+1
	}
	if n := len(s.done); n < maxRepeats || n < maxDone && (!again || d.Items > 0) {
		s.done = append(s.done, *d)
	}
}

// lateness returns how long ago a person asked a store for what it does now; first is false where
// nobody asked, or it has done that since.
func (s *State) lateness(store int32, right Right, person, purpose int32, now vtime.Time) (late vtime.Duration, first bool) {
	if person < 0 || int(person) >= len(s.held) {
		return 0, false
	}
	a := s.asked(person, right, purpose, store)
	if a == nil {
		return 0, false
	}
	if right == Erasure {
		at, found := s.wasForgotten(store, person)
		first = !found || s.forgot[store][at].at < a.At
	} else {
		first = !s.did(store, right, person, purpose)
	}
	return now.Sub(a.At), first
}

// did reports whether a store did already what a request asks.
func (s *State) did(store int32, r Right, person, purpose int32) bool {
	switch {
	case person < 0 || int(person) >= len(s.held):
		return false
	case r == Erasure:
		_, found := s.wasForgotten(store, person)
		return found
	case r.Stops():
		return s.stopped[stop{store, person, purpose, r}]
	}
	return s.replied != nil && s.replied[person].And(s.inStore[store]) == s.inStore[store]
}

// Did reports whether a store ever did what a person could ask for by a right: where that stops something, for
// a purpose (-1: for all of them), or for all.
func (s *State) Did(store int32, r Right, person, purpose int32) bool {
	return s.did(store, r, person, purpose) || r.Stops() && s.did(store, r, person, -1)
}

// Does reports whether what a store did is all that a person could ask for by a right, for a purpose as Did.
func (d *Done) Does(r Right, person, purpose int32) bool {
	return d.Right == r && d.Person == person && (!r.Stops() || d.Purpose < 0 || d.Purpose == purpose)
}
