package expression

import (
	"math"

	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
)

// ever is the opposite of never: the margin of what holds whatever happens.
var ever = math.Inf(1)

// verdict compiles what is certain of a truth while what it reads moves. It is nil
// where a term is in it whose bounds are not known.
func verdict(t *term) signal.Verdict {
	switch {
	case t.op == opConst:
		known := interval.Certainly(t.value != 0)
		return func(*signal.Box, int) interval.Truth { return known }
	case t.op == opCell:
		at, mask := t.cell.place()
		zero := interval.Point(0)
		return func(b *signal.Box, m int) interval.Truth {
			return interval.Equal(b.Of(signal.Slot(at+m&mask)), zero).Not()
		}
	}
	switch t.op {
	case opLess:
		return judged(interval.Less, t.args[0], t.args[1])
	case opGreater:
		return judged(interval.Less, t.args[1], t.args[0])
	case opLessEqual:
		return judged(interval.LessEqual, t.args[0], t.args[1])
	case opGreaterEqual:
		return judged(interval.LessEqual, t.args[1], t.args[0])
	case opEqual, opSame:
		return judged(interval.Equal, t.args[0], t.args[1])
	case opDiffer, opOther:
		return negated(judged(interval.Equal, t.args[0], t.args[1]))
	case opBetween:
		return verdictOfItems(t, interval.Always, func(i int, x, y interval.Range) interval.Truth {
			if i == 0 {
				return interval.LessEqual(y, x)
			}
			return interval.LessEqual(x, y)
		}, interval.Truth.And)
	case opOneOf, opListed:
		return verdictOfItems(t, interval.Never, func(_ int, x, y interval.Range) interval.Truth { return interval.Equal(x, y) }, interval.Truth.Or)
	case opAll, opAny:
		return verdictOfMembers(t)
	}
	return verdictOfTruths(t)
}

func judged(f func(x, y interval.Range) interval.Truth, left, right *term) signal.Verdict {
	x, y := enclosure(left), enclosure(right)
	if x == nil || y == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Truth { return f(x(b, m), y(b, m)) }
}

// enclosures compiles the bounds of some terms, or nil where one has none.
func enclosures(terms []*term) []signal.Enclosure {
	list := make([]signal.Enclosure, len(terms))
	for i, t := range terms {
		if list[i] = enclosure(t); list[i] == nil {
			return nil
		}
	}
	return list
}

// verdictOfItems joins what is true of the first argument and each other one.
func verdictOfItems(t *term, first interval.Truth, of func(i int, x, y interval.Range) interval.Truth, join func(a, b interval.Truth) interval.Truth) signal.Verdict {
	e := enclosures(t.args)
	if e == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Truth {
		x, r := e[0](b, m), first
		for i, item := range e[1:] {
			r = join(r, of(i, x, item(b, m)))
		}
		return r
	}
}

// connect joins two truths.
func connect(x, y signal.Verdict, f func(a, b interval.Truth) interval.Truth) signal.Verdict {
	if x == nil || y == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Truth { return f(x(b, m), y(b, m)) }
}

func negated(x signal.Verdict) signal.Verdict {
	if x == nil {
		return nil
	}
	return func(b *signal.Box, m int) interval.Truth { return x(b, m).Not() }
}

func verdictOfTruths(t *term) signal.Verdict {
	x := verdict(t.args[0])
	if t.op == opNot {
		return negated(x)
	}
	y := verdict(t.args[1])
	if x == nil || y == nil {
		return nil
	}
	switch t.op {
	case opAnd:
		return connect(x, y, interval.Truth.And)
	case opOr:
		return connect(x, y, interval.Truth.Or)
	case opImplies:
		return connect(x, y, func(a, b interval.Truth) interval.Truth { return a.Not().Or(b) })
	case opIff:
		return connect(x, y, interval.Truth.Same)
	case opXor:
		return connect(x, y, func(a, b interval.Truth) interval.Truth { return a.Same(b).Not() })
	case opEither:
		z := verdict(t.args[2])
		if z == nil {
			return nil
		}
		return func(b *signal.Box, m int) interval.Truth { return x(b, m).If(y(b, m), z(b, m)) }
	}
	return nil
}

func verdictOfMembers(t *term) signal.Verdict {
	holds, n, all := verdict(t.args[0]), t.members, t.op == opAll
	if holds == nil {
		return nil
	}
	return func(b *signal.Box, _ int) interval.Truth {
		r := interval.Certainly(all)
		for i := range n {
			if all {
				r = r.And(holds(b, i))
			} else {
				r = r.Or(holds(b, i))
			}
		}
		return r
	}
}
