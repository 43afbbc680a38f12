package expression

import (
	"strconv"

	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/unit"
)

// A clash says that two dimensions do not go together: "a length cannot be
// compared with a flow".
type clash func(left, right string) string

func compared(left, right string) string { return left + " cannot be compared with " + right }

// agree checks that numbers which are added, compared or chosen between have
// one dimension, and gives bare ones their unit. It returns them and what is
// known of their common value.
func (c *checker) agree(n ast.Node, say clash, terms ...*term) ([]*term, quantity, bool) {
	var first *term
	whole := true
	for _, t := range terms {
		whole = whole && t.whole
		switch {
		case t.isBare():
		case first == nil:
			first = t
		case t.unit.Dim != first.unit.Dim:
			c.mismatch(n, say, first, t)
			return nil, quantity{}, false
		}
	}
	if first == nil {
		q := pureNumber(bare)
		q.whole = whole
		return terms, q, true
	}
	common := first.quantity
	for _, t := range terms {
		if !t.isBare() && t.origin > common.origin {
			common.unit, common.origin = t.unit, t.origin
		}
	}
	common.whole = whole
	common.pure = together(terms)
	if common.pure == bare && common.unit.Symbol != "" {
		common.pure = factor
	}
	terms, ok := c.adoptAll(terms, common, first)
	return terms, common, ok
}

// together is the purity of a sum or a choice.
func together(terms []*term) purity {
	p := factor
	for _, t := range terms {
		switch {
		case t.pure == plain:
			return plain
		case t.pure == bare:
			p = bare
		}
	}
	return p
}

// adoptAll gives the bare ones among terms the unit of the others, if that is
// one and declared.
func (c *checker) adoptAll(terms []*term, common quantity, first *term) ([]*term, bool) {
	pure := common.unit.Dim == unit.Dimension{} && common.origin != declared
	if pure {
		return terms, true
	}
	other := c.otherUnit(terms, common)
	ok := true
	adopted := make([]*term, len(terms))
	for i, t := range terms {
		adopted[i] = t
		if !t.isBare() {
			continue
		}
		switch {
		case common.origin != declared:
			c.fail(t.node, c.withUnit(t, common.unit), "%s needs its unit: %s is %s", c.short(t.node), c.short(first.node), c.describe(first))
			ok = false
		case other != nil:
			c.fail(t.node, c.withUnit(t, common.unit), "%s could be in %s or in %s", c.short(t.node), name(common.unit), name(*other))
			ok = false
		default:
			adopted[i] = adopt(t, common.unit)
		}
	}
	return adopted, ok
}

func name(u unit.Unit) string {
	if u.Symbol == "" {
		return "no unit"
	}
	return u.Symbol
}

// otherUnit returns a second unit that a bare number could take.
func (c *checker) otherUnit(terms []*term, common quantity) *unit.Unit {
	for _, t := range terms {
		unitless := t.origin == derived && t.unit.Symbol == "" && t.pure == plain
		if !t.isBare() && (t.origin == declared || unitless) && t.unit != common.unit {
			return &t.unit
		}
	}
	return nil
}

// adopt gives a bare number a unit.
func adopt(t *term, u unit.Unit) *term {
	q := quantity{unit: u, origin: declared, whole: t.whole}
	if u.Symbol == "" {
		q = pureNumber(plain)
		q.whole = t.whole
	}
	if u.Offset != 0 {
		q.heat = point
	}
	given := *t
	given.quantity = q
	if u.Symbol == "" {
		return &given
	}
	if t.constant() {
		given.value = u.Literal(t.value)
		return &given
	}
	return &term{op: opAffine, kind: number, node: t.node, args: []*term{t}, affine: toSI(u), quantity: q}
}

// withUnit is the fix for a number without one.
func (c *checker) withUnit(t *term, u unit.Unit) string {
	if t.constant() {
		return "write `\"" + strconv.FormatFloat(t.value, 'g', -1, 64) + " " + symbolOf(u) + "\"`"
	}
	return "give its numbers a unit, such as `\"1 " + symbolOf(u) + "\"`"
}

// mismatch records that two dimensions do not go together, at the one that can
// be written in another way, or else at the operator.
func (c *checker) mismatch(n ast.Node, say clash, a, b *term) {
	message := say(c.describe(a), c.describe(b))
	for _, t := range [2]*term{a, b} {
		other := a
		if t == a {
			other = b
		}
		if fix := c.reconcile(t, other); fix != "" {
			c.fail(t.node, fix, "%s", message)
			return
		}
	}
	fix := c.short(a.node) + " is in " + symbolOf(a.unit) + ", " + c.short(b.node) + " in " + symbolOf(b.unit)
	c.failHere(n, fix, "%s", message)
}

// reconcile is what to write for t so that it goes with other, or "".
func (c *checker) reconcile(t, other *term) string {
	second := unit.Second.Dim
	name, _ := other.node.(*ast.IdentifierNode)
	switch {
	case name != nil && name.Value == "time" && t.unit.Dim == second && t.constant():
		return "`time` is a pure number of seconds: write `" + strconv.FormatFloat(t.value, 'g', -1, 64) + "`"
	case t.unit.Pure() && t.constant():
		return c.withUnit(t, other.unit)
	case other.unit.Pure() && !other.constant():
		return c.asNumber(t, unit.One)
	case !t.unit.Pure() && other.unit.Dim == t.unit.Dim.Mul(second):
		return "multiply by a time: `" + c.text(t.node) + " * \"60 s\"`"
	default:
		return ofGlucose(t, other.unit)
	}
}

// asNumber is the fix for a quantity where a pure number is wanted.
func (c *checker) asNumber(t *term, want unit.Unit) string {
	if want.Dim != (unit.Dimension{}) || t.unit.Dim == (unit.Dimension{}) {
		if t.constant() && t.unit.Dim == (unit.Dimension{}) {
			return c.withUnit(t, want)
		}
		return ofGlucose(t, want)
	}
	return "write `number(" + c.text(t.node) + ", \"" + symbolOf(t.unit) + "\")`"
}
