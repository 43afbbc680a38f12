package harm

import "github.com/harmproof/harmproof/sim/detmath"

// Of frost: how many K below 0 degC bare skin may freeze, and which temperature that is, K; between which temperatures, K, and which winds,
// m/s, how long that takes was published.
const (
	FrostFloor  = 4.8
	FrostBegins = freezing - FrostFloor
	FrostLeast  = freezing - 50
	FrostMost   = freezing - 15
	FrostCalm   = 20 / 3.6
	FrostStormy = 80 / 3.6
)

// Chill is how many K colder than 0 degC air of a temperature, K, is.
func Chill(temperature float64) float64 { return freezing - temperature }

// FrostRate is how fast the dose of frost grows, 1/s, in air of a temperature, K, and a wind, m/s at a
// height of 10 m: to 1 in the time after which bare skin of the face freezes,
// (2111 - 24.5 (0.667 V + 4.8)) (-4.8 - T)^-1.668 min with V in km/h and T in degC. Stronger winds than
// FrostStormy count as that.
func FrostRate(temperature, wind float64) float64 {
	below := max(0, Chill(max(0, temperature))-FrostFloor)
	face := float64(0.667*float64(3.6*max(0, min(wind, FrostStormy)))) + 4.8
	return detmath.Pow(below, 1.668) / float64(60*(2111-float64(24.5*face)))
}

// Frost is the model of the dose of frost on bare skin. It holds up to where the skin freezes.
func Frost() *Model { return rising(0, 1, 0.5, 1, 2) }
