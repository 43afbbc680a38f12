package report

import (
	"strconv"
	"strings"
)

// The prefixes of large counts, from a thousand on.
const prefixes = "kMGTPE"

// shortened writes a count of more than six digits with a prefix, to three: "64.8 G"; all other
// text as it is.
func shortened(text string) string {
	bare := strings.ReplaceAll(text, " ", "")
	n, err := strconv.ParseUint(bare, 10, 64)
	if err != nil || len(bare) <= 6 {
		return text
	}
	x, prefix := float64(n)/1000, 0
	for x >= 999.5 && prefix < len(prefixes)-1 {
		x /= 1000
		prefix++
	}
	return strconv.FormatFloat(x, 'g', 3, 64) + " " + prefixes[prefix:prefix+1]
}

// fit shortens the counts of a table that would be too wide: columns of numbers are never divided.
func (g *grid) fit(widths []int) {
	used := 0
	for _, w := range widths {
		used += gutter + w
	}
	for c := range widths {
		if used <= g.width || g.numbers == nil || !g.numbers[c] {
			continue
		}
		before := widths[c]
		widths[c] = width(g.titles[c])
		for _, row := range g.rows {
			row[c] = shortened(row[c])
			widths[c] = max(widths[c], width(row[c]))
		}
		used -= before - widths[c]
	}
}
