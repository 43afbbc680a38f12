package expression

import (
	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/signal"
)

// reducing are functions over the members of a device. With more arguments max
// and min choose between them, and mean is a window.
var reducing = []procedure{
	{usage: "max(a, b)", least: 1, most: manyArguments, check: func(c *checker, n *ast.CallNode, _ []string) *term {
		if len(n.Arguments) > 1 {
			return c.joined(n, &term{op: opMax})
		}
		return c.reduceNumber(n, opGreatest)
	}},
	{usage: "min(a, b)", least: 1, most: manyArguments, check: func(c *checker, n *ast.CallNode, _ []string) *term {
		if len(n.Arguments) > 1 {
			return c.joined(n, &term{op: opMin})
		}
		return c.reduceNumber(n, opLeast)
	}},
	{usage: "sum(x)", least: 1, most: 1, check: func(c *checker, n *ast.CallNode, _ []string) *term { return c.reduceNumber(n, opSum) }},
	{usage: "mean(x, \"60 s\")", least: 1, most: 2, check: func(c *checker, n *ast.CallNode, _ []string) *term {
		if len(n.Arguments) > 1 {
			return c.window(n)
		}
		return c.reduceNumber(n, opMean)
	}},
	{usage: "count(condition)", least: 1, most: 1, check: func(c *checker, n *ast.CallNode, _ []string) *term {
		t := c.reduceTruth(n, opCount)
		if t.ok() {
			t.kind, t.quantity = number, pureNumber(plain)
			t.whole = true
		}
		return t
	}},
	{usage: "all(condition)", least: 1, most: 1, check: func(c *checker, n *ast.CallNode, _ []string) *term { return c.reduceTruth(n, opAll) }},
	{usage: "any(condition)", least: 1, most: 1, check: func(c *checker, n *ast.CallNode, _ []string) *term { return c.reduceTruth(n, opAny) }},
}

const manyArguments = 1000

// over checks the argument of a reduction, in which a signal with many members
// stands for one of them. A reduction inside a reduction would take the square
// of the members' number of steps, so there is none.
func (c *checker) reduced(n *ast.CallNode) (*term, int) {
	if c.over != nil {
		return c.fail(n, "compute it in a signal of its own: a computed signal of a custom device (`value:`)",
			"a reduction over members cannot stand inside another"), 0
	}
	c.over = &fleet{count: 1}
	x := c.term(n.Arguments[0], nil)
	count := int(c.over.count)
	c.over = nil
	name := n.Callee.(*ast.IdentifierNode).Value
	return c.timeless(x, "`"+name+"`", c.outwards(n, name, x)), count
}

func (c *checker) reduceNumber(n *ast.CallNode, op op) *term {
	x, count := c.reduced(n)
	if x = c.numberOf(x, n, n.Callee.(*ast.IdentifierNode).Value); !x.ok() {
		return x
	}
	q := x.quantity
	if op == opSum && q.heat == point {
		q = inSI(q.unit.Dim, plain)
	}
	if op == opMean {
		q.whole = false
	}
	if q.pure == bare {
		q.pure = plain
	}
	return &term{op: op, kind: number, node: n, args: []*term{x}, members: count, quantity: q, kept: c.kept(op, x, count)}
}

// kept returns the cell that is kept at a reduction of cells that somebody has computed, 0 where none is.
func (c *checker) kept(op op, x *term, count int) signal.Slot {
	k, ok := c.resolver.(Keeper)
	if !ok || op != opLeast && op != opGreatest || x.op != opCell || x.cell.stride != 1 || x.cell.continuous || x.cell.past {
		return 0
	}
	slot, ok := k.Extreme(x.cell.slot, int32(count), op == opGreatest)
	if !ok {
		return 0
	}
	return slot
}

func (c *checker) reduceTruth(n *ast.CallNode, op op) *term {
	x, count := c.reduced(n)
	if x = c.truthOf(x, n, n.Callee.(*ast.IdentifierNode).Value); !x.ok() {
		return x
	}
	return &term{op: op, kind: truth, node: n, args: []*term{x}, members: count}
}
