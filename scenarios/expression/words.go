package expression

import (
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/scenarios/source"
)

// describe says what a term is: "a length", "true or false".
func (c *checker) describe(t *term) string {
	switch t.kind {
	case truth:
		return "true or false"
	case state:
		return "a state"
	case hash:
		return "a hash"
	case number:
		if t.heat == difference {
			return "a difference of temperatures"
		}
		return t.unit.Noun()
	default:
		return "a mistake"
	}
}

// list writes at most eight words, each in quotes.
func list(words []string) string {
	const most = 8
	var b strings.Builder
	for i, word := range words {
		switch {
		case i == most:
			return b.String() + ", …"
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(source.Quote(word))
	}
	return b.String()
}

// truth returns the term if it is true or false, or says what to write.
func (c *checker) truth(t *term) *term {
	switch {
	case !t.ok() || t.kind == truth:
		return t
	case t.kind == number && t.constant():
		return c.fail(t.node, "compare something with it, such as `tower.level > 3`", "a condition is wanted here, not a number")
	case t.kind == number:
		return c.fail(t.node, "compare it: `"+c.text(t.node)+" > 0`", "a condition is wanted here, not %s", c.describe(t))
	case t.kind == state && len(t.labels) > 0:
		return c.fail(t.node, "compare it: `"+c.text(t.node)+" == \""+t.labels[0]+"\"`", "a condition is wanted here, not a state")
	default:
		return c.fail(t.node, "", "a condition is wanted here, not %s", c.describe(t))
	}
}

// number returns the term if it is a number, or says what to write.
func (c *checker) number(t *term) *term {
	switch {
	case !t.ok() || t.kind == number:
		return t
	case t.kind == truth:
		return c.fail(t.node, c.countedFix(t), "a number is wanted here, not true or false")
	default:
		return c.fail(t.node, "", "a number is wanted here, not %s", c.describe(t))
	}
}

// truthOf returns the operand of an operator or function if it is true or false.
func (c *checker) truthOf(t *term, n ast.Node, operator string) *term {
	if !t.ok() || t.kind == truth {
		return t
	}
	fix := ""
	switch {
	case t.kind == number && t.constant() && (operator == "or" || operator == "||"):
		fix = "write a whole comparison on both sides, or `x in [1, 2]`"
	case t.kind == number:
		fix = "compare it, such as `" + c.text(t.node) + " > 0`"
	}
	return c.fail(t.node, fix, "`%s` needs true or false; %s is %s", operator, c.short(t.node), c.describe(t))
}

// numberOf returns the operand of an operator or function if it is a number.
func (c *checker) numberOf(t *term, n ast.Node, operator string) *term {
	if !t.ok() || t.kind == number {
		return t
	}
	fix := ""
	if t.kind == truth {
		fix = c.countedFix(t)
	}
	return c.fail(t.node, fix, "`%s` needs numbers; %s is %s", operator, c.short(t.node), c.describe(t))
}

// countedFix is what to write for a truth where a number is wanted.
func (c *checker) countedFix(t *term) string {
	if temporal(t) {
		return "compare inside it, such as `always(tower.level > 3)`"
	}
	return "write `if(" + c.text(t.node) + ", 1, 0)`"
}
