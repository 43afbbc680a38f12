package stl

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word, a number, a name or a symbol, and where it is in the text.
type token struct {
	kind     kind
	from, to int
	text     string // of a name, without backquotes
	value    float64
}

// scan cuts the text into tokens. The last is the end.
func (s *source) scan() []token {
	var list []token
	for at := s.skip(0); ; at = s.skip(at) {
		if at == len(s.text) {
			return append(list, token{kind: end, from: at, to: at})
		}
		t := s.token(at)
		list = append(list, t)
		at = t.to
	}
}

// skip returns where white space, comments and a last semicolon end.
func (s *source) skip(at int) int {
	for at < len(s.text) {
		rest := s.text[at:]
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case unicode.IsSpace(r):
			at += n
		case strings.HasPrefix(rest, "//"):
			at += length(s.original[at:], "\n")
		case strings.HasPrefix(rest, "/*"):
			at += length(rest, "*/")
		case r == ';' && strings.TrimSpace(rest[1:]) == "":
			return len(s.text)
		default:
			return at
		}
	}
	return at
}

// length is that of a text up to what ends it, or of all.
func length(text, end string) int {
	if i := strings.Index(text, end); i >= 0 {
		return i + len(end)
	}
	return len(text)
}

func (s *source) token(at int) token {
	r, _ := utf8.DecodeRuneInString(s.text[at:])
	switch {
	case isLetter(r):
		return s.word(at)
	case isDigit(r), r == '.' && at+1 < len(s.text) && isDigit(rune(s.text[at+1])):
		return s.number(at)
	case r == '`':
		return s.quoted(at)
	case r == '∞':
		return token{kind: number, from: at, to: at + utf8.RuneLen(r), value: math.Inf(1)}
	}
	for _, symbol := range symbols {
		if rest, ok := strings.CutPrefix(s.text[at:], symbol.text); ok {
			to := at + len(symbol.text)
			if symbol.kind.op().Timed() && strings.HasPrefix(rest, "_[") {
				to++
			}
			return token{kind: symbol.kind, from: at, to: to}
		}
	}
	return s.stray(at, r)
}

func isLetter(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) }
func isDigit(r rune) bool  { return '0' <= r && r <= '9' }

// word is an operator or the name of a column: letters, digits and points, members
// such as drive[3].speed, and x for the x[t] of Breach.
func (s *source) word(at int) token {
	to := s.letters(at)
	text := s.text[at:to]
	if rest, ok := strings.CutSuffix(text, "_"); ok && to < len(s.text) && s.text[to] == '[' && words(rest) != name {
		return token{kind: words(rest), from: at, to: to, text: rest} // always_[0,1]
	}
	switch k := words(text); {
	case text == "inf" || text == "Inf" || text == "infinity":
		return token{kind: number, from: at, to: to, value: math.Inf(1)}
	case k != name:
		return token{kind: k, from: at, to: to, text: text}
	}
	for {
		n := index(s.text[to:])
		if n == 0 {
			break
		}
		to += n
		if to < len(s.text) && s.text[to] == '.' {
			to = s.letters(to)
		}
	}
	text = s.text[at:to]
	if strings.HasPrefix(s.text[to:], "[t]") {
		to += len("[t]")
	}
	return token{kind: name, from: at, to: to, text: text}
}

// letters returns where a run of letters and digits ends. A point within it is one
// with a letter or digit behind it.
func (s *source) letters(at int) int {
	for at < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[at:])
		if r == '.' {
			r, _ = utf8.DecodeRuneInString(s.text[at+1:])
		}
		if !isLetter(r) && !isDigit(r) {
			return at
		}
		at += n
	}
	return at
}

// index returns the width of the [3] that a text begins with, or 0.
func index(text string) int {
	if !strings.HasPrefix(text, "[") {
		return 0
	}
	n := 1
	for n < len(text) && isDigit(rune(text[n])) {
		n++
	}
	if n == 1 || n == len(text) || text[n] != ']' {
		return 0
	}
	return n + 1
}

// number is a decimal number: 1, 1.5, .5, 1., 1e-3.
func (s *source) number(at int) token {
	to := s.digits(at)
	if to < len(s.text) && s.text[to] == '.' {
		to = s.digits(to + 1)
	}
	if exponent := to; exponent < len(s.text) && (s.text[exponent] == 'e' || s.text[exponent] == 'E') {
		exponent++
		if exponent < len(s.text) && (s.text[exponent] == '+' || s.text[exponent] == '-') {
			exponent++
		}
		if last := s.digits(exponent); last > exponent {
			to = last
		}
	}
	value, err := strconv.ParseFloat(s.text[at:to], 64)
	if err != nil {
		s.fail(at, to, "write a number below 1.8e308", "%s is too large", s.show(at, to))
	}
	return token{kind: number, from: at, to: to, value: value}
}

func (s *source) digits(at int) int {
	for at < len(s.text) && isDigit(rune(s.text[at])) {
		at++
	}
	return at
}

// quoted is a name in backquotes.
func (s *source) quoted(at int) token {
	n := strings.IndexByte(s.text[at+1:], '`')
	if n <= 0 {
		s.fail(at, at+1, "put the name between two backquotes", "a backquote begins a name that does not end")
		return token{kind: name, from: at, to: at + 1 + max(n+1, 0)}
	}
	return token{kind: name, from: at, to: at + n + 2, text: s.text[at+1 : at+1+n]}
}

// stray is what no formula has.
func (s *source) stray(at int, r rune) token {
	t := token{kind: stray, from: at, to: at + utf8.RuneLen(r)}
	switch r {
	case '"', '\'':
		if n := strings.IndexRune(s.text[t.to:], r); n >= 0 {
			t.to += n + 1
		}
		s.fail(t.from, t.to, "put the name of a column into backquotes; compare with numbers", "a formula has no texts in quotes")
	case '=':
		s.fail(t.from, t.to, "write `==` to compare, or leave out the name before `=`", "`=` is no comparison")
	case ';':
		s.fail(t.from, t.to, "give each formula by itself", "a second formula begins here")
	default:
		s.fail(t.from, t.to, "leave it out; a column with such a name stands in backquotes", "a formula has no %s", s.show(t.from, t.to))
	}
	return t
}
