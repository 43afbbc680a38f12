package syntax

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/harmproof/harmproof/scenarios/source"
)

// flow explains what stands wrong between brackets or braces.
func (d *draft) flow(e failure) explanation {
	opener := firstOf(d.valueAt(e.context))
	closer := map[string]string{"{": "}", "[": "]"}[opener]
	switch {
	case closer == "" && e.at.Line > d.lastLine():
		return d.at(d.unclosed(e.at), 1, false, "close it", "this bracket is never closed")
	case closer == "":
		what := source.Quote(firstOf(d.valueAt(e.at)))
		return d.at(e.at, 1, false, "remove it, or write a value before it", "a value is missing before %s", what)
	case e.at.Line > d.lastLine():
		return d.at(e.context, 1, false, "write `"+closer+"` at its end", "this `%s` is never closed", opener)
	case e.at.Line != e.context.Line:
		at := source.Pos{Line: e.at.Line, Column: indentation(d.file.Line(e.at.Line)) + 1}
		return d.at(at, 1, false, "end the line above with `,` or `"+closer+"`",
			"the `%s` of line %d is still open here, without a comma", opener, e.context.Line)
	}
	return d.flowPiece(e, opener)
}

// flowPiece explains an entry of a flow list or map that needs quotes.
func (d *draft) flowPiece(e failure, opener string) explanation {
	line := []rune(d.file.Line(e.at.Line))
	from, to := piece(line, e.context.Column, e.at.Column)
	entry := strings.TrimSpace(string(line[from:max(from, to)]))
	k, ok := keyedLine(entry)
	if !ok || opener == "[" {
		k = keyed{value: entry}
	}
	fix := quoteIt(k.key, k.value)
	switch char := firstOf(d.valueAt(e.at)); {
	case char == ":" && strings.Contains(k.value, "?"):
		return d.at(e.at, 1, true, fix, "a value with `? :` must stand in quotes")
	case char == ":":
		return d.at(e.at, 1, true, fix, "a colon inside a value begins a new key")
	case char == "[" || char == "{":
		return d.at(e.at, 1, true, fix, "a value with `%s` inside `%s` must stand in quotes", char, opener)
	default:
		return d.at(e.at, 1, true, fix, "a comma is missing here, or the value needs quotes")
	}
}

// lastLine returns the last line with anything in it.
func (d *draft) lastLine() int {
	n := d.file.Lines()
	for n > 1 && strings.TrimSpace(d.file.Line(n)) == "" {
		n--
	}
	return n
}

// unclosed returns the last opening bracket before a position.
func (d *draft) unclosed(at source.Pos) source.Pos {
	for n := min(at.Line, d.file.Lines()); n > 0; n-- {
		line := d.file.Line(n)
		if i := strings.LastIndexAny(line, "[{"); i >= 0 {
			return source.Pos{Line: n, Column: columnOf(line, i)}
		}
	}
	return at
}

// maxPieces is how many commas an expression may have to be recognised.
const maxPieces = 32

// split returns how many further texts belong to a plain one in a flow list or
// map that YAML cut at a comma between parentheses: `max(a, b) < 3`. The texts
// after it are given by next, which returns false at their end.
func split(n *yaml.Node, next func(i int) (*yaml.Node, bool)) int {
	if n.Kind != yaml.ScalarNode || n.Style != 0 {
		return 0
	}
	open := unclosed(n.Value)
	for i := 0; open > 0 && i < maxPieces; i++ {
		more, ok := next(i)
		if !ok || more.Kind != yaml.ScalarNode {
			return 0
		}
		if open += unclosed(more.Value); open <= 0 {
			return i + 1
		}
	}
	return 0
}

// unclosed returns how many parentheses a piece of an expression leaves open.
func unclosed(expression string) int {
	n, quote := 0, rune(0)
	for _, c := range expression {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(' || c == '[':
			n++
		case c == ')' || c == ']':
			n--
		}
	}
	return n
}
