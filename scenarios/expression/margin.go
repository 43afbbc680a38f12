package expression

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
)

// Margins are never NaN, so that their minima and maxima mean something: what a
// comparison with NaN is, it is by an infinite margin.

var never = math.Inf(-1)

// rise is the margin of low < high and low <= high.
func rise(low, high float64) float64 {
	if low == high { // infinities too
		return 0
	}
	if d := high - low; d == d {
		return d
	}
	return never
}

// nearness is the margin of x == y.
func nearness(x, y float64) float64 {
	return opposite(math.Abs(rise(x, y)))
}

// opposite is the margin of not; that of 0 is 0, not -0.
func opposite(margin float64) float64 { return 0 - margin }

// certain is the margin of what is not a number.
func certain(holds bool) float64 {
	if holds {
		return math.Inf(1)
	}
	return never
}

// margin compiles the margin of a truth.
func margin(t *term) signal.Function {
	switch t.op {
	case opLess, opLessEqual:
		return marginOf(rise, t.args[0], t.args[1])
	case opGreater, opGreaterEqual:
		return marginOf(rise, t.args[1], t.args[0])
	case opEqual:
		return marginOf(nearness, t.args[0], t.args[1])
	case opDiffer:
		return marginOf(func(x, y float64) float64 { return opposite(nearness(x, y)) }, t.args[0], t.args[1])
	case opBetween, opOneOf, opNot, opAnd, opOr, opImplies, opIff, opXor, opEither:
		decision := decide(t)
		return func(v []float64, m int) float64 {
			margin, _ := decision(v, m)
			return margin
		}
	case opAll, opAny:
		return marginOverMembers(t)
	default: // no numbers
		holds := predicate(t)
		return func(v []float64, m int) float64 { return certain(holds(v, m)) }
	}
}

func marginOf(f func(x, y float64) float64, left, right *term) signal.Function {
	x, y := function(left), function(right)
	return func(v []float64, m int) float64 { return f(x(v, m), y(v, m)) }
}

func marginOverMembers(t *term) signal.Function {
	of, n := margin(t.args[0]), t.members
	if t.op == opAny {
		return func(v []float64, _ int) float64 {
			most := never
			for i := range n {
				most = max(most, of(v, i))
			}
			return most
		}
	}
	return func(v []float64, _ int) float64 {
		least := math.Inf(1)
		for i := range n {
			least = min(least, of(v, i))
		}
		return least
	}
}
