package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Text is a piece of a file: a name, a value or an expression, as its writer
// meant it (without quotes and escapes).
type Text struct {
	Value  string
	Span   Span
	Quoted bool // written in quotes
	Broken bool // its mistake is reported already: stay silent about it
}

// Present reports whether the text is in the file at all.
func (t Text) Present() bool { return t.Span.Present() }

// Usable reports whether the text is in the file and free of known mistakes.
func (t Text) Usable() bool { return t.Present() && !t.Broken }

// String returns the value.
func (t Text) String() string { return t.Value }

// At returns the place in the file of width characters of the value, offset
// characters after its beginning. It looks through quotes, escapes and line
// ends, so that the caret below a mistake in an expression stands where the
// mistake is written.
func (t Text) At(offset, width int) Span {
	if !t.Present() || t.Span.File == nil {
		return t.Span
	}
	w := walker{raw: t.Span.File.Rest(t.Span.Pos), pos: t.Span.Pos, value: []rune(t.Value)}
	w.open()
	for range min(max(offset, 0), len(w.value)) {
		w.next()
	}
	w.align()
	return Span{File: t.Span.File, Pos: w.pos, Width: max(width, 1)}
}

// A walker reads a value and the raw text that it was written as side by side.
type walker struct {
	raw   []byte
	pos   Pos
	value []rune
	quote byte // ' or " or 0
}

// open steps over an opening quote or the head of a block.
func (w *walker) open() {
	switch w.peek() {
	case '"', '\'':
		w.quote = w.raw[0]
		w.step(1)
	case '|', '>':
		for len(w.raw) > 0 && w.raw[0] != '\n' {
			w.step(1)
		}
	}
}

// next steps over the raw form of the next character of the value.
func (w *walker) next() {
	w.align()
	n := 1
	switch {
	case w.quote == '"' && w.peek() == '\\':
		n = escapeLength(w.raw)
	case w.quote == '\'' && w.peek() == '\'':
		n = 2
	}
	if len(w.value) > 0 && unicode.IsSpace(w.value[0]) && w.peek() == '\n' {
		n = 0 // a folded line end: align steps over it
		w.skipSpace()
	}
	w.step(n)
	w.value = w.value[1:]
}

// align steps over raw blanks that the value does not have.
func (w *walker) align() {
	if len(w.value) > 0 && !unicode.IsSpace(w.value[0]) {
		w.skipSpace()
	}
}

func (w *walker) skipSpace() {
	for len(w.raw) > 0 && strings.IndexByte(" \t\r\n", w.raw[0]) >= 0 {
		w.step(1)
	}
}

// step steps over n raw characters.
func (w *walker) step(n int) {
	for ; n > 0 && len(w.raw) > 0; n-- {
		r, size := utf8.DecodeRune(w.raw)
		w.raw = w.raw[size:]
		w.pos.Column++
		if r == '\n' {
			w.pos = Pos{w.pos.Line + 1, 1}
		}
	}
}

func (w *walker) peek() byte {
	if len(w.raw) == 0 {
		return 0
	}
	return w.raw[0]
}

// escapeLength returns the length of the escape that raw begins with.
func escapeLength(raw []byte) int {
	if len(raw) < 2 {
		return 1
	}
	switch raw[1] {
	case 'x':
		return 4
	case 'u':
		return 6
	case 'U':
		return 10
	default:
		return 2
	}
}
