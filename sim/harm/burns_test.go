package harm_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/harm"
)

// share is what a probit says of a dose, in s at 1 kW/m2: with q in W/m2 t q^(4/3) is ten thousand times as much.
func share(a, b, dose float64) float64 {
	return math.Erfc(-(a+b*math.Log(dose*1e4)-5)/math.Sqrt2) / 2
}

// Each severity begins where the probits of the Green Book have the share that the page says.
func TestBurns(t *testing.T) {
	m := harm.Burns()
	assert.InEpsilon(t, 0.1, share(-39.83, 3.0186, m.Up[0]), 1e-9, "first-degree burns")
	assert.InEpsilon(t, 0.001, share(-36.38, 2.56, m.Up[1]), 1e-9)
	assert.InEpsilon(t, 0.01, share(-36.38, 2.56, m.Up[2]), 1e-9)
	assert.InEpsilon(t, 0.1, share(-36.38, 2.56, m.Up[3]), 1e-9)
	assert.Less(t, share(-43.14, 3.0186, m.Up[1]), 0.1, "second-degree burns, which come later than 0.1 % of death")
	assert.Less(t, share(-43.14, 3.0186, m.Up[2]), 0.5)
	for i, s := range []float64{184, 313, 422, 635} {
		assert.InDelta(t, s, m.Up[i], 0.5, "as the page has it")
	}
	assert.InEpsilon(t, 0.999, share(-36.38, 2.56, m.Most), 1e-9)
}

// With q in kW/m2 the probit of death is -12.8 + 2.56 ln(t q^(4/3)), as it is written elsewhere; a dose of 1050
// kills half (HSE, after Tsao and Perry 1979: 1 % at 420, 50 % at 1050).
func TestBurnsAsWrittenElsewhere(t *testing.T) {
	assert.InDelta(t, -12.8, -36.38+2.56*math.Log(1e4), 0.005)
	assert.InDelta(t, 0.5, share(-36.38, 2.56, 1050), 0.01)
	assert.InEpsilon(t, 420, harm.Burns().Up[2], 0.01)
}

// 10 kW/m2 for 20 s, 5 kW/m2 for 50.4 s and 1 kW/m2 for 431 s are the same dose.
func TestHeatLoad(t *testing.T) {
	assert.Equal(t, 1.0, harm.HeatLoad(1000))
	assert.InEpsilon(t, math.Pow(10, 4./3), harm.HeatLoad(10_000), 1e-12)
	assert.InEpsilon(t, 20*harm.HeatLoad(10_000), 50.4*harm.HeatLoad(5000), 1e-3)
	assert.InEpsilon(t, 20*harm.HeatLoad(10_000), 430.9*harm.HeatLoad(1000), 1e-3)
	assert.Zero(t, harm.HeatLoad(-1e300))
	assert.InEpsilon(t, 5.670374419e-8*math.Pow(5772, 4), 6.3e7, 0.002, "the surface of the sun")
	assert.Equal(t, harm.HeatLoad(6.3e7), harm.HeatLoad(1e300))
}
