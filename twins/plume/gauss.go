package plume

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// A class is how stable the air is: the coefficients of its spread over open country,
// x_y / sqrt(1 + x / 10 km) across and x_z / (1 + fades x)^power up, with power 0, 1/2 or 1.
type class struct {
	across, up, fades float64 // 1, 1, 1/m
	root              bool    // the power is 1/2, and not 1
}

// classes are those of Pasquill, by Briggs.
var classes = map[string]class{
	"A": {0.22, 0.20, 0, false},
	"B": {0.16, 0.12, 0, false},
	"C": {0.11, 0.08, 0.0002, true},
	"D": {0.08, 0.06, 0.0015, true},
	"E": {0.06, 0.03, 0.0003, false},
	"F": {0.04, 0.016, 0.0003, false},
}

// Where the formulas hold, and nearer than what nothing is told apart, m downwind.
const (
	nearest  = 100
	farthest = 10_000
	least    = 1
)

// spread is the standard deviation of the plume across and up, so far downwind, m.
func (k *class) spread(x float64) (across, up float64) {
	across = float64(k.across*x) / math.Sqrt(1+float64(0.0001*x))
	fading := 1 + float64(k.fades*x)
	if k.root {
		fading = math.Sqrt(fading)
	}
	return across, float64(k.up*x) / fading
}

// A release is what goes out of one place, evenly.
type release struct {
	class  class
	wind   float64 // m/s
	height float64 // m
}

// most is a rate that nothing on earth exceeds, kg/s: with it all stays a number.
const most = 1e12

// density is how much of what goes out at a rate there is in the air at a place, kg/m3: downwind, across and
// up, m. Outside of where the formulas hold it is the greater of what they have there and at the nearest
// place at which they hold, and there is all of that at 0 as well; upwind, where x < 0, there is none.
func (r *release) density(rate, x, y, z float64) float64 {
	if !(x >= 0) || !(rate > 0) {
		return 0
	}
	rate = min(rate, most)
	there := r.gauss(rate, max(x, least), y, z)
	switch {
	case x < nearest:
		return max(there, r.gauss(rate, nearest, y, z))
	case x > farthest:
		return max(there, r.gauss(rate, farthest, y, z))
	}
	return there
}

// gauss is the density by the formulas, with all that comes to the ground thrown back.
func (r *release) gauss(rate, x, y, z float64) float64 {
	across, up := r.class.spread(x)
	crossed := bell(y / across)
	lifted := bell((z-r.height)/up) + bell((z+r.height)/up)
	return float64(float64(rate*crossed)*lifted) / float64(float64(float64(2*math.Pi)*r.wind)*float64(across*up))
}

// bell is that of Gauss, 1 in its middle.
func bell(x float64) float64 { return detmath.Exp(float64(-0.5 * float64(x*x))) }
