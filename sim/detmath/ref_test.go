package detmath

import (
	"math"
	"math/big"
)

// References for the tests: math/big with refPrec bits, series in fixed point.
// Seeds from package math are corrected to full precision, so they need not be
// good.

const (
	refPrec  = 320
	piPrec   = 1600
	tinyOdd  = 0x1p-30 // below, odd functions are their series
	tinyFull = 0x1p-60 // below, expm1 and log1p are their series
)

var (
	bigPi    = machinPi()
	bigLn2   = machinLn2()
	bigLn10  = refLog(num(10))
	bigTwoPi = newBig(piPrec).Quo(newBig(piPrec).SetInt64(2), bigPi) // 2/pi
)

func newBig(prec uint) *big.Float { return new(big.Float).SetPrec(prec) }

// num is x exactly.
func num(x float64) *big.Float { return newBig(refPrec).SetFloat64(x) }

func add(a, b *big.Float) *big.Float { return newBig(refPrec).Add(a, b) }
func sub(a, b *big.Float) *big.Float { return newBig(refPrec).Sub(a, b) }
func mul(a, b *big.Float) *big.Float { return newBig(refPrec).Mul(a, b) }
func quo(a, b *big.Float) *big.Float { return newBig(refPrec).Quo(a, b) }

// scale is a * 2**k.
func scale(a *big.Float, k int) *big.Float { return newBig(refPrec).SetMantExp(a, k) }

// fixed is a in units of 2^-refPrec.
func fixed(a *big.Float) *big.Int {
	i, _ := scale(a, refPrec).Int(nil)
	return i
}

// float is the value of a fixed-point number.
func float(i *big.Int) *big.Float {
	f := newBig(refPrec).SetInt(i)
	return f.SetMantExp(f, -refPrec)
}

// oddSeries is x(1 + c0 x² + c1 x⁴ + ...), coefficients as fractions.
func oddSeries(x *big.Float, c ...[2]float64) *big.Float {
	return mul(x, series(mul(x, x), c...))
}

// series is 1 + c0 x + c1 x² + ...
func series(x *big.Float, c ...[2]float64) *big.Float {
	y := num(0)
	for i := len(c) - 1; i >= 0; i-- {
		y = mul(x, add(y, quo(num(c[i][0]), num(c[i][1]))))
	}
	return add(y, num(1))
}

// inverseSeries is atan(1/n) for sign -1, atanh(1/n) for sign 1, with piPrec bits.
func inverseSeries(n, sign int64) *big.Float {
	one := new(big.Int).Lsh(big.NewInt(1), piPrec)
	term := one.Quo(one, big.NewInt(n))
	sum := new(big.Int).Set(term)
	n2, d := big.NewInt(sign*n*n), new(big.Int)
	for k := int64(3); term.Sign() != 0; k += 2 {
		term.Quo(term, n2)
		sum.Add(sum, d.Quo(term, big.NewInt(k)))
	}
	f := newBig(piPrec).SetInt(sum)
	return f.SetMantExp(f, -piPrec)
}

func combine(sign int64, terms ...[2]int64) *big.Float {
	sum := newBig(piPrec)
	for _, t := range terms {
		f := newBig(piPrec).SetInt64(t[0])
		sum.Add(sum, f.Mul(f, inverseSeries(t[1], sign)))
	}
	return sum
}

func machinPi() *big.Float { return combine(-1, [2]int64{16, 5}, [2]int64{-4, 239}) }
func machinLn2() *big.Float {
	return combine(1, [2]int64{18, 26}, [2]int64{-2, 4801}, [2]int64{8, 8749})
}

// refExp is e**x; beyond the doubles it is huge or tiny.
func refExp(x *big.Float) *big.Float {
	f, _ := x.Float64()
	switch {
	case f > 2000:
		return scale(num(1), 2000)
	case f < -2000:
		return scale(num(1), -2000)
	}
	k := math.Round(f / math.Ln2)
	const halvings = 9
	r := fixed(sub(x, mul(num(k), bigLn2)))
	r.Rsh(r, halvings)
	sum := new(big.Int).Lsh(big.NewInt(1), refPrec)
	term, n := new(big.Int).Set(r), new(big.Int)
	for i := int64(2); term.BitLen() > 1; i++ {
		sum.Add(sum, term)
		term.Mul(term, r).Rsh(term, refPrec)
		term.Quo(term, n.SetInt64(i))
	}
	for range halvings {
		sum.Mul(sum, sum).Rsh(sum, refPrec)
	}
	return scale(float(sum), int(k))
}

