package report

import (
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
)

// A grid is a table of words. The last column takes what room there is, and goes on
// below itself.
type grid struct {
	*sheet
	titles  []string
	numbers []bool // columns that stand to the right
	rows    [][]string
}

// cellMost is the widest that a column but the last may be.
const cellMost = 30

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// write writes the table.
func (g *grid) write() {
	if g.gathered != nil {
		*g.gathered = append(*g.gathered, trace.Table{Heads: g.titles, Rows: g.rows})
		return
	}
	last := len(g.titles) - 1
	widths := make([]int, last+1)
	for c, title := range g.titles {
		widths[c] = width(title)
		if c == 0 {
			widths[c] -= gutter
		}
		for _, row := range g.rows {
			widths[c] = max(widths[c], width(row[c]))
		}
		if c < last && !g.number(c) {
			widths[c] = min(widths[c], max(cellMost, width(title)))
		}
	}
	g.fit(widths)
	g.shrink(widths)
	g.heading(widths)
	for _, row := range g.rows {
		g.row(row, widths)
	}
}

// heading writes the titles.
func (g *grid) heading(widths []int) {
	g.line("%s", g.bold(strings.TrimRight(left(g.titles[0], widths[0]+gutter)+g.tail(g.titles, widths), " ")))
}

// shrink leaves the last column room: the widest of the others gets narrower.
func (g *grid) shrink(widths []int) {
	last := len(widths) - 1
	least, narrow := min(widths[last], max(16, g.longest(last))), 10
	if g.number(last) {
		least, narrow = widths[last], widths[last]
	}
	for {
		used, widest := 0, 0
		for c := range widths[:last] {
			used += widths[c] + gutter
			if widths[c] > widths[widest] && !g.number(c) {
				widest = c
			}
		}
		if room := g.width - used - gutter; room >= least || widths[widest] <= 10 {
			widths[last] = min(widths[last], max(room, narrow))
			return
		}
		widths[widest]--
	}
}

// number reports whether a column is of numbers, which stand whole.
func (g *grid) number(column int) bool { return g.numbers != nil && g.numbers[column] }

// longest is the width of the longest word of a column that need not be divided.
func (g *grid) longest(column int) (n int) {
	for _, row := range g.rows {
		for _, word := range words(row[column]) {
			n = max(n, width(word))
		}
	}
	return min(n, cellMost)
}

// tail is the cells of one line after the first.
func (g *grid) tail(cells []string, widths []int) string {
	var b strings.Builder
	for c := 1; c < len(cells); c++ {
		b.WriteString(strings.Repeat(" ", gutter))
		if g.numbers != nil && g.numbers[c] {
			b.WriteString(right(cells[c], widths[c]))
		} else {
			b.WriteString(left(cells[c], widths[c]))
		}
	}
	return b.String()
}

// row writes one row, over as many lines as its cells need.
func (g *grid) row(row []string, widths []int) {
	cells, lines := make([][]string, len(row)), 1
	for c, text := range row {
		cells[c] = folded(text, widths[c])
		lines = max(lines, len(cells[c]))
	}
	for n := range lines {
		line := make([]string, len(row))
		for c := range row {
			if n < len(cells[c]) {
				line[c] = cells[c][n]
			}
		}
		g.line("%s", strings.Repeat(" ", gutter)+left(line[0], widths[0])+g.tail(line, widths))
	}
}

// folded is wrap, but divides words that are longer than a line.
func folded(text string, room int) (lines []string) {
	for _, line := range wrap(text, room, room) {
		runes := []rune(line)
		for len(runes) > room {
			lines, runes = append(lines, string(runes[:room])), runes[room:]
		}
		lines = append(lines, string(runes))
	}
	return lines
}
