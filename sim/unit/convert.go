package unit

import "math"

// epsilon is the spacing of float64 at 1.
const epsilon = 0x1p-52

// ToSI returns the SI value of x in u.
//
// 1/1000 and 1/3600 are no float64, so 800*0.001 may miss 0.8; but 1000 and
// 3600 are, and a quotient is rounded once. So where Scale is the float64 of
// one over an integer, ToSI divides by the integer. (A number that a person
// wrote is better converted by ParseQuantity or [Unit.Literal], which round the
// decimal and the factor together.)
func (u Unit) ToSI(x float64) float64 {
	if r := reciprocal(u.Scale); r != 0 {
		return float64(x/r) + u.Offset
	}
	return float64(x*u.factor()) + u.Offset
}

// FromSI returns the value in u of an SI value. It undoes ToSI, Literal and
// ParseQuantity: a number of up to six decimals comes back as it was written,
// any other within three units in its last place (of the offset's, if that is
// the larger).
func (u Unit) FromSI(si float64) float64 {
	if u.factor() == 1 && u.Offset == 0 {
		return si
	}
	x := si - u.Offset
	if r := reciprocal(u.Scale); r != 0 {
		x = float64(x * r)
	} else {
		x /= u.factor()
	}
	return tidy(x, math.Abs(u.Offset/u.factor()))
}

// Literal returns the SI value of a number that a person wrote, where the unit
// went without saying: for 2.3 in m3/h the same float64 as ParseQuantity gives
// for "2.3 m3/h". It is slower than ToSI, which may differ in the last place.
func (u Unit) Literal(x float64) float64 {
	if v, err := known().parse(u.Symbol); err == nil && v.unit(u.Symbol) == u {
		if number, ok := decimal(x); ok {
			si, _ := v.toSI(number).Float64()
			return si
		}
	}
	return u.ToSI(x)
}

// factor is Scale, or 1 for the zero Unit.
func (u Unit) factor() float64 {
	if u.Scale == 0 {
		return 1
	}
	return u.Scale
}

// reciprocal returns the integer above 1 whose reciprocal rounds to scale, or 0.
func reciprocal(scale float64) float64 {
	if !(scale > 0 && scale <= 0.5) {
		return 0
	}
	r := math.Round(1 / scale)
	if r > 1<<53 || 1/r != scale {
		return 0
	}
	return r
}

// tidy returns the number of six decimals that x misses by rounding only, or x.
// The rounding is that of numbers up to size, in steps on the way to x.
func tidy(x, size float64) float64 {
	short := math.Round(float64(x*1e6)) / 1e6
	if math.Abs(short-x) <= 2*epsilon*max(math.Abs(x), size) {
		return short
	}
	return x
}
