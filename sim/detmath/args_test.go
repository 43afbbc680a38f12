package detmath

import (
	"math"
	"math/big"
	"math/rand/v2"
)

// A testCase is one function under test. Unary functions ignore y.
type testCase struct {
	name string
	f    func(x, y float64) float64
	args func(r *rand.Rand) (x, y float64)
	ref  func(x, y, got float64) *big.Float
	// limit in ulps.
	limit float64
}

// testCases are drawn and computed the same on every architecture: the golden
// checksums depend on them.
var testCases = []testCase{
	{"Exp", one(Exp), oneArg(mix(wide(-60, 9), between(-745.5, 710), near(709.782712893384, 1e-10), near(-708.3964, 1e-2))), oneRef(refExp), 0.6},
	{"Exp2", one(Exp2), oneArg(mix(wide(-60, 9), between(-1075.5, 1024), between(-1, 1))), oneRef(func(x *big.Float) *big.Float { return refExp(mul(x, bigLn2)) }), 0.6},
	{"Expm1", one(Expm1), oneArg(mix(wide(-1060, 9), wide(-20, 6), between(-1, 1), between(-0.08, 0.08), between(-45, 709))), oneRef(refExpm1), 0.6},
	{"Log", one(Log), oneArg(mix(positive(-1074, 1024), near(1, 0.1), near(1, 1e-9), positive(-4, 4))), oneRef(refLog), 0.6},
	{"Log2", one(Log2), oneArg(mix(positive(-1074, 1024), near(1, 0.1), near(1, 1e-9), positive(-4, 4))), oneRef(func(x *big.Float) *big.Float { return quo(refLog(x), bigLn2) }), 0.6},
	{"Log10", one(Log10), oneArg(mix(positive(-1074, 1024), near(1, 0.1), near(1, 1e-9), positive(-4, 4))), oneRef(func(x *big.Float) *big.Float { return quo(refLog(x), bigLn10) }), 0.6},
	{"Log1p", one(Log1p), oneArg(mix(positive(-1074, 1024), wide(-20, 0), between(-1, 1), near(-0.005, 1e-3), near(0.005, 1e-3), positive(-2, 60))), oneRef(refLog1p), 0.6},
	{"Pow", Pow, powArgs, func(x, y, _ float64) *big.Float { return refPowSigned(x, y) }, 0.6},
	{"Sin", one(Sin), oneArg(trigArgs), oneRef(func(x *big.Float) *big.Float { s, _ := refSincos(x); return s }), 0.6},
	{"Cos", one(Cos), oneArg(trigArgs), oneRef(func(x *big.Float) *big.Float { _, c := refSincos(x); return c }), 0.6},
	{"Tan", one(Tan), oneArg(trigArgs), oneRef(func(x *big.Float) *big.Float { s, c := refSincos(x); return quo(s, c) }), 0.6},
	{"Asin", one(Asin), oneArg(unitArgs), oneRef(refAsin), 0.6},
	{"Acos", one(Acos), oneArg(unitArgs), oneRef(refAcos), 0.6},
	{"Atan", one(Atan), oneArg(mix(wide(-1074, 1024), wide(-30, 5), between(-2, 2))), oneRef(refAtan), 0.6},
	{"Atan2", Atan2, twoArgs(mix(wide(-1074, 1024), wide(-3, 3)), mix(wide(-6, 6), between(-0.02, 0.02))), twoRef(refAtan2), 0.6},
	{"Sinh", one(Sinh), oneArg(mix(wide(-1060, 9), between(-1, 1), between(-25, 25), between(-710.4, 710.4))), oneRef(func(x *big.Float) *big.Float { s, _ := refSinhCosh(x); return s }), 0.6},
	{"Cosh", one(Cosh), oneArg(mix(wide(-40, 9), between(-1, 1), between(-25, 25), between(-710.4, 710.4))), oneRef(func(x *big.Float) *big.Float { _, c := refSinhCosh(x); return c }), 0.6},
	{"Tanh", one(Tanh), oneArg(mix(wide(-1060, 9), between(-1, 1), between(-25, 25))), oneRef(refTanh), 0.6},
	{"Hypot", Hypot, twoArgs(mix(wide(-1060, 1023), wide(-3, 3)), mix(wide(-30, 30), between(-2, 2))), twoRef(refHypot), 0.8},
	{"Cbrt", one(Cbrt), oneArg(mix(wide(-1074, 1024), wide(-3, 3))), oneRef(refCbrt), 0.6},
	{"Sqrt", one(Sqrt), oneArg(mix(positive(-1074, 1024), positive(-3, 3))), oneRef(func(x *big.Float) *big.Float { return newBig(refPrec).Sqrt(x) }), 0.5},
	{"NormQuantile", one(NormQuantile), oneArg(mix(between(0, 1), positive(-1040, 0), positive(-40, 0), near(0.5, 1e-3))), func(x, _, got float64) *big.Float { return refNormQuantile(x, got) }, 0.9},
}

