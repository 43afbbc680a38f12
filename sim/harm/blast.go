package harm

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// TNT is the energy of a kilogram of TNT, J.
const TNT = 4.686e6

// atmosphere is the pressure at sea level, Pa.
const atmosphere = 101325

// Where the curve of Kinney and Graham is valid: scaled distances, m/kg^(1/3).
const (
	nearest  = 0.05
	farthest = 40
	nowhere  = 1e9 // where nothing is heard of it
)

// Overpressure is the peak at a distance of an explosion on the ground whose energy is that
// of a mass of TNT.
func Overpressure(mass, distance float64) (pressure float64, inside bool) {
	if mass <= 0 {
		return 0, mass == 0
	}
	z := max(0, distance) / detmath.Cbrt(mass)
	inside = within(z, nearest, farthest)
	if z > nowhere {
		return 0, false
	}
	if !(z > nearest) {
		z = nearest
	}
	up := float64(1616 * (1 + square(z/4.5)))
	down := float64(float64(math.Sqrt(1+square(z/0.048))*math.Sqrt(1+square(z/0.32))) * math.Sqrt(1+square(z/1.35)))
	return float64(atmosphere * (up / down)), inside
}

func square(x float64) float64 { return float64(x * x) }

// glass is the overpressure from which glass flies, Pa.
const glass = 2070

// Blast is the model of a peak overpressure, Pa.
func Blast() *Model {
	lungs := loads(-77.1, 6.91)
	ears := func(share float64) float64 { return load(-15.6, 1.93, share) }
	return rising(0, math.Inf(1), min(glass, lungs[0]), min(ears(0.1), lungs[1]), min(ears(0.5), lungs[2]), lungs[3])
}
