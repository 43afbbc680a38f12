package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A sheet is the text of a report as it is being written.
type sheet struct {
	strings.Builder
	Options
	width    int
	gathered *[]trace.Table // where tables go that are not to be written
}

// Widths that a sheet is laid out for: the least, and where none is given, so that no
// line takes all of a terminal of 80 columns.
const (
	narrowest = 60
	usual     = 79
)

func newSheet(o Options) *sheet {
	s := &sheet{Options: o, width: o.Width}
	if s.width == 0 {
		s.width = usual
	}
	s.width = max(s.width, narrowest)
	return s
}

// A colour is the parameter of an ANSI escape.
type colour string

const (
	heavy  colour = "1"
	dim    colour = "2"
	red    colour = "1;31"
	green  colour = "1;32"
	yellow colour = "33"
)

// ink colours a text, where colours are wanted. It is done last: an escape has no
// width.
func (s *sheet) ink(c colour, text string) string {
	if !s.Colour || c == "" || strings.TrimSpace(text) == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

func (s *sheet) bold(text string) string { return s.ink(heavy, text) }

// paint colours whole lines.
func (s *sheet) paint(c colour, lines ...string) []string {
	for i := range lines {
		lines[i] = s.ink(c, lines[i])
	}
	return lines
}

// line writes one line.
func (s *sheet) line(format string, args ...any) {
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	if s.gathered != nil {
		s.note(text)
		return
	}
	s.WriteString(strings.TrimRight(text, " ") + "\n")
}

// block writes lines, the first after head and the others after hang.
func (s *sheet) block(head, hang string, lines []string) {
	for i, line := range lines {
		if i == 0 {
			line = head + line
		} else {
			line = hang + line
		}
		s.line("%s", line)
	}
}

// wrap breaks a text between words into lines of at most first, then rest
// characters. A word that is longer than a line stays whole.
func wrap(text string, first, rest int) (lines []string) {
	line, room := "", first
	for _, word := range words(text) {
		switch {
		case line == "":
			line = word
		case width(line)+1+width(word) <= room:
			line += " " + word
		default:
			lines, line, room = append(lines, line), word, rest
		}
	}
	return append(lines, line)
}

// words splits a text at its blanks, but keeps a number with what follows it:
// "1.2 m".
func words(text string) (list []string) {
	number := false
	for _, word := range strings.Fields(text) {
		if number && width(word) <= unitMost {
			list[len(list)-1] += " " + word
		} else {
			list = append(list, word)
		}
		number = strings.Trim(word, "(+-.0123456789") == "" && word != "("
	}
	return list
}

// unitMost is the length of the longest word that stays with a number.
const unitMost = 6

// width is how many columns a text takes: one for each character.
func width(text string) int { return utf8.RuneCountInString(text) }

// left and right fill a text up to a width.
func left(text string, n int) string { return text + strings.Repeat(" ", max(0, n-width(text))) }

func right(text string, n int) string { return strings.Repeat(" ", max(0, n-width(text))) + text }

// clean makes text of a scenario file safe for a terminal: what cannot be seen
// is escaped. Line ends stay.
func clean(text string) string {
	plain := func(r rune) bool { return r == '\n' || strconv.IsPrint(r) && r != utf8.RuneError }
	if strings.IndexFunc(text, func(r rune) bool { return !plain(r) }) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case plain(r):
			b.WriteRune(r)
		case r == '\t':
			b.WriteByte(' ')
		default:
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}

// span writes a duration as in a scenario: "20m", "3m50s", "200ms".
func span(d vtime.Duration) string {
	if d > vtime.Second {
		d = d.Round(vtime.Millisecond)
	}
	return vtime.Shortest(d)
}

// counted writes a number with what it counts, of one or of several.
func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + several
}

// count writes a number with its noun: "1 attack", "0 faults".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
