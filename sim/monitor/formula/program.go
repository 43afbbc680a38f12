package formula

import (
	"errors"
	"fmt"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Kind is what a node of a program does. With x and y for what it reads:
type Kind uint8

// The kinds of nodes. Dual turns each into its opposite on opposites: inf for sup,
// min for max, release for until and so on.
const (
	Leaf   Kind = iota // an atom, or its opposite
	Truth              // a constant
	Join               // x or y
	Window             // eventually[0,Span] x
	Trail              // once[0,Span] x
	Reach              // x until[0,Span] y
	Hold               // x since[0,Span] y
	Ahead              // x in Span's time, as its first round begins; Dual says nothing
	Back               // x Span's time ago, as its last round ended; false before the start
	Edge               // x now, and y just before; true of y before the start
)

// A Node is an operation of a program.
type Node struct {
	Kind Kind
	Dual bool
	Span vtime.Duration
	X, Y int32 // the nodes that it reads, which come before it; Y of Join, Reach, Hold and Edge alone
	Atom int32 // of a Leaf
	// Not says that a Leaf is the opposite of its atom, a Truth false.
	Not bool
	// Of is the subformula that the node decides, or where Opposite is set its
	// opposite. Nil where it is a part of the next such one.
	Of       *Formula
	Opposite bool
}

// A Program is a formula in negation normal form, as nodes. The last is the formula.
type Program []Node

// MaxNodes is how many nodes a program may have.
const MaxNodes = 4096

// ErrTooLarge says that a formula comes down to too many nodes.
var ErrTooLarge = fmt.Errorf("the formula comes down to more than %d operations", MaxNodes)

// errSpan is an interval that is none.
var errSpan = errors.New("an interval begins at 0 or later, and does not end before it begins")

// Lower turns a formula into a program.
func Lower(f *Formula) (Program, error) {
	l := &lowering{}
	l.lower(f, false)
	return l.nodes, l.err
}

// lowering is a program in the making.
type lowering struct {
	nodes Program
	err   error
}

func (l *lowering) add(n Node) int32 {
	if len(l.nodes) >= MaxNodes {
		l.err = ErrTooLarge
		return 0
	}
	l.nodes = append(l.nodes, n)
	return int32(len(l.nodes) - 1)
}

// lower adds the nodes of a formula, or of its opposite, and returns the last one.
func (l *lowering) lower(f *Formula, not bool) int32 {
	if l.err == nil && (f.Over.From < 0 || f.Over.To < f.Over.From) {
		l.err = errSpan
	}
	if l.err != nil {
		return 0
	}
	n := l.operation(f, not)
	if l.err == nil && l.nodes[n].Of == nil {
		l.nodes[n].Of, l.nodes[n].Opposite = f, not
	}
	return n
}

func (l *lowering) operation(f *Formula, not bool) int32 {
	switch f.Op {
	case Atom:
		return l.add(Node{Kind: Leaf, Atom: int32(f.Atom), Not: not})
	case Constant:
		return l.add(Node{Kind: Truth, Not: f.Value == not})
	case Not:
		return l.lower(f.Args[0], !not)
	case And, Or:
		return l.chain(f, not)
	case Implies:
		return l.join(not, l.lower(f.Args[0], !not), l.lower(f.Args[1], not))
	case Iff, Xor:
		return l.agree(f, not)
	case Rise, Fall:
		fell := f.Op == Fall
		return l.add(Node{Kind: Edge, Dual: not, X: l.lower(f.Args[0], fell != not), Y: l.lower(f.Args[0], fell == not)})
	case Until, Release:
		dual := (f.Op == Release) != not
		return l.until(f, dual, l.lower(f.Args[0], not), l.lower(f.Args[1], not))
	case WeakUntil:
		return l.weak(f, not)
	case Since:
		return l.since(f, not)
	default:
		return l.window(f, not)
	}
}

// join is x or y; dual: x and y.
func (l *lowering) join(dual bool, x, y int32) int32 {
	return l.add(Node{Kind: Join, Dual: dual, X: x, Y: y})
}

func (l *lowering) chain(f *Formula, not bool) int32 {
	n := l.lower(f.Args[0], not)
	for _, a := range f.Args[1:] {
		n = l.join((f.Op == And) != not, n, l.lower(a, not))
	}
	return n
}

// agree is a iff b: both or neither. What is to be equal for one is to differ for
// the other.
func (l *lowering) agree(f *Formula, not bool) int32 {
	differ := (f.Op == Xor) != not
	both := l.join(true, l.lower(f.Args[0], false), l.lower(f.Args[1], differ))
	neither := l.join(true, l.lower(f.Args[0], true), l.lower(f.Args[1], !differ))
	return l.join(false, both, neither)
}

// window is the operations of one argument with an interval.
func (l *lowering) window(f *Formula, not bool) int32 {
	kind, shift := Window, Ahead
	if f.Op.Past() {
		kind, shift = Trail, Back
	}
	dual := (f.Op == Always || f.Op == Historically) != not
	n := l.add(Node{Kind: kind, Dual: dual, Span: f.Over.length(), X: l.lower(f.Args[0], not)})
	return l.shift(shift, dual, f.Over.From, n)
}

func (l *lowering) shift(kind Kind, dual bool, by vtime.Duration, n int32) int32 {
	if by == 0 {
		return n
	}
	return l.add(Node{Kind: kind, Dual: dual, Span: by, X: n})
}

// until is x until y; dual: x release y.
func (l *lowering) until(f *Formula, dual bool, x, y int32) int32 {
	n := l.add(Node{Kind: Reach, Dual: dual, Span: f.Over.length(), X: x, Y: y})
	return l.meanwhile(f.Over.From, Window, dual, x, l.shift(Ahead, dual, f.Over.From, n))
}

func (l *lowering) since(f *Formula, not bool) int32 {
	x, y := l.lower(f.Args[0], not), l.lower(f.Args[1], not)
	n := l.add(Node{Kind: Hold, Dual: not, Span: f.Over.length(), X: x, Y: y})
	return l.meanwhile(f.Over.From, Trail, not, x, l.shift(Back, not, f.Over.From, n))
}

// meanwhile is n, which is decided from a time on, and x before that.
func (l *lowering) meanwhile(from vtime.Duration, kind Kind, dual bool, x, n int32) int32 {
	if from == 0 {
		return n
	}
	return l.join(!dual, l.add(Node{Kind: kind, Dual: !dual, Span: from - 1, X: x}), n)
}

// weak is p until q, or p for all of the time that there is for q.
func (l *lowering) weak(f *Formula, not bool) int32 {
	x, y := l.lower(f.Args[0], not), l.lower(f.Args[1], not)
	all := l.add(Node{Kind: Window, Dual: !not, Span: f.Over.To, X: x})
	return l.join(not, l.until(f, not, x, y), all)
}

func (i Interval) length() vtime.Duration {
	if !i.Bounded() {
		return Forever
	}
	return i.To - i.From
}

// Reaches returns how far the formula looks ahead and back, Forever where it does so
// without a bound.
func (p Program) Reaches() (ahead, back vtime.Duration) {
	type reach struct{ ahead, back vtime.Duration }
	of := make([]reach, len(p))
	for i := range p {
		n, r := &p[i], &of[i]
		if n.Kind > Truth {
			*r = of[n.X]
		}
		if n.Kind == Join || n.Kind == Reach || n.Kind == Hold || n.Kind == Edge {
			r.ahead, r.back = max(r.ahead, of[n.Y].ahead), max(r.back, of[n.Y].back)
		}
		switch n.Kind {
		case Window, Reach, Ahead:
			r.ahead = longer(r.ahead, n.Span)
		case Trail, Hold, Back:
			r.back = longer(r.back, n.Span)
		}
	}
	last := of[len(p)-1]
	return last.ahead, last.back
}

func longer(a, b vtime.Duration) vtime.Duration {
	if a > Forever-b {
		return Forever
	}
	return a + b
}
