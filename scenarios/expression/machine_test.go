package expression

import (
	"fmt"
	"math"
	"slices"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"github.com/harmproof/harmproof/sim/detmath"
)

// A machine is a text compiled by expr's own compiler for its virtual machine.
type machine struct{ program *vm.Program }

// elementaryFunctions are what the names of functions mean. Their accuracy is
// tested in sim/detmath, and their names below, against package math.
var elementaryFunctions = map[string]func(float64) float64{
	"exp": detmath.Exp, "log": detmath.Log, "log2": detmath.Log2, "log10": detmath.Log10,
	"sin": detmath.Sin, "cos": detmath.Cos, "tan": detmath.Tan, "asin": detmath.Asin, "acos": detmath.Acos, "atan": detmath.Atan,
	"sinh": detmath.Sinh, "cosh": detmath.Cosh, "tanh": detmath.Tanh, "cbrt": detmath.Cbrt, "sqrt": math.Sqrt,
	"floor": math.Floor, "ceil": math.Ceil, "round": math.Round,
	"abs": math.Abs, // expr's own leaves -0
	"sign": func(x float64) float64 {
		if x == 0 || math.IsNaN(x) {
			return x
		}
		return math.Copysign(1, x)
	},
}

var binaryFunctions = map[string]func(x, y float64) float64{
	"hypot": detmath.Hypot, "atan2": detmath.Atan2, "pow": power, "mod": math.Mod,
}

// variadic are functions of as many numbers as there are; expr's own min and max
// drop NaN.
var variadic = map[string]func(...float64) float64{
	"min":   func(x ...float64) float64 { return slices.Min(x) },
	"max":   func(x ...float64) float64 { return slices.Max(x) },
	"clamp": func(x ...float64) float64 { return min(max(x[0], x[1]), x[2]) },
}

// power is what ^ means: squares and reciprocals are rounded once.
func power(x, y float64) float64 {
	switch y {
	case 2:
		return x * x
	case -1:
		return 1 / x
	}
	return detmath.Pow(x, y)
}

// options are what expr is told of the language here; its optimizer rounds in its
// own way.
var options = func() []expr.Option {
	list := []expr.Option{expr.Optimize(false), expr.Env(environment(make([]float64, len(letters().column)))),
		expr.Operator("^", "pow"), expr.Operator("**", "pow")}
	for name, f := range elementaryFunctions {
		list = append(list, expr.Function(name, func(p ...any) (any, error) { return f(p[0].(float64)), nil }, f))
	}
	for name, f := range binaryFunctions {
		list = append(list, expr.Function(name, func(p ...any) (any, error) { return f(p[0].(float64), p[1].(float64)), nil }, f))
	}
	for name, f := range variadic {
		call := func(p ...any) (any, error) {
			var x []float64
			for _, v := range p {
				x = append(x, v.(float64))
			}
			return f(x...), nil
		}
		types := []any{new(func(x, y float64) float64), new(func(x, y, z float64) float64), new(func(x, y, z, w float64) float64)}
		list = append(list, expr.Function(name, call, types...))
	}
	for name, f := range map[string]func(a, b bool) bool{
		"implies": func(a, b bool) bool { return !a || b },
		"iff":     func(a, b bool) bool { return a == b },
		"xor":     func(a, b bool) bool { return a != b },
	} {
		list = append(list, expr.Function(name, func(p ...any) (any, error) { return f(p[0].(bool), p[1].(bool)), nil }, f))
	}
	return list
}()

// compiled compiles a text with expr.
func compiled(text string) (*machine, error) {
	program, err := expr.Compile(text, options...)
	return &machine{program}, err
}

// run evaluates with a column.
func (m *machine) run(v []float64) (any, error) { return expr.Run(m.program, environment(v)) }

// environment is a column as expr sees it.
func environment(v []float64) map[string]any {
	env := map[string]any{}
	slot := 0
	set := func(names string, suffix string, as func(x float64) any) {
		for _, name := range names {
			slot++
			env[string(name)+suffix] = as(v[slot])
		}
	}
	plainly := func(x float64) any { return x }
	asTruth := func(x float64) any { return x != 0 }
	set(numbers+length, "", plainly)
	set(bools, "", asTruth)
	set(states, "", func(x float64) any { return valveStates[int(x)] })
	set(hashes, "", plainly)
	for _, name := range ofMembers {
		for i := range crew {
			set(string(name), fmt.Sprint(i), plainly)
		}
	}
	for _, name := range truthsOfMembers {
		for i := range crew {
			set(string(name), fmt.Sprint(i), asTruth)
		}
	}
	return env
}
