package unit

import (
	"math"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/detmath"
)

// Mul returns the unit of a product, in which degC and degF are differences.
func (u Unit) Mul(v Unit) Unit {
	u, v = u.Delta(), v.Delta()
	return Unit{
		Symbol: product(u.Symbol, v.Symbol),
		Dim:    u.Dim.Mul(v.Dim),
		Scale:  whole(float64(u.factor() * v.factor())),
	}
}

// Div returns the unit of a quotient, in which degC and degF are differences.
func (u Unit) Div(v Unit) Unit {
	u, v = u.Delta(), v.Delta()
	return Unit{
		Symbol: quotient(u.Symbol, v.Symbol),
		Dim:    u.Dim.Div(v.Dim),
		Scale:  whole(u.factor() / v.factor()),
	}
}

// Pow returns the unit of an n-th power, in which degC and degF are
// differences.
func (u Unit) Pow(n int) Unit {
	if n == 0 {
		return One
	}
	u = u.Delta()
	if n == 1 {
		return u
	}
	symbol := u.Symbol
	if symbol != "" {
		symbol = bracket(symbol, " /.*·^0123456789") + "^" + strconv.Itoa(n)
	}
	return Unit{Symbol: symbol, Dim: u.Dim.Pow(n), Scale: whole(detmath.Pow(u.factor(), float64(n)))}
}

// whole returns the integer, or one over the integer, that a scale misses by
// rounding only, or the scale. It keeps L/min at 1/60000, which ToSI can then
// divide by.
func whole(scale float64) float64 {
	const most = 1e12 // beyond it every number is near an integer's reciprocal
	if r := math.Round(scale); r >= 1 && math.Abs(r-scale) <= 4*epsilon*r {
		return r
	}
	if r := math.Round(1 / scale); r >= 1 && r < most && math.Abs(float64(r*scale)-1) <= 4*epsilon {
		return 1 / r
	}
	return scale
}

func product(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return bracket(a, "/") + " " + bracket(b, "/")
}

func quotient(a, b string) string {
	if b == "" {
		return a
	}
	if a == "" {
		a = "1"
	}
	return a + "/" + bracket(b, " /.*·")
}

// bracket wraps a symbol in which one of the characters occurs.
func bracket(symbol, characters string) string {
	if strings.ContainsAny(symbol, characters) {
		return "(" + symbol + ")"
	}
	return symbol
}
