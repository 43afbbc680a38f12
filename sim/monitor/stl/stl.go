package stl

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The limits of a text, which may come from anybody.
const (
	MaxLength   = 64 << 10 // in bytes
	MaxNesting  = 200      // of brackets, functions and operators before their operand
	MaxNodes    = 4096     // operations and operands
	maxProblems = 20       // that are told
)

// An Atom is a condition on the values of a row.
type Atom struct {
	Text string // as it was written
	// Holds reports whether it is true of a row: exactly, where Margin may be 0.
	Holds func(row []float64) bool
	// Margin is how far the row is from where Holds changes. It is never NaN.
	Margin func(row []float64) float64
	// Affine says that the margin is linear in the columns, so that it goes along a
	// straight line where they do.
	Affine  bool
	Columns []int // that it reads, of Spec.Columns, in ascending order
}

// A Spec is a formula over atoms over named columns.
type Spec struct {
	Formula *formula.Formula
	Atoms   []Atom
	// Columns are the names that occur, in order of appearance. A row has their
	// values in this order.
	Columns []string
}

// Parse reads a formula. Bounds without a unit of time are in the given one, seconds
// where that is 0. The columns named by booleans hold 0 or 1 for false and true: as
// conditions their margin is infinite. With any problem there is no formula.
func Parse(text string, unit vtime.Duration, booleans ...string) (Spec, []Problem) {
	if unit <= 0 {
		unit = vtime.Second
	}
	p := &parser{source: newSource(text), unit: unit}
	switch {
	case len(text) > MaxLength:
		p.fail(0, 0, "split the requirement into several formulas", "the formula is longer than %d bytes", MaxLength)
	case !utf8.ValidString(text):
		p.fail(0, 0, "save it as UTF-8", "the formula is not text in UTF-8")
	default:
		p.tokens = p.scan()
		b := &builder{source: p.source, booleans: booleans}
		b.spec.Formula = b.formula(p.whole())
		if len(p.problems) == 0 {
			b.lowerable()
		}
		if len(p.problems) == 0 {
			return b.spec, nil
		}
	}
	return Spec{}, p.told()
}

// A source is the text of a formula, and what is wrong with it.
type source struct {
	text     string // all white space is blanks
	original string
	problems []Problem
	stopped  bool // nothing more is told
}

func newSource(text string) *source {
	blank := func(r rune) rune {
		if unicode.IsSpace(r) && utf8.RuneLen(r) == 1 {
			return ' '
		}
		return r
	}
	return &source{text: strings.Map(blank, text), original: text}
}

// told returns the problems in the order of the text.
func (s *source) told() []Problem {
	slices.SortStableFunc(s.problems, func(a, b Problem) int { return a.offset - b.offset })
	return s.problems
}
