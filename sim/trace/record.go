package trace

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Change is a value of a discrete signal from a time on.
type Change struct {
	At    vtime.Time
	Value float64 // SI
}

// A Curve is a polynomial of at most the fourth degree over a step of the integration:
// at x = (t - From) / (To - From) it is
//
//	Y0 + x*(C0 + (1-x)*(C1 + x*(C2 + (1-x)*C3)))
//
// and at To it is Y1, which differs from that by rounding alone.
type Curve struct {
	From, To           vtime.Time
	Y0, C0, C1, C2, C3 float64
	Y1                 float64
}

// At evaluates the curve, with the bits that the run had.
func (c *Curve) At(t vtime.Time) float64 {
	x := float64(t-c.From) / float64(c.To-c.From)
	if !(x < 1) {
		return c.Y1
	}
	x1 := 1 - x
	q := c.C2 + float64(x1*c.C3)
	q = c.C1 + float64(x*q)
	q = c.C0 + float64(x1*q)
	return c.Y0 + float64(x*q)
}

// bounds returns values that the curve does not leave between two times.
func (c *Curve) bounds(from, to vtime.Time) (lo, hi float64) {
	a, b := c.At(from), c.At(to)
	lo, hi = min(a, b), max(a, b)
	off := float64(math.Abs(c.C1)/4) + float64(math.Abs(c.C2)*(4.0/27)) + float64(math.Abs(c.C3)/16)
	if off <= (hi-lo)/64 {
		return lo - off, hi + off
	}
	const parts = 8
	for k := vtime.Time(1); k < parts; k++ {
		y := c.At(from + (to-from)/parts*k)
		lo, hi = min(lo, y), max(hi, y)
	}
	return lo, hi
}

// A Course is a continuous signal over a span, which is part of its curve's.
type Course struct {
	From, To vtime.Time
	Curve
}

// A Fate is what became of a message.
type Fate uint8

// The fates.
const (
	Arrived  Fate = iota // of one that was on its way when the run ended, it would have
	Lost                 // on its way
	Deserted             // it came when nobody was there
	Dropped              // because too much waited for a link
	Blocked              // by a rule, before it was sent
	Refused              // by its receiver
	NoLogin              // a conduit on its way asks for one
)

// String returns the fate as people say it.
func (f Fate) String() string {
	names := [...]string{"arrived", "lost", "deserted", "dropped", "blocked", "refused", "needs login"}
	if int(f) < len(names) {
		return names[f]
	}
	return "unknown"
}

// A Message is a message, or the request for one.
type Message struct {
	Flow    int
	Member  int // of the receiver of the values
	Request bool
	Sent    vtime.Time
	// Ended is when it arrived, or when it was lost; Never of one that was lost by chance
	// where it was sent. One that is Deserted was noted before, as if it arrived then.
	Ended vtime.Time
	Fate  Fate
	Again int // how often it was sent before
	// Changed is the step that had the last word in what it says, Held the one that
	// delayed or lost it; -1 where there is none.
	Changed, Held int
	// Values are those that it carried, where they are not what the cells show that hear
	// them, from Ended on.
	Values []float64
}

// An EventKind is what sort of event it is.
type EventKind uint8

// The kinds of events. Index is the number of a step, an invariant, a column, a malware, a harm, a hazard,
// of what is in the result (gains, news of hosts and of stores) or, of a check, of its decision.
const (
	Began EventKind = iota
	StepApplied
	StepStopped
	StepReverted
	ViolationBegan
	ViolationEnded
	ColumnChanged
	StepGained
	CheckReacted // for the first time
	Ended
	Decided  // a check did not let a message simply pass
	HostTold // the story tells of a host that malware came to, or was kept from
	Infected // malware came to a host
	Cleared  // and is there no more
	Harmed   // a person is, as badly as one of the header's harms says
	HazardBegan
	HazardEnded
	StoreDid // the story tells what a store did with what it holds
)

// String returns the kind as it is in exports.
func (k EventKind) String() string {
	names := [...]string{"began", "applied", "stopped", "reverted", "violation-began", "violation-ended", "column",
		"gained", "check-reacted", "ended", "decided", "host", "infected", "cleared", "harmed", "hazard-began", "hazard-ended", "store"}
	if int(k) < len(names) {
		return names[k]
	}
	return "unknown"
}

// An Event is what the story tells, or a decision of a check.
type Event struct {
	At    vtime.Time
	Kind  EventKind
	Index int
	// Values are those of the columns.
	Values []float64
	// Decision and Infection are nil of all others.
	Decision  *Decision
	Infection *Infection
}

// An Infection is that malware came to a host, or left it.
type Infection struct {
	Host, Member int // of the malware's hosts
	// From is the host that it had it from, and which of them; -1 of none.
	From, FromMember int
	Way              int // of the malware's ways; -1 of none
}

// A Decision is what a check made of a message.
type Decision struct {
	Device, Check, Kind, Grounds, Owner, Reaction string
	Claimed, True                                 string // senders
	Verb, Object, Unit                            string
	Latched                                       bool
	Flow                                          int     // -1: of none
	Offered, Measured, Limit                      float64 // NaN where there is none
}
