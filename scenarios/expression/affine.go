package expression

import (
	"math"

	"github.com/harmproof/harmproof/sim/unit"
)

// An affine is a conversion to or from a unit: (x - before) * by + after, or
// divided by by.
type affine struct {
	before, by, after float64
	divide            bool
}

// toSI is [unit.Unit.ToSI], prepared.
func toSI(u unit.Unit) affine {
	if n := inverse(u.Scale); n != 0 {
		return affine{by: n, divide: true, after: u.Offset}
	}
	return affine{by: u.Scale, after: u.Offset}
}

// fromSI is [unit.Unit.FromSI], without its decimal rounding.
func fromSI(u unit.Unit) affine {
	if n := inverse(u.Scale); n != 0 {
		return affine{before: u.Offset, by: n}
	}
	return affine{before: u.Offset, by: u.Scale, divide: true}
}

// inverse returns the integer whose reciprocal is the scale, or 0: dividing by
// it rounds once.
func inverse(scale float64) float64 {
	n := math.Round(1 / scale)
	if n >= 2 && n < 1<<53 && 1/n == scale {
		return n
	}
	return 0
}

func (a affine) apply(x float64) float64 {
	if a.divide {
		return float64((x-a.before)/a.by) + a.after
	}
	return float64((x-a.before)*a.by) + a.after
}
