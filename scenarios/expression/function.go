package expression

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/interval"
)

// A function is one that an expression may call.
type procedure struct {
	name        string
	usage       string
	least, most int // arguments
	check       func(c *checker, n *ast.CallNode, labels []string) *term
	temporal    bool // looks at other times
}

// functions are all of them, by name.
var functions map[string]procedure

// Functions returns the calls that an expression may hold, as they are written:
// "clamp(x, low, high)".
func Functions() []string { return usages(false) }

// Operators returns the temporal operators that an invariant may hold, as they are
// written: "until(p, q, from, to)".
func Operators() []string { return usages(true) }

func usages(temporal bool) []string {
	var list []string
	for _, f := range functions {
		if f.temporal == temporal {
			list = append(list, f.usage)
		}
	}
	slices.Sort(list)
	return list
}

func init() {
	functions = map[string]procedure{}
	for _, f := range slices.Concat(choosing, shaping, reducing, watching, asking, elementary(), timing()) {
		f.name, _, _ = strings.Cut(f.usage, "(")
		functions[f.name] = f
	}
}

// choosing are functions of conditions, and told.
var choosing = []procedure{
	{usage: "if(condition, a, b)", least: 3, most: 3, check: func(c *checker, n *ast.CallNode, labels []string) *term {
		return c.choice(n, n.Arguments[0], n.Arguments[1], n.Arguments[2], labels)
	}},
	{usage: "implies(a, b)", least: 2, most: 2, check: truths(opImplies)},
	{usage: "iff(a, b)", least: 2, most: 2, check: truths(opIff)},
	{usage: "xor(a, b)", least: 2, most: 2, check: truths(opXor)},
	{usage: "told(path, receiver)", least: 1, most: 2, check: func(c *checker, n *ast.CallNode, _ []string) *term {
		return c.told(n)
	}},
}

// shaping are functions that look at the dimensions of their arguments.
var shaping = []procedure{
	{usage: "abs(x)", least: 1, most: 1, check: (*checker).abs},
	{usage: "sign(x)", least: 1, most: 1, check: (*checker).sign},
	{usage: "clamp(x, low, high)", least: 3, most: 3, check: alike(opClamp)},
	{usage: "hypot(x, y)", least: 2, most: 2, check: func(c *checker, n *ast.CallNode, _ []string) *term {
		return c.joined(n, &term{op: opBinary, binary: detmath.Hypot, enclose2: interval.Hypot})
	}},
	{usage: "atan2(y, x)", least: 2, most: 2, check: func(c *checker, n *ast.CallNode, _ []string) *term {
		t := c.joined(n, &term{op: opBinary, binary: detmath.Atan2, enclose2: interval.Atan2})
		if t.ok() {
			t.quantity = pureNumber(factor)
		}
		return t
	}},
	{usage: "pow(x, y)", least: 2, most: 2, check: func(c *checker, n *ast.CallNode, _ []string) *term {
		return c.power(n, n.Arguments[0], n.Arguments[1])
	}},
	{usage: "sqrt(x)", least: 1, most: 1, check: root(2, math.Sqrt)},
	{usage: "cbrt(x)", least: 1, most: 1, check: root(3, detmath.Cbrt)},
	{usage: "floor(x)", least: 1, most: 1, check: rounded(math.Floor)},
	{usage: "ceil(x)", least: 1, most: 1, check: rounded(math.Ceil)},
	{usage: "round(x)", least: 1, most: 1, check: rounded(math.Round)},
	{usage: "number(x, \"mm\")", least: 2, most: 2, check: (*checker).strip},
}

// elementary are functions from pure numbers to pure numbers.
func elementary() []procedure {
	table := []struct {
		name string
		f    func(float64) float64
	}{
		{"exp", detmath.Exp}, {"log", detmath.Log}, {"log2", detmath.Log2}, {"log10", detmath.Log10},
		{"sin", detmath.Sin}, {"cos", detmath.Cos}, {"tan", detmath.Tan},
		{"asin", detmath.Asin}, {"acos", detmath.Acos}, {"atan", detmath.Atan},
		{"sinh", detmath.Sinh}, {"cosh", detmath.Cosh}, {"tanh", detmath.Tanh},
	}
	var list []procedure
	for _, e := range table {
		list = append(list, procedure{usage: e.name + "(x)", least: 1, most: 1, check: func(c *checker, n *ast.CallNode, _ []string) *term {
			x := c.pureOf(n)
			if !x.ok() {
				return x
			}
			return fold(&term{op: opUnary, unary: e.f, enclose: enclosing[e.name], kind: number, node: n, args: []*term{x}, quantity: pureNumber(max(x.pure, factor))})
		}})
	}
	return list
}

