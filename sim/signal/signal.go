// Package signal is everything that can be seen: declared variables with type,
// unit, causality and variability, kept in columns that the kernel owns.
//
// A cell is one float64: a number in SI, a bool as 0 or 1, an int or a hash of
// at most 53 bits, or the ordinal of an enumeration. One representation means
// one loop that reads all of them, no boxing, and expressions that are plain
// functions over a column. A signal of a device with n members is n cells side
// by side.
package signal

import "github.com/harmproof/harmproof/sim/unit"

// A Slot is the index of a cell in the column.
type Slot int32

// Clock is the cell of `time`: seconds since the start at the instant for which
// the column is read.
const Clock Slot = 0

// A Type says how a cell is to be read.
type Type uint8

// The types of signals.
const (
	Number Type = iota
	Bool
	Int
	Enum
	Hash
)

// A Read is a dependency on cells: Slot + m*Stride for member m of the reader,
// or, where Count > 1, all of Slot ... Slot+Count-1 whatever the member.
type Read struct {
	Slot   Slot
	Stride int32 // 0 or 1
	Count  int32 // at least 1
}

// A Function computes a number (SI, or 0/1, or an ordinal) from the column v
// for member m. It is pure, allocates nothing, and never panics.
type Function func(v []float64, m int) float64

// A Predicate is a condition over the column v for member m.
type Predicate func(v []float64, m int) bool

// An Expression is a compiled expression of any type.
type Expression struct {
	Text       string // as written
	Type       Type
	Unit       unit.Unit // of a Number; in what it prints
	Labels     []string  // of an Enum, by ordinal
	Eval       Function
	Bounds     Enclosure // of Eval; nil where they are not known
	Reads      []Read
	Constant   bool   // reads nothing
	Continuous bool   // reads a continuous signal or time
	Switches   []Atom // of the conditions inside: where one changes, the value may jump
	// Folds says that it holds a remainder of something continuous besides the time,
	// which jumps again and again where no step of an integration ends.
	Folds bool
	// Jumps is the bounds of what in it jumps by the time alone.
	Jumps []Enclosure
}

// An Atom is an indivisible part of a condition: a comparison of numbers or a
// bool by itself.
type Atom struct {
	Text string
	Unit unit.Unit // of Gap, for printing
	// Gap is left minus right of a comparison of numbers, in SI: the atom's truth
	// can only change where Gap crosses or touches zero. Nil when the atom is
	// not numeric.
	Gap        Function
	Bounds     Enclosure // of Gap; nil where they are not known
	Curve      Curve     // of Gap
	Reads      []Read
	Continuous bool
}

// A Condition is a compiled expression of type bool, with its margin: how far
// it is from changing, positive when it holds (robustness in the temporal-logic
// literature; min for and, max for or, +-Inf for what is not a number).
type Condition struct {
	Text   string // as written
	Holds  Predicate
	Margin Function
	// Decide returns the margin and the index of the atom that decides it.
	Decide func(v []float64, m int) (margin float64, atom int)
	// Verdict and Bounds say what is certain of Holds and Margin over a span; nil where
	// that is not known.
	Verdict    Verdict
	Bounds     Enclosure
	Atoms      []Atom
	Sense      Sense // of a single comparison, whose gap is Atoms[0].Gap
	Reads      []Read
	Continuous bool
	// Folds says that it holds a remainder of what a windowed helper computes, which
	// jumps again and again between the samples that are taken of that.
	Folds bool
}
