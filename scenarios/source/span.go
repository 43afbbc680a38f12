package source

import "fmt"

// A Pos is a position in a file. Both count from 1; a column counts characters
// (runes), not bytes.
type Pos struct{ Line, Column int }

// A Span is a place in a file: some characters of one line. Without a line it
// is the file as a whole.
type Span struct {
	File *File
	Pos
	Width int // in characters; less than one counts as one
}

// String returns the place as editors and terminals link it: name:line:column.
func (s Span) String() string {
	switch {
	case s.File == nil:
		return "somewhere"
	case s.Line == 0:
		return Printable(s.File.Name)
	default:
		return fmt.Sprintf("%s:%d:%d", Printable(s.File.Name), s.Line, s.Column)
	}
}

// Present reports whether there is such a place.
func (s Span) Present() bool { return s.Line > 0 }
