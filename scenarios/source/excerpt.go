package source

import "strings"

// A snippet is the part of a line around a caret.
type snippet struct {
	text   string
	before int // cells before the caret
	marks  int // cells under which there is a mark, at least one
}

// excerpt cuts a line to at most room cells around the characters from..from+width.
func excerpt(line []cell, from, width, room int) snippet {
	from = min(max(from, 0), len(line))
	to := min(from+max(width, 1), len(line))
	first, last := 0, len(line)
	if total(line) > room {
		first, last = window(line, from, to, room)
	}
	var b strings.Builder
	s := snippet{}
	if first > 0 {
		b.WriteString("…")
		s.before = 1
	}
	for _, c := range line[first:last] {
		b.WriteString(c.text)
	}
	if last < len(line) {
		b.WriteString("…")
	}
	s.text = b.String()
	s.before += total(line[first:from])
	s.marks = max(total(line[from:max(from, min(to, last))]), 1)
	return s
}

// window returns which characters of a long line are shown: those of the caret,
// a third of the room before them, and what fits after.
func window(line []cell, from, to, room int) (first, last int) {
	room -= 2 // an ellipsis at both ends
	first = from
	for used := 0; first > 0 && used+line[first-1].width <= room/3; first-- {
		used += line[first-1].width
	}
	if total(line[:to]) <= room {
		first = 0
	}
	last = first
	for used := 0; last < len(line) && used+line[last].width <= room; last++ {
		used += line[last].width
	}
	for used := total(line[first:last]); last == len(line) && first > 0 && used+line[first-1].width <= room; first-- {
		used += line[first-1].width
	}
	return first, last
}

func total(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}
