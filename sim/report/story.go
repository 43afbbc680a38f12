package report

import (
	"regexp"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/signal"
)

// A column is how a column of the plan is written.
type column struct {
	index  int
	title  []string // at most two lines
	number bool
	scale  scale
	column *sim.Column
	width  int
	unit   int // how much of the width is the unit's, in the first row
}

// Widths of the story's table.
const (
	gutter    = 2  // before a line, and between columns
	titleMost = 8  // a longer title is broken where the values are narrower
	textLeast = 26 // what happened gets at least so much
)

// story writes what happened as a table.
func (s *sheet) story(r *sim.Result) {
	list := rows(r)
	if !s.All {
		list = collapse(fold(list), r.StoryDropped)
	}
	clock := 0
	for i := range list {
		clock = max(clock, width(list[i].at))
	}
	head := gutter + clock + len("  > ")
	columns, left := s.columns(r, list, s.width-head-textLeast)
	room := s.width - head
	for i := range columns {
		room -= columns[i].width + gutter
	}
	s.titles(columns, head+room)
	shown := false
	for i := range list {
		s.row(&list[i], columns, clock, room, !shown)
		shown = shown || list[i].values != nil
	}
	if len(left) > 0 {
		s.block("  not shown, no room: ", "    ", wrap(strings.Join(left, ", "), s.width-23, s.width-4))
	}
	for _, text := range unhappened(r) {
		s.block("  ! ", "    ", wrap(text, s.width-4, s.width-4))
	}
	s.line("")
}

// columns lays out the plan's columns within the room; left are the titles of
// those for which there is none.
func (s *sheet) columns(r *sim.Result, list []row, room int) (columns []column, left []string) {
	for i := range r.Plan.Columns() {
		c := newColumn(r, list, i)
		if room -= c.width + gutter; room < 0 {
			left = append(left, clean(c.column.Title))
			room += c.width + gutter
			continue
		}
		columns = append(columns, c)
	}
	return columns, left
}

func newColumn(r *sim.Result, list []row, i int) column {
	c := column{index: i, column: &r.Plan.Columns()[i]}
	c.number = c.column.Expression.Type == signal.Number
	var values []float64
	for k := range list {
		if i < len(list[k].values) {
			values = append(values, list[k].values[i])
		}
	}
	if c.number {
		c.scale = scaleOf(values, c.column.Expression.Unit)
		c.unit = width(suffix(c.scale.unit))
	}
	for _, v := range values {
		c.width = max(c.width, width(c.text(v))+c.unit)
	}
	c.title = titleLines(clean(c.column.Title), max(c.width, titleMost))
	for _, line := range c.title {
		c.width = max(c.width, width(line))
	}
	return c
}

// text writes a value of the column, without its unit.
func (c *column) text(v float64) string {
	if c.number {
		return c.scale.text(v)
	}
	return word(v, c.column.Expression.Type, c.column.Expression.Labels)
}

// cell writes a value at its place in the column.
func (c *column) cell(v float64, unit bool) string {
	switch {
	case !c.number:
		return left(c.text(v), c.width)
	case unit:
		return right(c.text(v)+suffix(c.scale.unit), c.width)
	}
	return right(c.text(v), c.width-c.unit) + strings.Repeat(" ", c.unit)
}

var (
	pathTitle = regexp.MustCompile(`^(\w+(?:\[\d+\])?)\.(\w+)$`)
	toldTitle = regexp.MustCompile(`^told\(([^(),]+)(?:,\s*([^(),]+))?\)$`)
)

// titleLines puts a signal's name below its device's, and breaks a long title at
// the blank that makes it narrowest. A title no wider than room stays whole.
func titleLines(title string, room int) []string {
	if m := pathTitle.FindStringSubmatch(title); m != nil {
		return m[1:]
	}
	if m := toldTitle.FindStringSubmatch(title); m != nil {
		return []string{m[1], strings.TrimSpace("told " + m[2])}
	}
	best, least := -1, width(title)
	for i, r := range title {
		if long := max(width(title[:i]), width(title[i:])-1); r == ' ' && long < least {
			best, least = i, long
		}
	}
	if width(title) <= room || best < 0 {
		return []string{title}
	}
	return []string{title[:best], title[best+1:]}
}

// titles writes the head of the table; a title of one line stands in the last.
func (s *sheet) titles(columns []column, before int) {
	lines := 1
	for i := range columns {
		lines = max(lines, len(columns[i].title))
	}
	for n := range lines {
		head := ""
		if n == lines-1 {
			head = "Story"
		}
		text := s.bold(head) + strings.Repeat(" ", before-width(head))
		for i := range columns {
			c, title := &columns[i], ""
			if k := n - (lines - len(c.title)); k >= 0 {
				title = c.title[k]
			}
			if c.number {
				title = right(title, c.width)
			}
			text += strings.Repeat(" ", gutter) + left(title, c.width)
		}
		s.line("%s", text)
	}
}

// row writes one line of the table, and what does not fit beside the numbers
// below it.
func (s *sheet) row(r *row, columns []column, clock, room int, unit bool) {
	head := gutter + clock + len("  > ")
	if r.values == nil {
		room = s.width - head
	}
	lines := wrap(r.text, room, room)
	text := strings.Repeat(" ", gutter) + right(r.at, clock) + "  " + s.ink(r.colour, left(r.mark, 1)+" "+lines[0])
	if r.values != nil {
		text += strings.Repeat(" ", max(0, room-width(lines[0])))
		for i := range columns {
			text += strings.Repeat(" ", gutter) + columns[i].cell(r.values[columns[i].index], unit)
		}
	}
	s.line("%s", text)
	for _, more := range lines[1:] {
		s.line("%s", strings.Repeat(" ", head)+s.ink(r.colour, more))
	}
}