func one(f func(float64) float64) func(x, y float64) float64 {
	return func(x, _ float64) float64 { return f(x) }
}

func oneRef(f func(*big.Float) *big.Float) func(x, y, got float64) *big.Float {
	return func(x, _, _ float64) *big.Float { return f(num(x)) }
}

func twoRef(f func(x, y *big.Float) *big.Float) func(x, y, got float64) *big.Float {
	return func(x, y, _ float64) *big.Float { return f(num(x), num(y)) }
}

func refPowSigned(x, y float64) *big.Float {
	p := refPow(num(math.Abs(x)), num(y))
	if x < 0 && math.Mod(y, 2) != 0 {
		p.Neg(p)
	}
	return p
}

// A draw is one way to draw an argument.
type draw func(r *rand.Rand) float64

func oneArg(d draw) func(*rand.Rand) (x, y float64) {
	return func(r *rand.Rand) (float64, float64) { return d(r), 0 }
}

// twoArgs draws x, and y as x times a ratio.
func twoArgs(x, ratio draw) func(*rand.Rand) (x, y float64) {
	return func(r *rand.Rand) (float64, float64) {
		for {
			a := x(r)
			b := float64(a * ratio(r))
			if b != 0 && !math.IsInf(b, 0) && math.Abs(a) < 0x1p1022 && math.Abs(b) < 0x1p1022 {
				return a, b
			}
		}
	}
}

func mix(draws ...draw) draw {
	return func(r *rand.Rand) float64 { return draws[r.IntN(len(draws))](r) }
}

// positive draws log-uniformly from 2**lo to 2**hi.
func positive(lo, hi int) draw {
	return func(r *rand.Rand) float64 {
		return math.Ldexp(1+r.Float64(), lo+r.IntN(hi-lo))
	}
}

// wide is positive with either sign.
func wide(lo, hi int) draw {
	d := positive(lo, hi)
	return func(r *rand.Rand) float64 { return float64(d(r) * float64(2*r.IntN(2)-1)) }
}

func between(lo, hi float64) draw {
	return func(r *rand.Rand) float64 { return lo + float64((hi-lo)*r.Float64()) }
}

func near(x, radius float64) draw { return between(x-radius, x+radius) }

// trigArgs are everyday angles, all magnitudes, and the doubles next to multiples
// of pi/64, among them those of pi/2.
func trigArgs(r *rand.Rand) float64 {
	switch r.IntN(6) {
	case 0:
		return wide(-1074, 1024)(r)
	case 1:
		return wide(-30, 20)(r)
	case 2:
		return between(-7, 7)(r)
	case 3:
		return between(-60000, 60000)(r)
	case 4:
		return nearMultiple(r, math.Pi/2)
	}
	return nearMultiple(r, math.Pi/64)
}

// nearMultiple is within a few ulps of a multiple of step.
func nearMultiple(r *rand.Rand, step float64) float64 {
	k := math.Trunc(wide(0, 52)(r))
	x := float64(k * step)
	return math.Float64frombits(math.Float64bits(x) + uint64(r.IntN(5)) - 2)
}

// unitArgs are from -1 to 1, many of them next to the ends.
func unitArgs(r *rand.Rand) float64 {
	switch r.IntN(4) {
	case 0:
		return wide(-1074, 0)(r)
	case 1:
		return wide(-10, 0)(r)
	case 2:
		return math.Copysign(1-positive(-53, -1)(r), r.Float64()-0.5)
	}
	return between(-1, 1)(r)
}

// powArgs keep y*ln x mostly within the doubles; some x are negative with whole y.
func powArgs(r *rand.Rand) (x, y float64) {
	switch r.IntN(5) {
	case 0: // near 1
		x = 1 + wide(-52, -3)(r)
	case 1:
		return math.Ldexp(float64(r.IntN(2001)-1000)+0.5, -1), float64(r.IntN(40) - 20)
	case 2:
		x = positive(-1074, 1024)(r)
	case 3: // tiny results, around the subnormals
		x = positive(-20, 20)(r)
		return x, float64(between(-745.5, -707)(r) / Log(x))
	default:
		x = positive(-3, 3)(r)
	}
	if x == 1 {
		x = 1.5
	}
	return x, float64(between(-745, 710)(r) / Log(x))
}
