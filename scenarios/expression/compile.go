package expression

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
)

// Closures are specialised for what they read, because a call costs more than
// the arithmetic: a cell or a constant beside an operator is read in place.
// Where member m reads slot + m and a single reader reads slot, one closure
// serves both, with a mask of -1 or 0 for m; the forms that guards and
// invariants are made of have one closure for each.
//
// Every closure returns a float64, so that no product is fused with a sum
// across them; float64(x * y) says the same within one.

// evaluator computes a term of any kind as a number.
func evaluator(t *term) signal.Function {
	if t.kind != truth {
		return function(t)
	}
	if t.op == opCell {
		return cellFunction(t.cell)
	}
	holds := predicate(t)
	return func(v []float64, m int) float64 {
		if holds(v, m) {
			return 1
		}
		return 0
	}
}

// place returns what a closure needs to read a cell: v[at + m&mask].
func (c cell) place() (at, mask int) { return int(c.slot), -int(c.stride) }

func cellFunction(c cell) signal.Function {
	at := int(c.slot)
	if c.stride == 0 {
		return func(v []float64, _ int) float64 { return v[at] }
	}
	return func(v []float64, m int) float64 { return v[at+m] }
}

// function compiles a number, a state or a hash.
func function(t *term) signal.Function {
	switch t.op {
	case opConst:
		k := t.value
		return func([]float64, int) float64 { return k }
	case opCell:
		return cellFunction(t.cell)
	case opAdd:
		return add(t.args[0], t.args[1])
	case opSubtract:
		return subtract(t.args[0], t.args[1])
	case opMultiply:
		return multiply(t.args[0], t.args[1])
	case opDivide:
		return divide(t.args[0], t.args[1])
	case opMin, opMax, opClamp:
		return extreme(t)
	case opIf:
		return chosen(t)
	case opLeast, opGreatest, opSum, opMean, opCount:
		return reduction(t)
	default:
		return applied(t)
	}
}

// applied compiles functions of one or two numbers.
func applied(t *term) signal.Function {
	x := function(t.args[0])
	if t.args[0].op == opCell {
		if f := ofCell(t); f != nil {
			return f
		}
	}
	switch t.op {
	case opNegate:
		return func(v []float64, m int) float64 { return -x(v, m) }
	case opAffine:
		a := t.affine
		return func(v []float64, m int) float64 { return a.apply(x(v, m)) }
	case opAbs:
		return func(v []float64, m int) float64 { return math.Abs(x(v, m)) }
	case opSqrt:
		return func(v []float64, m int) float64 { return math.Sqrt(x(v, m)) }
	case opSquare:
		return func(v []float64, m int) float64 {
			y := x(v, m)
			return float64(y * y)
		}
	case opUnary:
		f := t.unary
		return func(v []float64, m int) float64 { return f(x(v, m)) }
	default: // opBinary
		f, y := t.binary, function(t.args[1])
		return func(v []float64, m int) float64 { return f(x(v, m), y(v, m)) }
	}
}

// ofCell compiles a function of a cell, or returns nil for those of which there
// are few.
func ofCell(t *term) signal.Function {
	at, mask := t.args[0].cell.place()
	switch t.op {
	case opNegate:
		return func(v []float64, m int) float64 { return -v[at+m&mask] }
	case opSqrt:
		return func(v []float64, m int) float64 { return math.Sqrt(v[at+m&mask]) }
	case opSquare:
		return func(v []float64, m int) float64 {
			y := v[at+m&mask]
			return float64(y * y)
		}
	case opUnary:
		f := t.unary
		return func(v []float64, m int) float64 { return f(v[at+m&mask]) }
	default:
		return nil
	}
}

func chosen(t *term) signal.Function {
	when, a, b := predicate(t.args[0]), function(t.args[1]), function(t.args[2])
	return func(v []float64, m int) float64 {
		if when(v, m) {
			return a(v, m)
		}
		return b(v, m)
	}
}

// extreme compiles min, max and clamp. NaN stays NaN.
func extreme(t *term) signal.Function {
	x, y := function(t.args[0]), function(t.args[1])
	if t.op == opClamp {
		high := function(t.args[2])
		return func(v []float64, m int) float64 { return min(max(x(v, m), y(v, m)), high(v, m)) }
	}
	least := t.op == opMin
	f := func(v []float64, m int) float64 { return max(x(v, m), y(v, m)) }
	if least {
		f = func(v []float64, m int) float64 { return min(x(v, m), y(v, m)) }
	}
	for _, arg := range t.args[2:] {
		sofar, next := f, function(arg)
		if least {
			f = func(v []float64, m int) float64 { return min(sofar(v, m), next(v, m)) }
		} else {
			f = func(v []float64, m int) float64 { return max(sofar(v, m), next(v, m)) }
		}
	}
	return f
}

// reduction compiles a loop over the members of a device, in their order.
func reduction(t *term) signal.Function {
	n := t.members
	if at := t.kept; at != 0 {
		return func(v []float64, _ int) float64 { return v[at] }
	}
	if t.op == opCount {
		holds := predicate(t.args[0])
		return func(v []float64, _ int) float64 {
			count := 0
			for i := range n {
				if holds(v, i) {
					count++
				}
			}
			return float64(count)
		}
	}
	x := function(t.args[0])
	switch t.op {
	case opLeast:
		return func(v []float64, _ int) float64 {
			least := x(v, 0)
			for i := 1; i < n; i++ {
				least = min(least, x(v, i))
			}
			return least
		}
	case opGreatest:
		return func(v []float64, _ int) float64 {
			greatest := x(v, 0)
			for i := 1; i < n; i++ {
				greatest = max(greatest, x(v, i))
			}
			return greatest
		}
	}
	divisor := 1.0
	if t.op == opMean {
		divisor = float64(n)
	}
	return func(v []float64, _ int) float64 {
		sum := 0.0
		for i := range n {
			sum += x(v, i)
		}
		return sum / divisor
	}
}
