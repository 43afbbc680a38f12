package reference

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Value is what a formula can be at an instant.
type Value struct {
	At formula.Instant
	Range
}

// Evaluate returns what a formula is at all instants of a signal, and at those of some
// time after it. Of each time it has rounds until nothing changes any more.
func Evaluate(f *formula.Formula, s Signal, beyond Beyond) []Value {
	g := newGrid(s, beyond, 1+reach(f), edges(f))
	out := make([]Value, len(g.at))
	for i, r := range g.of(f) {
		out[i] = Value{g.at[i], r}
	}
	return out
}

// reach is for how many times a formula may change after its atoms do not any more.
func reach(f *formula.Formula) (longest int) {
	for _, a := range f.Args {
		longest = max(longest, reach(a))
	}
	if f.Op.Timed() && f.Over.Bounded() {
		return longest + int(f.Over.To)
	}
	return longest + int(f.Over.From) + 1
}

// edges is for how many rounds it may: one for each rise and fall within another.
func edges(f *formula.Formula) (most int) {
	for _, a := range f.Args {
		most = max(most, edges(a))
	}
	if f.Op == formula.Rise || f.Op == formula.Fall {
		most++
	}
	return most
}

// of returns the values of a formula at all instants.
func (g *grid) of(f *formula.Formula) []Range {
	var args [][]Range
	for _, a := range f.Args {
		args = append(args, g.of(a))
	}
	out := make([]Range, len(g.at))
	for i := range out {
		out[i] = g.value(f, args, i)
	}
	return out
}

// value returns the value of a formula at instant i, given those of its arguments.
func (g *grid) value(f *formula.Formula, args [][]Range, i int) Range {
	switch f.Op {
	case formula.Atom:
		return g.values[i][f.Atom]
	case formula.Constant:
		if f.Value {
			return always
		}
		return never
	case formula.And, formula.Or:
		return chain(f.Op, args, i)
	}
	p, q := args[0], args[len(args)-1]
	switch f.Op {
	case formula.Not:
		return not(p[i])
	case formula.Implies:
		return or(not(p[i]), q[i])
	case formula.Iff:
		return or(and(p[i], q[i]), and(not(p[i]), not(q[i])))
	case formula.Xor:
		return or(and(p[i], not(q[i])), and(not(p[i]), q[i]))
	case formula.Eventually:
		return g.eventually(i, f.Over, p)
	case formula.Always:
		return not(g.eventually(i, f.Over, negated(p)))
	case formula.Until:
		return g.until(i, f.Over, p, q)
	case formula.Release:
		return not(g.until(i, f.Over, negated(p), negated(q)))
	case formula.WeakUntil:
		whole := formula.Interval{To: f.Over.To}
		return or(g.until(i, f.Over, p, q), not(g.eventually(i, whole, negated(p))))
	case formula.Once:
		return g.once(i, f.Over, p)
	case formula.Historically:
		return not(g.once(i, f.Over, negated(p)))
	case formula.Since:
		return g.since(i, f.Over, p, q)
	case formula.Rise:
		return edge(i, p)
	case formula.Fall:
		return edge(i, negated(p))
	}
	panic("no such operation: " + f.Op.String())
}

func chain(op formula.Op, args [][]Range, i int) Range {
	value := args[0][i]
	for _, a := range args[1:] {
		if op == formula.And {
			value = and(value, a[i])
		} else {
			value = or(value, a[i])
		}
	}
	return value
}

func (g *grid) eventually(i int, w formula.Interval, p []Range) Range {
	return g.wherever(func(end vtime.Time) Range {
		from, to, ok := g.ahead(i, w, end)
		if !ok {
			return unknown
		}
		some := never
		for u := from; u <= to; u++ {
			some = or(some, p[u])
		}
		return some
	})
}

// until is unknown where there is no window, except that p must hold up to its start.
func (g *grid) until(i int, w formula.Interval, p, q []Range) Range {
	return g.wherever(func(end vtime.Time) Range {
		from, to, ok := g.ahead(i, w, end)
		all, some := always, never
		for v := i; v < from; v++ {
			all = and(all, p[v])
		}
		if !ok {
			return and(all, unknown)
		}
		for u := from; u <= to; u++ {
			all = and(all, p[u])
			some = or(some, and(all, q[u]))
		}
		return some
	})
}

func (g *grid) once(i int, w formula.Interval, p []Range) Range {
	some := never
	from, to := g.back(i, w)
	for u := from; u <= to; u++ {
		some = or(some, p[u])
	}
	return some
}

func (g *grid) since(i int, w formula.Interval, p, q []Range) Range {
	from, to := g.back(i, w)
	all, some := always, never
	for v := i; v > to; v-- {
		all = and(all, p[v])
	}
	for u := to; u >= from; u-- {
		all = and(all, p[u])
		some = or(some, and(all, q[u]))
	}
	return some
}

func edge(i int, p []Range) Range {
	if i == 0 {
		return p[i]
	}
	return and(p[i], not(p[i-1]))
}
