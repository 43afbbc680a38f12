package scenarios

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A metabolism is adult-001 of UVA/Padova once more, in the published units (min, mg/kg,
// pmol/kg; the stomach in mg), for an integrator that shares nothing with the twin: glucose of
// plasma and tissue, insulin in plasma, its action, twice delayed, in the liver, twice under
// the skin, and what is in the stomach, solid and liquid, in the gut, and was eaten.
type metabolism [13]float64

// weight of adult-001, kg.
const weight001 = 102.32

func atRest001() metabolism {
	return metabolism{265.370112, 162.457097269, 5.5043265, 0, 100.25, 100.25, 3.20762505142, 72.4341762342, 141.153779328}
}

// slope is how fast it changes with so many U/min of insulin and g/min of carbohydrate.
func (x metabolism) slope(insulin, meal float64) metabolism {
	const kmax, kmin, full, empty, kabs = 0.046122, 0.0037927, 0.70391, 0.21057, 0.08906
	kgut := kmax
	if eaten := x[12]; eaten > 0 {
		stomach := x[9] + x[10]
		kgut = kmin + (kmax-kmin)/2*(math.Tanh(2.5/(1-full)/eaten*(stomach-full*eaten))-math.Tanh(2.5/empty/eaten*(stomach-empty*eaten))+2)
	}
	i := x[2] / 0.054906
	return metabolism{
		max(0, 4.73140582528-0.00469*x[0]-0.01208*x[5]) + 0.9*kabs*x[11]/weight001 - 1 - 0.0005*max(0, x[0]-339) - 0.058138*x[0] + 0.087114*x[1],
		0.058138*x[0] - 0.087114*x[1] - (3.2667306607+0.031319*x[3])*x[1]/(253.52+x[1]),
		-(0.225027424083+0.090010969633)*x[2] + 0.15446*x[6] + 0.0019*x[7] + 0.0078*x[8],
		0.027802 * (i - 100.25 - x[3]), 0.0046374 * (i - x[4]), 0.0046374 * (x[4] - x[5]),
		0.225027424083*x[2] - (0.15446+0.23169)*x[6],
		insulin*6000/weight001 - (0.0019+0.0152)*x[7], 0.0152*x[7] - 0.0078*x[8],
		1000*meal - kmax*x[9], kmax*x[9] - kgut*x[10], kgut*x[10] - kabs*x[11], 1000 * meal,
	}
}

func (x metabolism) along(k metabolism, h float64) metabolism {
	for i := range x {
		x[i] += h * k[i]
	}
	return x
}

// pass lets so many minutes pass by the classical method of Runge and Kutta.
func (x metabolism) pass(minutes, insulin, meal float64) metabolism {
	steps := math.Ceil(minutes * 2)
	for range int(steps) {
		h := minutes / steps
		k1 := x.slope(insulin, meal)
		k2 := x.along(k1, h/2).slope(insulin, meal)
		k3 := x.along(k2, h/2).slope(insulin, meal)
		k4 := x.along(k3, h).slope(insulin, meal)
		x = x.along(k1, h/6).along(k2, h/3).along(k3, h/3).along(k4, h/6)
	}
	return x
}

// TestInsulinByAnotherIntegrator gives the person what the pump gave and what was eaten.
func TestInsulinByAnotherIntegrator(t *testing.T) {
	for _, name := range []string{"normal", "spoofed-glucose", "correction", "battery-pulled", "sensor-jammed"} {
		r := ofLibrary(t, "insulin/"+name)
		flow, meal, glucose := r.signal("pump.flow"), r.signal("plate.meal"), r.signal("patient.glucose")
		var edges []vtime.Time
		for _, c := range slices.Concat(flow.Changes, meal.Changes) {
			edges = append(edges, c.At)
		}
		edges = append(edges, r.Ended)
		slices.Sort(edges)
		x, worst, ate := atRest001(), 0., false
		for i, at := range edges[1:] {
			from := edges[i]
			if from == at {
				continue
			}
			eats := meal.At(from) * 60_000 // g/min
			if eats > 0 && !ate {
				x[12] = x[9] + x[10]
			}
			ate = eats > 0
			x = x.pass((at-from).Seconds()/60, flow.At(from)*60, eats)
			worst = max(worst, math.Abs(x[0]/1.9152-100*glucose.At(at)))
		}
		assert.InDelta(t, 0, worst, 1e-3, "%s, mg/dL", name)
		assert.Greater(t, len(edges), 5, name)
	}
}
