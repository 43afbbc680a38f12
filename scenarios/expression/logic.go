package expression

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

// logic checks a and b, a or b.
func (c *checker) logic(n *ast.BinaryNode, op op) *term {
	l, r := c.term(n.Left, nil), c.term(n.Right, nil)
	l, r = c.truthOf(l, n, n.Operator), c.truthOf(r, n, n.Operator)
	if !l.ok() || !r.ok() {
		return brokenTerm
	}
	return &term{op: op, kind: truth, args: []*term{l, r}}
}

// comparison checks a < b, a == b and so on.
func (c *checker) comparison(n *ast.BinaryNode) *term {
	l, r := c.sides(n)
	if !l.ok() || !r.ok() {
		return brokenTerm
	}
	switch {
	case l.kind == number && r.kind == number:
		both, _, ok := c.alike(n, compared, l, r)
		if !ok {
			return brokenTerm
		}
		return &term{op: comparisons[n.Operator], kind: truth, args: both}
	case l.kind != r.kind:
		return c.incomparable(n, l, r)
	case n.Operator != "==" && n.Operator != "!=":
		return c.failHere(n, "write `==` or `!=`", "%s has no order", c.describe(l))
	case l.kind == truth:
		return equivalence(n, l, r)
	case l.kind == state && !slices.Equal(l.labels, r.labels):
		return c.failHere(n, "the left side is "+list(l.labels)+", the right side "+list(r.labels), "these are states of different things")
	}
	op := opSame
	if n.Operator == "!=" {
		op = opOther
	}
	return &term{op: op, kind: truth, args: []*term{l, r}}
}

var comparisons = map[string]op{
	"<": opLess, "<=": opLessEqual, ">": opGreater, ">=": opGreaterEqual, "==": opEqual, "!=": opDiffer,
}

// equivalence is == or != between truths.
func equivalence(n *ast.BinaryNode, l, r *term) *term {
	if l.constant() {
		l, r = r, l
	}
	same := n.Operator == "=="
	switch {
	case r.constant() && (r.value != 0) == same:
		return l
	case r.constant():
		return not(l)
	case same:
		return &term{op: opIff, kind: truth, args: []*term{l, r}}
	default:
		return &term{op: opXor, kind: truth, args: []*term{l, r}}
	}
}

// sides checks both sides of a comparison. not a < b is (not a) < b to expr.
func (c *checker) sides(n *ast.BinaryNode) (l, r *term) {
	u, ok := n.Left.(*ast.UnaryNode)
	if !ok || u.Operator != "not" && u.Operator != "!" {
		return c.pair(n.Left, n.Right)
	}
	x := c.term(u.Node, nil)
	r = c.term(n.Right, x.labels)
	switch {
	case !x.ok():
		return x, r
	case x.kind != truth:
		from, _ := c.src.span(u.Node)
		_, to := c.src.span(n)
		return c.fail(n, "write `not ("+c.src.slice(from, to)+")`",
			"`%s` belongs to %s alone, not to the comparison", u.Operator, c.short(u.Node)), r
	default:
		l = not(x)
		l.src, l.node = c.src, u
		return l, r
	}
}

// pair checks two terms of which one may be a state written as a text.
func (c *checker) pair(left, right ast.Node) (l, r *term) {
	if isText(left) && !isText(right) {
		r = c.term(right, nil)
		return c.term(left, r.labels), r
	}
	l = c.term(left, nil)
	return l, c.term(right, l.labels)
}

func isText(n ast.Node) bool {
	_, ok := n.(*ast.StringNode)
	return ok
}

// incomparable explains a comparison of a number with true and the like.
func (c *checker) incomparable(n *ast.BinaryNode, l, r *term) *term {
	t, other := l, r
	if t.kind != truth {
		t, other = r, l
	}
	fix := ""
	if t.kind == truth && other.kind == number && other.constant() {
		fix = "write `" + c.text(t.node) + "`"
		if (other.value == 0) == (n.Operator == "==") {
			fix = "write `not " + c.text(t.node) + "`"
		}
	}
	return c.fail(n, fix, "%s is %s, %s is %s: they cannot be compared",
		c.short(l.node), c.describe(l), c.short(r.node), c.describe(r))
}

