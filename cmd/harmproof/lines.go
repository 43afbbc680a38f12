package main

import "strings"

// wrapped breaks a text between words into lines of at most a width.
func wrapped(text string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	return append(lines, line)
}

// broken breaks a line of laid out text, where it is too long, at a blank; what
// follows goes on below the line's last column.
func broken(line string, width int) []string {
	runes := []rune(line)
	if len(runes) <= width {
		return []string{line}
	}
	hang := len(line) - len(strings.TrimLeft(line, " "))
	if i := strings.LastIndex(line, "  "); i > 0 && i+2 <= width*2/3 {
		hang = i + 2
	}
	at := width
	for at > hang && runes[at] != ' ' {
		at--
	}
	if at <= hang {
		return []string{line}
	}
	rest := strings.Repeat(" ", hang) + strings.TrimLeft(string(runes[at:]), " ")
	return append([]string{strings.TrimRight(string(runes[:at]), " ")}, broken(rest, width)...)
}
