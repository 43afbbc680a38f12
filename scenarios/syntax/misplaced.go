package syntax

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// misplaced explains what stands where block YAML does not allow it: either the
// value of a line needs quotes, or the indentation is wrong.
func (d *draft) misplaced(e failure) explanation {
	line := d.file.Line(e.at.Line)
	k, ok := keyedLine(line)
	switch {
	case ok && e.at.Column > k.colon:
		return d.needsQuotes(k, e.at)
	case ok && e.at.Column == k.colon:
		return d.tooDeep(k, e.at)
	case strings.HasPrefix(strings.TrimSpace(line), "- "):
		return d.at(e.at, 1, false, "indent it below the key of its list", "a list item stands among `key: value` lines")
	default:
		return d.misaligned(e.at)
	}
}

// needsQuotes explains a value that YAML reads as something else.
func (d *draft) needsQuotes(k keyed, at source.Pos) explanation {
	runes := []rune(d.file.Line(at.Line))
	rest := withoutComment(string(runes[min(at.Column-1, len(runes)):]))
	value := source.Pos{Line: at.Line, Column: k.column}
	fix := quoteIt(k.key, k.value)
	switch first := firstOf(k.value); {
	case strings.HasPrefix(k.value, "- "):
		item := strings.TrimSpace(k.value[2:])
		if _, ok := keyedLine(item); ok {
			item = "{" + item + "}"
		}
		return d.at(value, 1, true, write(k.key+": ["+item+"]", "put it on a line of its own, indented")+
			", or begin the list below, indented", "a list begins on a line of its own")
	case strings.HasPrefix(k.value, "{{"):
		bare := strings.TrimSpace(strings.NewReplacer("{{", "", "}}", "").Replace(k.value))
		return d.at(value, 2, true, write(k.key+": "+bare, "leave the braces out"),
			"an expression stands as it is, without braces")
	case strings.Trim(rest, "]})") == "" && rest != "":
		return d.at(at, 1, true, "remove it", "there is one %s too many", rest[:1])
	case first == "[" || first == "{":
		what := map[string]string{"[": "list", "{": "map"}[first]
		return d.at(value, 1, true, fix, "`%s` begins a %s here, but the value goes on after it", first, what)
	case first == `"` || first == "'":
		return d.at(at, 1, true, fix, "the value goes on after its closing quote")
	case strings.Contains(k.value, "?"):
		return d.at(at, 1, true, fix, "a value with `? :` must stand in quotes")
	case first == "," || first == "]" || first == "}":
		return d.at(value, 1, true, fix, "a value cannot begin with %s", source.Quote(first))
	default:
		return d.at(at, 1, true, fix, "a colon with a blank inside a value begins a new key")
	}
}

// tooDeep explains a `key: value` below a line that cannot have any.
func (d *draft) tooDeep(k keyed, at source.Pos) explanation {
	above := at.Line - 1
	for above > 0 && isEmptyLine(d.file.Line(above)) {
		above--
	}
	start := len([]rune(k.prefix)) + 1
	up, ok := keyedLine(d.file.Line(above))
	if !ok {
		return d.noColon(above)
	}
	column := len([]rune(up.prefix)) + 1
	return d.at(source.Pos{Line: at.Line, Column: start}, len([]rune(k.key)), false,
		fmt.Sprintf("begin it in column %d, as the line above", column),
		"%s is indented as if the line above had no value", source.Quote(k.key))
}

// misaligned explains a line whose indentation no line above has.
func (d *draft) misaligned(at source.Pos) explanation {
	line := d.file.Line(at.Line)
	start := indentation(line) + 1
	where := source.Pos{Line: at.Line, Column: start}
	if at.Column > start {
		return d.at(at, 1, false, "compare the line with the one above", "YAML cannot be read from here on")
	}
	levels := d.levels(at.Line)
	if slices.Contains(levels, start) || len(levels) == 0 {
		return d.at(where, 1, false, "write `key: value`, indented as the lines around it",
			"this line fits neither above nor below")
	}
	columns := make([]string, 0, 2)
	for i, level := range levels {
		if level > start && (i == 0 || levels[i-1] < start) {
			if i > 0 {
				columns = append(columns, fmt.Sprint(levels[i-1]))
			}
			columns = append(columns, fmt.Sprint(level))
		}
	}
	if len(columns) == 0 {
		columns = append(columns, fmt.Sprint(levels[len(levels)-1]))
	}
	return d.at(where, 1, false, "begin it in column "+strings.Join(columns, " or "),
		"this line is indented as no line above it")
}

// levels returns the columns at which the open levels above a line begin.
func (d *draft) levels(line int) []int {
	var levels []int
	for n := line - 1; n > 0; n-- {
		text := d.file.Line(n)
		start := indentation(text) + 1
		if isEmptyLine(text) || len(levels) > 0 && start >= levels[len(levels)-1] {
			continue
		}
		levels = append(levels, start)
	}
	slices.Reverse(levels)
	return levels
}

func isEmptyLine(line string) bool {
	trimmed := strings.TrimSpace(line)
	return trimmed == "" || trimmed[0] == '#'
}
