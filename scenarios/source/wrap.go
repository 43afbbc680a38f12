package source

import "strings"

// wrap breaks a text into lines of at most first cells, then at most rest. What
// stands in backticks is to be pasted and stays whole.
func wrap(text string, first, rest int) []string {
	var lines []string
	line, used, limit := "", 0, first
	for _, word := range unbreakable(text) {
		n := displayWidth(word)
		if used > 0 && used+n > limit {
			lines = append(lines, strings.TrimRight(line, " "))
			line, used, limit = "", 0, rest
			word = strings.TrimLeft(word, " ")
			n = displayWidth(word)
		}
		line, used = line+word, used+n
	}
	return append(lines, strings.TrimRight(line, " "))
}

// unbreakable splits a text before its blanks, except in backticks.
func unbreakable(text string) []string {
	var words []string
	start, quoted := 0, false
	for i := range len(text) {
		switch {
		case text[i] == '`':
			quoted = !quoted
		case text[i] == ' ' && !quoted && i > start && text[i-1] != ' ':
			words = append(words, text[start:i])
			start = i
		}
	}
	return append(words, text[start:])
}
