package source

import (
	"bytes"
	"unicode/utf8"
)

// A File is a text with a name, and where its lines begin.
type File struct {
	Name string // as the reader knows it: a path as given, or library:NAME
	Text []byte // without a byte order mark

	starts []int // offset of each line
}

// New returns a file. Lines end with \n or \r\n; positions count from after a
// byte order mark.
func New(name string, text []byte) *File {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	starts := make([]int, 1, 1+bytes.Count(text, []byte("\n")))
	for i, b := range text {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return &File{Name: name, Text: text, starts: starts}
}

// Lines returns the number of lines. The nothing after a last \n is a line.
func (f *File) Lines() int { return len(f.starts) }

// Line returns line n, counted from 1, without its end; "" where there is none.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.starts) {
		return ""
	}
	end := len(f.Text)
	if n < len(f.starts) {
		end = f.starts[n] - 1
	}
	return string(bytes.TrimSuffix(f.Text[f.starts[n-1]:end], []byte("\r")))
}

// Span returns the place of width characters from a line and column on.
func (f *File) Span(line, column, width int) Span {
	return Span{File: f, Pos: Pos{line, column}, Width: width}
}

// Whole returns the place of what is said about the file as a whole.
func (f *File) Whole() Span { return Span{File: f} }

// Rest returns what the file holds from a position on.
func (f *File) Rest(at Pos) []byte {
	c := Cursor{File: f}
	return c.Rest(at)
}

// A Cursor finds positions that mostly follow one another in a file, without
// counting the characters of a long line again and again.
type Cursor struct {
	File *File

	at     Pos
	offset int
}

// Rest returns what the file holds from a position on.
func (c *Cursor) Rest(at Pos) []byte {
	f := c.File
	if at.Line < 1 || at.Line > len(f.starts) {
		return nil
	}
	if at.Line != c.at.Line || at.Column < c.at.Column {
		c.at, c.offset = Pos{at.Line, 1}, f.starts[at.Line-1]
	}
	for c.at.Column < at.Column && c.offset < len(f.Text) && f.Text[c.offset] != '\n' {
		_, size := utf8.DecodeRune(f.Text[c.offset:])
		c.offset += size
		c.at.Column++
	}
	return f.Text[c.offset:]
}
