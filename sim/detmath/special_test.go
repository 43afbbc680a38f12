package detmath

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

// specials are where IEEE 754 and the doc comments of package math have something
// to say.
var specials = func() []float64 {
	positive := []float64{
		0, math.SmallestNonzeroFloat64, 0x1p-1022, 0x1p-1021, 0x1p-60, 0x1p-28, 0.25, 0.5, 1 - 0x1p-53, 1, 1 + 0x1p-52,
		1.5, 2, 3, 4, 5, 40, 700, 708.5, 711, 745.5, 800, 1023, 1024, 1074, 1075, 0x1p31, 0x1p52 + 1, 0x1p53 - 1,
		0x1p53, 0x1p63, 0x1p64, 1e300, math.MaxFloat64, math.Inf(1),
	}
	all := []float64{math.NaN(), math.Float64frombits(0xfff8000000000000), math.Float64frombits(0x7ff0000000000001)}
	for _, x := range positive {
		all = append(all, x, -x)
	}
	return all
}()

// unary is every function of one argument with its namesake.
var unary = map[string][2]func(float64) float64{
	"Exp": {Exp, math.Exp}, "Exp2": {Exp2, math.Exp2}, "Expm1": {Expm1, math.Expm1},
	"Log": {Log, math.Log}, "Log2": {Log2, math.Log2}, "Log10": {Log10, math.Log10}, "Log1p": {Log1p, math.Log1p},
	"Sin": {Sin, math.Sin}, "Cos": {Cos, math.Cos}, "Tan": {Tan, math.Tan},
	"Asin": {Asin, math.Asin}, "Acos": {Acos, math.Acos}, "Atan": {Atan, math.Atan},
	"Sinh": {Sinh, math.Sinh}, "Cosh": {Cosh, math.Cosh}, "Tanh": {Tanh, math.Tanh},
	"Sqrt": {Sqrt, math.Sqrt}, "Cbrt": {Cbrt, math.Cbrt},
}

var binary2 = map[string][2]func(x, y float64) float64{
	"Pow": {Pow, math.Pow}, "Atan2": {Atan2, math.Atan2}, "Hypot": {Hypot, math.Hypot},
}

func TestSpecialUnary(t *testing.T) {
	for name, f := range unary {
		for _, x := range specials {
			checkSame(t, f[0](x), f[1](x), ordinary(x), "%s(%v)", name, x)
		}
	}
}

func TestSpecialBinary(t *testing.T) {
	for name, f := range binary2 {
		for _, x := range specials {
			for _, y := range specials {
				checkSame(t, f[0](x, y), f[1](x, y), ordinary(x) && ordinary(y), "%s(%v, %v)", name, x, y)
			}
		}
	}
}

// checkSame wants NaN to be the one NaN, and zeros, infinities and what comes of
// them to be the same. Ordinary results of ordinary arguments are
// TestSpecialAccuracy's: package math has errors there.
func checkSame(t *testing.T, got, want float64, computed bool, format string, args ...any) {
	t.Helper()
	switch {
	case math.IsNaN(want):
		want = math.NaN()
	case want == 0 || math.IsInf(want, 0):
	case math.IsNaN(got):
	case computed:
		return
	}
	if math.Float64bits(got) != math.Float64bits(want) {
		t.Errorf(format+" = %v (%x), want %v", append(args, got, math.Float64bits(got), want)...)
	}
}

// polesAndZeros have no reference; the other tests here have them.
var polesAndZeros = map[string]float64{"Log1p": -1, "Acos": 1, "NormQuantile": 1}

// Ordinary results at special arguments are as accurate as elsewhere.
func TestSpecialAccuracy(t *testing.T) {
	for _, c := range testCases {
		ys := []float64{1}
		if _, ok := binary2[c.name]; ok {
			ys = specials
		}
		for _, x := range specials {
			for _, y := range ys {
				got := c.f(x, y)
				if pole, ok := polesAndZeros[c.name]; math.IsNaN(got) || !ordinary(x) || !ordinary(y) || ok && x == pole {
					continue
				}
				if e := ulps(got, c.ref(x, y, got)); e > c.limit {
					t.Errorf("%s(%v, %v) = %v is %.3f ulp off", c.name, x, y, got, e)
				}
			}
		}
	}
}

func ordinary(x float64) bool { return x != 0 && !math.IsInf(x, 0) && !math.IsNaN(x) }

func TestSincos(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	xs := append([]float64{}, specials...)
	for range 5000 {
		xs = append(xs, trigArgs(r))
	}
	for _, x := range xs {
		s, c := Sincos(x)
		if math.Float64bits(s) != math.Float64bits(Sin(x)) || math.Float64bits(c) != math.Float64bits(Cos(x)) {
			t.Errorf("Sincos(%v) = %v, %v, want %v, %v", x, s, c, Sin(x), Cos(x))
		}
	}
}

