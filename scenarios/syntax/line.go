package syntax

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A keyed is a line of the form `key: value`, taken apart.
type keyed struct {
	prefix string // blanks and `- `
	key    string
	colon  int    // column
	column int    // of the value
	value  string // without a comment
}

var (
	keyedPattern  = regexp.MustCompile(`^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s:#"'\[\]{},&*!|>%@` + "`" + `][^:#\[\]{}]*?)\s*(:)(?:\s+(.*))?$`)
	almostPattern = regexp.MustCompile(`^(\s*(?:- +)*)([A-Za-z_][\w-]*)(\s*=\s*|:|\s+|$)(.*)$`)
)

// keyedLine takes a line apart at its first colon.
func keyedLine(line string) (keyed, bool) {
	m := keyedPattern.FindStringSubmatchIndex(line)
	if m == nil {
		return keyed{}, false
	}
	k := keyed{prefix: line[m[2]:m[3]], key: line[m[4]:m[5]], colon: columnOf(line, m[6])}
	k.column = k.colon + 1
	if m[8] >= 0 {
		k.column = columnOf(line, m[8])
		k.value = withoutComment(line[m[8]:m[9]])
	}
	return k, true
}

// almostKeyed takes a line apart that lacks its colon or the blank after it.
func almostKeyed(line string) (keyed, bool) {
	m := almostPattern.FindStringSubmatch(line)
	if m == nil {
		return keyed{}, false
	}
	return keyed{prefix: m[1], key: m[2], value: withoutComment(m[4])}, true
}

// columnOf returns the column of a byte of a line.
func columnOf(line string, offset int) int {
	return utf8.RuneCountInString(line[:offset]) + 1
}

// withoutComment cuts a comment off a value.
func withoutComment(value string) string {
	var quote rune
	for i, c := range value {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' && (i == 0 || value[i-1] == ' '):
			quote = c
		case c == '#' && (i == 0 || value[i-1] == ' ' || value[i-1] == '\t'):
			return strings.TrimSpace(value[:i])
		}
	}
	return strings.TrimSpace(value)
}

// indentation returns how many blanks a line begins with.
func indentation(line string) int {
	return len(line) - len(strings.TrimLeft(line, " \t"))
}

// piece returns which runes of a line make up the entry of a flow list or map
// that holds the column mark. The list or map opens at column open.
func piece(line []rune, open, mark int) (from, to int) {
	depth, from := 0, open
	for i := open; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"' || c == '\'':
			i += closing(line[i+1:], c)
		case strings.ContainsRune("([{", c):
			depth++
		case strings.ContainsRune(")]}", c) && depth > 0:
			depth--
		case c == ',' && depth == 0 && i+1 < mark:
			from = i + 1
		case depth == 0 && strings.ContainsRune(",]}", c):
			if i+1 >= mark {
				return from, i
			}
		}
	}
	return min(from, len(line)), len(line)
}

// closing returns how many runes there are up to a quote, with it; 0 if there is
// none.
func closing(rest []rune, quote rune) int {
	for i, c := range rest {
		if c == quote {
			return i + 1
		}
	}
	return 0
}
