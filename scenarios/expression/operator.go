package expression

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/monitor/formula"
)

// times says what becomes of temporal operators in an expression.
type times uint8

const (
	refused times = iota // they have no place in it
	allowed
	silent // refused already: say nothing more
)

// operands are the names of the conditions of an operator, in messages.
var operands = [...]string{1: "p", 2: "p, q"}

// timing are the temporal operators.
func timing() (list []procedure) {
	for op := formula.Always; op <= formula.Fall; op++ {
		usage := op.String() + "(" + operands[operandsOf(op)]
		if op.Timed() {
			usage += ", from, to"
		}
		list = append(list, procedure{usage: usage + ")", most: manyArguments, temporal: true,
			check: func(c *checker, n *ast.CallNode, _ []string) *term { return c.operator(n, op) }})
	}
	return list
}

// operandsOf is how many conditions an operator takes.
func operandsOf(op formula.Op) int {
	switch op {
	case formula.Until, formula.WeakUntil, formula.Release, formula.Since:
		return 2
	default:
		return 1
	}
}

// short is how a function is written at least.
func (f procedure) short() string { return strings.Replace(f.usage, ", from, to", "", 1) }

// operator checks a call of a temporal operator.
func (c *checker) operator(n *ast.CallNode, op formula.Op) *term {
	if c.times == refused {
		c.refuse(n, op)
		c.times = silent
		defer func() { c.times = refused }()
	}
	if !c.arity(n, op) {
		return brokenTerm
	}
	of := operandsOf(op)
	t := &term{op: opTemporal, kind: truth, node: n, src: c.src, timed: op, over: formula.All}
	ok := true
	for _, argument := range n.Arguments[:of] {
		p := c.truthOf(c.term(argument, nil), n, op.String())
		ok = ok && p.ok()
		t.args = append(t.args, p)
	}
	if window := n.Arguments[of:]; len(window) > 0 {
		over, good := c.interval(window, op.String())
		t.over, ok = over, ok && good
	}
	if !ok || c.times == silent {
		return brokenTerm
	}
	return t
}

// refuse says where temporal operators may stand, and what to write here.
func (c *checker) refuse(n *ast.CallNode, op formula.Op) {
	fix := "write a condition on what is now, or make it an invariant"
	switch {
	case op == formula.Rise || op == formula.Fall:
		fix = "leave it out: `when:` acts as its condition rises"
	case op == formula.Historically && len(n.Arguments) == 2:
		p, d := c.text(n.Arguments[0]), c.text(n.Arguments[1])
		if b, ok := n.Arguments[0].(*ast.BinaryNode); ok && (b.Operator == "or" || b.Operator == "||") {
			p = "(" + p + ")"
		}
		fix = "write `" + p + " and age(" + p + ", " + d + ") >= " + d + "`"
	case op.Past():
		fix = "write `age(p, \"60 s\")`, how long it has been so, or make it an invariant"
	}
	c.failHere(n, fix, "`%s` looks at other times, as invariants alone can", op)
}

// arity checks that the conditions come first, and that there are enough.
func (c *checker) arity(n *ast.CallNode, op formula.Op) bool {
	least, most := operandsOf(op), operandsOf(op)
	if op.Timed() {
		most += 2
	}
	var conditions, window []string
	late := false
	for i, argument := range n.Arguments {
		text := c.text(argument)
		switch argument.(type) {
		case *ast.StringNode:
			window = append(window, text)
			late = late || i < least
		case *ast.IntegerNode, *ast.FloatNode:
			window = append(window, "\""+text+" s\"")
			late = late || i < least
		default:
			conditions = append(conditions, text)
		}
	}
	fix := "write `" + functions[op.String()].short() + "`"
	if op.Timed() {
		fix += ", with a window `" + op.String() + "(" + operands[least] + ", \"1s\", \"2s\")`"
	}
	switch got := len(n.Arguments); {
	case late && len(conditions) == least && len(window) <= most-least:
		fix = "write `" + op.String() + "(" + strings.Join(slices.Concat(conditions, window), ", ") + ")`"
		c.fail(n, fix, "the window of `%s` comes after what it is about", op)
	case len(conditions) > least && got <= most && least == 1:
		whole := op.String() + "(" + strings.Join(slices.Concat([]string{strings.Join(conditions, " and ")}, window), ", ") + ")"
		c.fail(n, "join them: `"+whole+"`, or with `or`", "`%s` is about one condition, not %d", op, len(conditions))
	case late || got < least || got > most:
		c.fail(n, fix, "`%s` takes %s%s", op, counts[least], windows[op.Timed()])
	default:
		return true
	}
	return false
}

var (
	counts  = [...]string{1: "one condition", 2: "two conditions"}
	windows = map[bool]string{false: " and nothing more", true: ", and then at most two durations"}
)

// forever is the end of a window that has none.
const forever = "forever"

// interval is the last arguments of an operator: "to", or "from" and "to".
func (c *checker) interval(window []ast.Node, name string) (over formula.Interval, ok bool) {
	over, ok = formula.All, true
	last := window[len(window)-1]
	if len(window) > 1 {
		over.From, ok = c.lasting(window[0], name)
	}
	if text, quoted := last.(*ast.StringNode); !quoted || text.Value != forever {
		to, good := c.lasting(last, name)
		over.To, ok = to, ok && good
	}
	if ok && over.From > over.To {
		at, _ := c.src.span(window[0])
		_, to := c.src.span(last)
		c.failAt(at, to, "write `"+c.text(last)+", "+c.text(window[0])+"`", "the window of `%s` ends before it begins", name)
		return over, false
	}
	return over, ok
}

// timeless refuses temporal operators inside what is computed at one time.
func (c *checker) timeless(t *term, what, fix string) *term {
	if !t.ok() || t.kind != truth || !temporal(t) {
		return t
	}
	first := t
	for first.op != opTemporal {
		first = first.args[slices.IndexFunc(first.args, temporal)]
	}
	return c.fail(first.node, fix, "`%s` cannot stand in %s, which is computed at one time", first.timed, what)
}

// outwards is what to write for a temporal operator inside a reduction.
func (c *checker) outwards(n *ast.CallNode, name string, t *term) string {
	if t.op != opTemporal || len(t.args) != 1 {
		return "put `" + name + "` inside it"
	}
	call := t.node.(*ast.CallNode)
	inside := name + "(" + c.text(call.Arguments[0]) + ")"
	if name != "all" && name != "any" {
		inside += " > 0"
	}
	args := []string{inside}
	for _, window := range call.Arguments[1:] {
		args = append(args, c.text(window))
	}
	return "put it outside: `" + t.timed.String() + "(" + strings.Join(args, ", ") + ")`"
}
