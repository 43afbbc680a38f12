package check

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Guard is the checks of one device. It never changes; what it remembers is in a
// State.
type Guard struct {
	Device  int32 // its rank
	Members int32 // at least 1; each member judges for itself
	// Objects are what the device can be told. Offers, rules and grants name them by
	// their index.
	Objects []Object
	// Lanes is how many series of counters messages may claim to be of.
	Lanes int32
	// Senders are the devices that a limit per sender tells apart, besides those that
	// rules name; all others share one limit.
	Senders []int32
	Rules   []Rule
	Safe    []Assignment // to be written when a rule trips
	// Heeds are the verbs that are judged as ever while the guard is tripped (readings,
	// say), as a mask; everything else is refused then.
	Heeds uint32

	// Alarm and Refused count what was raised and refused, Tripped is 0 or 1. They
	// are written to the State's Store, by By.
	Alarm, Refused, Tripped Cell
	By                      signal.Writer

	// Daytime is the time of the day at the start of the run.
	Daytime vtime.Duration
}

// An Object is something that a device can be told.
type Object struct {
	Name   string
	Symbol string // the unit's, for people
	// Slot is the cell that holds what was accepted last, Offered a scratch cell in
	// which expressions see what is offered: what stands in Slot where a message
	// says nothing of it, NaN where that has no cell. There is none where they are
	// not above 0. Only objects that an expression reads as offered should have the
	// latter, because each costs a little with every message.
	Slot, Offered signal.Slot
	Stride        int32 // of both
}

// A Cell is a cell of each member: Slot + m*Stride. There is none where Slot is not
// above 0.
type Cell struct {
	Slot   signal.Slot
	Stride int32
}

// At returns the cell of member m.
func (c Cell) At(m int) signal.Slot { return at(c.Slot, c.Stride, m) }

func at(s signal.Slot, stride int32, m int) signal.Slot {
	return s + signal.Slot(stride)*signal.Slot(m)
}

// An Assignment is a value that an object gets.
type Assignment struct {
	Object int32
	Value  float64
}

// A Rule is a check with what it is for and what follows where it fails. A message
// that is not in its scope passes it by.
type Rule struct {
	Name, Owner, Text string

	Check    Check
	Reaction Reaction // Reject where it is Pass

	Claimed []int32 // senders, as claimed; nil: any
	Verbs   uint32  // a mask; 0: any
	// Objects are those whose values it looks at; nil: all. A check of whole messages
	// looks at those that carry one of them.
	Objects []int32
	When    signal.Predicate // nil: always
	Off     bool             // it is declared, but never asked: When says so
	// Reads are the cells that When and the functions of the check read, for their
	// influence; those of continuous signals must be up to date when Judge is called.
	Reads []signal.Read
}

// A Reaction is what follows where a check fails.
type Reaction uint8

// The reactions.
const (
	Pass   Reaction = iota // nothing: it did not fail
	Reject                 // the message is refused
	Clamp                  // the value is brought to the nearest one that passes; where there is none, Reject
	Hold                   // the value is dropped and the last one stays; a message without values is refused
	Trip                   // Reject, the safe values are to be written, and all is refused until Reset
	Alarm                  // the message passes, and an alarm is raised
)

var reactions = [...]string{"pass", "reject", "clamp", "hold", "trip", "alarm"}

// String returns the reaction as scenarios write it.
func (r Reaction) String() string {
	if int(r) < len(reactions) {
		return reactions[r]
	}
	return "unknown"
}

// ParseReaction returns the reaction of a name.
func ParseReaction(name string) (r Reaction, ok bool) {
	for i := Reject; int(i) < len(reactions); i++ {
		if reactions[i] == name {
			return i, true
		}
	}
	return Pass, false
}
