package expression

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// names are the signals of random expressions, in the order of their slots from
// 1 on: numbers a to d, bools p and q.
const numbers, bools = "abcd", "pq"

// A writer draws expressions that mean the same here and in expr.
type writer struct{ t *rapid.T }

func (w writer) pick(options ...string) string { return rapid.SampledFrom(options).Draw(w.t, "choice") }

func (w writer) less(depth int) int { return rapid.IntRange(0, depth-1).Draw(w.t, "depth") }

func (w writer) number(depth int) string {
	if depth == 0 {
		if rapid.Bool().Draw(w.t, "literal") {
			return w.literal()
		}
		return w.pick(strings.Split(numbers, "")...)
	}
	x := func() string { return w.number(w.less(depth)) }
	switch rapid.IntRange(0, 11).Draw(w.t, "form") {
	case 0, 1, 2, 3:
		return x() + w.pick(" + ", " - ", " * ", " / ") + x()
	case 4, 5:
		return "(" + x() + w.pick(" + ", " - ", " * ", " / ") + x() + ")"
	case 6:
		return "-" + x()
	case 7:
		return w.pick("abs", "floor", "ceil", "round") + "(" + x() + ")"
	case 8:
		return w.pick("min", "max") + "(" + x() + ", " + x() + ")"
	case 9:
		return "clamp(" + x() + ", " + x() + ", " + x() + ")"
	case 10:
		return "(" + w.truth(w.less(depth)) + " ? " + x() + " : " + x() + ")"
	default:
		return "(" + x() + ") ^ 2"
	}
}

func (w writer) literal() string {
	x := rapid.OneOf(rapid.Float64Range(0, 10), rapid.Float64Range(0, 1e308), rapid.SampledFrom([]float64{0, 1, 2, 0.5, 5e-324, math.MaxFloat64})).Draw(w.t, "value")
	text := strconv.FormatFloat(x, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0" // to expr 1 is an int
	}
	return text
}

func (w writer) truth(depth int) string {
	if depth == 0 {
		return w.pick("p", "q", "true", "false")
	}
	x := func() string { return w.number(w.less(depth)) }
	b := func() string { return w.truth(w.less(depth)) }
	compare := func() string { return w.pick(" < ", " <= ", " > ", " >= ") }
	switch rapid.IntRange(0, 9).Draw(w.t, "form") {
	case 0, 1, 2:
		return "(" + x() + compare() + x() + ")"
	case 3:
		return "(" + x() + w.pick(" == ", " != ") + x() + ")"
	case 4:
		return "(" + x() + compare() + x() + compare() + x() + ")"
	case 5:
		return "(" + b() + w.pick(" and ", " or ", " && ", " || ") + b() + ")"
	case 6:
		return w.pick("not ", "!") + b()
	case 7:
		return "(" + b() + w.pick(" == ", " != ") + b() + ")"
	case 8:
		return w.pick("implies", "iff", "xor") + "(" + b() + ", " + b() + ")"
	default:
		return "(" + b() + " ? " + b() + " : " + b() + ")"
	}
}

// values draws a column, the strange ones included.
func (w writer) values() []float64 {
	strange := rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, 5e-324, 1 << 53})
	v := []float64{0}
	for range numbers {
		v = append(v, rapid.OneOf(strange, rapid.Float64(), rapid.Float64Range(-10, 10)).Draw(w.t, "value"))
	}
	for range bools {
		v = append(v, float64(rapid.IntRange(0, 1).Draw(w.t, "bool")))
	}
	return v
}

// letters resolves the names of random expressions.
func letters() *world {
	w := &world{symbols: map[string]Symbol{}, column: []float64{0}}
	for _, name := range numbers {
		w.add(string(name), Symbol{Continuous: name == 'a'}, 0)
	}
	for _, name := range bools {
		w.add(string(name), Symbol{Type: 1}, 0)
	}
	return w
}

