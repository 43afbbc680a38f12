package unit

import (
	"errors"
	"math"
	"math/big"
	"strconv"
)

// An exact is a unit with its numbers as ratios of integers. Most factors are
// ratios by definition (1/1000, 3600, 127/5000, 5/9) and few are float64s, so
// rounding is left to the very end; pi is a ratio of 33 digits. Values are
// never changed once made.
type exact struct {
	dim   Dimension
	scale *big.Rat
	zero  *big.Rat // of degC and degF; nil elsewhere
}

// maxBits bounds a numerator and a denominator: a hostile unit such as
// ((yd127)127)127 stops here.
const maxBits = 4096

var (
	errExponent = errors.New("its exponents go beyond 127")
	errSize     = errors.New("its factor to SI is too large or too small to compute with")
)

// one is the exact unit of a pure number.
func one() exact { return exact{scale: big.NewRat(1, 1)} }

// times returns e*f for n = 1 and e/f for n = -1, of differences.
func (e exact) times(f exact, n int) (exact, error) {
	dim, fits := combine(e.dim, f.dim, n)
	if !fits {
		return exact{}, errExponent
	}
	if bits(e.scale)+bits(f.scale) > maxBits {
		return exact{}, errSize
	}
	scale := new(big.Rat)
	if n < 0 {
		scale.Quo(e.scale, f.scale)
	} else {
		scale.Mul(e.scale, f.scale)
	}
	return exact{dim: dim, scale: scale}, nil
}

// power returns e to the n, of a difference unless n is 1.
func (e exact) power(n int) (exact, error) {
	if n == 1 {
		return e, nil
	}
	dim, fits := combine(Dimension{}, e.dim, n)
	if !fits || n < -limit || n > limit {
		return exact{}, errExponent
	}
	size := max(n, -n)
	if bits(e.scale)*size > maxBits {
		return exact{}, errSize
	}
	exponent := big.NewInt(int64(size))
	num := new(big.Int).Exp(e.scale.Num(), exponent, nil)
	den := new(big.Int).Exp(e.scale.Denom(), exponent, nil)
	if n < 0 {
		num, den = den, num
	}
	return exact{dim: dim, scale: new(big.Rat).SetFrac(num, den)}, nil
}

// toSI returns number in e as an SI value.
func (e exact) toSI(number *big.Rat) *big.Rat {
	si := new(big.Rat).Mul(number, e.scale)
	if e.zero != nil {
		si.Add(si, e.zero)
	}
	return si
}

// unit rounds e to a Unit.
func (e exact) unit(symbol string) Unit {
	u := Unit{Symbol: symbol, Dim: e.dim}
	u.Scale, _ = e.scale.Float64()
	if e.zero != nil {
		u.Offset, _ = e.zero.Float64()
	}
	return u
}

// usable reports whether the scale is a normal float64, and its inverse too.
func (e exact) usable() bool {
	scale, _ := e.scale.Float64()
	return scale > 0x1p-1000 && scale < 0x1p1000
}

// bits is the length of the longer of numerator and denominator.
func bits(r *big.Rat) int { return max(r.Num().BitLen(), r.Denom().BitLen()) }

// decimal returns the shortest decimal number that rounds to x: what a person
// who wrote x in fewer than 16 digits wrote.
func decimal(x float64) (*big.Rat, bool) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil, false
	}
	return new(big.Rat).SetString(strconv.FormatFloat(x, 'g', -1, 64))
}
