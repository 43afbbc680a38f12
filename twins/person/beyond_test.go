package person_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/person"
)

// What leaves the models' validity in a run ends in the worst case that package harm documents, and nothing of
// the person is ever a number that is none: glucose near nothing, all of the air carbon monoxide, a collision
// faster than any curve, and amounts that no world has.
func TestBeyondTheModels(t *testing.T) {
	symbols := map[string]string{
		"glucose": "mg/dL", "collision": "m/s", "contact": "N", "separation": "m", "temperature": "degC", "co": "ppm", "gas": "ppm", "overpressure": "kPa", "thermal_radiation": "kW/m2",
	}
	const most = 1e300
	for _, c := range []struct {
		exposure   string
		from, to   float64 // SI
		worst      float64
		byOccupant bool
	}{
		{"glucose", 1, 1e-9, 4, false}, {"glucose", 1, 0, 4, false}, {"glucose", 1, -most, 4, false}, {"glucose", 1, 6.01, 4, false}, {"glucose", 1, most, 4, false},
		{"collision", 0, 24.5, 4, false}, {"collision", 0, most, 4, false}, {"collision", 0, 31.8, 4, true}, {"collision", 0, most, 4, true},
		{"contact", 0, 4200.1, 4, false}, {"contact", 0, most, 4, false}, {"separation", 1, -most, 3, false},
		{"temperature", 293, 0, 4, false}, {"temperature", 293, 323.3, 3, false}, {"temperature", 293, 373.2, 4, false}, {"temperature", 293, most, 4, false},
		{"co", 0, 0.01, 4, false}, {"co", 0, 1, 4, false}, {"co", 0, most, 4, false}, {"co", 0, -most, 0, false},
		{"gas", 0, 0.5, 4, false}, {"gas", 0, most, 4, false}, {"gas", 0, -most, 0, false}, {"overpressure", 0, most, 4, false},
		{"overpressure", 0, -most, 0, false}, {"contact", 0, -most, 0, false}, {"collision", 0, -most, 0, true}, {"temperature", 293, -most, 4, false},
		{"thermal_radiation", 0, 1001, 4, false}, {"thermal_radiation", 0, 999, 0, false}, {"thermal_radiation", 0, most, 4, false}, {"thermal_radiation", 0, -most, 0, false},
	} {
		name := fmt.Sprintf("%s of %v", c.exposure, c.to)
		s := spec()
		if c.byOccupant {
			s.Collides = "occupant"
		}
		d, err := person.New(s)
		require.NoError(t, err)
		d, err = d.(device.Fitter).Fit(func(input string) bool { return input == c.exposure })
		require.NoError(t, err)
		u, err := unit.Parse(symbols[c.exposure])
		require.NoError(t, err)
		world := device.Device(simtest.Script{Unit: u, Values: map[string][]simtest.Point{"value": simtest.Steps(0, c.from, 60, c.to)}})
		if symbols[c.exposure] == "ppm" { // of which a script makes true and false
			world = ramp{"ppm", c.to, 0}
		}
		p := simtest.Scene{
			Run: 5 * vtime.Hour, Every: vtime.Hour,
			Devices: map[string]device.Device{"anna": d, "world": world},
			Wires:   map[string]string{"anna." + c.exposure: "world.value"},
		}.Play(t)
		assert.Equal(t, c.worst, p.At("anna.worst", 5*vtime.Hour), name)
		margin := p.At("anna."+c.exposure+"_margin", 5*vtime.Hour)
		assert.False(t, math.IsNaN(margin) || math.IsInf(margin, 0), "%s: %v to spare", name, margin)
		assert.Equal(t, c.worst > 0, margin < 0, "%s: %v to spare", name, margin)
	}
}

// What cannot be counts as the nearest that can: it leaves as much to spare as that does.
func TestWhatCannotBe(t *testing.T) {
	spare := func(exposure string, to map[string]ramp) float64 {
		return exposed(t, vtime.Minute, spec(), to).At("anna."+exposure+"_margin", vtime.Minute)
	}
	for exposure, symbol := range map[string]string{"contact": "N", "collision": "m/s", "glucose": "mg/dL", "co": "ppm", "gas": "ppm", "overpressure": "kPa", "temperature": "degC", "thermal_radiation": "kW/m2"} {
		want := spare(exposure, map[string]ramp{exposure: {symbol, 0, 0}})
		assert.Equal(t, want, spare(exposure, map[string]ramp{exposure: {symbol, -1e5, 0}}), exposure)
	}
	air := func(humidity float64) float64 {
		return spare("temperature", map[string]ramp{"temperature": {"degC", 303.15, 0}, "humidity": {"%", humidity, 0}})
	}
	assert.Equal(t, air(1), air(1.5), "no more than 100 %")
	assert.Equal(t, air(0), air(-1), "no less than 0")
	assert.NotEqual(t, air(0), air(1))
}
