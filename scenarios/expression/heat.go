package expression

import (
	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/unit"
)

// heated settles sums and differences with a temperature on a scale (degC,
// degF) before their units are compared. 20 degC + 5 degC is nonsense; what is
// added is a difference. T - 20 can mean two things.
func (c *checker) heated(op op, l, r *term) (*term, *term, bool) {
	switch {
	case op == opAdd && l.heat == point && r.isBare():
		return l, difference_(r, l.unit), true
	case op == opAdd && r.heat == point && l.isBare():
		return difference_(l, r.unit), r, true
	case op == opSubtract && l.heat == point && r.isBare():
		text := c.text(r.node)
		c.fail(r.node, "write `\""+text+" "+l.unit.Symbol+"\"` for the difference to it, `\""+text+" "+l.unit.Delta().Symbol+"\"` for so much less",
			"%s could be a temperature or a difference of temperatures", c.short(r.node))
		return l, r, false
	case op == opAdd && l.heat == point && r.heat == point && (l.origin == quoted || r.origin == quoted):
		t := r
		if t.origin != quoted {
			t = l
		}
		c.fail(t.node, "a difference is in `"+t.unit.Delta().Symbol+"`, such as `\"5 "+t.unit.Delta().Symbol+"\"`",
			"two temperatures in %s cannot be added", t.unit.Symbol)
		return l, r, false
	}
	return l, r, true
}

// difference_ gives a bare number the unit of a difference.
func difference_(t *term, u unit.Unit) *term {
	given := *adopt(t, u.Delta())
	given.heat = difference
	return &given
}

// warm is what is known of a sum or a difference of temperatures.
func warm(op op, l, r *term, q quantity) quantity {
	lone := quantity{unit: coherent(q.unit.Dim)}
	isDifference := func(t *term) bool { return t.heat == difference || t.heat == kelvin && t.origin == quoted }
	switch {
	case l.heat == kelvin && r.heat == kelvin:
		return q
	case l.heat == point && r.heat == point && op == opSubtract:
		q.unit, q.heat = q.unit.Delta(), difference
		return q
	case l.heat == point && isDifference(r), op == opAdd && l.heat == point && r.heat == kelvin:
		return l.quantity
	case op == opAdd && r.heat == point && l.heat != point:
		return r.quantity
	case isDifference(l) && isDifference(r):
		q.heat = difference
		return q
	default:
		return lone
	}
}

// compareHeat refuses to compare a temperature on a scale with a difference,
// and says what the common value of terms is.
func (c *checker) compareHeat(n ast.Node, terms []*term) (heat, bool) {
	result := kelvin
	for _, t := range terms {
		switch {
		case t.heat == kelvin || t.heat == result:
		case result == kelvin:
			result = t.heat
		default:
			c.failHere(n, "a difference is in `K`, such as `\"5 K\"`",
				"a temperature cannot be compared with a difference of temperatures")
			return kelvin, false
		}
	}
	return result, true
}

// alike is agree for comparisons and choices.
func (c *checker) alike(n ast.Node, say clash, terms ...*term) ([]*term, quantity, bool) {
	terms, q, ok := c.agree(n, say, terms...)
	if !ok {
		return nil, q, false
	}
	q.heat, ok = c.compareHeat(n, terms)
	return terms, q, ok
}
