package interval_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/interval"
)

// functions of two numbers, and their ranges.
var functions = map[string]struct {
	of     func(x, y float64) float64
	ranges func(x, y interval.Range) interval.Range
}{
	"+":          {func(x, y float64) float64 { return x + y }, interval.Add},
	"-":          {func(x, y float64) float64 { return x - y }, interval.Subtract},
	"*":          {func(x, y float64) float64 { return float64(x * y) }, interval.Multiply},
	"/":          {func(x, y float64) float64 { return x / y }, interval.Divide},
	"%":          {math.Mod, interval.Mod},
	"^":          {detmath.Pow, interval.Pow},
	"min":        {func(x, y float64) float64 { return min(x, y) }, interval.Min},
	"max":        {func(x, y float64) float64 { return max(x, y) }, interval.Max},
	"hypot":      {detmath.Hypot, interval.Hypot},
	"atan2":      {detmath.Atan2, interval.Atan2},
	"minus":      {func(x, _ float64) float64 { return -x }, func(x, _ interval.Range) interval.Range { return x.Minus() }},
	"reciprocal": {func(x, _ float64) float64 { return 1 / x }, one(interval.Reciprocal)},
	"square":     {func(x, _ float64) float64 { return float64(x * x) }, one(interval.Square)},
	"abs":        {func(x, _ float64) float64 { return math.Abs(x) }, one(interval.Abs)},
	"sqrt":       {func(x, _ float64) float64 { return math.Sqrt(x) }, one(interval.Sqrt)},
	"floor":      {func(x, _ float64) float64 { return math.Floor(x) }, one(interval.Floor)},
	"ceil":       {func(x, _ float64) float64 { return math.Ceil(x) }, one(interval.Ceil)},
	"round":      {func(x, _ float64) float64 { return math.Round(x) }, one(interval.Round)},
	"exp":        {func(x, _ float64) float64 { return detmath.Exp(x) }, one(interval.Exp)},
	"log":        {func(x, _ float64) float64 { return detmath.Log(x) }, one(interval.Log)},
	"log2":       {func(x, _ float64) float64 { return detmath.Log2(x) }, one(interval.Log2)},
	"log10":      {func(x, _ float64) float64 { return detmath.Log10(x) }, one(interval.Log10)},
	"sin":        {func(x, _ float64) float64 { return detmath.Sin(x) }, one(interval.Sin)},
	"cos":        {func(x, _ float64) float64 { return detmath.Cos(x) }, one(interval.Cos)},
	"tan":        {func(x, _ float64) float64 { return detmath.Tan(x) }, one(interval.Tan)},
	"asin":       {func(x, _ float64) float64 { return detmath.Asin(x) }, one(interval.Asin)},
	"acos":       {func(x, _ float64) float64 { return detmath.Acos(x) }, one(interval.Acos)},
	"atan":       {func(x, _ float64) float64 { return detmath.Atan(x) }, one(interval.Atan)},
	"sinh":       {func(x, _ float64) float64 { return detmath.Sinh(x) }, one(interval.Sinh)},
	"cosh":       {func(x, _ float64) float64 { return detmath.Cosh(x) }, one(interval.Cosh)},
	"tanh":       {func(x, _ float64) float64 { return detmath.Tanh(x) }, one(interval.Tanh)},
	"cbrt":       {func(x, _ float64) float64 { return detmath.Cbrt(x) }, one(interval.Cbrt)},
	"if": {func(x, y float64) float64 { return choose(x < y, x, y*y) }, func(x, y interval.Range) interval.Range {
		return interval.Choice(interval.Less(x, y), x, interval.Square(y))
	}},
}

func choose(when bool, x, y float64) float64 {
	if when {
		return x
	}
	return y
}

func one(f func(x interval.Range) interval.Range) func(x, y interval.Range) interval.Range {
	return func(x, _ interval.Range) interval.Range { return f(x) }
}

// end draws a number, often one where functions are odd.
func end(t *rapid.T) float64 {
	return rapid.OneOf(
		rapid.SampledFrom([]float64{0, 1, -1, 2, -2, 0.5, -0.5, 3, math.Pi, math.Pi / 2, -math.Pi, 1e-300, 1e300, -1e300, 5e-324}),
		rapid.Float64Range(-1.2, 1.2), rapid.Float64Range(-20, 20), rapid.Float64Range(-1e6, 1e6), rapid.Float64Range(-1e307, 1e307),
	).Draw(t, "end")
}

// A course is a straight line over a second, its range, and points of it.
type course struct {
	first, slope float64
	interval.Range
}

