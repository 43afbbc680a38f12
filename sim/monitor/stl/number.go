package stl

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// A term computes a number from a row.
type term struct {
	at func(row []float64) float64
	// column is the one that it is, -1 where it is none; constant says that it is
	// value.
	column   int
	constant bool
	value    float64
	affine   bool // in the columns, with finite factors
}

func constantTerm(v float64) term {
	finite := !math.IsNaN(v) && !math.IsInf(v, 0)
	return term{at: func([]float64) float64 { return v }, column: -1, constant: true, value: v, affine: finite}
}

// number compiles a node that must be one.
func (b *builder) number(n *node) term {
	switch n.kind {
	case broken:
		return constantTerm(0)
	case number:
		return constantTerm(n.value)
	case name:
		i := b.column(n.text)
		return term{at: func(row []float64) float64 { return row[i] }, column: i, affine: true}
	}
	if n.truth() {
		b.fail(n.from, n.to, "compute with numbers; connect conditions by `and`, `or`, `->`", "%s is true or false, not a number", b.show(n.from, n.to))
		return constantTerm(0)
	}
	terms := make([]term, len(n.args))
	for i, a := range n.args {
		terms[i] = b.number(a)
	}
	t := b.operation(n, terms)
	t.column = -1
	if folds(terms) {
		return constantTerm(t.at(nil))
	}
	return t
}

func folds(terms []term) bool {
	for _, t := range terms {
		if !t.constant {
			return false
		}
	}
	return true
}

// operation compiles what is done with terms.
func (b *builder) operation(n *node, of []term) term {
	switch n.kind {
	case call:
		return term{at: functionOf(n.text).over(of)}
	case negate:
		x := of[0].at
		return term{at: func(row []float64) float64 { return -x(row) }, affine: of[0].affine}
	case power:
		return term{at: pair(detmath.Pow, of[0].at, of[1].at)}
	}
	if len(of) == 1 { // +x
		return of[0]
	}
	x, y := of[0].at, of[1].at
	both := of[0].affine && of[1].affine
	switch n.kind {
	case plus:
		return term{at: func(row []float64) float64 { return x(row) + y(row) }, affine: both}
	case minus:
		return term{at: func(row []float64) float64 { return x(row) - y(row) }, affine: both}
	case times:
		return term{at: func(row []float64) float64 { return float64(x(row) * y(row)) }, affine: both && (of[0].constant || of[1].constant)}
	}
	return term{at: func(row []float64) float64 { return x(row) / y(row) }, affine: both && of[1].constant && of[1].value != 0}
}

func pair(f func(x, y float64) float64, x, y func(row []float64) float64) func(row []float64) float64 {
	return func(row []float64) float64 { return f(x(row), y(row)) }
}

// over compiles a call.
func (f *function) over(of []term) func(row []float64) float64 {
	x := of[0].at
	if f.one != nil {
		one := f.one
		return func(row []float64) float64 { return one(x(row)) }
	}
	for _, y := range of[1:] {
		x = pair(f.two, x, y.at)
	}
	return x
}
