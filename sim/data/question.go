package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Question is what an expression asks of the data of a run.
type Question struct {
	Kind      QuestionKind
	Grace     vtime.Duration // of what has so long to be done
	Store     int32
	Principal int32
	Attribute int32
	// Person is the first of Count people, with an answer each; a question about none has
	// one answer, and Count 0.
	Person, Count int32
	Points        int32 // of Unicity
	// Extends is by how much a store may extend Grace, where it tells the person so within Grace.
	Extends vtime.Duration
}

// A QuestionKind says what is asked.
type QuestionKind uint8

// The kinds of questions.
const (
	// HoldersOf is how many stores have something about a person.
	HoldersOf QuestionKind = iota
	// KeptAfterErasure is how many shelves hold something, without a basis to keep it, about
	// people who asked for erasure more than Grace ago.
	KeptAfterErasure
	// CollectedAfterOptOut is how many items came to stores about people who had opted out
	// of their purpose more than Grace before, derived ones among them.
	CollectedAfterOptOut
	// Unanswered is how many stores have not answered people who asked for access more than
	// Grace ago.
	Unanswered
	// StolenFrom is about how many people something was taken from a store.
	StolenFrom
	// Confidence is how likely what a principal makes of all that it can read of an attribute
	// of a person is right: 0 where it has nothing.
	Confidence
	// CanLearn is whether that is more likely than not.
	CanLearn
	// KAnonymity, LDiversity, TCloseness, UniqueShare are those of a store.
	KAnonymity
	LDiversity
	TCloseness
	UniqueShare
	// Unicity is the share of people whom some random points of place and time of a store tell apart.
	Unicity
	// Unnotified is how many breaches there are of which who answers for the store has been aware for
	// more than Grace, and of which no notice has come to anybody.
	Unnotified
)

// An answer is what is known of a question.
type answer struct {
	values []float64
	up     []Set  // by ask whose time was up: the shelves of which it is
	waits  []wait // for stores that have longer, those first whose time is up first
	total  uint64
	share  float64 // of Unicity
	late   []bool  // of Unnotified, by breach: its time is up, and no notice has come
	// Of CollectedAfterOptOut what was taken first, and about whom.
	shelf, person int32
}

func (s *State) makeAnswers() {
	s.answers = make([]answer, len(s.Questions))
	for i := range s.Questions {
		s.answers[i].values = make([]float64, max(1, s.Questions[i].Count))
	}
}

// left counts anew what is left of a person who was to be forgotten.
func (s *State) left(person int32, was Set) {
	if s.flags[person]&flagAsked == 0 || s.held[person] == was {
		return
	}
	for i := range s.answers {
		if a := &s.answers[i]; s.Questions[i].Kind == KeptAfterErasure {
			up := s.up(a, person)
			now, before := s.held[person].And(up), was.And(up)
			a.total += uint64(now.Count()) - uint64(before.Count()) // modulo 1 << 64, and never below 0
		}
	}
}

// answered has a store answer a person, and counts anew who owes answers.
func (s *State) answered(person, store int32) {
	before := s.owings(person)
	s.replied[person] = s.replied[person].Or(s.inStore[store])
	now := s.owings(person)
	for i, n := range before {
		if n != now[i] {
			s.answers[i].total -= uint64(n - now[i])
			s.Dirty = true
		}
	}
}

// owings returns by question how many stores owe a person an answer whose time is up.
func (s *State) owings(person int32) []int {
	list := make([]int, len(s.Questions))
	for i := range s.Questions {
		if s.Questions[i].Kind == Unanswered {
			list[i] = s.owing(person, &s.answers[i])
		}
	}
	return list
}

// takenAfter counts items that came after an opt-out, by when they came.
func (s *State) takenAfter(shelf, person int32, asked vtime.Time, span Span) {
	for i := range s.Questions {
		if q := &s.Questions[i]; q.Kind == CollectedAfterOptOut && span.To.Sub(asked) > q.Grace {
			a := &s.answers[i]
			if a.total == 0 {
				a.shelf, a.person = shelf, person
			}
			a.total += span.after(asked.Add(q.Grace)).N
			s.Dirty = true
		}
	}
}

