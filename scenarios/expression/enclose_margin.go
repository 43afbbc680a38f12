package expression

import (
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
)

// boundsOfMargin compiles the bounds of a truth's margin, or nil where they are not
// known.
func boundsOfMargin(t *term) signal.Enclosure {
	switch t.op {
	case opLess, opLessEqual:
		return bounded(t.args[1], t.args[0])
	case opGreater, opGreaterEqual:
		return bounded(t.args[0], t.args[1])
	case opEqual:
		return opposed(apart(t.args[0], t.args[1]))
	case opDiffer:
		return apart(t.args[0], t.args[1])
	case opBetween:
		return boundsOfItems(t, ever, func(i int, x, y interval.Range) interval.Range {
			if i == 0 {
				x, y = y, x
			}
			return interval.Subtract(y, x).Or(never)
		}, interval.Min)
	case opOneOf:
		return boundsOfItems(t, never, func(_ int, x, y interval.Range) interval.Range {
			return interval.Abs(interval.Subtract(x, y)).Or(ever).Minus()
		}, interval.Max)
	case opNot, opAnd, opOr, opImplies, opEither:
		return boundsOfTruths(t)
	case opAll, opAny:
		return boundsOverMembers(t)
	case opIff, opXor:
		return nil
	}
	return certainty(verdict(t))
}

// boundsOfItems joins the margins of the first argument and each other one.
func boundsOfItems(t *term, first float64, of func(i int, x, y interval.Range) interval.Range, join func(a, b interval.Range) interval.Range) signal.Enclosure {
	e := enclosures(t.args)
	if e == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Range {
		x, r := e[0](b, m), interval.Point(first)
		for i, item := range e[1:] {
			r = join(r, of(i, x, item(b, m)))
		}
		return r
	}
}

// bounded is the bounds of rise: what has no value is not so by an infinite margin.
func bounded(high, low *term) signal.Enclosure {
	e := joinEnclosures(interval.Subtract, enclosure(high), enclosure(low))
	if e == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Range { return e(b, m).Or(never) }
}

// apart is the bounds of the distance of two numbers.
func apart(x, y *term) signal.Enclosure {
	e := joinEnclosures(interval.Subtract, enclosure(x), enclosure(y))
	if e == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Range { return interval.Abs(e(b, m)).Or(ever) }
}

func opposed(e signal.Enclosure) signal.Enclosure {
	if e == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Range { return e(b, m).Minus() }
}

// certainty is the margin of what has none: infinite.
func certainty(of signal.Verdict) signal.Enclosure {
	if of == nil {
		return nil
	}
	yes, no := interval.Point(ever), interval.Point(never)
	return func(b *signal.Box, m int) interval.Range { return interval.Choice(of(b, m), yes, no) }
}

func boundsOfTruths(t *term) signal.Enclosure {
	x := boundsOfMargin(t.args[0])
	if t.op == opNot {
		return opposed(x)
	}
	y := boundsOfMargin(t.args[1])
	switch t.op {
	case opAnd:
		return joinEnclosures(interval.Min, x, y)
	case opOr:
		return joinEnclosures(interval.Max, x, y)
	case opImplies:
		return joinEnclosures(interval.Max, opposed(x), y)
	}
	z := boundsOfMargin(t.args[2])
	return joinEnclosures(interval.Max, joinEnclosures(interval.Min, x, y), joinEnclosures(interval.Min, opposed(x), z))
}

func boundsOverMembers(t *term) signal.Enclosure {
	of, n, f, first := boundsOfMargin(t.args[0]), t.members, interval.Min, interval.Point(ever)
	if of == nil {
		return nil
	}
	if t.op == opAny {
		f, first = interval.Max, interval.Point(never)
	}
	return func(b *signal.Box, _ int) interval.Range {
		r := first
		for i := range n {
			r = f(r, of(b, i))
		}
		return r
	}
}