// refExpm1 is e**x - 1.
func refExpm1(x *big.Float) *big.Float {
	if f, _ := x.Float64(); math.Abs(f) < tinyFull {
		return mul(x, series(x, [2]float64{1, 2}, [2]float64{1, 6}, [2]float64{1, 24}))
	}
	return sub(refExp(x), num(1))
}

// refLog is ln x, by one step from a double: ln x = y + log1p(x/e**y - 1).
func refLog(x *big.Float) *big.Float {
	m := newBig(refPrec)
	e := x.MantExp(m)
	if e == 1 { // keep ln of numbers near 1 small
		m, e = x, 0
	}
	f, _ := m.Float64()
	y := logStep(m, math.Log(f))
	if e == 0 {
		return y
	}
	return add(y, mul(num(float64(e)), bigLn2))
}

// logStep improves y, an approximation of ln x.
func logStep(x *big.Float, y float64) *big.Float {
	d := sub(quo(x, refExp(num(y))), num(1))
	return add(num(y), mul(d, series(d, [2]float64{-1, 2}, [2]float64{1, 3}, [2]float64{-1, 4}, [2]float64{1, 5})))
}

// refLog1p is ln(1+x).
func refLog1p(x *big.Float) *big.Float {
	f, _ := x.Float64()
	if math.Abs(f) < tinyFull {
		return mul(x, series(x, [2]float64{-1, 2}, [2]float64{1, 3}, [2]float64{-1, 4}))
	}
	return logStep(add(num(1), x), math.Log1p(f))
}

// refPow is x**y for positive x; beyond the doubles it is infinite or tiny.
func refPow(x, y *big.Float) *big.Float {
	p := mul(y, refLog(x))
	f, _ := p.Float64()
	switch {
	case f > 800:
		return scale(num(1), 1100)
	case f < -800:
		return scale(num(1), -1200)
	}
	return refExp(p)
}

// sincosSeries is sin and cos of |r| < 2.
func sincosSeries(r *big.Float) (sin, cos *big.Float) {
	x := fixed(r)
	sums := [2]*big.Int{new(big.Int).Lsh(big.NewInt(1), refPrec), new(big.Int)}
	term, n := new(big.Int).Set(x), new(big.Int)
	for i := int64(1); term.BitLen() > 1; i++ {
		s := sums[i%2]
		if i/2%2 == 0 {
			s.Add(s, term)
		} else {
			s.Sub(s, term)
		}
		term.Mul(term, x).Rsh(term, refPrec)
		term.Quo(term, n.SetInt64(i+1))
	}
	return float(sums[1]), float(sums[0])
}

// refSincos is sin x and cos x.
func refSincos(x *big.Float) (sin, cos *big.Float) {
	f, _ := x.Float64()
	if math.Abs(f) < tinyOdd {
		return oddSeries(x, [2]float64{-1, 6}, [2]float64{1, 120}, [2]float64{-1, 5040}),
			series(mul(x, x), [2]float64{-1, 2}, [2]float64{1, 24}, [2]float64{-1, 720}, [2]float64{1, 40320})
	}
	q := newBig(piPrec).Mul(x, bigTwoPi)
	half := 0.5
	if f < 0 {
		half = -0.5
	}
	n, _ := newBig(piPrec).Add(q, num(half)).Int(nil)
	q.Sub(q, newBig(piPrec).SetInt(n))
	s, c := sincosSeries(quo(newBig(refPrec).Set(q), bigTwoPi))
	switch n.And(n, big.NewInt(3)).Int64() {
	case 1:
		return c, s.Neg(s)
	case 2:
		return s.Neg(s), c.Neg(c)
	case 3:
		return c.Neg(c), s
	}
	return s, c
}

func halfPi() *big.Float { return scale(bigPi, -1) }

// refAtan is atan x, by one step from a double.
func refAtan(x *big.Float) *big.Float {
	e := x.MantExp(nil)
	switch {
	case e < -29:
		return oddSeries(x, [2]float64{-1, 3}, [2]float64{1, 5}, [2]float64{-1, 7})
	case e > 29:
		a := sub(halfPi(), refAtan(quo(num(1), newBig(refPrec).Abs(x))))
		if x.Sign() < 0 {
			a.Neg(a)
		}
		return a
	}
	f, _ := x.Float64()
	y := math.Atan(f)
	s, c := sincosSeries(num(y))
	d := quo(sub(mul(x, c), s), add(c, mul(x, s)))
	return add(num(y), oddSeries(d, [2]float64{-1, 3}, [2]float64{1, 5}))
}

