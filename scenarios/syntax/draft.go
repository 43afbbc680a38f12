package syntax

import (
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// A draft is a file while its mistakes of YAML are replaced by holes.
type draft struct {
	file     *source.File
	problems *source.Problems
	lines    []string // as repaired; nil while nothing is
	holes    map[int]bool
	anchors  bool // an anchor or alias is reported already
}

func newDraft(f *source.File, problems *source.Problems) *draft {
	return &draft{file: f, problems: problems}
}

// dig replaces the value of the first key in a line, with all that belongs to
// it, by a hole: an empty text. It returns the text so far.
func (d *draft) dig(line int) []byte {
	if d.lines == nil {
		d.holes = make(map[int]bool)
		d.lines = make([]string, d.file.Lines())
		for i := range d.lines {
			d.lines[i] = d.file.Line(i + 1)
		}
	}
	if line < 1 || line > len(d.lines) {
		return []byte(strings.Join(d.lines, "\n"))
	}
	d.holes[line] = true
	indent := d.fill(line)
	for i := line; i < len(d.lines) && belongs(d.lines[i], indent); i++ {
		d.lines[i] = ""
	}
	return []byte(strings.Join(d.lines, "\n"))
}

// fill makes the hole in the line itself. It returns the indentation of its key.
func (d *draft) fill(line int) int {
	text := d.lines[line-1]
	k, ok := keyedLine(text)
	if !ok {
		k, ok = almostKeyed(text)
	}
	if !ok {
		d.lines[line-1] = ""
		return indentation(text)
	}
	d.lines[line-1] = k.prefix + k.key + `: ""` + tail(k.value)
	return len([]rune(k.prefix))
}

// tail returns what a value leaves for the brackets around its line: a comma, or
// the closing of one.
func tail(value string) string {
	open := 0
	for i := range len(value) {
		switch value[i] {
		case '[', '{':
			open++
		case ']', '}':
			open--
		}
	}
	end := len(strings.TrimRight(value, "]}, "))
	rest := strings.ReplaceAll(value[end:], " ", "")
	if open >= 0 {
		return rest[len(strings.TrimRight(rest, ",")):]
	}
	closers := strings.TrimRight(rest, ",")
	return closers[max(len(closers)+open, 0):] + rest[len(closers):]
}

// belongs reports whether a line belongs to a key that is indented less.
func belongs(text string, indent int) bool {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" || trimmed[0] == '#' || indentation(text) > indent {
		return true
	}
	return indentation(text) == indent && strings.Trim(trimmed, "]}, ") == ""
}

// hollow reports whether a line is a hole, or is followed by nothing but one.
func (d *draft) hollow(line int) bool {
	if d.holes == nil || d.holes[line] {
		return d.holes != nil
	}
	for line++; line <= len(d.lines) && strings.TrimSpace(d.lines[line-1]) == ""; line++ {
		if d.holes[line] {
			return true
		}
	}
	return false
}
