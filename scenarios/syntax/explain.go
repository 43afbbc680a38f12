package syntax

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// An explanation says in words what the YAML library does not like.
type explanation struct {
	source.Problem
	local  bool // only the value of one line: the rest can be read on
	silent bool // said already
}

// at returns an explanation with its place.
func (d *draft) at(p source.Pos, width int, local bool, fix, format string, args ...any) explanation {
	return explanation{Problem: source.Errorf(d.file.Span(p.Line, p.Column, width), fix, format, args...), local: local}
}

// explain finds out what the writer probably meant.
func (d *draft) explain(e failure) explanation {
	has := func(parts ...string) bool {
		for _, part := range parts {
			if strings.Contains(e.message, part) || strings.Contains(e.during, part) {
				return true
			}
		}
		return false
	}
	switch {
	case e.at.Line == 0:
		return explanation{Problem: source.Errorf(d.file.Whole(), "please report it with the file", "%s", e.message)}
	case has(errTooDeep.Error()):
		return d.at(e.at, 1, false, "write fewer levels", "this is nested more than %d levels deep", maxDepth)
	case d.openQuote(e.at.Line) > 0:
		return d.quote(d.openQuote(e.at.Line))
	case has("tab ", "tabs") || strings.Contains(d.blanks(e.at), "\t"):
		return d.tabs(e.at)
	case has("anchor", "alias"):
		return d.anchor(d.first(e))
	case has("tag"):
		return d.tag(d.first(e))
	case has("block scalar"):
		return d.block(e.context)
	case has("quoted scalar"):
		return d.quoted(e)
	case has("cannot start any token"):
		return d.badStart(e.at)
	case has("simple key"):
		return d.noColon(e.context.Line)
	case has("flow"):
		return d.flow(e)
	case has("not allowed in this context", "expected key", "expected node content"):
		return d.misplaced(e)
	case has("expected '-' indicator"):
		return d.at(e.at, 1, false, "begin it with `- `, or indent it below the item above",
			"this line of a list does not begin with a dash")
	case has("directive", "%TAG", "%YAML"):
		return d.at(d.first(e), 1, false, "remove the line", "a line cannot begin with %%")
	default:
		return d.unknown(e)
	}
}

// unknown passes on what the library says.
func (d *draft) unknown(e failure) explanation {
	return d.at(e.at, 1, false, "compare the line with the one above", "YAML cannot be read here: %s", e.message)
}

// first returns where the thing begins that the library was reading.
func (d *draft) first(e failure) source.Pos {
	if e.context.Line > 0 {
		return e.context
	}
	return e.at
}

// blanks returns what a line begins with, if the position is within it.
func (d *draft) blanks(at source.Pos) string {
	line := d.file.Line(at.Line)
	if n := indentation(line); at.Column <= n+1 {
		return line[:n]
	}
	return ""
}

// tabs explains indentation by tabs, once for the whole file.
func (d *draft) tabs(at source.Pos) explanation {
	first, more := 0, 0
	for n := 1; n <= d.file.Lines(); n++ {
		line := d.file.Line(n)
		switch {
		case !strings.Contains(line[:indentation(line)], "\t"):
		case first == 0:
			first = n
		default:
			more++
		}
	}
	message := "this line is indented with a tab"
	switch {
	case first == 0:
		return d.at(at, 1, false, "use blanks", "a tab stands where YAML wants blanks")
	case more == 1:
		message += ", and so is 1 more"
	case more > 1:
		message += fmt.Sprintf(", and so are %d more", more)
	}
	column := strings.IndexByte(d.file.Line(first), '\t') + 1
	return d.at(source.Pos{Line: first, Column: column}, 1, false, "indent with blanks, two for each level", "%s", message)
}

// anchor explains anchors and aliases, once for the whole file.
func (d *draft) anchor(at source.Pos) explanation {
	x := explanation{Problem: anchorProblem(d.file.Span(at.Line, at.Column, 1)), local: true, silent: d.anchors}
	d.anchors = true
	return x
}

func anchorProblem(at source.Span) source.Problem {
	return source.Errorf(at, "write the value out; share a system with `use:`, equal devices with `count:`",
		"anchors and aliases (&, * and <<) are not part of this language")
}

// tag explains a value that begins with an exclamation mark.
func (d *draft) tag(at source.Pos) explanation {
	return explanation{Problem: tagProblem(d.file.Span(at.Line, at.Column, 1), d.valueAt(at)), local: true}
}

