package harm

// Of UL 2034: the worker breathes hard.
const (
	effort  = 0.0404
	settles = 2398 * effort * 60 // s: with which the blood follows the air
)

// Settled is where the share of the blood's haemoglobin that carbon monoxide takes goes, by its
// share in the air, which is from none to all of it. It may be more than there is of the blood:
// all the faster the blood is full.
func Settled(air float64) float64 {
	return float64(2.18 * (0.007*effort + float64(min(1, max(0, air))*1e6)/1316))
}

// Uptake is how fast the share COHb changes, 1/s, as long as the blood is not full.
func Uptake(air, cohb float64) float64 { return (Settled(air) - cohb) / settles }

// Monoxide is the model of the share of COHb in the blood.
func Monoxide() *Model { return rising(0, 0.4, 0.1, 0.2, 0.4, 0.6) }
