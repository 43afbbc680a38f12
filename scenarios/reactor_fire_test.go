package scenarios

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// TestReactorBurns: who stays is burnt when the dose of a point source says, and who goes is not.
func TestReactorBurns(t *testing.T) {
	r := ofLibrary(t, "reactor/runaway-fire")
	at := changes(r, "blast_field.burst", 1)
	require.Len(t, at, 1)
	power := 0.041 * math.Pi / 4 * 9 * 25.8e6
	assert.InDelta(t, 7.48e6, power, 5e3, "of the pool")
	assert.InDelta(t, 272, 79/(power/25.8e6), 1, "100 L of it")
	radiation := func(away float64) float64 { return 0.35 * 7.48e6 / (4 * math.Pi * away * away) / 1000 }
	for _, p := range []struct {
		name       string
		away       float64
		kilowatts  float64 // as fire.yaml has it
		dies       float64
		severities int
	}{
		{"field", math.Hypot(3, 2), 16.03, 15.7, 4},
		{"near", 10, 2.08, 239, 4},
		{"far", 30, 0.23, 0, 0},
	} {
		q := radiation(p.away)
		assert.InDelta(t, p.kilowatts, q, 0.005, p.name)
		assert.InEpsilon(t, q*1000, r.signal("fire_"+p.name+".radiation").Max(), 1e-12, p.name)
		assert.Equal(t, []float64{at[0]}, changes(r, "fire_"+p.name+".state", 1), p.name)
		harmed := p.name + "_operator.thermal_radiation_harm"
		for i, dose := range []float64{184.26290, 313.12427, 421.99459, 634.67690} {
			got := changes(r, harmed, float64(i+1))
			if i >= p.severities {
				assert.Empty(t, got, p.name)
				continue
			}
			require.Len(t, got, 1, p.name)
			assert.InDelta(t, at[0]+dose/math.Pow(q, 4./3), got[0], 1e-5, p.name)
		}
		if p.severities == 4 {
			assert.InDelta(t, p.dies, 634.67690/math.Pow(q, 4./3), 0.5, p.name)
		}
	}
	// A second, then outwards at 1.6 m/s until there is less than 1 kW/m2.
	q, ends := radiation(10), 10*math.Sqrt(radiation(10))
	want := math.Pow(q, 4./3) * (1 + 10/1.6*3/5*(1-math.Pow(10/ends, 5./3)))
	assert.InEpsilon(t, want, r.signal("leaver.heat_load").At(vtime.Time(6*vtime.Minute)), 1e-6)
	assert.Zero(t, r.signal("leaver.thermal_radiation_harm").Max())
}
