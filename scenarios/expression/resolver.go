package expression

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Resolver knows the names that an expression may use. It may be asked for
// the same name more than once. An error says what is wrong and names the
// candidates; one of type Error brings its own Fix (its place is not used).
type Resolver interface {
	// Symbol returns the signal with a path as it is written, without blanks:
	// "tower.level", "drive[3].speed", "level" (of a custom device itself),
	// "message.value", "time".
	Symbol(path string) (Symbol, error)
	// Told returns what a receiver is told of a signal, or, where receiver is
	// empty, what all are told.
	Told(path, receiver string) (Symbol, error)
	// Window returns the cell that is kept at the value of a windowed helper.
	Window(w Window) (Symbol, error)
}

// A Symbol is what a name stands for.
type Symbol struct {
	Slot   signal.Slot
	Stride int32 // 1 if member m of the reader reads Slot+m, else 0
	Count  int32 // members side by side; 1 (or 0) for a scalar

	Type   signal.Type
	Unit   unit.Unit // of a Number or an Int, as declared
	Labels []string  // of an Enum, by ordinal

	Continuous bool // changes between events: a state, what is computed from one, time

	// Constant says that Value is the value for good and the cell is not read: a
	// parameter.
	Constant bool
	Value    float64
}

// A Window is a call of a windowed helper, such as delta(tower.level, "60 s").
// Equal calls may share a cell: Helper, Of.Text and Span say it all.
type Window struct {
	Helper  string            // delta, mean, integral, rate or age
	Of      signal.Expression // what is watched; a condition counts as 0 and 1
	Span    vtime.Duration    // above 0
	Unit    unit.Unit         // of the helper's value
	Members int32             // above 1: Of differs by member, so there is a cell for each

	Offset, Width int // where the call is in the text
}
