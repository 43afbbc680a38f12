package unit

// A Dimension holds the exponents of the seven SI base quantities: length,
// mass, time, electric current, temperature, amount of substance, luminous
// intensity. Plane angle is a ratio and has the dimension One.
type Dimension [7]int8

// A Unit is a scale for a dimension: SI value = written value * Scale + Offset.
// The zero value is a pure number.
type Unit struct {
	Symbol string // as people write it, "" for a pure number
	Dim    Dimension
	Scale  float64
	Offset float64 // of degC and degF only
}

// Pure reports whether u is without dimension: a number, a ratio, an angle, a
// count.
func (u Unit) Pure() bool { return u.Dim == Dimension{} }

// SameDim reports whether values in u can be compared with values in v.
func (u Unit) SameDim(v Unit) bool { return u.Dim == v.Dim }

// Delta returns the unit of a difference of two values in u: kelvin for degC,
// and u without its offset otherwise.
func (u Unit) Delta() Unit {
	if u.Offset == 0 {
		return u
	}
	if u.Scale == 1 {
		return Unit{Symbol: "K", Dim: u.Dim, Scale: 1}
	}
	u.Offset = 0
	return u
}