// refAtan2 is the angle of (x, y), neither of them zero.
func refAtan2(y, x *big.Float) *big.Float {
	a := refAtan(quo(y, x))
	switch {
	case x.Sign() > 0:
		return a
	case y.Sign() > 0:
		return add(a, bigPi)
	}
	return sub(a, bigPi)
}

// refAsin is asin x, by one step from a double.
func refAsin(x *big.Float) *big.Float {
	f, _ := x.Float64()
	if math.Abs(f) < tinyOdd {
		return oddSeries(x, [2]float64{1, 6}, [2]float64{3, 40}, [2]float64{15, 336})
	}
	y := math.Asin(f)
	s, c := sincosSeries(num(y))
	root := newBig(refPrec).Sqrt(sub(num(1), mul(x, x)))
	d := sub(mul(x, c), mul(root, s))
	return add(num(y), oddSeries(d, [2]float64{1, 6}, [2]float64{3, 40}))
}

func refAcos(x *big.Float) *big.Float { return sub(halfPi(), refAsin(x)) }

// refSinhCosh is sinh x and cosh x.
func refSinhCosh(x *big.Float) (sinh, cosh *big.Float) {
	f, _ := x.Float64()
	e := refExp(x)
	inv := quo(num(1), e)
	sinh, cosh = scale(sub(e, inv), -1), scale(add(e, inv), -1)
	if math.Abs(f) < tinyOdd {
		sinh = oddSeries(x, [2]float64{1, 6}, [2]float64{1, 120}, [2]float64{1, 5040})
	}
	return sinh, cosh
}

func refTanh(x *big.Float) *big.Float {
	s, c := refSinhCosh(x)
	return quo(s, c)
}

func refHypot(x, y *big.Float) *big.Float {
	s := add(mul(x, x), mul(y, y))
	return s.Sqrt(s)
}

// refCbrt is the cube root, by two steps of Newton's method from a double.
func refCbrt(x *big.Float) *big.Float {
	f, _ := x.Float64()
	t := num(math.Cbrt(f))
	for range 2 {
		t2 := mul(t, t)
		t = sub(t, quo(sub(mul(t2, t), x), mul(num(3), t2)))
	}
	return t
}

// refNormQuantile improves y, an approximation of the p-quantile, by one step of
// Newton's method; the quantity y² - ... left out is far below an ulp of y.
func refNormQuantile(p, y float64) *big.Float {
	if p > 0.5 {
		r := refNormQuantile(1-p, -y)
		return r.Neg(r)
	}
	x := num(y)
	x2 := mul(x, x)
	// The density's inverse.
	inv := mul(newBig(refPrec).Sqrt(scale(bigPi, 1)), refExp(scale(x2, -1)))
	if y > -4 {
		// (P(y) - 1/2) / density = y + y³/3 + y⁵/15 + ...
		sum, term := num(0), x
		for n := 3.0; term.Sign() != 0 && term.MantExp(nil) > x.MantExp(nil)-120; n += 2 {
			sum = add(sum, term)
			term = quo(mul(term, x2), num(n))
		}
		return sub(x, sub(sum, mul(sub(num(p), num(0.5)), inv)))
	}
	// P(y) / density = 1/(|y| + 1/(|y| + 2/(|y| + ...))), Laplace.
	a := newBig(128).SetFloat64(-y)
	f := newBig(128).Set(a)
	for n := 120.0; n > 0; n-- {
		f.Quo(newBig(128).SetFloat64(n), f)
		f.Add(f, a)
	}
	return sub(x, sub(quo(num(1), f), mul(num(p), inv)))
}

// ulps is the distance of got from want in units of the last place of want.
func ulps(got float64, want *big.Float) float64 {
	if want.Sign() == 0 {
		return math.Abs(got) / math.SmallestNonzeroFloat64
	}
	if math.IsNaN(got) {
		return math.Inf(1)
	}
	g := newBig(refPrec)
	if math.IsInf(got, 0) {
		g.SetMantExp(num(math.Copysign(1, got)), 1024)
	} else {
		g.SetFloat64(got)
	}
	if want.MantExp(nil) > 1024 { // overflows: the infinity is right
		if math.IsInf(got, want.Sign()) {
			return 0
		}
		return math.Inf(1)
	}
	last := max(want.MantExp(nil)-53, -1074)
	d := g.Sub(g, want)
	f, _ := d.SetMantExp(d, -last).Float64()
	return math.Abs(f)
}
