package harm

// Of UL 2034: the worker breathes hard.
const (
	effort  = 0.0404
	settles = 2398 * effort * 60 // s: with which the blood follows the air
)

// Settled is the share of the blood's haemoglobin that carbon monoxide takes in the end, by
// its share in the air; up to 1.
func Settled(air float64) float64 {
	return min(1, float64(2.18*(0.007*effort+float64(max(0, air)*1e6)/1316)))
}

// Uptake is how fast the share COHb changes, 1/s.
func Uptake(air, cohb float64) float64 { return (Settled(air) - cohb) / settles }

// Monoxide is the model of the share of COHb in the blood.
func Monoxide() *Model { return rising(0, 0.4, 0.1, 0.2, 0.4, 0.6) }
