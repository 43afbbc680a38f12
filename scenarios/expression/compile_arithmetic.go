package expression

import "github.com/harmproof/harmproof/sim/signal"

// A form is how an operand of a closure is had.
type form uint8

const (
	general  form = iota // by calling
	reading              // from a cell
	constant             // it is known
)

func (t *term) form() form {
	switch t.op {
	case opCell:
		return reading
	case opConst:
		return constant
	default:
		return general
	}
}

// forms is a pair of forms, to switch on.
type forms [2]form

func add(x, y *term) signal.Function {
	if x.op == opConst { // a sum is the same both ways round
		x, y = y, x
	}
	f, g := function(x), function(y)
	at, mask := x.cell.place()
	too, mask2 := y.cell.place()
	k := y.value
	switch (forms{x.form(), y.form()}) {
	case forms{reading, constant}:
		return func(v []float64, m int) float64 { return v[at+m&mask] + k }
	case forms{reading, reading}:
		return func(v []float64, m int) float64 { return v[at+m&mask] + v[too+m&mask2] }
	case forms{general, constant}:
		return func(v []float64, m int) float64 { return f(v, m) + k }
	case forms{general, reading}:
		return func(v []float64, m int) float64 { return f(v, m) + v[too+m&mask2] }
	case forms{reading, general}:
		return func(v []float64, m int) float64 { return v[at+m&mask] + g(v, m) }
	default:
		return func(v []float64, m int) float64 { return f(v, m) + g(v, m) }
	}
}

func subtract(x, y *term) signal.Function {
	f, g := function(x), function(y)
	at, mask := x.cell.place()
	too, mask2 := y.cell.place()
	switch (forms{x.form(), y.form()}) {
	case forms{reading, constant}:
		k := y.value
		return func(v []float64, m int) float64 { return v[at+m&mask] - k }
	case forms{constant, reading}:
		k := x.value
		return func(v []float64, m int) float64 { return k - v[too+m&mask2] }
	case forms{reading, reading}:
		return func(v []float64, m int) float64 { return v[at+m&mask] - v[too+m&mask2] }
	case forms{general, constant}:
		k := y.value
		return func(v []float64, m int) float64 { return f(v, m) - k }
	case forms{constant, general}:
		k := x.value
		return func(v []float64, m int) float64 { return k - g(v, m) }
	case forms{general, reading}:
		return func(v []float64, m int) float64 { return f(v, m) - v[too+m&mask2] }
	case forms{reading, general}:
		return func(v []float64, m int) float64 { return v[at+m&mask] - g(v, m) }
	default:
		return func(v []float64, m int) float64 { return f(v, m) - g(v, m) }
	}
}

func multiply(x, y *term) signal.Function {
	if x.op == opConst { // a product is the same both ways round
		x, y = y, x
	}
	f, g := function(x), function(y)
	at, mask := x.cell.place()
	too, mask2 := y.cell.place()
	k := y.value
	switch (forms{x.form(), y.form()}) {
	case forms{reading, constant}:
		return func(v []float64, m int) float64 { return float64(v[at+m&mask] * k) }
	case forms{reading, reading}:
		return func(v []float64, m int) float64 { return float64(v[at+m&mask] * v[too+m&mask2]) }
	case forms{general, constant}:
		return func(v []float64, m int) float64 { return float64(f(v, m) * k) }
	case forms{general, reading}:
		return func(v []float64, m int) float64 { return float64(f(v, m) * v[too+m&mask2]) }
	case forms{reading, general}:
		return func(v []float64, m int) float64 { return float64(v[at+m&mask] * g(v, m)) }
	default:
		return func(v []float64, m int) float64 { return float64(f(v, m) * g(v, m)) }
	}
}

func divide(x, y *term) signal.Function {
	f, g := function(x), function(y)
	at, mask := x.cell.place()
	too, mask2 := y.cell.place()
	switch (forms{x.form(), y.form()}) {
	case forms{reading, constant}:
		k := y.value
		return func(v []float64, m int) float64 { return v[at+m&mask] / k }
	case forms{constant, reading}:
		k := x.value
		return func(v []float64, m int) float64 { return k / v[too+m&mask2] }
	case forms{reading, reading}:
		return func(v []float64, m int) float64 { return v[at+m&mask] / v[too+m&mask2] }
	case forms{general, constant}:
		k := y.value
		return func(v []float64, m int) float64 { return f(v, m) / k }
	case forms{constant, general}:
		k := x.value
		return func(v []float64, m int) float64 { return k / g(v, m) }
	case forms{general, reading}:
		return func(v []float64, m int) float64 { return f(v, m) / v[too+m&mask2] }
	case forms{reading, general}:
		return func(v []float64, m int) float64 { return v[at+m&mask] / g(v, m) }
	default:
		return func(v []float64, m int) float64 { return f(v, m) / g(v, m) }
	}
}