func tagProblem(at source.Span, raw string) source.Problem {
	rest := strings.TrimSpace(strings.TrimLeft(raw, "!"))
	if strings.HasPrefix(raw, "!!") || strings.HasPrefix(raw, "!<") || rest == "" {
		return source.Errorf(at, "remove it: what a value is follows from its key", "`!` begins a YAML tag")
	}
	return source.Errorf(at, write("not "+rest, "write not for !"), "`!` begins a YAML tag, it does not negate")
}

// valueAt returns what is written from a position to the end of the value.
func (d *draft) valueAt(at source.Pos) string {
	runes := []rune(d.file.Line(at.Line))
	if at.Column < 1 || at.Column > len(runes) {
		return ""
	}
	return withoutComment(string(runes[at.Column-1:]))
}

// block explains > and | that were meant as operators.
func (d *draft) block(at source.Pos) explanation {
	return explanation{Problem: blockProblem(d.file.Span(at.Line, at.Column, 1), d.valueAt(at)), local: true}
}

func blockProblem(at source.Span, raw string) source.Problem {
	if strings.HasPrefix(raw, "|") {
		return source.Errorf(at, "write both sides, as in `pump.running or valve.open`", "`|` begins a block of text here")
	}
	return source.Errorf(at, "write what is compared, as in `tower.level > 3`",
		"`>` begins a block of text here, it does not compare")
}

// openQuote returns the last line up to one whose value opens a quote that
// neither the line nor what is indented below it closes.
func (d *draft) openQuote(line int) int {
	for n := min(line, d.file.Lines()); n > 0; n-- {
		k, ok := keyedLine(d.file.Line(n))
		if !ok || d.holes[n] || !strings.HasPrefix(k.value, `"`) && !strings.HasPrefix(k.value, "'") {
			continue
		}
		if quotedWidth([]byte(k.value)) > 0 {
			continue
		}
		below := n + 1
		for below < d.file.Lines() && strings.TrimSpace(d.file.Line(below)) == "" {
			below++
		}
		if indentation(d.file.Line(below)) <= len(k.prefix) {
			return n
		}
	}
	return 0
}

// quote explains a quote that is not closed.
func (d *draft) quote(line int) explanation {
	k, _ := keyedLine(d.file.Line(line))
	return d.neverClosed(source.Pos{Line: line, Column: k.column})
}

// quoted explains quotes that are not closed and wrong escapes.
func (d *draft) quoted(e failure) explanation {
	if strings.Contains(e.message, "unexpected") {
		return d.neverClosed(e.context)
	}
	return d.at(e.at, 1, true, "write `\\\\` for a backslash, or use single quotes",
		"this escape does not exist in double quotes")
}

func (d *draft) neverClosed(at source.Pos) explanation {
	return d.at(at, 1, true, "close it at the end of the value", "the quote that opens here is never closed")
}

// badStart explains values that begin with a character that YAML keeps for
// itself.
func (d *draft) badStart(at source.Pos) explanation {
	value := d.valueAt(at)
	key := ""
	if k, ok := keyedLine(d.file.Line(at.Line)); ok && k.column == at.Column {
		key = k.key
	}
	if bare := strings.Trim(value, "`"); strings.HasPrefix(value, "`") {
		return d.at(at, 1, true, write(bare, "leave them out"), "a value cannot begin with a backtick")
	}
	return d.at(at, 1, true, quoteIt(key, value), "a value cannot begin with %s", source.Quote(firstOf(value)))
}

func firstOf(text string) string {
	for _, r := range text {
		return string(r)
	}
	return ""
}

// noColon explains a line that should be `key: value`.
func (d *draft) noColon(line int) explanation {
	text := d.file.Line(line)
	k, ok := almostKeyed(text)
	if !ok {
		at := source.Pos{Line: line, Column: indentation(text) + 1}
		return d.at(at, 1, true, "write `key: value`", "this line has no `key:`")
	}
	at := source.Pos{Line: line, Column: len([]rune(k.prefix)) + 1}
	what := "a colon is missing after %s"
	if strings.HasPrefix(text[len(k.prefix)+len(k.key):], ":") {
		what = "a blank is missing after the colon of %s"
	}
	fix := write(strings.TrimSpace(k.key+": "+k.value), "write `key: value`")
	return d.at(at, len(k.key), true, fix, what, source.Quote(k.key))
}
