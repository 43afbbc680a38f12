package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Breach is that somebody took what a store holds. Who answers for the store is aware of it from when an
// alarm came, or from when it happened where they looked into one already, and has to tell an authority
// within 72 hours of that (GDPR Art. 33(1)): who is never aware of it has no time that runs.
type Breach struct {
	Store, By int32 // By is of Principals
	At        vtime.Time
	People    int
	// Aware is when who answers for the store became aware of it, Told when a store of theirs first sent a
	// notice of it, and Arrived when one first came to somebody; vtime.Never where that was not.
	Aware, Told, Arrived vtime.Time
	// Lasts says that they still take all that comes there: what they take more is of the same breach.
	Lasts bool
}

// A Letter is a notice that a store sent: it is about all that its owner was aware of by then. It is known by
// its number, from 1 on, so that what somebody else makes up is none.
type Letter struct {
	Store       int32
	At, Arrived vtime.Time // vtime.Never where it did not
	About       int        // breaches of which none had been sent before
}

// Bounds of how much a run follows; a theft or an alarm after so many is not.
const maxBreaches, maxLetters = 1 << 12, 1 << 16

// breached notes that somebody took something. Who took something there before takes more in the same breach
// until a notice of that is sent, and for as long as they are told all that comes there.
func (s *State) breached(by, store int32, people int, now vtime.Time) {
	for i := range s.breaches {
		if b := &s.breaches[i]; b.Store == store && b.By == by && (b.Told == vtime.Never || b.Lasts) {
			b.People, b.Lasts = max(b.People, people), s.isTapped(by, store)
			return
		}
	}
	if len(s.breaches) == maxBreaches {
		return
	}
	b := Breach{Store: store, By: by, At: now, People: people, Aware: vtime.Never, Told: vtime.Never, Arrived: vtime.Never, Lasts: s.isTapped(by, store)}
	if s.looksInto(s.Stores[store].Controller) {
		b.Aware = now
		s.tell(Event{Finds, store, -1, 1})
	}
	s.breaches = append(s.breaches, b)
	s.Dirty = true
}

// looksInto reports whether somebody has heard an alarm and not sent the notice of that yet.
func (s *State) looksInto(controller int32) bool {
	for i, due := range s.writing {
		if due != vtime.Never && s.Stores[i].Controller == controller {
			return true
		}
	}
	return false
}

// Realise says that an alarm came to a store: who answers for it is aware of all that was taken of them. It
// reports whether the store is to write a notice, which it sends so much later, and does not write one already.
func (s *State) Realise(store int32, now vtime.Time, after vtime.Duration) bool {
	n := int64(0)
	for i := range s.breaches {
		if b := &s.breaches[i]; b.Aware == vtime.Never && s.Stores[b.Store].Controller == s.Stores[store].Controller {
			b.Aware = now
			n++
		}
	}
	s.alarms[store]++
	s.tell(Event{Realises, store, -1, n})
	s.Dirty = true
	if due := s.writing[store]; due != vtime.Never && due >= now {
		return false
	}
	s.writing[store] = now.Add(after)
	return true
}

// Notify has a store send its notice, and returns the number of that; 0 where a run has sent too many.
func (s *State) Notify(store int32, now vtime.Time) (number int) {
	s.writing[store] = vtime.Never
	if len(s.letters) == maxLetters {
		return 0
	}
	l := Letter{Store: store, At: now, Arrived: vtime.Never}
	for i := range s.breaches {
		if b := &s.breaches[i]; s.covers(&l, b) && b.Told == vtime.Never {
			b.Told = now
			l.About++
		}
	}
	s.tell(Event{Notifies, store, -1, int64(l.About)})
	s.letters = append(s.letters, l)
	return len(s.letters)
}

// covers reports whether a notice is about a breach.
func (s *State) covers(l *Letter, b *Breach) bool {
	return b.Aware <= l.At && s.Stores[b.Store].Controller == s.Stores[l.Store].Controller
}

