package formula

import (
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/vtime"
)

// An Op is what a formula does with its arguments.
type Op uint8

// The operations. Those of one argument are Not, Always, Eventually, Historically,
// Once, Rise, Fall; an Atom and a Constant have none; all others have two, but And
// and Or any number.
const (
	Atom     Op = iota // Formula.Atom
	Constant           // Formula.Value
	Not
	And
	Or
	Implies
	Iff
	Xor
	Always
	Eventually
	Until
	WeakUntil
	Release
	Historically
	Once
	Since
	Rise
	Fall
)

var names = [...]string{
	"atom", "constant", "not", "and", "or", "implies", "iff", "xor", "always", "eventually", "until", "weak_until",
	"release", "historically", "once", "since", "rise", "fall",
}

// String returns the operation as it is written.
func (o Op) String() string { return names[o] }

// Timed reports whether the operation takes an interval.
func (o Op) Timed() bool { return o >= Always && o <= Since }

// Past reports whether the operation looks back.
func (o Op) Past() bool { return o >= Historically && o <= Fall }

// Forever is the end of an interval that has none.
const Forever vtime.Duration = 1<<63 - 1

// An Interval is a closed interval of durations, 0 <= From <= To.
type Interval struct{ From, To vtime.Duration }

// All is the interval of an operation that has none.
var All = Interval{To: Forever}

// Bounded reports whether the interval has an end.
func (i Interval) Bounded() bool { return i.To != Forever }

// A Formula is a tree of operations over numbered atoms: conditions that are true or
// false at an instant by themselves. Formulas are values that never change, and may
// share parts.
type Formula struct {
	Op    Op
	Args  []*Formula
	Over  Interval // of Timed operations
	Atom  int      // of an Atom
	Value bool     // of a Constant
	// Text is what was written for it; where empty, Show makes one up.
	Text string
}

// New returns an operation without an interval.
func New(op Op, args ...*Formula) *Formula { return &Formula{Op: op, Args: args, Over: All} }

// In returns an operation over an interval.
func In(op Op, from, to vtime.Duration, args ...*Formula) *Formula {
	return &Formula{Op: op, Args: args, Over: Interval{from, to}}
}

// Of returns the atom with a number.
func Of(atom int) *Formula { return &Formula{Op: Atom, Atom: atom} }

// Temporal reports whether the formula looks at other instants than its own.
func (f *Formula) Temporal() bool {
	if f.Op >= Always {
		return true
	}
	for _, a := range f.Args {
		if a.Temporal() {
			return true
		}
	}
	return false
}

// Show returns the formula as it was written, or else in function form with the
// texts of its atoms.
func (f *Formula) Show(atoms func(atom int) string) string {
	switch {
	case f.Text != "":
		return f.Text
	case f.Op == Atom:
		return atoms(f.Atom)
	case f.Op == Constant:
		return strconv.FormatBool(f.Value)
	case f.Op == Not:
		return "not (" + f.Args[0].Show(atoms) + ")"
	}
	var args []string
	for _, a := range f.Args {
		args = append(args, a.Show(atoms))
	}
	if f.Op == And || f.Op == Or {
		return "(" + strings.Join(args, ") "+f.Op.String()+" (") + ")"
	}
	if f.Op.Timed() {
		args = append(args, f.Over.texts()...)
	}
	return f.Op.String() + "(" + strings.Join(args, ", ") + ")"
}

// texts are the arguments that stand for the interval.
func (i Interval) texts() []string {
	quote := func(d vtime.Duration) string { return strconv.Quote(d.String()) }
	switch {
	case i == All:
		return nil
	case !i.Bounded():
		return []string{quote(i.From), "\"forever\""}
	case i.From == 0:
		return []string{quote(i.To)}
	}
	return []string{quote(i.From), quote(i.To)}
}
