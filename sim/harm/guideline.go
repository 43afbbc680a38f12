package harm

import "math"

// A guideline has the concentrations from which on a gas harms somebody who breathes it for so long:
// AEGL-1 to AEGL-3, in ppm, at the times of guided.
type guideline struct{ discomfort, disabling, lethal [len(guided)]float64 }

// guided are the times of the guideline levels, min.
var guided = [...]float64{10, 30, 60, 240, 480}

// fluoride are the levels of hydrogen fluoride.
var fluoride = guideline{
	discomfort: [...]float64{1, 1, 1, 1, 1},
	disabling:  [...]float64{95, 34, 24, 12, 12},
	lethal:     [...]float64{170, 62, 44, 22, 22},
}

// quadratic is the least load C^2 t, in ppm2 min, of what a level allows at its times: who has less was
// never beyond the level at any of them.
func quadratic(level [len(guided)]float64) float64 {
	least := math.Inf(1)
	for i, ppm := range level {
		least = min(least, float64(float64(ppm*ppm)*guided[i]))
	}
	return least
}

// thresholds are from which load on each severity begins, ppm2 min. Serious is left out: what disables
// may be irreversible.
func (g *guideline) thresholds() [Death]float64 {
	disabling := quadratic(g.disabling)
	return [...]float64{quadratic(g.discomfort), disabling, disabling, quadratic(g.lethal)}
}