// Unwelcome returns what a store took first about somebody who had opted out, of a question about that, and what they
// had asked for; nil where none did.
func (s *State) Unwelcome(question int) (shelf int32, asked *Ask) {
	if a := &s.answers[question]; a.total > 0 && s.has(a.shelf, a.person) {
		return a.shelf, s.ended(a.shelf, a.person)
	}
	return 0, nil
}

// Next returns when time alone changes something next.
func (s *State) Next() vtime.Time {
	next := s.swept.Add(sweepEvery)
	if len(s.rated) > 0 {
		next = min(next, (s.poured - s.poured%vtime.Time(PourEvery)).Add(PourEvery)) // whoever else had them counted
	}
	for i := range s.Questions {
		if q := &s.Questions[i]; q.Kind == Unnotified {
			next = min(next, s.nextUntold(q, &s.answers[i]))
		} else if q.times() {
			if due := len(s.answers[i].up); due < len(s.asks) {
				next = min(next, s.asks[due].At.Add(q.Grace)+1)
			}
			if w := s.answers[i].waits; len(w) > 0 {
				next = min(next, w[0].at+1)
			}
		}
	}
	return next
}

// times reports whether the answer changes when a time is up.
func (q *Question) times() bool { return q.Kind == KeptAfterErasure || q.Kind == Unanswered }

// Advance does what time alone does.
func (s *State) Advance(now vtime.Time) {
	s.Pour(now)
	if now >= s.swept.Add(sweepEvery) {
		s.inferAll(now)
		s.sweep(now)
		s.look()
		s.grown()
		s.Dirty = true
	}
	for i := range s.Questions {
		if q := &s.Questions[i]; q.times() {
			s.overdue(q, &s.answers[i], now)
		} else if q.Kind == Unnotified {
			s.untold(q, &s.answers[i], now)
		}
	}
}

// Refresh tells what answers became otherwise: of which question, about which of its
// people, and what it is now.
func (s *State) Refresh(tell func(question, person int, value float64)) {
	s.Dirty = false
	set := func(question, k int, x float64) {
		if a := &s.answers[question]; a.values[k] != x {
			a.values[k] = x
			tell(question, k, x)
		}
	}
	for i := range s.Questions {
		q, a := &s.Questions[i], &s.answers[i]
		switch q.Kind {
		case KeptAfterErasure, CollectedAfterOptOut, Unanswered, Unnotified:
			set(i, 0, float64(a.total))
		case Unicity:
			set(i, 0, a.share)
		case StolenFrom:
			set(i, 0, float64(s.loot[q.Store]))
		case HoldersOf:
			s.each(q, func(k int, person int32) { set(i, k, float64(s.Holders(person))) })
		}
	}
	s.learn(set)
	s.hide(set)
	for _, p := range s.moved {
		s.isMoved[p] = false
	}
	s.moved = s.moved[:0]
}

// each goes over those people of a question about whom something has come or gone.
func (s *State) each(q *Question, do func(k int, person int32)) {
	for _, p := range s.moved {
		if k := p - q.Person; k >= 0 && k < q.Count {
			do(int(k), p)
		}
	}
}

// owing returns how many stores owe a person an answer whose time is up.
func (s *State) owing(person int32, a *answer) (n int) {
	if s.flags[person]&flagAsked == 0 {
		return 0
	}
	var owed Set
	for _, i := range s.asksOf[person] {
		if ask := &s.asks[i]; ask.Right == Access && int(i) < len(a.up) {
			owed = owed.Or(s.Owing(ask).And(a.up[i]))
		}
	}
	for k := range s.inStore {
		if in := owed.And(s.inStore[k]); in.Any() {
			n++
		}
	}
	return n
}

// Value returns the answer of a question about one of its people.
func (s *State) Value(question, person int) float64 { return s.answers[question].values[person] }

// Overdue lists the people who asked for erasure so long ago that the time of a question is
// up, and of whom something is left; at most so many, in the order in which they asked.
func (s *State) Overdue(question, most int) (people []int32) {
	a := &s.answers[question]
	for i := range a.up {
		p := s.asks[i].Person
		if left := s.held[p].And(a.up[i]); left.Any() && len(people) < most && !slices.Contains(people, p) {
			people = append(people, p)
		}
	}
	return people
}
