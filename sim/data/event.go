package data

import "github.com/harmproof/harmproof/sim/snapshot"

// An Event is what the story tells of a store beside what it did of what people asked for (Done).
type Event struct {
	Kind          EventKind
	Store, Person int32 // Person -1: it is about nobody
	// N is by how many nanoseconds it Extends its time, else how many breaches it is about.
	N int64
}

// An EventKind says what happened.
type EventKind uint8

// The kinds of events.
const (
	Extends  EventKind = iota // it told a person that it takes longer
	Realises                  // an alarm came to it
	Notifies                  // it sent a notice
	Informs                   // its notice came to somebody
	Finds                     // what was taken of it is seen at once: who answers for it looks into an alarm already
	eventKinds
)

// maxEvents is how many events wait to be told.
const maxEvents = 1 << 10

// tell notes an event.
func (s *State) tell(e Event) {
	if len(s.events) < maxEvents {
		s.events = append(s.events, e)
	}
}

// Events returns what has happened since it was asked last.
func (s *State) Events() (list []Event) {
	list, s.events = s.events, nil
	return list
}

func (s *State) archiveEvent(a *snapshot.Archive, e *Event) {
	snapshot.Int(a, &e.Kind)
	snapshot.Int(a, &e.Store)
	snapshot.Int(a, &e.Person)
	snapshot.Int(a, &e.N)
	if e.Kind >= eventKinds || e.Store < 0 || int(e.Store) >= len(s.Stores) || e.Person < -1 || int(e.Person) >= len(s.held) {
		a.Fail("event %d is of store %d and person %d", e.Kind, e.Store, e.Person)
		*e = Event{}
	}
}
