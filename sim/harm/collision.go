package harm

import "math"

// joksch is the change of speed that nobody survives, 71 mph.
const joksch = 31.74

// OccupantRisk is the probability of death of an occupant with a belt, by the change of speed.
func OccupantRisk(change float64) float64 {
	if !(change < joksch) {
		return 1
	}
	x := max(0, change) / joksch
	x = float64(x * x)
	return float64(x * x)
}

// Occupant is the model of the change of speed of an occupant in a collision, m/s.
func Occupant() *Model {
	at := func(p float64) float64 { return float64(joksch * math.Sqrt(math.Sqrt(p))) }
	return rising(0, joksch, at(slightRisk), at(seriousRisk), at(irreversibleRisk), at(deathRisk))
}

// mph is a mile per hour, m/s.
const mph = 0.44704

// Speeds at which pedestrians come to harm with a probability of 10, 25, 50, 75, 90 %.
var (
	shares  = [...]float64{0.1, 0.25, 0.5, 0.75, 0.9}
	gravely = [...]float64{17.1, 24.9, 33.0, 40.8, 48.1}
	deadly  = [...]float64{24.1, 32.5, 40.6, 48.0, 54.6}
)

// PedestrianRisk is the probability with which a pedestrian who is hit at a speed dies, and
// with which the injury is AIS 4 or worse: straight between what is published, nothing at
// rest, and certain beyond.
func PedestrianRisk(speed float64) (death, grave float64) {
	return course(speed/mph, &deadly), course(speed/mph, &gravely)
}

// course goes from point to point.
func course(x float64, at *[5]float64) float64 {
	before, share := 0.0, 0.0
	for i, next := range at {
		if x <= next {
			return share + float64((shares[i]-share)*max(0, x-before)/(next-before))
		}
		before, share = next, shares[i]
	}
	return 1
}

// Pedestrian is the model of the speed of a car that hits a pedestrian, m/s.
func Pedestrian() *Model {
	return rising(float64(gravely[0]*mph), float64(deadly[len(deadly)-1]*mph), tiny, tiny, float64(gravely[0]*mph), float64(deadly[0]*mph))
}
