package reference

import (
	"math"
	"slices"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var (
	inf  = math.Inf(1)
	p, q = formula.Of(0), formula.Of(1)
)

// steps is a signal with one round at each time.
func steps(columns ...[]float64) Signal {
	s := make(Signal, len(columns[0]))
	for t := range s {
		var values []float64
		for _, c := range columns {
			values = append(values, c[t])
		}
		s[t] = [][]float64{values}
	}
	return s
}

// By hand: what a formula is at each instant of a signal.
func TestByHand(t *testing.T) {
	x := []float64{1, 3, -2, 5, 4}
	y := []float64{-1, -3, 2, -4, 6}
	one, two := steps(x), steps(x, y)
	in, over := formula.In, formula.New
	for _, test := range []struct {
		name   string
		f      *formula.Formula
		s      Signal
		beyond Beyond
		lo, hi []float64
	}{
		{"eventually", in(formula.Eventually, 1, 2, p), one, Held, []float64{3, 5, 5, 4, 4}, nil},
		{"eventually, then anything", in(formula.Eventually, 1, 2, p), one, GoesOn, []float64{3, 5, 5, 4, -inf}, []float64{3, 5, 5, inf, inf}},
		{"always", in(formula.Always, 0, 2, p), one, GoesOn, []float64{-2, -2, -2, -inf, -inf}, []float64{-2, -2, -2, 4, 4}},
		{"always, then anything", over(formula.Always, p), one, GoesOn, []float64{-inf, -inf, -inf, -inf, -inf}, []float64{-2, -2, -2, 4, 4}},
		{"always, over", over(formula.Always, p), one, Over, []float64{-2, -2, -2, 4, 4}, nil},
		{"always from 3, over", in(formula.Always, 3, formula.Forever, p), one, Over, []float64{4, 4, -inf, -inf, -inf}, []float64{4, 4, inf, inf, inf}},
		{"always, over, as if nothing was over", in(formula.Eventually, 0, 1, over(formula.Always, p)), one, Over, []float64{-2, -2, 4, 4, 4}, []float64{-2, -2, 4, 4, inf}},
		{"until", in(formula.Until, 1, 3, p, q), two, Held, []float64{-2, -2, -2, 4, 4}, nil},
		{"until is closed", in(formula.Until, 0, 2, p, q), two, GoesOn, []float64{-1, -2, -2, 4, 4}, nil},
		{"until from 2, over", in(formula.Until, 2, formula.Forever, p, q), two, Over, []float64{-2, -2, -2, -inf, -inf}, []float64{-2, -2, -2, 4, 4}},
		{"weak until", in(formula.WeakUntil, 0, 1, p, q), two, Held, []float64{1, -2, -2, 4, 4}, nil},
		{"release", in(formula.Release, 0, 1, p, q), two, Held, []float64{1, 3, 2, 5, 6}, nil},
		{"once", in(formula.Once, 1, 2, p), one, GoesOn, []float64{-inf, 1, 3, 3, 5}, nil},
		{"once of all", over(formula.Once, p), one, Over, []float64{1, 3, 3, 5, 5}, nil},
		{"historically", in(formula.Historically, 2, 3, p), one, GoesOn, []float64{inf, inf, 1, 1, -2}, nil},
		{"since", in(formula.Since, 0, 2, p, q), two, GoesOn, []float64{-1, -1, -2, -2, 4}, nil},
		{"since 1 ago", in(formula.Since, 1, 2, p, q), two, GoesOn, []float64{-inf, -1, -2, -2, -2}, nil},
		{"rise", over(formula.Rise, p), one, GoesOn, []float64{1, -1, -3, 2, -5}, nil},
		{"fall", over(formula.Fall, p), one, GoesOn, []float64{-1, -3, 2, -5, -4}, nil},
		{"implies", over(formula.Implies, p, q), two, GoesOn, []float64{-1, -3, 2, -4, 6}, nil},
		{"iff", over(formula.Iff, p, q), two, GoesOn, []float64{-1, -3, -2, -4, 4}, nil},
		{"xor", over(formula.Xor, p, q), two, GoesOn, []float64{1, 3, 2, 4, -4}, nil},
		{"and, or, not", over(formula.And, p, over(formula.Or, q, over(formula.Not, p))), two, GoesOn, []float64{-1, -3, -2, -4, 4}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.hi == nil {
				test.hi = test.lo
			}
			got := slices.DeleteFunc(Evaluate(test.f, test.s, test.beyond), func(v Value) bool { return v.At.Round > 0 })
			for i := range test.lo {
				require.Equal(t, Range{test.lo[i], test.hi[i]}, got[i].Range, "at %d", i)
			}
		})
	}
}

