package detmath

import (
	"math"
	"math/rand/v2"
	"testing"
)

var sink float64

// benchArgs are arguments of everyday size.
func benchArgs(lo, hi float64) []float64 {
	r := rand.New(rand.NewPCG(1, 2))
	args := make([]float64, 1024)
	for i := range args {
		args[i] = lo + (hi-lo)*r.Float64()
	}
	return args
}

// Each function against its namesake: go test -bench . ./sim/detmath.
func BenchmarkUnary(b *testing.B) {
	for _, f := range []struct {
		name      string
		det, math func(float64) float64
		lo, hi    float64
	}{
		{"Exp", Exp, math.Exp, -20, 20},
		{"Exp2", Exp2, math.Exp2, -20, 20},
		{"Expm1", Expm1, math.Expm1, -2, 2},
		{"Log", Log, math.Log, 0, 100},
		{"Log2", Log2, math.Log2, 0, 100},
		{"Log10", Log10, math.Log10, 0, 100},
		{"Log1p", Log1p, math.Log1p, -0.5, 2},
		{"Sin", Sin, math.Sin, -10, 10},
		{"Cos", Cos, math.Cos, -10, 10},
		{"SinLarge", Sin, math.Sin, 1e10, 1e11},
		{"Tan", Tan, math.Tan, -10, 10},
		{"Asin", Asin, math.Asin, -1, 1},
		{"Acos", Acos, math.Acos, -1, 1},
		{"Atan", Atan, math.Atan, -3, 3},
		{"Sinh", Sinh, math.Sinh, -5, 5},
		{"Cosh", Cosh, math.Cosh, -5, 5},
		{"Tanh", Tanh, math.Tanh, -3, 3},
		{"Cbrt", Cbrt, math.Cbrt, -50, 50},
		{"Sqrt", Sqrt, math.Sqrt, 0, 50},
		{"NormQuantile", NormQuantile, func(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }, 0, 1},
	} {
		args := benchArgs(f.lo, f.hi)
		b.Run(f.name+"/det", func(b *testing.B) { benchUnary(b, f.det, args) })
		b.Run(f.name+"/math", func(b *testing.B) { benchUnary(b, f.math, args) })
	}
}

func benchUnary(b *testing.B, f func(float64) float64, args []float64) {
	b.ReportAllocs()
	var sum float64
	for i := range b.N {
		sum += f(args[i%1024])
	}
	sink = sum
}

func BenchmarkBinary(b *testing.B) {
	for _, f := range []struct {
		name      string
		det, math func(x, y float64) float64
		lo, hi    float64
	}{
		{"Pow", Pow, math.Pow, 0, 20},
		{"Atan2", Atan2, math.Atan2, -5, 5},
		{"Hypot", Hypot, math.Hypot, -5, 5},
		{"Sincos", sincosSum(Sincos), sincosSum(math.Sincos), -10, 10},
	} {
		args := benchArgs(f.lo, f.hi)
		b.Run(f.name+"/det", func(b *testing.B) { benchBinary(b, f.det, args) })
		b.Run(f.name+"/math", func(b *testing.B) { benchBinary(b, f.math, args) })
	}
}

func sincosSum(f func(float64) (float64, float64)) func(x, y float64) float64 {
	return func(x, _ float64) float64 {
		s, c := f(x)
		return s + c
	}
}

func benchBinary(b *testing.B, f func(x, y float64) float64, args []float64) {
	b.ReportAllocs()
	var sum float64
	for i := range b.N {
		sum += f(args[i%1024], args[(i*7+1)%1024])
	}
	sink = sum
}
