package burst_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/burst"
)

// plays is a burst whose cause comes and goes, at a distance that jumps; without one it is where its
// configuration says.
func plays(t testing.TB, s burst.Spec, cause, distance []float64) *simtest.Played {
	d, err := burst.New(s)
	require.NoError(t, err)
	scene := simtest.Scene{
		Run: 20 * vtime.Second,
		Devices: map[string]device.Device{
			"blast": d,
			"world": simtest.Script{Unit: unit.One, Values: map[string][]simtest.Point{"cause": simtest.Steps(cause...)}},
		},
		Wires: map[string]string{"blast.of": "world.cause"},
	}
	if len(distance) > 0 {
		scene.Devices["way"] = simtest.Script{Unit: unit.Metre, Values: map[string][]simtest.Point{"long": simtest.Steps(distance...)}}
		scene.Wires["blast.distance"] = "way.long"
	}
	return scene.Play(t)
}

// wave is Kinney and Graham once more, by another library: the peak in Pa and the time in s.
func wave(energy, distance float64) (peak, lasts float64) {
	scale := math.Pow(energy/4.686e6, 1./3)
	z := math.Max(distance/scale, 0.05)
	root := func(by float64) float64 { return math.Hypot(1, z/by) }
	peak = 2 * 101325 * 808 * (1 + math.Pow(z/4.5, 2)) / (root(0.048) * root(0.32) * root(1.35))
	lasts = 0.98 * (1 + math.Pow(z/0.54, 10)) / ((1 + math.Pow(z/0.02, 3)) * (1 + math.Pow(z/0.74, 6)) * root(6.9))
	return peak, lasts * scale
}

// A kilogram of TNT at 30 m: 5.6 kPa, read from a chart (Crowl and Louvar).
func TestAKilogramOfTNT(t *testing.T) {
	p := plays(t, burst.Spec{Energy: harm.TNT, Away: 30}, []float64{0, 0, 5, 1}, nil)
	assert.InDelta(t, 5600, p.At("blast.would_be", 0), 150)
	got := p.Changes("blast.overpressure")
	require.Len(t, got, 3, "none, the wave, none")
	assert.Equal(t, 5.0, got[1].At.Seconds())
	assert.Equal(t, p.At("blast.would_be", 0), got[1].Value)
	assert.Zero(t, got[2].Value)
	assert.Equal(t, 1.0, p.At("blast.valid", 0))
}

// Peak and time are those of the closed form, whatever bursts wherever.
func TestClosedForm(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		energy := math.Pow(10, rapid.Float64Range(3, 12).Draw(r, "decades of energy"))
		away := math.Pow(10, rapid.Float64Range(-1, 4).Draw(r, "decades of distance"))
		peak, lasts := wave(energy, away)
		got := plays(t, burst.Spec{Energy: energy, Away: away}, []float64{0, 0, 5, 1}, nil).Changes("blast.overpressure")
		require.Len(r, got, 3)
		assert.InEpsilon(r, peak, got[1].Value, 1e-9)
		assert.InDelta(r, lasts, (got[2].At - got[1].At).Seconds(), 2e-9+1e-9*lasts)
	})
}

// It bursts once, however often its cause comes, and from the start where that is there.
func TestBurstsOnce(t *testing.T) {
	for _, c := range []struct{ cause, changes []float64 }{
		{[]float64{0, 0}, []float64{0, 0}},
		{[]float64{0, 0, 2, 1, 4, 0, 6, 1}, []float64{0, 0, 2, 1}},
		{[]float64{0, 1, 4, 0, 6, 1}, []float64{0, 1}},
	} {
		p := plays(t, burst.Spec{Energy: 1e6, Away: 10}, c.cause, nil)
		var got []float64
		for _, change := range p.Changes("blast.burst") {
			got = append(got, change.At.Seconds(), change.Value)
		}
		assert.Equal(t, c.changes, got, c.cause)
		assert.Zero(t, p.At("blast.overpressure", 20*vtime.Second))
	}
}

// What counts is how far away somebody is at that moment.
func TestDistanceOfTheMoment(t *testing.T) {
	p := plays(t, burst.Spec{Energy: 1e6, Away: 10}, []float64{0, 0, 5, 1}, []float64{0, 100, 4, 20, 8, 1})
	want, _ := wave(1e6, 20)
	got := p.Changes("blast.overpressure")
	require.Len(t, got, 3)
	assert.InEpsilon(t, want, got[1].Value, 1e-9)
	assert.Zero(t, p.At("blast.valid", vtime.Second), "z = 167")
	assert.Equal(t, 1.0, p.At("blast.valid", 5*vtime.Second))
}

// Where nobody can be it is finite: at the vessel, and at the end of the world, where nothing is heard of it.
func TestBeyondTheCurve(t *testing.T) {
	for _, distance := range []float64{-1e300, -1, 0, 1e-300, 1e5} {
		p := plays(t, burst.Spec{Energy: 1e9}, []float64{0, 0, 5, 1}, []float64{0, distance})
		peak, lasts := wave(1e9, distance)
		over := p.Changes("blast.overpressure")
		require.Len(t, over, 3, distance)
		assert.InEpsilon(t, peak, over[1].Value, 1e-9, distance)
		assert.InDelta(t, lasts, (over[2].At - over[1].At).Seconds(), 2e-9, distance)
		assert.Zero(t, p.At("blast.valid", 0), distance)
	}
	p := plays(t, burst.Spec{Energy: 1e9}, []float64{0, 0, 5, 1}, []float64{0, 1e300})
	assert.Zero(t, p.At("blast.would_be", 0))
	assert.Len(t, p.Changes("blast.overpressure"), 1, "none, from the start")
	assert.Equal(t, 1.0, p.At("blast.burst", 20*vtime.Second))
}

func TestRefuses(t *testing.T) {
	for want, s := range map[string]burst.Spec{
		"energy must be above 0 J":    {Energy: 0},
		"energy must be at most 1e18": {Energy: 1e19},
		"energy must be finite":       {Energy: math.NaN()},
		"away must be at least 0 m":   {Energy: 1, Away: -1},
	} {
		_, err := burst.New(s)
		assert.ErrorContains(t, err, want)
	}
}
