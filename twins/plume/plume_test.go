package plume_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/plume"
)

// spec is hydrogen fluoride in a clear night.
func spec() plume.Spec { return plume.Spec{Class: "F", Wind: 1.5, Molar: 0.020006, Away: 300} }

// plays is a plume whose release comes and goes, felt where the inputs jump to.
func plays(t testing.TB, s plume.Spec, inputs map[string][]float64) *simtest.Played {
	d, err := plume.New(s)
	require.NoError(t, err)
	scene := simtest.Scene{Run: 20 * vtime.Second, Devices: map[string]device.Device{"cloud": d}, Wires: map[string]string{}}
	for input, steps := range inputs {
		u := unit.Metre
		if input == "release" {
			u = unit.KilogramPerSecond
		}
		scene.Devices["of_"+input] = simtest.Script{Unit: u, Values: map[string][]simtest.Point{"is": simtest.Steps(steps...)}}
		scene.Wires["cloud."+input] = "of_" + input + ".is"
	}
	return scene.Play(t)
}

// 22.73 g/s of hydrogen fluoride, as 0.1 kg/s of UF6 make: sy = 11.82 m, sz = 4.404 m at 300 m, worked by hand.
func TestHydrogenFluoride(t *testing.T) {
	p := plays(t, spec(), map[string][]float64{"release": {0, 0, 5, 0.02273, 15, 0}})
	assert.InEpsilon(t, 0.02273/(math.Pi*1.5*11.8239*4.40367), p.At("cloud.concentration", 6*vtime.Second), 1e-5)
	assert.InEpsilon(t, p.At("cloud.concentration", 6*vtime.Second)/0.020006*0.0244654, p.At("cloud.gas", 6*vtime.Second), 1e-5)
	assert.InDelta(t, 113, p.At("cloud.gas", 6*vtime.Second)*1e6, 1, "ppm")
	assert.Equal(t, 1.0, p.At("cloud.there", 6*vtime.Second))
	assert.Equal(t, 200.0, p.At("cloud.arrives", 0))
	for _, at := range []vtime.Duration{0, 16 * vtime.Second} {
		assert.Zero(t, p.At("cloud.gas", at))
		assert.Zero(t, p.At("cloud.there", at))
	}
}

// A mole of any gas has 24.465 L, so a density is twice the share if the gas is half as heavy.
func TestShareOfTheAir(t *testing.T) {
	heavy, light := spec(), spec()
	light.Molar = heavy.Molar / 2
	release := map[string][]float64{"release": {0, 0.01}}
	a, b := plays(t, heavy, release), plays(t, light, release)
	assert.Equal(t, a.At("cloud.concentration", 0), b.At("cloud.concentration", 0))
	assert.InEpsilon(t, 2*a.At("cloud.gas", 0), b.At("cloud.gas", 0), 1e-12)
}

// What counts is where somebody is; who goes out of the plume breathes no more of it.
func TestWhereSomebodyIs(t *testing.T) {
	p := plays(t, spec(), map[string][]float64{
		"release": {0, 0.01}, "downwind": {0, 300, 6, -300, 10, 20_000, 15, 99}, "crosswind": {0, 0, 2, 30, 4, -30},
	})
	axis, aside := p.At("cloud.gas", vtime.Second), p.At("cloud.gas", 3*vtime.Second)
	sy := 0.04 * 300 / math.Sqrt(1.03)
	assert.InEpsilon(t, math.Exp(-900/(2*sy*sy)), aside/axis, 1e-9)
	assert.Equal(t, aside, p.At("cloud.gas", 5*vtime.Second), "to either side")
	assert.Zero(t, p.At("cloud.gas", 7*vtime.Second), "upwind")
	for at, valid := range map[vtime.Duration]float64{vtime.Second: 1, 7 * vtime.Second: 0, 11 * vtime.Second: 0, 16 * vtime.Second: 0} {
		assert.Equal(t, valid, p.At("cloud.valid", at), at)
	}
	assert.Zero(t, p.At("cloud.arrives", 7*vtime.Second))
}

// Next to what goes out there is nothing but the gas, and no more than that.
func TestNoMoreThanThePureGas(t *testing.T) {
	p := plays(t, spec(), map[string][]float64{"release": {0, 1e300}, "downwind": {0, 1}})
	assert.Equal(t, 1.0, p.At("cloud.gas", 0))
	assert.InEpsilon(t, 0.020006/0.02446540, p.At("cloud.concentration", 0), 1e-6)
}

func TestRefuses(t *testing.T) {
	for want, change := range map[string]func(s *plume.Spec){
		"class must be one of A, B, C, D, E, F (stability of the air, Pasquill 1961": func(s *plume.Spec) { s.Class = "G" },
		"wind must be at least 1 m/s (less is calm":                                  func(s *plume.Spec) { s.Wind = 0 },
		"wind must be at most 114 m/s":                                               func(s *plume.Spec) { s.Wind = 115 },
		"height must be at least 0 m":                                                func(s *plume.Spec) { s.Height = -1 },
		"molar_mass must be at least 2 g/mol (hydrogen":                              func(s *plume.Spec) { s.Molar = 0 },
		"away must be finite":                                                        func(s *plume.Spec) { s.Away = math.Inf(1) },
		"up must be at most 1000 m":                                                  func(s *plume.Spec) { s.Up = 1e6 },
	} {
		s := spec()
		change(&s)
		_, err := plume.New(s)
		assert.ErrorContains(t, err, want)
	}
}
