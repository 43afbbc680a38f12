package source

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tab is how a tab is shown: its width must not depend on the terminal.
const tab = "    "

// A cell is what a terminal shows for one character.
type cell struct {
	text  string
	width int
}

// cellsOf returns a line of a file as a terminal may safely show it.
func cellsOf(line string) []cell {
	cells := make([]cell, 0, len(line))
	for i, r := range line {
		switch {
		case r == '\t':
			cells = append(cells, cell{tab, len(tab)})
		case r == utf8.RuneError && !strings.HasPrefix(line[i:], "\uFFFD"):
			cells = append(cells, cell{fmt.Sprintf(`\x%02x`, line[i]), 4})
		default:
			cells = append(cells, cellOf(r))
		}
	}
	return cells
}

func cellOf(r rune) cell {
	if strconv.IsPrint(r) {
		return cell{string(r), runeWidth(r)}
	}
	quoted := strconv.QuoteRuneToASCII(r)
	quoted = quoted[1 : len(quoted)-1]
	return cell{quoted, len(quoted)}
}

// Printable returns a text in which everything that a terminal would act on, or
// that a reader could not see, is escaped: control and format characters,
// text direction marks, exotic blanks.
func Printable(text string) string {
	if isPlain(text) {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD") {
			fmt.Fprintf(&b, `\x%02x`, text[i])
			continue
		}
		b.WriteString(cellOf(r).text)
	}
	return b.String()
}

func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// Quote returns user text for a message: in double quotes, printable, and cut
// where it is long.
func Quote(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most-1]) + "…"
	}
	return `"` + Printable(text) + `"`
}

// displayWidth returns how many cells a printable text takes.
func displayWidth(text string) int {
	n := 0
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}

// wide are the characters that take two cells (Unicode East Asian Width W and F,
// in the coarse blocks that terminals agree on).
var wide = []struct{ from, to rune }{
	{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3},
	{0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
	{0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
}

func runeWidth(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	for _, w := range wide {
		if r >= w.from && r <= w.to {
			return 2
		}
	}
	return 1
}