func straight(t *rapid.T) course {
	a := end(t)
	b := a
	switch rapid.IntRange(0, 3).Draw(t, "width") {
	case 0:
		b = end(t)
	case 1:
		b = a + rapid.Float64Range(-1, 1).Draw(t, "by")
	case 2:
		b = a + a*rapid.Float64Range(-1e-9, 1e-9).Draw(t, "by")
	}
	c := course{first: a, slope: b - a}
	c.Range = interval.Range{Lo: min(a, b), Hi: max(a, b), Down: c.slope, Up: c.slope}
	if math.IsInf(c.slope, 0) {
		c.Down, c.Up = math.Inf(-1), math.Inf(1)
	}
	return c
}

func (c course) at(x float64) float64 { return min(max(c.first+float64(c.slope*x), c.Lo), c.Hi) }

// The value at each point of a line is within the range, and between two points it
// goes no further than its slope.
func TestRangesHoldWhatIsComputed(t *testing.T) {
	for name, f := range functions {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				x, y := straight(t), straight(t)
				r := f.ranges(x.Range, y.Range)
				var before, last float64
				for i := range 5 {
					at := rapid.SampledFrom([]float64{0, 1, 0.5, float64(i) / 4, math.Nextafter(0.5, 1)}).Draw(t, "at")
					z := f.of(x.at(at), y.at(at))
					require.True(t, holds(r, z), "%v at %v %v is not in %+v, of %+v, %+v", z, x.at(at), y.at(at), r, x.Range, y.Range)
					if i > 0 && at > last && !r.NaN && r.Up-r.Down < math.Inf(1) {
						over := at - last
						off := 1e-300 + 1e-9*(math.Abs(z)+math.Abs(before)+math.Abs(r.Up-r.Down)+math.Abs(r.Up)+
							math.Abs(x.slope)+math.Abs(y.slope)+sensitivity(x, y))
						require.GreaterOrEqual(t, z-before, r.Down*over-off, "%+v", r)
						require.LessOrEqual(t, z-before, r.Up*over+off, "%+v", r)
					}
					before, last = z, at
				}
			})
		})
	}
}

// sensitivity is what rounding of the line itself may make of a slope.
func sensitivity(x, y course) float64 {
	if math.Abs(x.slope) > 1e-6*math.Abs(x.first) && math.Abs(y.slope) > 1e-6*math.Abs(y.first) {
		return 0
	}
	return math.Inf(1)
}

func holds(r interval.Range, z float64) bool {
	if math.IsNaN(z) {
		return r.NaN
	}
	return r.Lo <= z && z <= r.Hi
}

// What is certain of a comparison is so at every point.
func TestTruthsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := straight(t), straight(t)
		x.NaN = rapid.Bool().Draw(t, "NaN")
		at := rapid.Float64Range(0, 1).Draw(t, "at")
		a, b := x.at(at), y.at(at)
		if x.NaN && rapid.Bool().Draw(t, "now") {
			a = math.NaN()
		}
		for name, c := range map[string]struct {
			truth interval.Truth
			holds bool
		}{
			"<":  {interval.Less(x.Range, y.Range), a < b},
			"<=": {interval.LessEqual(x.Range, y.Range), a <= b},
			"==": {interval.Equal(x.Range, y.Range), a == b},
		} {
			require.NotZero(t, c.truth&interval.Certainly(c.holds), "%v %s %v: %v", a, name, b, c.truth)
		}
	})
}

// The connectives of truths are those of all that they may be.
func TestConnectives(t *testing.T) {
	all := []interval.Truth{interval.Always, interval.Never, interval.Maybe}
	may := func(a interval.Truth, x bool) bool { return a&interval.Certainly(x) != 0 }
	for _, a := range all {
		for _, b := range all {
			for _, z := range []bool{false, true} {
				and, or, same := false, false, false
				for _, x := range []bool{false, true} {
					for _, y := range []bool{false, true} {
						if may(a, x) && may(b, y) {
							and, or, same = and || (x && y) == z, or || (x || y) == z, same || (x == y) == z
						}
					}
				}
				require.Equal(t, and, may(a.And(b), z))
				require.Equal(t, or, may(a.Or(b), z))
				require.Equal(t, same, may(a.Same(b), z))
				require.Equal(t, may(a, !z), may(a.Not(), z))
			}
		}
	}
}

// The bounds of a parabola over a short span are off by the square of its length.
func TestBetweenIsQuadratic(t *testing.T) {
	for _, h := range []float64{1e-1, 1e-2, 1e-3} {
		x := interval.Range{Lo: 1, Hi: 1 + h, Down: 1, Up: 1}
		f := func(x float64) float64 { return x*x - 3*x }
		r := interval.Subtract(interval.Square(x), interval.Multiply(interval.Point(3), x))
		r = r.Between(f(1), f(1+h), h)
		require.InDelta(t, f(1+h), r.Lo, h*h)
		require.InDelta(t, f(1), r.Hi, h*h)
		require.True(t, r.Monotone())
	}
}
