package source

import (
	"fmt"
	"strings"
)

const (
	shown   = 20 // problems that are shown; the others are counted
	columns = 80 // of the terminal that must suffice
	hang    = "    "
)

// Error returns the problems as people are shown them when nothing was run.
func (p Problems) Error() string { return p.Render("Nothing was run.") }

// Render returns the count of the problems, a note, and the first problems with
// the lines that hold them.
func (p Problems) Render(note string) string {
	sorted := p.Sorted()
	var b strings.Builder
	b.WriteString(sorted.count() + ".")
	if note != "" {
		b.WriteString(" " + note)
	}
	b.WriteString("\n")
	for _, one := range sorted[:min(shown, len(sorted))] {
		b.WriteString("\n" + one.String())
	}
	if n := len(sorted) - shown; n > 0 {
		fmt.Fprintf(&b, "\n... and %d more\n", n)
	}
	return b.String()
}

// count says how many problems there are and where: "plant.yaml has 3 mistakes".
func (p Problems) count() string {
	mistakes, warnings, files := 0, 0, map[string]bool{}
	for _, one := range p {
		files[one.fileName()] = true
		if one.Severity == Warning {
			warnings++
		} else {
			mistakes++
		}
	}
	var parts []string
	if mistakes > 0 || warnings == 0 {
		parts = append(parts, plural(mistakes, "mistake"))
	}
	if warnings > 0 {
		parts = append(parts, plural(warnings, "warning"))
	}
	total := strings.Join(parts, " and ")
	switch {
	case len(files) > 1:
		return fmt.Sprintf("%s in %d files", total, len(files))
	case len(p) == 0 || p[0].fileName() == "":
		return total
	default:
		return fmt.Sprintf("%s has %s", Printable(p[0].fileName()), total)
	}
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// String returns the place, the cause, the line with a caret and the fix.
func (p Problem) String() string {
	head := p.Span.String() + "  "
	if p.Severity == Warning {
		head += "warning: "
	}
	var b strings.Builder
	for i, line := range wrap(head+Printable(p.Message), columns, columns-len(hang)) {
		if i > 0 {
			b.WriteString(hang)
		}
		b.WriteString(line + "\n")
	}
	switch {
	case p.File != nil && p.Line > 0:
		p.snippet(&b)
	case p.Fix != "":
		for _, line := range wrap(Printable(p.Fix), columns-len(hang), columns-len(hang)) {
			b.WriteString(hang + line + "\n")
		}
	}
	return b.String()
}

// snippet writes the line with a caret and the fix.
func (p Problem) snippet(b *strings.Builder) {
	number := fmt.Sprintf("%4d", p.Line)
	gutter := strings.Repeat(" ", len(number)) + " | "
	s := excerpt(cellsOf(p.File.Line(p.Line)), p.Column-1, p.Width, columns-len(gutter))
	b.WriteString(strings.TrimRight(number+" | "+s.text, " ") + "\n")
	marked := gutter + strings.Repeat(" ", s.before) + "^" + strings.Repeat("~", s.marks-1)
	fix := Printable(p.Fix)
	switch {
	case fix == "":
		b.WriteString(marked + "\n")
	case len(marked)+1+displayWidth(fix) <= columns:
		b.WriteString(marked + " " + fix + "\n")
	default:
		b.WriteString(marked + "\n")
		room := columns - len(gutter)
		for _, line := range wrap(fix, room, room) {
			b.WriteString(gutter + line + "\n")
		}
	}
}
