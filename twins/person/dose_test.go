package person_test

import (
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

// Hydrogen fluoride in the air grows by 1 ppm a minute: from 1 ppm on its square adds up, so the load after T
// minutes is (T^3 - 1) / 3 ppm2 min.
func TestBreathesFluoride(t *testing.T) {
	s := spec()
	s.Gas = "hydrogen_fluoride"
	p := exposed(t, 2*vtime.Hour, s, map[string]ramp{"gas": {"ppm", 0, 1e-6 / 60}})
	comes := func(load float64) float64 { return 60 * math.Cbrt(3*load+1) }
	got := changes(p, "anna.harm")
	require.Len(t, got, 4, "%v", got)
	for i, load := range []float64{10, 34_560, 115_320} {
		assert.InDelta(t, comes(load), got[i+1][0], 1e-5, "%v ppm2 min", load)
		assert.Equal(t, []float64{1, 3, 4}[i], got[i+1][1])
	}
}

// What was breathed stays; what is less than counts is not breathed: 40 ppm for 10 s, then 0.9 ppm for an hour.
func TestLittleFluorideDoesNotCount(t *testing.T) {
	d, err := person.New(func() person.Spec { s := spec(); s.Gas = "hydrogen_fluoride"; return s }())
	require.NoError(t, err)
	d, err = d.(device.Fitter).Fit(func(input string) bool { return input == "gas" })
	require.NoError(t, err)
	p := simtest.Scene{
		Run: vtime.Hour, Every: vtime.Second,
		Devices: map[string]device.Device{"anna": d, "air": aired{40e-6, 10 * second}},
		Wires:   map[string]string{"anna.gas": "air.is"},
	}.Play(t)
	ppm2min, err := unit.Parse("ppm2 min")
	require.NoError(t, err)
	for _, at := range []vtime.Duration{10 * second, 11 * second, vtime.Hour} {
		assert.InDelta(t, 1600.*10/60, ppm2min.FromSI(p.At("anna.gas_load", at)), 1e-6)
	}
	assertChanges(t, [][2]float64{{0, 0}, {10 / (1600. / 60), 1}}, changes(p, "anna.harm"))
	p = exposed(t, 8*vtime.Hour, func() person.Spec { s := spec(); s.Gas = "hydrogen_fluoride"; return s }(), map[string]ramp{"gas": {"ppm", 0.99e-6, 0}})
	assert.Zero(t, p.At("anna.gas_load", 8*vtime.Hour))
	assert.Zero(t, p.At("anna.worst", 8*vtime.Hour))
}

// 10 kW/m2: t q^(4/3) is 184, 313, 422 and 635 s after 8.6, 14.5, 19.6 and 29.5 s.
func TestBurnsBySeconds(t *testing.T) {
	p := exposed(t, vtime.Minute, spec(), map[string]ramp{"thermal_radiation": {"kW/m2", 1e4, 0}})
	got := changes(p, "anna.thermal_radiation_harm")
	require.Len(t, got, 5, "%v", got)
	for i, at := range []float64{8.553, 14.534, 19.587, 29.459} {
		assert.InDelta(t, at, got[i+1][0], 1e-3)
		assert.Equal(t, float64(i+1), got[i+1][1])
	}
	assert.InEpsilon(t, 60*math.Pow(10, 4./3), p.At("anna.heat_load", vtime.Minute), 1e-9)
}

// A fire that grows by 100 W/m2 a second: from 1 kW/m2 on, after 10 s, the dose is 3/7 q^(7/3) / 0.1 less what
// that has at 1 kW/m2.
func TestWarmthDoesNotCount(t *testing.T) {
	p := exposed(t, vtime.Minute, spec(), map[string]ramp{"thermal_radiation": {"kW/m2", 0, 100}})
	assert.InEpsilon(t, 3./7/0.1*(math.Pow(6, 7./3)-1), p.At("anna.heat_load", vtime.Minute), 1e-7)
}
