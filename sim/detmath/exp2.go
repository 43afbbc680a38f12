package detmath

import "math"

// Polynomial of (2**r-1)/r for |r| <= 1/256: ln 2, then minimax,
// error 2^-65.
const (
	exp2C1 = 0x1.62e42fefa39efp-1
	exp2C2 = 0x1.ebfbdff82c366p-3
	exp2C3 = 0x1.c6b08d7049f4bp-5
	exp2C4 = 0x1.3b2abdfca211ap-7
	exp2C5 = 0x1.5d8805611c604p-10
)

// Exp2 returns 2**x, as math.Exp2 does; it is exact for integers.
//
// The method is that of Exp with an exact reduction.
func Exp2(x float64) float64 {
	if !(math.Abs(x) < 1100) {
		return exp2Edge(x)
	}
	kd := float64(x*128) + toInt
	n := math.Float64bits(kd)
	kd -= toInt
	r := x - float64(kd*(1.0/128))
	e := &expTable[n%128]
	r2 := float64(r * r)
	t := e.tail + float64(r*exp2C1) + float64(r2*(exp2C2+float64(r*exp2C3))) + float64(r2*r2*(exp2C4+float64(r*exp2C5)))
	if math.Abs(x) < 1000 {
		s := math.Float64frombits(e.bits + n>>7<<52)
		return s + float64(s*t)
	}
	return expScale(math.Float64frombits(e.bits), t, int64(n<<13)>>20)
}

// exp2Edge is Exp2 where the result is 0, infinite or NaN.
func exp2Edge(x float64) float64 {
	switch {
	case x > 0:
		return math.Inf(1)
	case x < 0:
		return 0
	}
	return math.NaN()
}
