package expression

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

const checks = 5000

func TestNumbersAgreeWithExpr(t *testing.T) {
	trials.Make(t, checks)
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t}
		agrees(t, w, w.number(rapid.IntRange(0, 5).Draw(t, "depth")))
	})
}

func TestDeepNumbersAgreeWithExpr(t *testing.T) {
	trials.Make(t, checks/5)
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t}
		agrees(t, w, w.deep())
	})
}

func agrees(t *rapid.T, w *writer, p phrase) {
	e, mistakes := Number(p.here, nil, alphabet)
	if tooBig(p.here, mistakes) || len(mistakes) == 1 && mistakes[0].Message == "this has no finite value" {
		return
	}
	require.Empty(t, mistakes, p.here)
	evals := []signal.Function{e.Eval}
	if !w.reduced {
		many, mistakes := Number(p.here, nil, chorus)
		require.Empty(t, mistakes, p.here)
		evals = append(evals, func(v []float64, _ int) float64 { return many.Eval(spread(v), 2) })
	}
	machine, err := compiled(p.there)
	require.NoError(t, err, "%s\n%s", p.here, p.there)
	for range 3 {
		v := w.values()
		result, err := machine.run(v)
		require.NoError(t, err, p.there)
		want := result.(float64)
		for _, eval := range evals {
			got := eval(v, 0)
			if math.Float64bits(got) != math.Float64bits(want) && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Fatalf("%s is %v, expr says %v of %s (%v)", p.here, got, want, p.there, v)
			}
		}
	}
}

func TestTruthsAgreeWithExpr(t *testing.T) {
	trials.Make(t, checks)
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t}
		p := w.truth(rapid.IntRange(0, 5).Draw(t, "depth"))
		c, mistakes := Condition(p.here, alphabet)
		if tooBig(p.here, mistakes) {
			return
		}
		require.Empty(t, mistakes, p.here)
		value, mistakes := Value(p.here, nil, alphabet)
		require.Empty(t, mistakes, p.here)
		crowded := c
		if !w.reduced {
			crowded, mistakes = Condition(p.here, chorus)
			require.Empty(t, mistakes, p.here)
		}
		machine, err := compiled(p.there)
		require.NoError(t, err, "%s\n%s", p.here, p.there)
		for range 3 {
			v := w.values()
			result, err := machine.run(v)
			require.NoError(t, err, p.there)
			want := result.(bool)
			if got := c.Holds(v, 0); got != want || value.Eval(v, 0) != 0 != want {
				t.Fatalf("%s is %v, expr says %v of %s (%v)", p.here, got, want, p.there, v)
			}
			sane(t, p.here, c, v)
			if w.reduced {
				continue
			}
			wide := spread(v)
			if crowded.Holds(wide, 2) != want || crowded.Margin(wide, 2) != c.Margin(v, 0) {
				t.Fatalf("%s is otherwise in a member (%v)", p.here, v)
			}
		}
	})
}

func tooBig(text string, mistakes []Error) bool {
	return len(text) > maxBytes && len(mistakes) == 1 || len(mistakes) == 1 && strings.HasPrefix(mistakes[0].Message, "the expression is too big")
}

func TestElementaryFunctionsAgreeWithMath(t *testing.T) {
	for name, f := range map[string]func(float64) float64{
		"sqrt": math.Sqrt, "cbrt": math.Cbrt, "exp": math.Exp, "log": math.Log, "log2": math.Log2, "log10": math.Log10,
		"sin": math.Sin, "cos": math.Cos, "tan": math.Tan, "asin": math.Asin, "acos": math.Acos, "atan": math.Atan,
		"sinh": math.Sinh, "cosh": math.Cosh, "tanh": math.Tanh,
	} {
		agree(t, name+"(a)", func(a, _ float64) float64 { return f(a) })
	}
	agree(t, "pow(a, b)", math.Pow)
	agree(t, "a ^ b", math.Pow)
	agree(t, "a % b", math.Mod)
	agree(t, "hypot(a, b)", math.Hypot)
	agree(t, "atan2(a, b)", func(y, x float64) float64 { return math.Copysign(math.Atan2(y, x), y) }) // math's sign is lost where y/x underflows
	agree(t, "a ^ -1", func(a, _ float64) float64 { return 1 / a })
	agree(t, "a ^ 2", func(a, _ float64) float64 { return a * a })
}

func agree(t *testing.T, text string, f func(a, b float64) float64) {
	e, mistakes := Number(text, nil, letters())
	require.Empty(t, mistakes, text)
	rapid.Check(t, func(t *rapid.T) {
		v := (&writer{t: t}).values()
		if a := math.Abs(v[1]); a > 0 && a < 0x1p-1022 {
			return // math.Log(5e-324) is -709 on amd64
		}
		got, want := e.Eval(v, 0), f(v[1], v[2])
		near := math.Abs(got-want) <= 1e-9*math.Abs(want) || // the wiring; detmath has its own tests
			math.IsInf(got, 0) && math.Abs(want) > 1.79e308
		if got != want && !near && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Fatalf("%s is %v, math says %v (%v)", text, got, want, v)
		}
	})
}

// sane checks what must hold of every condition on every column.
func sane(t interface{ Fatalf(string, ...any) }, text string, c condition, v []float64) {
	holds, margin := c.Holds(v, 0), c.Margin(v, 0)
	again, atom := c.Decide(v, 0)
	switch {
	case holds && !(margin >= 0), !holds && !(margin <= 0):
		t.Fatalf("%s: holds is %v, the margin %v (%v)", text, holds, margin, v)
	case margin != again:
		t.Fatalf("%s: margins %v and %v differ (%v)", text, margin, again, v)
	case atom < 0 || atom >= len(c.Atoms):
		t.Fatalf("%s: atom %d of %d", text, atom, len(c.Atoms))
	}
	for _, a := range c.Atoms {
		if a.Gap != nil {
			a.Gap(v, 0)
		}
	}
}
