package expression

import (
	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// watching are the helpers that look back over a window. (mean is among the
// reductions.)
var watching = []procedure{
	{usage: "delta(x, \"60 s\")", least: 2, most: 2, check: windowed},
	{usage: "integral(x, \"60 s\")", least: 2, most: 2, check: windowed},
	{usage: "rate(x, \"60 s\")", least: 2, most: 2, check: windowed},
	{usage: "age(x, \"60 s\")", least: 2, most: 2, check: windowed},
}

func windowed(c *checker, n *ast.CallNode, _ []string) *term { return c.window(n) }

// window checks a windowed helper and asks for the cell that holds its value.
func (c *checker) window(n *ast.CallNode) *term {
	helper := n.Callee.(*ast.IdentifierNode).Value
	x := c.term(n.Arguments[0], nil)
	span, ok := c.duration(n.Arguments[1], helper)
	if x.ok() && x.kind != number && (helper == "delta" || helper == "rate") {
		x = c.numberOf(x, n, helper)
	}
	if x.ok() && (x.kind == state || x.kind == hash) && helper != "age" {
		x = c.numberOf(x, n, helper)
	}
	if x = c.timeless(x, "`"+helper+"`", "put `"+helper+"` inside it, in a comparison"); !ok || !x.ok() {
		return brokenTerm
	}
	if len(reads(x)) == 0 {
		return c.fail(n.Arguments[0], "name a signal, such as `tower.level`", "%s never changes", c.short(n.Arguments[0]))
	}
	q := windowQuantity(helper, x)
	from, to := c.src.span(n)
	w := Window{Helper: helper, Of: c.watched(x, n.Arguments[0]), Span: span, Unit: q.unit, Members: members(x), Offset: from, Width: to - from}
	s, err := c.resolver.Window(w)
	if err != nil {
		return c.unresolved(n, err)
	}
	s.Type, s.Unit, s.Constant = signal.Number, q.unit, false
	t := c.symbol(n, helper, s)
	if t.ok() {
		t.quantity, t.cell.past = q, true
	}
	return t
}

// watched is the expression that a helper looks back on.
func (c *checker) watched(x *term, n ast.Node) signal.Expression {
	e := signal.Expression{Text: c.text(n), Unit: x.unit, Labels: x.labels,
		Eval: evaluator(x), Reads: reads(x), Continuous: continuous(x), Switches: atoms(x)}
	switch x.kind {
	case truth:
		e.Type = signal.Bool
	case state:
		e.Type = signal.Enum
	case hash:
		e.Type = signal.Hash
	}
	return e
}

// windowQuantity is what is known of a helper's value.
func windowQuantity(helper string, x *term) quantity {
	q := x.quantity
	if x.kind != number {
		q = pureNumber(factor)
	}
	q.whole = false
	plainModel := x.kind == number && q.unit.Symbol == "" // without units: per second goes without saying
	switch {
	case helper == "age":
		return quantity{unit: unit.Second, origin: declared}
	case helper == "rate" && !plainModel:
		return quantity{unit: q.unit.Div(unit.Second)}
	case helper == "integral" && !plainModel:
		return inSI(q.unit.Dim.Mul(unit.Second.Dim), plain)
	case helper == "delta" && q.heat == point:
		q.unit, q.heat = q.unit.Delta(), difference
	}
	if q.pure == bare || plainModel {
		q.pure = plain
	}
	return q
}

// duration is the second argument of a helper.
func (c *checker) duration(n ast.Node, helper string) (vtime.Duration, bool) {
	d, ok := c.lasting(n, helper)
	if ok && d == 0 {
		c.fail(n, "write such as `\"60 s\"`", "the window of `%s` must be longer than nothing", helper)
		return 0, false
	}
	return d, ok
}

// lasting is a duration in quotes.
func (c *checker) lasting(n ast.Node, helper string) (vtime.Duration, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		d, err := vtime.ParseDuration(n.Value)
		if err == nil {
			return d, true
		}
		c.fail(n, "write such as `\"60 s\"`", "%s", err.Error())
	case *ast.IntegerNode, *ast.FloatNode:
		c.fail(n, "write `\""+c.text(n)+" s\"`", "the window of `%s` needs a unit", helper)
	default:
		c.fail(n, "write such as `\"60 s\"`", "the window of `%s` is a fixed duration", helper)
	}
	return 0, false
}