// call checks a call of a function.
func (c *checker) call(n *ast.CallNode, labels []string) *term {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return c.method(n)
	}
	f, ok := functions[callee.Value]
	if !ok {
		return c.unknownFunction(callee)
	}
	if got := len(n.Arguments); got < f.least || got > f.most {
		want := strconv.Itoa(f.least)
		switch {
		case f.most > 100:
			want = "at least " + want
		case f.most > f.least:
			want += " or " + strconv.Itoa(f.most)
		}
		return c.fail(n, "write `"+f.usage+"`", "`%s` takes %s, not %d", f.name, plural(want, "argument"), got)
	}
	return f.check(c, n, labels)
}

func plural(n, noun string) string {
	if n == "1" || strings.HasSuffix(n, " 1") {
		return n + " " + noun
	}
	return n + " " + noun + "s"
}

func (c *checker) method(n *ast.CallNode) *term {
	if m, ok := n.Callee.(*ast.MemberNode); ok {
		if p, ok := m.Property.(*ast.StringNode); ok {
			if _, known := functions[p.Value]; known {
				return c.fail(n, "write `"+p.Value+"("+c.text(m.Node)+")`", "signals have no functions of their own")
			}
		}
	}
	return c.fail(n, "", "signals have no functions of their own")
}

// unknownFunction explains a call of something that does not exist, or that
// expr has and scenarios do not.
func (c *checker) unknownFunction(n *ast.IdentifierNode) *term {
	if why, ok := refusals[n.Value]; ok {
		return c.failHere(n, why.fix, "%s", why.message)
	}
	if meant, ok := abbreviations[n.Value]; ok {
		return c.failHere(n, "write `"+meant+"`", "there is no function `%s`; what it does elsewhere is `%s` here", n.Value, meant)
	}
	if _, ok := overridden[n.Value]; ok {
		return c.failHere(n, "signals are numbers, true or false, and states",
			"`%s` is for texts and lists, which scenarios do not have", n.Value)
	}
	names := make([]string, 0, len(functions))
	for name, f := range functions {
		if !f.temporal || c.times != refused {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if near, ok := source.Nearest(n.Value, names); ok {
		return c.failHere(n, "write `"+functions[near].short()+"`", "there is no function `%s`; did you mean `%s`?", n.Value, near)
	}
	return c.failHere(n, "there are "+strings.Join(names, " "), "there is no function `%s`", n.Value)
}

type refusal struct{ message, fix string }

// refusals are functions of expr and of other languages, and what to do instead.
var refusals = func() map[string]refusal {
	clock := refusal{"a run has no wall clock: it would differ each time", "write `time`, the seconds since the start"}
	members := refusal{"lists of members are reduced, not mapped", "write `all(drive.speed < 5)`, `any(...)`, `count(...)`, `max(...)` or `sum(...)`"}
	chance := refusal{"an expression draws no chance: it would differ each time it is computed", "let a sensor's `noise:` or a fault draw it"}
	next := refusal{"time has no steps: no instant is the next one", "write a window, such as `eventually(p, \"1 s\")`"}
	list := map[string]refusal{
		"int":   {"there are no integers to convert to", "write `floor(x)`, `round(x)` or `ceil(x)`"},
		"float": {"numbers need no conversion", "write `x`"},
		"ln":    {"there is no function `ln`", "write `log(x)`, the natural logarithm"},
		"next":  next,
		"X":     next,
		"never": {"there is no function `never`", "write `always(not p)`, or the key `never:`"},
		"step":  {"there is no function `step`", "write `if(x > 0, 1, 0)`"},
	}
	for _, name := range []string{"now", "date", "duration", "timezone"} {
		list[name] = clock
	}
	for _, name := range []string{"map", "filter", "reduce", "none", "one", "find", "findIndex", "findLast", "findLastIndex", "groupBy", "sortBy", "len", "median"} {
		list[name] = members
	}
	for _, name := range []string{"rand", "random", "normal", "uniform"} {
		list[name] = chance
	}
	return list
}()

// truths checks a function of two conditions.
func truths(op op) func(*checker, *ast.CallNode, []string) *term {
	return func(c *checker, n *ast.CallNode, _ []string) *term {
		name := n.Callee.(*ast.IdentifierNode).Value
		a := c.truthOf(c.term(n.Arguments[0], nil), n, name)
		b := c.truthOf(c.term(n.Arguments[1], nil), n, name)
		if !a.ok() || !b.ok() {
			return brokenTerm
		}
		return &term{op: op, kind: truth, args: []*term{a, b}}
	}
}
