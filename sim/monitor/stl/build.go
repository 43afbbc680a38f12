package stl

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/monitor/formula"
)

// A builder makes a formula and its atoms of a tree.
type builder struct {
	*source
	spec     Spec
	booleans []string
	atoms    map[string]int // by their text
}

// formula builds a node that must be a condition.
func (b *builder) formula(n *node) *formula.Formula {
	switch {
	case n.kind == broken:
		return &formula.Formula{Op: formula.Constant}
	case n.kind == yes || n.kind == no:
		return &formula.Formula{Op: formula.Constant, Over: formula.All, Value: n.kind == yes, Text: b.written(n)}
	case n.kind == equal || n.kind == differ:
		if n.args[0].truth() || n.args[1].truth() { // on == true
			return b.agreement(n)
		}
		return b.atom(n)
	case n.kind == iff || n.kind == xor:
		return b.agreement(n)
	case !n.truth() || n.kind.level() == levelCompare:
		return b.atom(n)
	}
	f := formula.New(n.kind.op())
	f.Over, f.Text = n.over, b.written(n)
	for _, a := range n.args {
		f.Args = append(f.Args, b.formula(a))
	}
	return f
}

// agreement is p iff q, or p xor q. That of conditions at one instant with numbers
// for margins is an atom, so that its margin is what other tools say it is.
func (b *builder) agreement(n *node) *formula.Formula {
	if !n.temporal && b.measured(n) {
		return b.atom(n)
	}
	op := formula.Iff
	if n.kind == xor || n.kind == differ {
		op = formula.Xor
	}
	f := formula.New(op, b.formula(n.args[0]), b.formula(n.args[1]))
	f.Text = b.written(n)
	return f
}

// measured reports whether all of the margins in a condition are those of numbers.
func (b *builder) measured(n *node) bool {
	if n.kind == yes || n.kind == no || n.kind == name && b.boolean(n) {
		return false
	}
	return !n.truth() || n.kind.level() == levelCompare && !n.args[0].truth() && !n.args[1].truth() ||
		!slices.ContainsFunc(n.args, func(a *node) bool { return !b.measured(a) })
}

// atom builds a condition on the values of a row. What is written twice is one atom.
func (b *builder) atom(n *node) *formula.Formula {
	text := b.written(n)
	if i, ok := b.atoms[text]; ok {
		return formula.Of(i)
	}
	before := len(b.problems)
	v := b.decide(n)
	a := Atom{Text: text, Holds: v.holds, Margin: v.margin, Affine: v.affine, Columns: b.reads(n, nil)}
	slices.Sort(a.Columns)
	a.Columns = slices.Compact(a.Columns)
	if !n.truth() && len(a.Columns) == 0 && len(b.problems) == before {
		b.fail(n.from, n.to, "compare it: `x > "+text+"`", "%s is a number, not a condition", b.show(n.from, n.to))
	}
	if b.atoms == nil {
		b.atoms = map[string]int{}
	}
	b.atoms[text] = len(b.spec.Atoms)
	b.spec.Atoms = append(b.spec.Atoms, a)
	return formula.Of(len(b.spec.Atoms) - 1)
}

// decide compiles a condition at one instant.
func (b *builder) decide(n *node) verdict {
	switch {
	case n.kind == name && b.boolean(n):
		return bit(b.column(n.text))
	case n.kind == broken || !n.truth():
		return positive(b.number(n))
	case n.kind.level() == levelCompare && !n.args[0].truth() && !n.args[1].truth():
		x, y := b.number(n.args[0]), b.number(n.args[1])
		return compare(n.kind, x, y)
	}
	of := make([]verdict, len(n.args))
	for i, a := range n.args {
		of[i] = b.decide(a)
	}
	return connect(n.kind, of)
}

// reads returns the columns of a node.
func (b *builder) reads(n *node, list []int) []int {
	if n.kind == name {
		list = append(list, b.column(n.text))
	}
	for _, a := range n.args {
		list = b.reads(a, list)
	}
	return list
}

// column returns the number of a name.
func (b *builder) column(text string) int {
	if i := slices.Index(b.spec.Columns, text); i >= 0 {
		return i
	}
	b.spec.Columns = append(b.spec.Columns, text)
	return len(b.spec.Columns) - 1
}

// boolean reports whether a name is that of a column of truths.
func (b *builder) boolean(n *node) bool { return slices.Contains(b.booleans, n.text) }

// written returns the text of a node without the brackets around it.
func (b *builder) written(n *node) string { return strings.TrimSpace(b.text[n.core[0]:n.core[1]]) }

// lowerable sees to it that what is built is not too large to be decided.
func (b *builder) lowerable() {
	if _, err := formula.Lower(b.spec.Formula); err != nil {
		b.fail(0, len(b.text), "split the requirement into several formulas; an iff or xor of temporal operators doubles both of its sides", "%s", err)
	}
}
