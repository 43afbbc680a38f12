package expression

import (
	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/unit"
)

// numbersOf checks the arguments of a call that takes numbers.
func (c *checker) numbersOf(n *ast.CallNode) ([]*term, bool) {
	name := n.Callee.(*ast.IdentifierNode).Value
	ok := true
	var list []*term
	for _, argument := range n.Arguments {
		x := c.numberOf(c.term(argument, nil), n, name)
		ok = ok && x.ok()
		list = append(list, x)
	}
	return list, ok
}

// pureOf checks the one argument of a function of pure numbers.
func (c *checker) pureOf(n *ast.CallNode) *term {
	list, ok := c.numbersOf(n)
	if !ok {
		return brokenTerm
	}
	if x := list[0]; !x.unit.Pure() {
		return c.fail(x.node, c.asNumber(x, unit.One), "`%s` needs a pure number; %s is %s",
			n.Callee.(*ast.IdentifierNode).Value, c.short(x.node), c.describe(x))
	}
	return list[0]
}

// alike checks a function of numbers of one dimension, which it returns.
func alike(op op) func(*checker, *ast.CallNode, []string) *term {
	return func(c *checker, n *ast.CallNode, _ []string) *term { return c.joined(n, &term{op: op}) }
}

// joined completes a term with arguments of one dimension.
func (c *checker) joined(n *ast.CallNode, t *term) *term {
	list, ok := c.numbersOf(n)
	if !ok {
		return brokenTerm
	}
	if list, t.quantity, ok = c.alike(n, compared, list...); !ok {
		return brokenTerm
	}
	if t.op == opBinary {
		t.whole, t.heat = false, kelvin
	}
	t.kind, t.node, t.args = number, n, list
	return fold(t)
}

func (c *checker) abs(n *ast.CallNode, _ []string) *term {
	list, ok := c.numbersOf(n)
	if !ok {
		return brokenTerm
	}
	q := list[0].quantity
	if q.heat == point {
		q = inSI(q.unit.Dim, plain)
	}
	return fold(&term{op: opAbs, kind: number, node: n, args: list, quantity: q})
}

func (c *checker) sign(n *ast.CallNode, _ []string) *term {
	list, ok := c.numbersOf(n)
	if !ok {
		return brokenTerm
	}
	q := pureNumber(factor)
	q.whole = true
	return fold(&term{op: opUnary, unary: signum, enclose: interval.Signum, stepping: true, kind: number, node: n, args: list, quantity: q})
}

// signum is -1, 0 or 1, or NaN.
func signum(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	default:
		return x
	}
}

// root checks a root, which a dimension may not have.
func root(degree int, f func(float64) float64) func(*checker, *ast.CallNode, []string) *term {
	return func(c *checker, n *ast.CallNode, _ []string) *term {
		list, ok := c.numbersOf(n)
		if !ok {
			return brokenTerm
		}
		x := list[0]
		dim, ok := x.unit.Dim.Root(degree)
		if !ok {
			return c.fail(x.node, c.asNumber(x, unit.One), "%s has no such root: %s is in %s",
				c.describe(x), c.short(x.node), symbolOf(x.unit))
		}
		t := &term{op: opUnary, unary: f, enclose: interval.Cbrt, kind: number, node: n, args: list, quantity: inSI(dim, x.pure)}
		if degree == 2 {
			t.op = opSqrt
		}
		return fold(t)
	}
}

// rounded checks a rounding. It needs a number without a unit, as 0.8 m and
// 800 mm are rounded to different lengths.
func rounded(f func(float64) float64) func(*checker, *ast.CallNode, []string) *term {
	return func(c *checker, n *ast.CallNode, _ []string) *term {
		list, ok := c.numbersOf(n)
		if !ok {
			return brokenTerm
		}
		x := list[0]
		if x.unit.Symbol != "" {
			return c.fail(x.node, "write `number("+c.text(x.node)+", \""+symbolOf(x.unit)+"\")`",
				"what is rounded needs to be a pure number; %s is in %s", c.short(x.node), symbolOf(x.unit))
		}
		q := pureNumber(x.pure)
		q.whole = true
		return fold(&term{op: opUnary, unary: f, enclose: enclosing[n.Callee.(*ast.IdentifierNode).Value], stepping: true, kind: number, node: n, args: list, quantity: q})
	}
}

// strip checks number(x, "mm").
func (c *checker) strip(n *ast.CallNode, _ []string) *term {
	x := c.numberOf(c.term(n.Arguments[0], nil), n, "number")
	text, ok := n.Arguments[1].(*ast.StringNode)
	if !ok {
		return c.fail(n.Arguments[1], "write a unit such as `\"mm\"`", "the unit stands in quotes")
	}
	u, err := unit.Parse(text.Value)
	switch {
	case err != nil:
		return c.unreadable(text, err)
	case !x.ok():
		return x
	case x.isBare():
		return c.fail(n, "write `"+c.text(x.node)+"`", "%s is a pure number already", c.short(x.node))
	case u.Dim != x.unit.Dim:
		return c.fail(text, "write `\""+symbolOf(x.unit)+"\"`", "%s is %s, which is not measured in %s",
			c.short(x.node), c.describe(x), text.Value)
	}
	if x.heat == difference {
		u = u.Delta()
	}
	q := pureNumber(plain)
	if u.Symbol == "" || u.Scale == 1 && u.Offset == 0 {
		stripped := *x
		stripped.node, stripped.quantity = n, q
		return &stripped
	}
	if x.constant() {
		return &term{op: opConst, kind: number, node: n, value: u.FromSI(x.value), quantity: q}
	}
	return &term{op: opAffine, kind: number, node: n, args: []*term{x}, affine: fromSI(u), quantity: q}
}
