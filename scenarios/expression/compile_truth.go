package expression

import (
	"github.com/harmproof/harmproof/sim/signal"
)

// predicate compiles a truth.
func predicate(t *term) signal.Predicate {
	switch t.op {
	case opConst:
		k := t.value != 0
		return func([]float64, int) bool { return k }
	case opCell:
		at := int(t.cell.slot)
		if t.cell.stride == 0 {
			return func(v []float64, _ int) bool { return v[at] != 0 }
		}
		return func(v []float64, m int) bool { return v[at+m] != 0 }
	case opLess:
		return less(t.args[0], t.args[1])
	case opGreater:
		return less(t.args[1], t.args[0])
	case opLessEqual:
		return lessEqual(t.args[0], t.args[1])
	case opGreaterEqual:
		return lessEqual(t.args[1], t.args[0])
	case opEqual, opSame, opDiffer, opOther:
		return equal(t)
	case opBetween:
		return between(t)
	case opOneOf, opListed:
		return oneOf(t)
	case opAll, opAny:
		return overMembers(t)
	default:
		return connective(t)
	}
}

func less(x, y *term) signal.Predicate {
	f, g := function(x), function(y)
	at, mask := x.cell.place()
	too, mask2 := y.cell.place()
	switch (forms{x.form(), y.form()}) {
	case forms{reading, constant}:
		k := y.value
		if mask == 0 {
			return func(v []float64, _ int) bool { return v[at] < k }
		}
		return func(v []float64, m int) bool { return v[at+m] < k }
	case forms{constant, reading}:
		k := x.value
		if mask2 == 0 {
			return func(v []float64, _ int) bool { return k < v[too] }
		}
		return func(v []float64, m int) bool { return k < v[too+m] }
	case forms{reading, reading}:
		return func(v []float64, m int) bool { return v[at+m&mask] < v[too+m&mask2] }
	case forms{general, constant}:
		k := y.value
		return func(v []float64, m int) bool { return f(v, m) < k }
	case forms{constant, general}:
		k := x.value
		return func(v []float64, m int) bool { return k < g(v, m) }
	default:
		return func(v []float64, m int) bool { return f(v, m) < g(v, m) }
	}
}

func lessEqual(x, y *term) signal.Predicate {
	f, g := function(x), function(y)
	at, mask := x.cell.place()
	too, mask2 := y.cell.place()
	switch (forms{x.form(), y.form()}) {
	case forms{reading, constant}:
		k := y.value
		if mask == 0 {
			return func(v []float64, _ int) bool { return v[at] <= k }
		}
		return func(v []float64, m int) bool { return v[at+m] <= k }
	case forms{constant, reading}:
		k := x.value
		if mask2 == 0 {
			return func(v []float64, _ int) bool { return k <= v[too] }
		}
		return func(v []float64, m int) bool { return k <= v[too+m] }
	case forms{reading, reading}:
		return func(v []float64, m int) bool { return v[at+m&mask] <= v[too+m&mask2] }
	case forms{general, constant}:
		k := y.value
		return func(v []float64, m int) bool { return f(v, m) <= k }
	case forms{constant, general}:
		k := x.value
		return func(v []float64, m int) bool { return k <= g(v, m) }
	default:
		return func(v []float64, m int) bool { return f(v, m) <= g(v, m) }
	}
}

// equal compiles == and != of numbers, states and hashes.
func equal(t *term) signal.Predicate {
	x, y := t.args[0], t.args[1]
	if x.op == opConst {
		x, y = y, x
	}
	same := t.op == opEqual || t.op == opSame
	f, g := function(x), function(y)
	if y.op != opConst {
		return func(v []float64, m int) bool { return (f(v, m) == g(v, m)) == same }
	}
	k := y.value
	if x.op != opCell {
		return func(v []float64, m int) bool { return (f(v, m) == k) == same }
	}
	at, mask := x.cell.place()
	if same {
		return func(v []float64, m int) bool { return v[at+m&mask] == k }
	}
	return func(v []float64, m int) bool { return v[at+m&mask] != k }
}

func between(t *term) signal.Predicate {
	x, low, high := function(t.args[0]), function(t.args[1]), function(t.args[2])
	return func(v []float64, m int) bool {
		y := x(v, m)
		return low(v, m) <= y && y <= high(v, m)
	}
}

func oneOf(t *term) signal.Predicate {
	x, items := function(t.args[0]), functionsOf(t.args[1:])
	return func(v []float64, m int) bool {
		y := x(v, m)
		for _, item := range items {
			if y == item(v, m) {
				return true
			}
		}
		return false
	}
}

func functionsOf(terms []*term) []signal.Function {
	list := make([]signal.Function, len(terms))
	for i, t := range terms {
		list[i] = function(t)
	}
	return list
}

// connective compiles not, and, or and what is made of them.
func connective(t *term) signal.Predicate {
	a := predicate(t.args[0])
	if t.op == opNot {
		return func(v []float64, m int) bool { return !a(v, m) }
	}
	b := predicate(t.args[1])
	switch t.op {
	case opAnd:
		return and(a, b, t.args[0], t.args[1])
	case opOr:
		return func(v []float64, m int) bool { return a(v, m) || b(v, m) }
	case opImplies:
		return func(v []float64, m int) bool { return !a(v, m) || b(v, m) }
	case opIff:
		return func(v []float64, m int) bool { return a(v, m) == b(v, m) }
	case opXor:
		return func(v []float64, m int) bool { return a(v, m) != b(v, m) }
	default: // opEither
		c := predicate(t.args[2])
		return func(v []float64, m int) bool {
			if a(v, m) {
				return b(v, m)
			}
			return c(v, m)
		}
	}
}

// and reads a bool on its right side in place: level < 0.8 and pump.on is the
// commonest guard.
func and(a, b signal.Predicate, left, right *term) signal.Predicate {
	if right.op != opCell {
		return func(v []float64, m int) bool { return a(v, m) && b(v, m) }
	}
	at, mask := right.cell.place()
	if guard := guarded(left, at, mask); guard != nil {
		return guard
	}
	return func(v []float64, m int) bool { return a(v, m) && v[at+m&mask] != 0 }
}

// guarded compiles the comparison of a cell with a constant and a bool in one,
// or returns nil for any other left side.
func guarded(left *term, on, mask int) signal.Predicate {
	if len(left.args) != 2 || left.args[0].op != opCell || left.args[1].op != opConst {
		return nil
	}
	at, mask2 := left.args[0].cell.place()
	k := left.args[1].value
	switch left.op {
	case opLess:
		return func(v []float64, m int) bool { return v[at+m&mask2] < k && v[on+m&mask] != 0 }
	case opLessEqual:
		return func(v []float64, m int) bool { return v[at+m&mask2] <= k && v[on+m&mask] != 0 }
	case opGreater:
		return func(v []float64, m int) bool { return v[at+m&mask2] > k && v[on+m&mask] != 0 }
	case opGreaterEqual:
		return func(v []float64, m int) bool { return v[at+m&mask2] >= k && v[on+m&mask] != 0 }
	default:
		return nil
	}
}

func overMembers(t *term) signal.Predicate {
	holds, n, all := predicate(t.args[0]), t.members, t.op == opAll
	return func(v []float64, _ int) bool {
		for i := range n {
			if holds(v, i) != all {
				return !all
			}
		}
		return all
	}
}
