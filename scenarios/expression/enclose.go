package expression

import (
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
)

// enclosing are the ranges of functions of one number, by their names.
var enclosing = map[string]func(interval.Range) interval.Range{
	"exp": interval.Exp, "log": interval.Log, "log2": interval.Log2, "log10": interval.Log10,
	"sin": interval.Sin, "cos": interval.Cos, "tan": interval.Tan,
	"asin": interval.Asin, "acos": interval.Acos, "atan": interval.Atan,
	"sinh": interval.Sinh, "cosh": interval.Cosh, "tanh": interval.Tanh,
	"floor": interval.Floor, "ceil": interval.Ceil, "round": interval.Round,
}

// enclosure compiles the bounds of a term of any kind, a truth as 0 or 1. It is nil
// where a term is in it whose bounds are not known.
func enclosure(t *term) signal.Enclosure {
	if t.kind == truth {
		return ofTruth(t)
	}
	switch t.op {
	case opConst:
		k := interval.Point(t.value)
		return func(*signal.Box, int) interval.Range { return k }
	case opCell:
		at, mask := t.cell.place()
		return func(b *signal.Box, m int) interval.Range { return b.Of(signal.Slot(at + m&mask)) }
	case opIf:
		return encloseChoice(t)
	case opCount:
		return encloseCount(t)
	case opLeast, opGreatest, opSum, opMean:
		return encloseMembers(t)
	case opMin, opMax:
		return encloseExtreme(t)
	case opClamp:
		x, low, high := enclosure(t.args[0]), enclosure(t.args[1]), enclosure(t.args[2])
		if x == nil || low == nil || high == nil {
			return nil
		}
		return func(b *signal.Box, m int) interval.Range {
			return interval.Min(interval.Max(x(b, m), low(b, m)), high(b, m))
		}
	}
	if len(t.args) == 1 {
		return encloseOne(t)
	}
	return enclosePair(t)
}

func ofTruth(t *term) signal.Enclosure {
	of := verdict(t)
	if of == nil {
		return nil
	}
	yes, no := interval.Point(1), interval.Point(0)
	return func(b *signal.Box, m int) interval.Range { return interval.Choice(of(b, m), yes, no) }
}

func encloseOne(t *term) signal.Enclosure {
	x, f := enclosure(t.args[0]), t.enclose
	switch t.op {
	case opNegate:
		f = interval.Range.Minus
	case opAbs:
		f = interval.Abs
	case opSqrt:
		f = interval.Sqrt
	case opSquare:
		f = interval.Square
	case opAffine:
		a := t.affine
		by := a.by
		if a.divide {
			by = 1 / by
		}
		f = func(x interval.Range) interval.Range { return interval.Apply(x, a.apply, by) }
	}
	if x == nil || f == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Range { return f(x(b, m)) }
}

// combining are the ranges of operators.
var combining = map[op]func(x, y interval.Range) interval.Range{
	opAdd: interval.Add, opSubtract: interval.Subtract, opMultiply: interval.Multiply, opDivide: interval.Divide,
}

func enclosePair(t *term) signal.Enclosure {
	f := combining[t.op]
	if t.op == opBinary {
		f = t.enclose2
	}
	return joinEnclosures(f, enclosure(t.args[0]), enclosure(t.args[1]))
}

func joinEnclosures(f func(x, y interval.Range) interval.Range, x, y signal.Enclosure) signal.Enclosure {
	if f == nil || x == nil || y == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Range { return f(x(b, m), y(b, m)) }
}

func encloseExtreme(t *term) signal.Enclosure {
	f := interval.Max
	if t.op == opMin {
		f = interval.Min
	}
	e := enclosure(t.args[0])
	for _, arg := range t.args[1:] {
		e = joinEnclosures(f, e, enclosure(arg))
	}
	return e
}

func encloseChoice(t *term) signal.Enclosure {
	when, x, y := verdict(t.args[0]), enclosure(t.args[1]), enclosure(t.args[2])
	if when == nil || x == nil || y == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Range {
		switch a := when(b, m); a {
		case interval.Always:
			return x(b, m)
		case interval.Never:
			return y(b, m)
		default:
			return interval.Choice(a, x(b, m), y(b, m))
		}
	}
}

func encloseMembers(t *term) signal.Enclosure {
	x, n := enclosure(t.args[0]), t.members
	f, first := interval.Add, interval.Point(0)
	switch t.op {
	case opLeast:
		f, first = interval.Min, interval.Point(ever)
	case opGreatest:
		f, first = interval.Max, interval.Point(never)
	}
	if x == nil {
		return nil
	}
	divisor := interval.Point(1)
	if t.op == opMean {
		divisor = interval.Point(float64(n))
	}
	return func(b *signal.Box, _ int) interval.Range {
		r := first
		for i := range n {
			r = f(r, x(b, i))
		}
		return interval.Divide(r, divisor)
	}
}

func encloseCount(t *term) signal.Enclosure {
	holds, n := verdict(t.args[0]), t.members
	if holds == nil {
		return nil
	}
	yes, no := interval.Point(1), interval.Point(0)
	return func(b *signal.Box, _ int) interval.Range {
		r := no
		for i := range n {
			r = interval.Add(r, interval.Choice(holds(b, i), yes, no))
		}
		return r
	}
}
