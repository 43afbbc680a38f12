package expression

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
)

// An Error is one mistake in an expression: where it is in the text, what is
// wrong and what to do next.
type Error struct {
	Offset, Width int    // in characters (runes) of the text
	Message       string // the cause, without a full stop
	Fix           string // the next step; what can be pasted is in `backticks`
}

// Error implements error.
func (e Error) Error() string {
	if e.Fix == "" {
		return e.Message
	}
	return e.Message + ": " + e.Fix
}

// fail records a mistake at a node and returns the broken term.
func (c *checker) fail(n ast.Node, fix, format string, args ...any) *term {
	from, to := c.src.span(n)
	return c.failAt(from, to, fix, format, args...)
}

// failHere records a mistake at the operator or the function's name of a node.
func (c *checker) failHere(n ast.Node, fix, format string, args ...any) *term {
	switch n.(type) {
	case *ast.BinaryNode, *ast.CallNode, *ast.IdentifierNode:
		at := n.Location()
		return c.failAt(at.From, at.To, fix, format, args...)
	default:
		return c.fail(n, fix, format, args...)
	}
}

func (c *checker) failAt(from, to int, fix, format string, args ...any) *term {
	e := Error{Offset: from, Width: max(to-from, 1), Message: fmt.Sprintf(format, args...), Fix: fix}
	for _, known := range c.errs { // a middle of a < b < c is checked twice
		if known == e {
			return brokenTerm
		}
	}
	c.errs = append(c.errs, e)
	return brokenTerm
}

// unresolved records what a resolver says about a name.
func (c *checker) unresolved(n ast.Node, err error) *term {
	e := Error{Message: err.Error()}
	errors.As(err, &e)
	from, to := c.src.span(n)
	_, quoted := n.(*ast.StringNode) // which is no name
	if first, last := c.src.run(from, to); !quoted && strings.Contains(c.src.slice(first, last), "-") {
		// One name to its writer, a subtraction to expr: one mistake.
		from, to, e.Fix = first, last, c.src.underscored(first, last)
		for _, known := range c.errs {
			if known.Offset == from && known.Width == to-from {
				return brokenTerm
			}
		}
	}
	return c.failAt(from, to, e.Fix, "%s", e.Message)
}

// unreadable records what package unit says about a text: "cause: next step".
func (c *checker) unreadable(n ast.Node, err error) *term {
	cause, fix := err.Error(), ""
	if i := strings.LastIndex(cause, ": "); i >= 0 {
		cause, fix = cause[:i], cause[i+2:]
	}
	return c.fail(n, fix, "%s", cause)
}

// text returns the source of a node.
func (c *checker) text(n ast.Node) string { return c.src.textOf(n) }

func (s *script) textOf(n ast.Node) string {
	if n == nil {
		return s.text
	}
	from, to := s.span(n)
	return string(s.runes[from:to])
}

// short returns the source of a node if it is short enough for a message.
func (c *checker) short(n ast.Node) string {
	const most = 40
	if text := c.text(n); utf8.RuneCountInString(text) <= most {
		return "`" + text + "`"
	}
	return "this"
}
