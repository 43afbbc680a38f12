package expression

import "math"

// A decision is the margin of a truth and the atom that decides it.
type decision func(v []float64, m int) (margin float64, atom int)

// decide compiles the decision on a truth, whose atoms are numbered. Of equals
// the first decides.
func decide(t *term) decision {
	switch t.op {
	case opBetween:
		return decideBetween(t)
	case opOneOf:
		return decideOneOf(t)
	case opNot:
		a := decide(t.args[0])
		return func(v []float64, m int) (float64, int) {
			margin, atom := a(v, m)
			return opposite(margin), atom
		}
	case opAnd, opOr, opImplies, opIff, opXor:
		return decidePair(t)
	case opEither:
		return decideEither(t)
	default:
		of, atom := margin(t), t.atom
		return func(v []float64, m int) (float64, int) { return of(v, m), atom }
	}
}

func decidePair(t *term) decision {
	a, b := decide(t.args[0]), decide(t.args[1])
	switch t.op {
	case opAnd:
		return func(v []float64, m int) (float64, int) {
			x, i := a(v, m)
			y, j := b(v, m)
			return lesser(x, i, y, j)
		}
	case opOr:
		return func(v []float64, m int) (float64, int) {
			x, i := a(v, m)
			y, j := b(v, m)
			return greater(x, i, y, j)
		}
	case opImplies:
		return func(v []float64, m int) (float64, int) {
			x, i := a(v, m)
			y, j := b(v, m)
			return greater(opposite(x), i, y, j)
		}
	}
	same := t.op == opIff
	return func(v []float64, m int) (float64, int) { // both or neither: the one nearer to change decides
		x, i := a(v, m)
		y, j := b(v, m)
		agree := (x > 0) == (y > 0)
		margin, atom := lesser(math.Abs(x), i, math.Abs(y), j)
		if margin != 0 && agree != same {
			margin = -margin
		}
		return margin, atom
	}
}

// decideEither is (c and a) or (not c and b).
func decideEither(t *term) decision {
	when, a, b := decide(t.args[0]), decide(t.args[1]), decide(t.args[2])
	return func(v []float64, m int) (float64, int) {
		c, i := when(v, m)
		x, j := a(v, m)
		y, k := b(v, m)
		x, j = lesser(c, i, x, j)
		y, k = lesser(opposite(c), i, y, k)
		return greater(x, j, y, k)
	}
}

func decideBetween(t *term) decision {
	x, low, high := function(t.args[0]), function(t.args[1]), function(t.args[2])
	atom := t.atom
	return func(v []float64, m int) (float64, int) {
		y := x(v, m)
		return lesser(rise(low(v, m), y), atom, rise(y, high(v, m)), atom+1)
	}
}

func decideOneOf(t *term) decision {
	x, items := function(t.args[0]), functionsOf(t.args[1:])
	first := t.atom
	return func(v []float64, m int) (float64, int) {
		y := x(v, m)
		margin, atom := never, first
		for i, item := range items {
			margin, atom = greater(margin, atom, nearness(y, item(v, m)), first+i)
		}
		return margin, atom
	}
}

func lesser(x float64, i int, y float64, j int) (float64, int) {
	if y < x {
		return y, j
	}
	return x, i
}

func greater(x float64, i int, y float64, j int) (float64, int) {
	if y > x {
		return y, j
	}
	return x, i
}
