package burst

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Scaled distances, m/kg^(1/3): the nearest for which the curve holds, and one beyond which
// nothing is left of what changes it.
const (
	nearest = 0.05
	beyond  = 1e6
)

// lasts is how long the positive phase of so much TNT lasts at a distance.
func lasts(mass, distance float64) vtime.Duration {
	scale := detmath.Cbrt(mass)
	z := min(max(distance/scale, nearest), beyond)
	up := float64(0.98 * (1 + power(z/0.54, 10)))
	down := float64(float64((1+power(z/0.02, 3))*(1+power(z/0.74, 6))) * math.Sqrt(1+power(z/6.9, 2)))
	return max(vtime.FromSeconds(float64(scale*float64(up/down))), vtime.Nanosecond)
}

// power is x to a whole power.
func power(x float64, n int) float64 {
	y := 1.0
	for range n {
		y = float64(y * x)
	}
	return y
}
