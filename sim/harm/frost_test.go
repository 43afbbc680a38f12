package harm_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/harm"
)

// chill is the wind-chill index of 2001 (Environment Canada, NWS), by degC and km/h, and chilled the temperature of
// the air that has it.
func chill(celsius, wind float64) float64 {
	v := math.Pow(wind, 0.16)
	return 13.12 + 0.6215*celsius - 11.37*v + 0.3965*celsius*v
}
func chilled(index, wind float64) float64 {
	v := math.Pow(wind, 0.16)
	return (index - 13.12 + 11.37*v) / (0.6215 + 0.3965*v)
}

// freezes is after how many minutes the dose is 1, by degC and km/h.
func freezes(celsius, wind float64) float64 {
	return 1 / (60 * harm.FrostRate(273.15+celsius, wind/3.6))
}

// The dose is 1 when the closed form says.
func TestFrostRate(t *testing.T) {
	for celsius := -5.0; celsius >= -60; celsius -= 2.5 {
		for wind := 0.0; wind <= 80; wind += 10 {
			want := (-24.5*(0.667*wind+4.8) + 2111) * math.Pow(-4.8-celsius, -1.668)
			assert.InEpsilon(t, want, freezes(celsius, wind), 1e-9, "%v degC, %v km/h", celsius, wind)
		}
	}
	for _, kelvin := range []float64{273.15 - harm.FrostFloor, 273.15, 300, 1e300} {
		assert.Zero(t, harm.FrostRate(kelvin, 10))
	}
	assert.Equal(t, harm.FrostRate(250, harm.FrostStormy), harm.FrostRate(250, 1e300))
	assert.Equal(t, harm.FrostRate(250, 0), harm.FrostRate(250, -1e300))
}

// Environment Canada says that skin freezes in 10 to 30 min from a wind chill of -28 on, in 10 to 15 at -35, in 5 to 10
// from -40 on. In no wind of the range does the equation say another thing, but for 9.6 min at -35 and 80 km/h. From -48
// on it should be 2 to 5 min, from -55 on less than 2: there the equation says up to 6.2 and 4.6, as the page of the
// package has it.
func TestFrostByTheTable(t *testing.T) {
	assert.InDelta(t, -48, chill(-30, 40), 0.5, "as it stands in Environment Canada's chart")
	assert.InDelta(t, -67, chill(-40, 80), 0.5)
	assert.InDelta(t, -30, chilled(-48, 40), 0.5)
	longest := map[float64]float64{}
	for wind := 20.0; wind <= 80; wind++ {
		for _, c := range [][3]float64{{-28, 10, 30}, {-35, 9.59, 15}, {-40, 5, 10}, {-48, 2, 6.2}, {-55, 0, 4.6}} {
			got := freezes(chilled(c[0], wind), wind)
			assert.Greater(t, got, c[1], "%v at %v km/h", c[0], wind)
			assert.Less(t, got, c[2], "%v at %v km/h", c[0], wind)
			longest[c[0]] = max(longest[c[0]], got)
		}
	}
	assert.InDelta(t, 6.15, longest[-48], 0.005)
	assert.InDelta(t, 4.56, longest[-55], 0.005)
}