// in checks x in low..high and x in [a, b].
func (c *checker) in(n *ast.BinaryNode) *term {
	x := c.term(n.Left, nil)
	switch right := n.Right.(type) {
	case *ast.BinaryNode:
		if right.Operator == ".." {
			return c.between(n, x, right)
		}
	case *ast.ArrayNode:
		return c.oneOf(n, x, right)
	}
	return c.fail(n.Right, "write `x in [1, 2]` or `x in low..high`", "`in` needs a list or a range")
}

func (c *checker) between(n *ast.BinaryNode, x *term, span *ast.BinaryNode) *term {
	low, high, ok := c.operands(span, "..", span.Left, span.Right)
	x = c.numberOf(x, n, "in")
	if !ok || !x.ok() {
		return brokenTerm
	}
	all, _, ok := c.alike(n, compared, x, low, high)
	if !ok {
		return brokenTerm
	}
	of := c.text(n.Left)
	return &term{op: opBetween, kind: truth, args: all,
		texts: []string{of + " >= " + c.text(span.Left), of + " <= " + c.text(span.Right)}}
}

func (c *checker) oneOf(n *ast.BinaryNode, x *term, array *ast.ArrayNode) *term {
	if len(array.Nodes) == 0 {
		return c.fail(array, "write what it may be", "nothing is in an empty list")
	}
	t := &term{op: opOneOf, kind: truth, args: []*term{x}}
	ok := x.ok()
	for _, item := range array.Nodes {
		y := c.term(item, x.labels)
		if y.ok() && x.ok() && (y.kind != x.kind || !slices.Equal(x.labels, y.labels)) {
			y = c.fail(item, "", "%s cannot be in this list: %s is %s", c.short(item), c.short(n.Left), c.describe(x))
		}
		ok = ok && y.ok()
		t.args = append(t.args, y)
		t.texts = append(t.texts, c.text(n.Left)+" == "+c.text(item))
	}
	if !ok {
		return brokenTerm
	}
	switch x.kind {
	case truth:
		return c.fail(n, "write `"+c.text(n.Left)+"` or `not "+c.text(n.Left)+"`", "true and false need no list")
	case number:
		if t.args, _, ok = c.alike(n, compared, t.args...); !ok {
			return brokenTerm
		}
	default:
		t.op, t.texts = opListed, nil
	}
	return t
}

// choice checks c ? a : b and if(c, a, b).
func (c *checker) choice(n ast.Node, condition, yes, no ast.Node, labels []string) *term {
	when := c.truthOf(c.term(condition, nil), n, "if")
	var a, b *term
	if labels != nil {
		a, b = c.term(yes, labels), c.term(no, labels)
	} else {
		a, b = c.pair(yes, no)
	}
	if !when.ok() || !a.ok() || !b.ok() {
		return brokenTerm
	}
	t := &term{op: opIf, kind: a.kind, node: n, args: []*term{when, a, b}, labels: a.labels}
	switch {
	case a.kind != b.kind:
		return c.fail(n, "", "both sides of a choice must be of one kind; one is %s, the other %s", c.describe(a), c.describe(b))
	case a.kind == truth:
		t.op = opEither
	case temporal(when):
		return c.timeless(when, "a choice of values", "choose between conditions: `if(condition, x > 1, x > 2)`")
	case a.kind == state && !slices.Equal(a.labels, b.labels):
		return c.fail(n, "one side is "+list(a.labels)+", the other "+list(b.labels), "both sides of a choice must be states of one thing")
	case a.kind == number:
		both, q, ok := c.alike(no, func(a, b string) string { return "one side of a choice is " + a + ", the other " + b }, a, b)
		if !ok {
			return brokenTerm
		}
		t.args, t.quantity = []*term{when, both[0], both[1]}, q
	}
	if when.constant() && t.kind != truth {
		return t.args[2-int(when.value)]
	}
	return t
}

// fitLabels makes a term a state of an enumeration.
func (c *checker) fitLabels(t *term, labels []string) *term {
	switch {
	case t.kind != state:
		return c.fail(t.node, "the states are "+list(labels), "a state is wanted here, not %s", c.describe(t))
	case !slices.Equal(t.labels, labels):
		return c.fail(t.node, "the states are "+list(labels), "a state of something else is wanted here")
	}
	return t
}