// crowd resolves the names for a reader with three members.
func crowd() *world {
	w := letters()
	for name, s := range w.symbols {
		s.Slot, s.Stride, s.Count = 3*s.Slot, 1, 3
		w.symbols[name] = s
	}
	return w
}

// spread is a column for crowd, in which member 2 has the values.
func spread(v []float64) []float64 {
	var wide []float64
	for _, x := range v {
		wide = append(wide, math.NaN(), math.NaN(), x)
	}
	return wide
}

// machine evaluates a text with expr's own compiler and virtual machine, without
// its optimizer, which rounds in its own way.
func machine(text string, v []float64) (any, error) {
	env := map[string]any{}
	for i, name := range numbers {
		env[string(name)] = v[i+1]
	}
	for i, name := range bools {
		env[string(name)] = v[len(numbers)+i+1] != 0
	}
	binary := func(name string, f func(x, y float64) float64) expr.Option {
		return expr.Function(name, func(p ...any) (any, error) { return f(p[0].(float64), p[1].(float64)), nil }, f)
	}
	connective := func(name string, f func(x, y bool) bool) expr.Option {
		return expr.Function(name, func(p ...any) (any, error) { return f(p[0].(bool), p[1].(bool)), nil }, f)
	}
	program, err := expr.Compile(text, expr.Env(env), expr.Optimize(false),
		// expr's own abs leaves -0, its min and max drop NaN.
		expr.Function("abs", func(p ...any) (any, error) { return math.Abs(p[0].(float64)), nil }, math.Abs),
		binary("min", func(x, y float64) float64 { return min(x, y) }),
		binary("max", func(x, y float64) float64 { return max(x, y) }),
		expr.Function("clamp", func(p ...any) (any, error) {
			return min(max(p[0].(float64), p[1].(float64)), p[2].(float64)), nil
		}, new(func(x, y, z float64) float64)),
		connective("implies", func(x, y bool) bool { return !x || y }),
		connective("iff", func(x, y bool) bool { return x == y }),
		connective("xor", func(x, y bool) bool { return x != y }))
	if err != nil {
		return nil, err
	}
	return expr.Run(program, env)
}

func TestNumbersAgreeWithExpr(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := writer{t}
		text := w.number(rapid.IntRange(0, 5).Draw(t, "depth"))
		e, mistakes := Number(text, nil, letters())
		if tooBig(text, mistakes) || len(mistakes) == 1 && mistakes[0].Message == "this has no finite value" {
			return
		}
		require.Empty(t, mistakes, text)
		many, mistakes := Number(text, nil, crowd())
		require.Empty(t, mistakes, text)
		for range 4 {
			v := w.values()
			want, err := machine(text, v)
			require.NoError(t, err, text)
			for _, got := range []float64{e.Eval(v, 0), many.Eval(spread(v), 2)} {
				if got != want.(float64) && !(math.IsNaN(got) && math.IsNaN(want.(float64))) {
					t.Fatalf("%s is %v, expr says %v (%v)", text, got, want, v)
				}
			}
		}
	})
}

func TestTruthsAgreeWithExpr(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := writer{t}
		text := w.truth(rapid.IntRange(0, 5).Draw(t, "depth"))
		c, mistakes := Condition(text, letters())
		if tooBig(text, mistakes) {
			return
		}
		require.Empty(t, mistakes, text)
		many, mistakes := Condition(text, crowd())
		require.Empty(t, mistakes, text)
		for range 4 {
			v := w.values()
			want, err := machine(text, v)
			require.NoError(t, err, text)
			if got := c.Holds(v, 0); got != want.(bool) || many.Holds(spread(v), 2) != got {
				t.Fatalf("%s is %v, expr says %v (%v)", text, got, want, v)
			}
			if one, other := c.Margin(v, 0), many.Margin(spread(v), 2); one != other {
				t.Fatalf("%s has margins %v and %v (%v)", text, one, other, v)
			}
			sane(t, text, c, v)
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
		v := writer{t}.values()
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
