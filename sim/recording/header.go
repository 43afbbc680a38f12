package recording

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Column is what the header says of one.
type Column struct{ Name, Unit string }

// A Header is the first line of a file. The first column is the time.
type Header struct {
	Columns []Column
	Tick    vtime.Duration // the unit of the time

	separator byte
}

// readHeader reads the first line.
func readHeader(l *lines) (*Header, *Mistake) {
	line, err := l.next()
	switch {
	case err == io.EOF:
		return nil, &Mistake{Line: 1, Cause: "the file is empty", Next: "write a header such as time,level and a row for each time"}
	case err != nil:
		return nil, &Mistake{Line: 1, Cause: err.Error()}
	case !utf8.ValidString(line) || strings.ContainsRune(line, 0):
		return nil, &Mistake{Line: 1, Cause: "the header is not text in UTF-8", Next: "save the file as CSV in UTF-8"}
	}
	h := &Header{separator: separatorOf(line)}
	fields, err := split(line, h.separator, nil)
	switch {
	case err != nil:
		return nil, &Mistake{Line: 1, Cause: err.Error()}
	case len(fields) > MaxColumns:
		return nil, &Mistake{Line: 1, Cause: fmt.Sprintf("there are more than %d columns", MaxColumns), Next: "leave out those that no formula reads"}
	case isDecimal(pointed(fields[0], h.separator == ';')) || dated(fields[0]):
		return nil, &Mistake{Line: 1, Cause: "there is no header: the first line begins with a time", Next: "name the columns in a line above, such as time,level"}
	}
	for _, f := range fields {
		h.Columns = append(h.Columns, columnOf(f))
	}
	return h, h.tick(fields[0])
}

// dated reports whether a text begins with the year and the month of a date.
func dated(text string) bool {
	const year = len("2015")
	return len(text) > len("2015-12-28") && strings.Trim(text[:year], numerals) == "" && text[year] == '-' && strings.Trim(text[year+1:year+2], numerals) == ""
}

// columnOf reads `name [unit]`.
func columnOf(text string) Column {
	inner, ok := strings.CutSuffix(text, "]")
	i := strings.LastIndexByte(inner, '[')
	if !ok || i <= 0 || strings.Trim(inner[i+1:], numerals) == "" {
		return Column{Name: text} // drive[3] is a name
	}
	return Column{strings.TrimSpace(inner[:i]), strings.TrimSpace(inner[i+1:])}
}

// tick finds the unit of the time: seconds where the header says nothing else.
func (h *Header) tick(text string) *Mistake {
	first := &h.Columns[0]
	if inner, ok := strings.CutSuffix(text, ")"); ok && first.Unit == "" { // time (ms)
		if i := strings.LastIndexByte(inner, '('); i > 0 {
			first.Name, first.Unit = strings.TrimSpace(inner[:i]), strings.TrimSpace(inner[i+1:])
		}
	}
	h.Tick = vtime.Second
	if first.Unit == "" {
		return nil
	}
	unit, ok := tickOf(first.Unit)
	if !ok {
		return &Mistake{Line: 1, Column: first.Name, Cause: fmt.Sprintf("%s is no unit of time", source.Quote(first.Unit)), Next: "the first column is the time, in s, ms, us, ns, min, h or d"}
	}
	h.Tick = unit
	return nil
}

// Find returns the number of the column with a name. What is wrong with the name is
// a mistake in the header.
func (h *Header) Find(name string) (int, *Mistake) {
	at := -1
	for i := range h.Columns {
		switch {
		case h.Columns[i].Name != name:
		case at >= 0:
			return 0, &Mistake{Line: 1, Column: name, Cause: "two columns have this name", Next: "rename one of them"}
		default:
			at = i
		}
	}
	if at < 0 {
		return 0, h.unknown(name)
	}
	return at, nil
}

// unknown says which column may be meant by a name that none has.
func (h *Header) unknown(name string) *Mistake {
	var names []string
	for _, c := range h.Columns[1:] {
		if c.Name != "" {
			names = append(names, c.Name)
		}
	}
	m := &Mistake{Line: 1, Cause: "there is no column " + source.Quote(name)}
	const most = 12
	switch near, ok := source.Nearest(name, names); {
	case ok:
		m.Next = "did you mean " + source.Quote(near) + "?"
	case len(names) == 0:
		m.Next = "there is none but the time; columns are separated by , or ; or tabs"
	case len(names) > most:
		m.Next = fmt.Sprintf("there are %s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	default:
		m.Next = "there are " + strings.Join(names, ", ")
	}
	return m
}
