package unit

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Bounds of what is read: a scenario file is untrusted input.
const (
	maxUnit  = 64 // bytes of a unit
	maxDepth = 4  // brackets in brackets
)

// Parse reads a unit such as m3/h, mg/dL, degC or J/(kg K); the package comment
// has the grammar. The Symbol is the text as written. An empty text and "1" are
// One. A symbol that nobody knows is an *UnknownError.
func Parse(symbol string) (Unit, error) {
	symbol = strings.TrimSpace(symbol)
	e, err := known().parse(symbol)
	if err != nil {
		return Unit{}, err
	}
	if symbol == "1" {
		symbol = ""
	}
	return e.unit(symbol), nil
}

// spellings are what keyboards and catalogues write, in the letters of the
// definitions.
var spellings = strings.NewReplacer(
	"⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4",
	"⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9",
	"⁻", "-", "−", "-", "µ", "u", "\u03bc", "u", "Ω", "ohm", "\u2126", "ohm",
	"℃", "degC", "℉", "degF", "°", "deg", "·", ".", "⋅", ".",
	"\u00a0", " ", "\u202f", " ", "\t", " ",
)

// parse reads a unit expression.
func (b book) parse(text string) (exact, error) {
	if len(text) > maxUnit {
		return exact{}, fmt.Errorf("unit %q is longer than %d bytes: write a short one, such as m3/h",
			strings.ToValidUTF8(text[:20], "")+"...", maxUnit)
	}
	if text == "" || text == "1" {
		return one(), nil
	}
	p := parser{book: b, rest: spellings.Replace(text)}
	e, err := p.expression()
	if err == nil && p.rest != "" {
		err = errors.New("it closes a bracket that it never opened")
	}
	if err == nil && !e.usable() {
		err = errSize
	}
	var unknown *UnknownError
	switch {
	case errors.As(err, &unknown):
		unknown.In = text
		return exact{}, unknown
	case err != nil:
		return exact{}, fmt.Errorf("cannot read the unit %q: %w", text, err)
	}
	return e, nil
}

// A parser reads a unit expression by recursive descent.
type parser struct {
	book  book
	rest  string
	depth int
}

var (
	errTwoWays = errors.New("it can be read two ways: put what is below the line in brackets, as in J/(kg K)")
	errNumber  = errors.New("a unit holds no number but 1, as in 1/s: write the number before the unit with its digits together, as in `1500 mm`")
	errOpen    = errors.New("a bracket is not closed: write as in J/(kg K)")
	errDeep    = fmt.Errorf("it nests brackets deeper than %d: write fewer", maxDepth)
	errMissing = errors.New("a unit is missing beside / . * or in brackets: write as in m3/h, 1/s or N m")
	errPower   = errors.New("an exponent is a whole number from -127 to 127: write m2 or s^-1")
)

// expression reads powers with products and quotients between them, from left
// to right, up to the end or a closing bracket.
func (p *parser) expression() (exact, error) {
	e, err := p.power()
	divided := false
	for err == nil {
		var next exact
		n := 1
		switch p.operator() {
		case end:
			return e, nil
		case divide:
			n, divided = -1, true
		case multiply:
			if divided {
				return exact{}, errTwoWays
			}
		}
		if next, err = p.power(); err == nil {
			e, err = e.times(next, n)
		}
	}
	return exact{}, err
}

// An operator stands between two powers.
type operator uint8

const (
	end operator = iota
	multiply
	divide
)

// operator takes the next operator; a blank or nothing between two powers is a
// product.
func (p *parser) operator() operator {
	p.skip()
	switch {
	case p.rest == "" || p.rest[0] == ')':
		return end
	case p.rest[0] == '/':
		p.rest = p.rest[1:]
		return divide
	case p.rest[0] == '*' || p.rest[0] == '.':
		p.rest = p.rest[1:]
	}
	return multiply
}

// power reads a symbol or a bracket, and its exponent.
func (p *parser) power() (exact, error) {
	p.skip()
	if strings.HasPrefix(p.rest, "(") {
		return p.bracket()
	}
	width := strings.IndexAny(p.rest, " /.*^()")
	if width < 0 {
		width = len(p.rest)
	}
	word := p.rest[:width]
	p.rest = p.rest[width:]
	switch {
	case word == "":
		return exact{}, errMissing
	case word == "1" && strings.HasPrefix(strings.TrimLeft(p.rest, " "), "/"):
		return one(), nil
	case word[0] >= '0' && word[0] <= '9':
		return exact{}, errNumber
	}
	return p.symbol(word)
}

// symbol reads a word such as m, m3 or s-1.
func (p *parser) symbol(word string) (exact, error) {
	if e, ok := p.book.lookup(word); ok {
		return p.raise(e)
	}
	name := strings.TrimRight(word, "0123456789")
	name = strings.TrimRight(name, "+-")
	e, ok := p.book.lookup(name)
	if !ok {
		if name == "" {
			return exact{}, errMissing
		}
		return exact{}, &UnknownError{Symbol: name, Near: p.book.near(name)}
	}
	p.rest = word[len(name):] + p.rest
	return p.raise(e)
}

// bracket reads an expression in brackets.
func (p *parser) bracket() (exact, error) {
	if p.depth++; p.depth > maxDepth {
		return exact{}, errDeep
	}
	p.rest = p.rest[1:]
	e, err := p.expression()
	if err != nil {
		return exact{}, err
	}
	if p.rest == "" {
		return exact{}, errOpen
	}
	p.rest = p.rest[1:]
	p.depth--
	return p.raise(e)
}

// raise applies the exponent that follows, if one does.
func (p *parser) raise(e exact) (exact, error) {
	rest, caret := strings.CutPrefix(p.rest, "^")
	width := 0
	if rest != "" && (rest[0] == '+' || rest[0] == '-') {
		width = 1
	}
	for width < len(rest) && rest[width] >= '0' && rest[width] <= '9' {
		width++
	}
	if width == 0 && !caret {
		return e, nil
	}
	n, err := strconv.ParseInt(rest[:width], 10, 8)
	if err != nil || n < -limit {
		return exact{}, errPower
	}
	p.rest = rest[width:]
	return e.power(int(n))
}

// skip drops blanks.
func (p *parser) skip() { p.rest = strings.TrimLeft(p.rest, " ") }