// By hand: the rounds of a time follow each other. The atom is 1; 2 3 1; 4.
func TestRounds(t *testing.T) {
	s := Signal{{{1}}, {{2}, {3}, {1}}, {{4}}}
	in, over := formula.In, formula.New
	for _, test := range []struct {
		name   string
		f      *formula.Formula
		beyond Beyond
		want   []Range
	}{
		{"own round and later", in(formula.Always, 0, 0, p), Held, []Range{{1, 1}, {1, 1}, {1, 1}, {1, 1}, {4, 4}}},
		{"another round may come", in(formula.Eventually, 0, 0, p), Open, []Range{{1, 1}, {3, 3}, {3, 3}, {1, 1}, {4, inf}, {-inf, inf}}},
		{"all rounds of a later time", in(formula.Eventually, 1, 1, p), Held, []Range{{3, 3}, {4, 4}, {4, 4}, {4, 4}, {4, 4}}},
		{"own round and earlier", in(formula.Once, 0, 0, p), Held, []Range{{1, 1}, {2, 2}, {3, 3}, {3, 3}, {4, 4}}},
		{"all rounds of an earlier time", in(formula.Once, 1, 1, p), Held, []Range{never, {1, 1}, {1, 1}, {1, 1}, {3, 3}}},
		{"just before, and a round more", over(formula.Rise, p), Held,
			[]Range{{1, 1}, {-1, -1}, {-1, -1}, {-2, -2}, {-3, -3}, {-1, -1}, {-1, -1}, {-4, -4}}},
		{"for one round only", in(formula.Always, 0, 0, over(formula.Rise, p)), Held,
			[]Range{{-1, -1}, {-1, -1}, {-3, -3}, {-3, -3}, {-3, -3}, {-1, -1}, {-4, -4}, {-4, -4}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for i, v := range Evaluate(test.f, s, test.beyond)[:len(test.want)] {
				require.Equal(t, test.want[i], v.Range, "at %v", v.At)
			}
		})
	}
}

// cutAt returns a signal up to an instant in it, and how it may go on from there.
func cutAt(s Signal, choose Choice) (Signal, Beyond) {
	end := choose(0, len(s)-1)
	before := slices.Clone(s[:end+1])
	if choose(0, 1) == 0 {
		return before, GoesOn
	}
	before[end] = before[end][:choose(1, len(s[end]))]
	return before, Open
}

// What follows leaves each value within its range.
func TestEveryContinuationIsWithin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		choose := func(least, most int) int { return rapid.IntRange(least, most).Draw(t, "choice") }
		f := DrawFormula(choose, 2, 3, 5)
		s := DrawSignal(choose, 2, 12, -2, -1, 1, 2)
		before, beyond := cutAt(s, choose)
		thens := []Beyond{Held, GoesOn}
		if beyond == GoesOn && choose(0, 1) == 1 {
			beyond, thens = MayEnd, []Beyond{Held, GoesOn, MayEnd, Over}
		}
		within := map[formula.Instant]Range{}
		for _, v := range Evaluate(f, before, beyond) {
			within[v.At] = v.Range
		}
		for _, then := range thens {
			for _, v := range Evaluate(f, s, then) {
				if r, ok := within[v.At]; ok && (r.Lo > v.Lo || r.Hi < v.Hi) {
					t.Fatalf("%v is not within %v at %v", v.Range, r, v.At)
				}
			}
		}
	})
}

// The instants that are said to stand for all later ones do.
func TestEndOfTheGrid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		choose := func(least, most int) int { return rapid.IntRange(least, most).Draw(t, "choice") }
		f := DrawFormula(choose, 2, 3, 4)
		s := DrawSignal(choose, 2, 8, -2, -1, 1, 2)
		beyond := Beyond(choose(int(GoesOn), int(Held)))
		near := newGrid(s, beyond, 1+reach(f), edges(f))
		far := newGrid(s, beyond, 12+reach(f), 2+edges(f))
		v, w := near.of(f), far.of(f)
		i := 0
		for j, r := range w {
			if i+1 < len(v) && near.at[i+1] == far.at[j] {
				i++
			}
			if v[i] != r {
				t.Fatalf("%v, not %v at %v", r, v[i], far.at[j])
			}
		}
	})
}
