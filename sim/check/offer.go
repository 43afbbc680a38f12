package check

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An Offer is a message at the door of its receiver.
type Offer struct {
	At, Sent      vtime.Time // now; when the message says that it was sent: a replayed one says the old time
	Counter       uint64     // what the sender numbered it: a replayed one bears the old number
	Claimed, True int32      // devices by rank; -1 where nobody is known
	Flow          int32      // for who looks at decisions; the guard does not
	// Lane is the series of counters that the message claims to be of, 0 to
	// Guard.Lanes-1: that of the flow that it imitates, where it does. Of another
	// number, no counter is fresh.
	Lane      int32
	Verb      uint8  // the bit of rules' masks
	Bears     uint64 // the credentials that it bears proof of
	Altered   bool   // changed on its way: a proof of integrity fails
	Influence signal.Mask
	// Objects are what it carries values for, or asks for, or nothing (a login).
	// Values are those of the first of them; a guard changes those that it clamps.
	Objects []int32
	Values  []float64
	// Held says of each value whether it was dropped; nil where none was. Judge sets
	// it; it is valid until the next Judge.
	Held []bool
}

// A Decision is what a guard made of an offer, or of an offer that never came.
type Decision struct {
	Accept   bool
	Latched  bool // refused because the guard was tripped before
	Safe     bool // the guard's safe values are to be written
	Reaction Reaction
	// Rule is the rule that refused, else the first that did not simply pass, else
	// -1; or that which tripped the guard, -1 where that was no rule.
	Rule   int32
	Object int32 // whose value it was; -1 where it was the message
	// Measured is what the rule measured, Limit what it is held against; NaN where
	// there is no number.
	Measured, Limit       float64
	Clamped, Held, Alarms int32 // values clamped and dropped, alarms raised
	// Passed are the kinds of checks that looked at the offer and let it pass, as a mask.
	Passed uint32
	// Influence is what could have mattered: on the offer, on what rules read, on
	// what the guard remembers. It flows on with the values, or with their absence.
	Influence signal.Mask
}

// A Finding is one rule's part in a decision.
type Finding struct {
	Rule            int32
	Object          int32 // the first one with which it did not pass; -1: the message
	Reaction        Reaction
	Measured, Limit float64
}

// A Count is how often a rule passed and reacted, over all members.
type Count struct {
	Passed, Reacted uint64
	First           vtime.Time // when it reacted first; Never
}
