package logbook

import "github.com/harmproof/harmproof/sim/vtime"

// A Kind is what an entry tells of.
type Kind uint8

// The kinds of entries.
const (
	Accepted Kind = iota // a message was accepted
	Refused              // a message was refused
	Clamped              // a value was taken only as far as it may go
	Held                 // a value was not taken, the last good one kept
	Alarmed
	Tripped
	Actuated
	Changed // a setting, a program or a mode was changed
	LoggedIn
	LoginFailed
	kinds
)

// String returns what happened in a few words.
func (k Kind) String() string {
	return [...]string{"accepted", "refused", "clamped", "held", "alarmed", "tripped", "actuated",
		"changed a setting", "logged in", "login failed", "unknown"}[min(k, kinds)]
}

// None is what stands for no device, rule, object or log.
const None int32 = -1

// An Entry is one thing that a device decided or did, as far as it could know.
type Entry struct {
	At     vtime.Time
	Value  float64 // told, set, measured or put in its place
	Device int32   // who decided or acted
	// Claimed is whom the message said it was from; None if there was no message.
	Claimed int32
	Rule    int32 // under which rule, or None
	Object  int32 // what it was about: a signal, say, or None
	Kind    Kind
	// Verified says that the sender was authenticated: it held a credential of whom
	// it claimed to be.
	Verified bool
}

// A Naming is how an entry names somebody.
type Naming uint8

// The ways of naming.
const (
	Itself   Naming = iota // nobody told the device: it names itself
	Claims                 // whom the message claimed to be from
	Verifies               // who authenticated as that; with a stolen credential it is still another
)

// Names returns whom an entry names, and how.
func (e *Entry) Names() (device int32, how Naming) {
	switch {
	case e.Claimed == None:
		return e.Device, Itself
	case e.Verified:
		return e.Claimed, Verifies
	}
	return e.Claimed, Claims
}

// An Origin is where a copy was made of.
type Origin struct {
	Log, Member int32
	Number      uint64
}

// A Record is an entry as it lies in a log.
type Record struct {
	Number uint64
	Entry  Entry
	From   Origin // Log is None unless this is a copy
}
