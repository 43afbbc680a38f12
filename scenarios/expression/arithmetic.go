package expression

import (
	"math"

	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/unit"
)

// operands checks both sides of an operator that takes numbers.
func (c *checker) operands(n ast.Node, operator string, left, right ast.Node) (l, r *term, ok bool) {
	l, r = c.term(left, nil), c.term(right, nil)
	l, r = c.numberOf(l, n, operator), c.numberOf(r, n, operator)
	return l, r, l.ok() && r.ok()
}

// sum checks a + b and a - b.
func (c *checker) sum(n *ast.BinaryNode) *term {
	l, r, ok := c.operands(n, n.Operator, n.Left, n.Right)
	if !ok {
		return brokenTerm
	}
	op, say := opAdd, clash(func(a, b string) string { return b + " cannot be added to " + a })
	if n.Operator == "-" {
		op, say = opSubtract, func(a, b string) string { return b + " cannot be subtracted from " + a }
	}
	if l, r, ok = c.heated(op, l, r); !ok {
		return brokenTerm
	}
	both, q, ok := c.agree(n, say, l, r)
	if !ok {
		return brokenTerm
	}
	q = warm(op, both[0], both[1], q)
	return fold(&term{op: op, kind: number, node: n, args: both, quantity: q})
}

// product checks a * b and a / b.
func (c *checker) product(n *ast.BinaryNode) *term {
	l, r, ok := c.operands(n, n.Operator, n.Left, n.Right)
	if !ok {
		return brokenTerm
	}
	op, sign := opMultiply, 1
	if n.Operator == "/" {
		op, sign = opDivide, -1
	}
	dim, ok := combine(l.unit.Dim, r.unit.Dim, sign)
	if !ok {
		return c.failHere(n, "divide it by a quantity first", "the powers of units grow beyond 100 here")
	}
	q := inSI(dim, scaled(op, l, r))
	switch {
	case r.unit.Pure() && keeps(l.quantity, r.quantity):
		q.unit, q.origin, q.heat = l.unit, l.origin, l.heat
	case op == opMultiply && l.unit.Pure() && keeps(r.quantity, l.quantity):
		q.unit, q.origin, q.heat = r.unit, r.origin, r.heat
	}
	if q.pure == bare && q.unit.Symbol != "" { // twice 50 % is a share, not a number that may be one of per cents
		q.pure = factor
	}
	if q.heat == point { // twice 20 degC is a number of kelvin, not 40 degC
		q = inSI(dim, plain)
	}
	q.whole = op == opMultiply && l.whole && r.whole
	return fold(&term{op: op, kind: number, node: n, args: []*term{l, r}, quantity: q})
}

// keeps reports whether a quantity keeps its unit when it is scaled by a pure
// number.
func keeps(q, by quantity) bool {
	return q.unit.Symbol != "" && (by.unit.Symbol == "" || !q.unit.Pure())
}

// scaled is the purity of a product or a quotient of pure numbers.
func scaled(op op, l, r *term) purity {
	switch {
	case !l.unit.Pure(): // the units cancel
		return factor
	case l.pure == plain && r.pure == plain && op == opDivide:
		return factor
	case l.pure == plain || r.pure == plain:
		return plain
	case l.pure == bare || r.pure == bare:
		return bare
	default:
		return factor
	}
}

// combine returns d times e to the sign, if its exponents are sane.
func combine(d, e unit.Dimension, sign int) (unit.Dimension, bool) {
	const most = 100
	var result unit.Dimension
	for i := range d {
		sum := int(d[i]) + sign*int(e[i])
		if sum > most || sum < -most {
			return d, false
		}
		result[i] = int8(sum)
	}
	return result, true
}

// remainder checks a % b.
func (c *checker) remainder(n *ast.BinaryNode) *term {
	l, r, ok := c.operands(n, "%", n.Left, n.Right)
	if !ok {
		return brokenTerm
	}
	both, q, ok := c.agree(n, func(a, b string) string { return a + " has no remainder by " + b }, l, r)
	if !ok {
		return brokenTerm
	}
	if q.heat = kelvin; both[0].heat == point || both[1].heat == point {
		return c.fail(n, "", "a temperature on a scale has no remainder")
	}
	return fold(&term{op: opBinary, binary: math.Mod, enclose2: interval.Mod, folding: true, kind: number, node: n, args: both, quantity: q})
}

// power checks a ^ b and pow(a, b).
func (c *checker) power(n ast.Node, left, right ast.Node) *term {
	l, r, ok := c.operands(n, "^", left, right)
	switch {
	case !ok:
		return brokenTerm
	case !r.unit.Pure():
		return c.fail(right, c.asNumber(r, unit.One), "an exponent is a pure number, not %s", c.describe(r))
	}
	q := pureNumber(scaled(opMultiply, l, r))
	if !l.unit.Pure() {
		if !r.constant() {
			return c.fail(right, c.asNumber(l, unit.One), "the exponent of %s must be a constant", c.describe(l))
		}
		dim, fits := raise(l.unit.Dim, r.value)
		if !fits {
			return c.fail(n, c.asNumber(l, unit.One), "%s to the power of %v has no unit", c.describe(l), r.value)
		}
		q = inSI(dim, factor)
	}
	t := &term{op: opBinary, binary: detmath.Pow, enclose2: interval.Pow, kind: number, node: n, args: []*term{l, r}, quantity: q}
	if r.constant() {
		switch r.value { // correctly rounded, and fast
		case 2:
			t = &term{op: opSquare, kind: number, node: n, args: []*term{l}, quantity: q}
		case -1:
			t = &term{op: opUnary, unary: reciprocal, enclose: interval.Reciprocal, kind: number, node: n, args: []*term{l}, quantity: q}
		}
	}
	return fold(t)
}

func reciprocal(x float64) float64 { return 1 / x }

// raise returns the dimension to a power, if it is one.
func raise(d unit.Dimension, exponent float64) (unit.Dimension, bool) {
	const most = 100
	var result unit.Dimension
	for i := range d {
		e := float64(float64(d[i]) * exponent)
		if d[i] == 0 {
			continue
		}
		if e != math.Trunc(e) || !(math.Abs(e) <= most) {
			return d, false
		}
		result[i] = int8(e)
	}
	return result, true
}