// Where the result is a double, it is that double.
func TestExact(t *testing.T) {
	for n := -1074; n <= 1023; n++ {
		x := math.Ldexp(1, n)
		assert.Equal(t, x, Exp2(float64(n)))
		assert.Equal(t, float64(n), Log2(x))
		assert.Equal(t, x, Pow(2, float64(n)))
	}
	for n, x := 0.0, 1.0; n <= 22; n, x = n+1, x*10 {
		assert.Equal(t, n, Log10(x))
		assert.Equal(t, x, Pow(10, n))
	}
	for n := 1.0; n < 200000; n += 7 {
		assert.Equal(t, n, Cbrt(n*n*n))
		assert.Equal(t, n*n, Pow(n, 2))
		assert.Equal(t, n, Pow(n*n, 0.5))
		assert.Equal(t, 5*n, Hypot(3*n, -4*n))
	}
}

// What is written x^2 or 1/x elsewhere has the same bits.
func TestSquaresAndReciprocals(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	xs := append([]float64{}, specials...)
	for range 20000 {
		xs = append(xs, wide(-1074, 1023)(r), wide(-3, 3)(r))
	}
	for _, x := range xs {
		if !math.IsNaN(x) {
			assert.Equal(t, math.Float64bits(x*x), math.Float64bits(Pow(x, 2)), "%v", x)
			assert.Equal(t, math.Float64bits(1/x), math.Float64bits(Pow(x, -1)), "%v", x)
		}
	}
}

// The symmetries hold to the last bit.
func TestSymmetry(t *testing.T) {
	for _, c := range testCases {
		r := rand.New(rand.NewPCG(7, 7))
		for range 2000 {
			x, _ := c.args(r)
			switch c.name {
			case "Sin", "Tan", "Asin", "Atan", "Sinh", "Tanh", "Cbrt":
				assert.Equal(t, c.f(x, 0), -c.f(-x, 0), "%s(%v)", c.name, x)
			case "Cos", "Cosh":
				assert.Equal(t, c.f(x, 0), c.f(-x, 0), "%s(%v)", c.name, x)
			}
		}
	}
}

// The double nearest to a multiple of pi/2 (J.-M. Muller, "Elementary Functions",
// 2016) and other hard cases.
func TestTrigHardCases(t *testing.T) {
	for _, x := range []float64{
		math.Ldexp(6381956970095103, 797), math.Pi, math.Pi / 2, 3 * math.Pi / 4, 1e22, math.MaxFloat64,
		maxDirect, math.Nextafter(maxDirect, 0), 0.02454369260617026, 0.024543692606170256,
	} {
		s, c := refSincos(num(x))
		assert.Less(t, ulps(Sin(x), s), 0.51, "Sin(%v)", x)
		assert.Less(t, ulps(Cos(x), c), 0.51, "Cos(%v)", x)
		assert.Less(t, ulps(Tan(x), quo(s, c)), 0.51, "Tan(%v)", x)
	}
}

func TestNormQuantile(t *testing.T) {
	for p, want := range map[float64]float64{ // Wichura's test values
		0.25: -0.6744897501960817, 0.001: -3.090232306167814, 1e-20: -9.262340089798408,
	} {
		assert.InEpsilon(t, want, NormQuantile(p), 1e-15)
	}
	for _, p := range []float64{0.001, 0.075, 0.3, 0.49} {
		assert.InEpsilon(t, -NormQuantile(p), NormQuantile(1-p), 1e-13)
	}
	assert.Equal(t, 0.0, NormQuantile(0.5))
	assert.Equal(t, math.Inf(-1), NormQuantile(0))
	assert.Equal(t, math.Inf(1), NormQuantile(1))
	for _, p := range []float64{-0.1, 1.1, math.Inf(1), math.Inf(-1), math.NaN()} {
		assert.Equal(t, math.Float64bits(math.NaN()), math.Float64bits(NormQuantile(p)), "%v", p)
	}
}

// The references agree with constants known by heart.
func TestReference(t *testing.T) {
	for want, got := range map[string]*big.Float{
		"3.1415926535897932384626433832795028841972": bigPi,
		"2.7182818284590452353602874713526624977572": refExp(num(1)),
		"0.6931471805599453094172321214581765680755": bigLn2,
		"2.3025850929940456840179914546843642076011": bigLn10,
		"0.7853981633974483096156608458198757210493": refAtan(num(1)),
	} {
		assert.Equal(t, want, got.Text('f', 40))
	}
}
