package data

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// An Extension is that a store told a person that it takes longer with what they asked for.
type Extension struct {
	Store, Person int32
	Right         Right
	At            vtime.Time     // when it told them
	By            vtime.Duration // how much longer
}

// A wait is that a store has longer for what a person asked for.
type wait struct {
	at    vtime.Time // until when
	ask   int32
	store int32
}

// maxExtensions is how many extensions a run remembers; others do not count.
const maxExtensions = 1 << 20

// extend notes that a store extends its time. Only the first time counts.
func (s *State) extend(e Extension) {
	if at, found := s.extension(e.Store, e.Person, e.Right); !found && len(s.extended) < maxExtensions {
		s.extended = slices.Insert(s.extended, at, e)
		s.tell(Event{Extends, e.Store, e.Person, int64(e.By)})
	}
}

// extension finds the place of an extension.
func (s *State) extension(store, person int32, right Right) (at int, found bool) {
	return slices.BinarySearchFunc(s.extended, Extension{Store: store, Person: person, Right: right}, func(a, b Extension) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Store, b.Store), cmp.Compare(a.Right, b.Right))
	})
}

// Extended returns how a store extended its time for what a person asked for.
func (s *State) Extended(store, person int32, right Right) (e Extension, ok bool) {
	at, ok := s.extension(store, person, right)
	if ok {
		e = s.extended[at]
	}
	return e, ok
}

// Extensions lists all extensions, in the order of people.
func (s *State) Extensions() []Extension { return s.extended }

// up returns the shelves of which the time of a person is up.
func (s *State) up(a *answer, person int32) (of Set) {
	if s.flags[person]&flagAsked == 0 {
		return of
	}
	for _, i := range s.asksOf[person] {
		if int(i) < len(a.up) {
			of = of.Or(a.up[i])
		}
	}
	return of
}

// Up returns the shelves of which the time of a person is up, for a question.
func (s *State) Up(question int, person int32) Set { return s.up(&s.answers[question], person) }

// Late returns the shelves of the stores that owe an answer to a request, by number, of which the time is up for
// a question.
func (s *State) Late(question, ask int) (owed Set) {
	if up := s.answers[question].up; ask < len(up) && s.asks[ask].Right == Access {
		owed = s.Owing(&s.asks[ask]).And(up[ask])
	}
	return owed
}

// overdue finds the people whose time is up.
func (s *State) overdue(q *Question, a *answer, now vtime.Time) {
	for len(a.up) < len(s.asks) && now.Sub(s.asks[len(a.up)].At) > q.Grace {
		i := int32(len(a.up))
		a.up = append(a.up, Set{})
		s.runsOut(q, a, i, s.ofAsk(q, a, i))
	}
	for len(a.waits) > 0 && now > a.waits[0].at {
		w := a.waits[0]
		a.waits = slices.Delete(a.waits, 0, 1)
		s.runsOut(q, a, w.ask, s.inStore[w.store])
	}
}

// ofAsk returns the shelves of which the time is up when that of a request is, and has the stores wait
// that told in time that they take longer (GDPR Art. 12(3): within the first month).
func (s *State) ofAsk(q *Question, a *answer, i int32) (of Set) {
	ask := &s.asks[i]
	if q.Kind == KeptAfterErasure && ask.Right != Erasure || q.Kind == Unanswered && ask.Right != Access {
		return of
	}
	of = s.addressed(ask.To)
	if q.Extends == 0 {
		return of
	}
	for store := range int32(len(s.Stores)) {
		e, ok := s.Extended(store, ask.Person, ask.Right)
		if !ok || !ask.Concerns(&s.Stores[store]) || e.At < ask.At || e.At > ask.At.Add(q.Grace) {
			continue
		}
		of = of.Without(s.inStore[store])
		w := wait{ask.At.Add(q.Grace).Add(min(e.By, q.Extends)), i, store}
		at, _ := slices.BinarySearchFunc(a.waits, w, func(a, b wait) int {
			return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.ask, b.ask), cmp.Compare(a.store, b.store))
		})
		a.waits = slices.Insert(a.waits, at, w)
	}
	return of
}

// runsOut has the time of a request be up for some shelves.
func (s *State) runsOut(q *Question, a *answer, i int32, of Set) {
	if !of.Any() {
		return
	}
	s.Dirty = true
	person := s.asks[i].Person
	count := func() int {
		if q.Kind == Unanswered {
			return s.owing(person, a)
		}
		left := s.held[person].And(s.up(a, person))
		return left.Count()
	}
	before := count()
	a.up[i] = a.up[i].Or(of)
	a.total += uint64(count() - before)
}