// Inform says that a message came to somebody who is to be told of breaches of a store. What bears no number
// of a notice of that store, or one that came before, is none.
func (s *State) Inform(store int32, number float64, now vtime.Time) {
	if !(number >= 1 && number <= float64(len(s.letters))) || number != float64(int(number)) {
		return
	}
	l := &s.letters[int(number)-1]
	if l.Store != store || l.Arrived != vtime.Never {
		return
	}
	l.Arrived = now
	n := int64(0)
	for i := range s.breaches {
		b := &s.breaches[i]
		if !s.covers(l, b) || b.Arrived != vtime.Never {
			continue
		}
		b.Arrived = now
		n++
		for q := range s.answers {
			if a := &s.answers[q]; i < len(a.late) && a.late[i] {
				a.late[i] = false
				a.total--
			}
		}
	}
	s.tell(Event{Informs, store, -1, n})
	s.Dirty = true
}

// waits reports whether the time runs that there is for a breach.
func (b *Breach) waits() bool { return b.Aware != vtime.Never && b.Arrived == vtime.Never }

// untold finds the breaches of which the time is up.
func (s *State) untold(q *Question, a *answer, now vtime.Time) {
	if more := len(s.breaches) - len(a.late); more > 0 {
		a.late = append(a.late, make([]bool, more)...)
	}
	for i := range s.breaches {
		if b := &s.breaches[i]; b.waits() && !a.late[i] && now.Sub(b.Aware) > q.Grace {
			a.late[i] = true
			a.total++
			s.Dirty = true
		}
	}
}

// nextUntold returns when the time of a breach is up next.
func (s *State) nextUntold(q *Question, a *answer) vtime.Time {
	next := vtime.Never
	for i := range s.breaches {
		if b := &s.breaches[i]; b.waits() && (i >= len(a.late) || !a.late[i]) {
			next = min(next, b.Aware.Add(q.Grace)+1)
		}
	}
	return next
}

// Untold returns the first breach of which the time is up for a question, or -1.
func (s *State) Untold(question int) int { return slices.Index(s.answers[question].late, true) }

// Breaches lists what was taken, in the order of time.
func (s *State) Breaches() []Breach { return s.breaches }

// Letters lists the notices that stores sent, in the order of time.
func (s *State) Letters() []Letter { return s.letters }

// Alarms returns how many alarms came to a store.
func (s *State) Alarms(store int32) uint64 { return s.alarms[store] }

// archiveBreaches archives what was taken, and who knows of that.
func (s *State) archiveBreaches(a *snapshot.Archive) {
	snapshot.Slice(a, &s.breaches, func(a *snapshot.Archive, b *Breach) {
		snapshot.Int(a, &b.Store)
		snapshot.Int(a, &b.By)
		snapshot.Int(a, &b.People)
		for _, at := range []*vtime.Time{&b.At, &b.Aware, &b.Told, &b.Arrived} {
			snapshot.Int(a, at)
		}
		snapshot.Bool(a, &b.Lasts)
		if b.Store < 0 || int(b.Store) >= len(s.Stores) || b.By < 0 || int(b.By) >= len(s.Principals) {
			a.Fail("%d took what store %d holds", b.By, b.Store)
			*b = Breach{}
		}
	})
	snapshot.Slice(a, &s.letters, func(a *snapshot.Archive, l *Letter) {
		snapshot.Int(a, &l.Store)
		snapshot.Int(a, &l.At)
		snapshot.Int(a, &l.Arrived)
		if snapshot.Int(a, &l.About); l.Store < 0 || int(l.Store) >= len(s.Stores) {
			a.Fail("store %d sent a notice, which there is not", l.Store)
			l.Store = 0
		}
	})
	snapshot.Column(a, s.writing, snapshot.Int)
	snapshot.Column(a, s.alarms, snapshot.Int)
	snapshot.Slice(a, &s.events, s.archiveEvent)
}
