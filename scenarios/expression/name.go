package expression

import (
	"slices"
	"strconv"

	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// name checks a signal, a parameter or time.
func (c *checker) name(n ast.Node, labels []string) *term {
	path, ok := c.path(n)
	if !ok {
		return brokenTerm
	}
	s, err := c.resolver.Symbol(path)
	if err != nil {
		if slices.Contains(labels, path) {
			return c.fail(n, "write `\""+path+"\"`", "the state %s stands in quotes", path)
		}
		return c.unresolved(n, err)
	}
	t := c.symbol(n, path, s)
	if path == "time" && t.ok() {
		t.pure = factor
	}
	return t
}

// path returns the text of a name: tower.level, drive[3].speed.
func (c *checker) path(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value, true
	case *ast.MemberNode:
		base, ok := c.path(n.Node)
		if !ok {
			return "", false
		}
		switch p := n.Property.(type) {
		case *ast.StringNode:
			if at := p.Location().From; at < len(c.src.runes) && !slices.Contains([]rune("\"'`"), c.src.runes[at]) {
				return base + "." + p.Value, true
			}
			c.fail(n, "write `"+base+"."+p.Value+"`", "a signal is picked with a point")
			return "", false
		case *ast.IntegerNode:
			return base + "[" + strconv.Itoa(p.Value) + "]", true
		default:
			c.fail(n.Property, "write a number: `"+base+"[3]`", "a member is picked by a whole number from 0 on")
			return "", false
		}
	case *ast.CallNode:
		c.fail(n, "read a signal: `device.signal`", "%s has no parts", c.short(n))
	default:
		c.fail(n, "read a signal: `device.signal`", "%s is not a name", c.short(n))
	}
	return "", false
}

// symbol is the term that reads what a name stands for.
func (c *checker) symbol(n ast.Node, path string, s Symbol) *term {
	t := &term{op: opCell, node: n, cell: cell{slot: s.Slot, stride: s.Stride, count: max(s.Count, 1), continuous: s.Continuous}}
	switch s.Type {
	case signal.Bool:
		t.kind = truth
	case signal.Enum:
		t.kind, t.labels = state, s.Labels
	case signal.Hash:
		t.kind = hash
	default:
		t.kind, t.quantity = number, declaration(s)
	}
	if s.Constant {
		t.op, t.value = opConst, s.Value
		return t
	}
	if s.Count > 1 {
		return c.member(n, path, s, t)
	}
	return t
}

// declaration is what the declaration of a signal says about its number.
func declaration(s Symbol) quantity {
	q := quantity{unit: s.Unit, origin: declared, whole: s.Type == signal.Int}
	if s.Unit.Symbol == "" {
		q = pureNumber(plain)
		q.whole = s.Type == signal.Int
	} else if s.Unit.Dim == (unit.Dimension{}) {
		q.pure = factor
	}
	if s.Unit.Offset != 0 {
		q.heat = point
	}
	return q
}

// member settles which member of many a term reads.
func (c *checker) member(n ast.Node, path string, s Symbol, t *term) *term {
	switch {
	case c.over != nil:
		if c.over.count > 1 && c.over.count != s.Count {
			return c.fail(n, "reduce over one device at a time", "`%s` has %d members and `%s` has %d",
				c.over.path, c.over.count, path, s.Count)
		}
		c.over.count, c.over.path = s.Count, path
		t.cell.stride = 1
	case s.Stride == 0:
		base, rest := path, ""
		for i := range path {
			if path[i] == '.' {
				base, rest = path[:i], path[i:]
				break
			}
		}
		together := "max(" + path + ")"
		if t.kind == truth {
			together = "any(" + path + ")"
		}
		return c.fail(n, "pick one, `"+base+"[0]"+rest+"`, or take all, `"+together+"`", "`%s` has %d members", path, s.Count)
	}
	return t
}

// label is a text that is one of the states of an enumeration.
func (c *checker) label(n ast.Node, text string, labels []string) *term {
	i := slices.Index(labels, text)
	if i < 0 {
		return c.fail(n, "the states are "+list(labels), "there is no state %s%s", source.Quote(text), source.DidYouMean(text, labels))
	}
	return &term{op: opConst, kind: state, node: n, value: float64(i), labels: labels}
}

// told checks told(path) and told(path, receiver).
func (c *checker) told(n *ast.CallNode) *term {
	path, ok := c.path(n.Arguments[0])
	if !ok {
		return brokenTerm
	}
	receiver := ""
	if len(n.Arguments) == 2 {
		if text, quoted := n.Arguments[1].(*ast.StringNode); quoted {
			return c.fail(text, "write `"+text.Value+"`", "a receiver stands without quotes")
		}
		if receiver, ok = c.path(n.Arguments[1]); !ok {
			return brokenTerm
		}
	}
	s, err := c.resolver.Told(path, receiver)
	if err != nil {
		wrong := n.Arguments[0]
		if _, unknown := c.resolver.Symbol(path); unknown == nil && receiver != "" {
			wrong = n.Arguments[1]
		}
		return c.unresolved(wrong, err)
	}
	return c.symbol(n, path, s)
}
