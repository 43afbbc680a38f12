package stl

import (
	"math"
	"strings"

	"github.com/harmproof/harmproof/sim/detmath"
)

// A function is one of numbers. One with the same value on every machine.
type function struct {
	name, usage string
	least, most int // arguments
	one         func(x float64) float64
	two         func(x, y float64) float64 // of more than two: from left to right
}

// functions are all that there are.
var functions = []function{
	{"abs", "abs(x)", 1, 1, math.Abs, nil},
	{"min", "min(x, y)", 2, 8, nil, func(x, y float64) float64 { return min(x, y) }},
	{"max", "max(x, y)", 2, 8, nil, func(x, y float64) float64 { return max(x, y) }},
	{"sqrt", "sqrt(x)", 1, 1, math.Sqrt, nil},
	{"cbrt", "cbrt(x)", 1, 1, detmath.Cbrt, nil},
	{"pow", "pow(x, 2)", 2, 2, nil, detmath.Pow},
	{"exp", "exp(x)", 1, 1, detmath.Exp, nil},
	{"log", "log(x)", 1, 1, detmath.Log, nil},
	{"ln", "ln(x)", 1, 1, detmath.Log, nil},
	{"log2", "log2(x)", 1, 1, detmath.Log2, nil},
	{"log10", "log10(x)", 1, 1, detmath.Log10, nil},
	{"hypot", "hypot(x, y)", 2, 2, nil, detmath.Hypot},
	{"floor", "floor(x)", 1, 1, math.Floor, nil},
	{"ceil", "ceil(x)", 1, 1, math.Ceil, nil},
	{"round", "round(x)", 1, 1, math.Round, nil},
	{"sign", "sign(x)", 1, 1, sign, nil},
	{"sin", "sin(x)", 1, 1, detmath.Sin, nil},
	{"cos", "cos(x)", 1, 1, detmath.Cos, nil},
	{"tan", "tan(x)", 1, 1, detmath.Tan, nil},
	{"asin", "asin(x)", 1, 1, detmath.Asin, nil},
	{"acos", "acos(x)", 1, 1, detmath.Acos, nil},
	{"atan", "atan(x)", 1, 1, detmath.Atan, nil},
	{"atan2", "atan2(y, x)", 2, 2, nil, detmath.Atan2},
	{"sinh", "sinh(x)", 1, 1, detmath.Sinh, nil},
	{"cosh", "cosh(x)", 1, 1, detmath.Cosh, nil},
	{"tanh", "tanh(x)", 1, 1, detmath.Tanh, nil},
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x // 0, NaN
}

// functionOf returns the function with a name, or nil.
func functionOf(name string) *function {
	for i := range functions {
		if functions[i].name == name {
			return &functions[i]
		}
	}
	return nil
}

func functionNames() string {
	var list []string
	for i := range functions {
		list = append(list, functions[i].name)
	}
	return strings.Join(list, ", ")
}
