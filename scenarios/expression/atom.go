package expression

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// atoms numbers the atoms of a term and returns them, in order of appearance.
// Those of conditions inside numbers (if, count) are among them, because the
// number may jump where they change.
func atoms(t *term) []signal.Atom {
	l := &atomList{}
	l.collect(t)
	return l.atoms
}

type atomList struct {
	atoms []signal.Atom
}

func (l *atomList) collect(t *term) {
	if t.kind != truth {
		l.inner(t)
		return
	}
	switch t.op {
	case opNot, opAnd, opOr, opImplies, opIff, opXor, opEither:
		for _, arg := range t.args {
			l.collect(arg)
		}
		return
	}
	t.atom = len(l.atoms)
	switch t.op {
	case opLess, opLessEqual, opGreater, opGreaterEqual, opEqual, opDiffer:
		l.add(t, t.text(), subtract(t.args[0], t.args[1]), t.args[0], t.args[1])
	case opBetween, opOneOf:
		for i, other := range t.args[1:] {
			l.add(t, t.texts[i], subtract(t.args[0], other), t.args[0], other)
		}
	case opAll, opAny:
		l.addOverMembers(t)
		return
	default:
		l.add(t, t.text(), nil, t)
	}
	for _, arg := range t.args {
		l.inner(arg)
	}
}

// inner collects the atoms of conditions inside a number.
func (l *atomList) inner(t *term) {
	for _, arg := range t.args {
		switch {
		case t.reduces():
			l.ofMembers(t, arg)
		case arg.kind == truth:
			l.collect(arg)
		default:
			l.inner(arg)
		}
	}
}

func (l *atomList) add(t *term, text string, gap signal.Function, of ...*term) {
	a := signal.Atom{Text: text, Gap: gap}
	whole := &term{args: of}
	a.Reads, a.Continuous = reads(whole), continuous(whole)
	if gap != nil {
		a.Unit = gapUnit(of[0], of[1])
		a.Curve = curve(of[0]).Plus(curve(of[1]).Minus())
		a.Bounds = joinEnclosures(interval.Subtract, enclosure(of[0]), enclosure(of[1]))
	}
	l.atoms = append(l.atoms, a)
}

// gapUnit is the unit in which the distance of two numbers is printed.
func gapUnit(a, b *term) unit.Unit {
	if b.origin > a.origin {
		a = b
	}
	return a.unit.Delta()
}

// addOverMembers adds one atom for all(...) or any(...): its truth changes where
// its margin crosses zero.
func (l *atomList) addOverMembers(t *term) {
	inner := &atomList{}
	inner.collect(t.args[0])
	a := signal.Atom{Text: t.text(), Reads: reads(t), Continuous: continuous(t)}
	for i, of := range inner.atoms {
		if of.Gap == nil {
			continue
		}
		if a.Gap == nil {
			of := margin(t)
			a.Gap = func(v []float64, m int) float64 { return opposite(of(v, m)) }
			a.Bounds = opposed(boundsOfMargin(t))
		}
		if i == 0 {
			a.Unit = of.Unit
		}
	}
	l.atoms = append(l.atoms, a)
}

// ofMembers adds the atoms of a condition inside a reduction for each member of
// a small device. Of a large one the jumps of the number must do.
func (l *atomList) ofMembers(t, arg *term) {
	const most = 64
	if t.members > most {
		return
	}
	inner := &atomList{}
	inner.collect(arg)
	for _, of := range inner.atoms {
		for i := range t.members {
			l.atoms = append(l.atoms, ofMember(of, i))
		}
	}
}

// ofMember is an atom at one member.
func ofMember(a signal.Atom, i int) signal.Atom {
	a.Text = fmt.Sprintf("%s of member %d", a.Text, i)
	if gap := a.Gap; gap != nil {
		a.Gap = func(v []float64, _ int) float64 { return gap(v, i) }
	}
	if bounds := a.Bounds; bounds != nil {
		a.Bounds = func(b *signal.Box, _ int) interval.Range { return bounds(b, i) }
	}
	of := a.Reads
	a.Reads = nil
	for _, r := range of {
		a.Reads = append(a.Reads, signal.Read{Slot: r.Slot + signal.Slot(int32(i)*r.Stride), Count: r.Count})
	}
	return a
}

// sense says how a truth follows the gap of its only atom.
func sense(t *term, atoms []signal.Atom) signal.Sense {
	if len(atoms) != 1 || atoms[0].Gap == nil {
		return signal.Mixed
	}
	switch t.op {
	case opLess:
		return signal.Below
	case opLessEqual:
		return signal.AtMost
	case opGreater:
		return signal.Above
	case opGreaterEqual:
		return signal.AtLeast
	case opNot:
		return opposites[sense(t.args[0], atoms)]
	default:
		return signal.Mixed
	}
}

// opposites are the senses of what holds where another does not.
var opposites = [...]signal.Sense{
	signal.Mixed: signal.Mixed, signal.Below: signal.AtLeast, signal.AtMost: signal.Above,
	signal.Above: signal.AtMost, signal.AtLeast: signal.Below,
}
