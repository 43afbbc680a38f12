package expression

import (
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A checker turns the tree into terms and collects the mistakes.
type checker struct {
	src      *script
	resolver Resolver
	errs     []Error
	visits   int    // left; the middle of a < b < c is visited twice, and so on
	over     *fleet // the members that a reduction runs over, or nil
	times    times  // what temporal operators are here
}

// fleet are those of the device that a reduction runs over.
type fleet struct {
	count int32
	path  string // of the first signal that has as many
}

// term checks a node. Where labels of an enumeration are expected, a text is
// one of them.
func (c *checker) term(n ast.Node, labels []string) *term {
	if c.visits--; c.visits < 0 {
		return c.failAt(0, 1, "give parts of it a name: computed signals of a custom device (`value:`)", "the expression is too big")
	}
	t := c.form(n, labels)
	if t.ok() && t.node == nil {
		t.node = n
	}
	if t.ok() && t.src == nil {
		t.src = c.src
	}
	return t
}

// form dispatches on the form of a node.
func (c *checker) form(n ast.Node, labels []string) *term {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return c.literal(n, float64(n.Value))
	case *ast.FloatNode:
		return c.literal(n, n.Value)
	case *ast.BoolNode:
		return truthConstant(n.Value)
	case *ast.StringNode:
		if labels != nil {
			return c.label(n, n.Value, labels)
		}
		return c.quantity(n)
	case *ast.IdentifierNode, *ast.MemberNode:
		return c.name(n, labels)
	case *ast.UnaryNode:
		return c.prefix(n)
	case *ast.BinaryNode:
		return c.infix(n)
	case *ast.ConditionalNode:
		return c.choice(n, n.Cond, n.Exp1, n.Exp2, labels)
	case *ast.CallNode:
		return c.call(n, labels)
	case *ast.NilNode:
		return c.fail(n, "leave out what has no value", "every signal has a value: there is no `nil`")
	case *ast.ArrayNode:
		return c.fail(n, "write `x in [1, 2]`, or `max(a, b)`", "a list stands only after `in`")
	case *ast.SliceNode:
		return c.fail(n, "pick one member: `drive[3].speed`", "signals have no slices")
	default:
		return c.fail(n, "", "%s has no place in an expression", c.short(n))
	}
}

func (c *checker) prefix(n *ast.UnaryNode) *term {
	x := c.term(n.Node, nil)
	if n.Operator == "not" || n.Operator == "!" {
		if x = c.truthOf(x, n, n.Operator); !x.ok() {
			return x
		}
		return not(x)
	}
	x = c.numberOf(x, n, n.Operator)
	if !x.ok() || n.Operator == "+" {
		return x
	}
	q := x.quantity
	if q.heat == point {
		q.heat, q.unit, q.origin = kelvin, coherent(q.unit.Dim), derived
	}
	return fold(&term{op: opNegate, kind: number, node: n, args: []*term{x}, quantity: q})
}

func (c *checker) infix(n *ast.BinaryNode) *term {
	switch n.Operator {
	case "and", "&&":
		return c.logic(n, opAnd)
	case "or", "||":
		return c.logic(n, opOr)
	case "==", "!=", "<", "<=", ">", ">=":
		return c.comparison(n)
	case "in":
		return c.in(n)
	case "+", "-":
		return c.sum(n)
	case "*", "/":
		return c.product(n)
	case "%":
		return c.remainder(n)
	case "^", "**":
		return c.power(n, n.Left, n.Right)
	case "..":
		return c.failHere(n, "write `x in low..high`", "a range stands only after `in`")
	default:
		return c.failHere(n, "", "`%s` is not an operator", n.Operator)
	}
}

// literal is a bare number. The text counts, not what expr made of it, so that
// 9007199254740993.0 and 9007199254740993 are the same float64.
func (c *checker) literal(n ast.Node, value float64) *term {
	if exact, err := strconv.ParseFloat(strings.ReplaceAll(c.text(n), "_", ""), 64); err == nil && finite(exact) {
		value = exact
	}
	q := pureNumber(bare)
	q.whole = value == float64(int64(value)) && value < 1<<53 && value > -1<<53
	return &term{op: opConst, kind: number, node: n, value: value, quantity: q}
}

// quantity is a text such as "20 mm" or "3m50s".
func (c *checker) quantity(n *ast.StringNode) *term {
	q, err := unit.ParseQuantity(n.Value)
	if err != nil {
		if d, e := vtime.ParseDuration(n.Value); e == nil {
			return written(vtime.Seconds(d), unit.Second)
		}
		return c.unreadable(n, err)
	}
	return written(q.Value, q.Unit)
}

// written is a quantity that the text of the expression holds.
func written(value float64, u unit.Unit) *term {
	q := quantity{unit: u, origin: quoted, pure: factor}
	if u.Symbol == "" {
		q = pureNumber(plain)
	}
	if u.Offset != 0 {
		q.heat = point
	}
	return &term{op: opConst, kind: number, value: value, quantity: q}
}

func truthConstant(value bool) *term {
	t := &term{op: opConst, kind: truth}
	if value {
		t.value = 1
	}
	return t
}

func not(x *term) *term {
	if x.constant() {
		return truthConstant(x.value == 0)
	}
	return &term{op: opNot, kind: truth, args: []*term{x}}
}
