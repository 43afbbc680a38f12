package gauge_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/gauge"
)

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

// readings puts a gauge on a level that follows points.
func readings(t *testing.T, run vtime.Duration, seed uint64, s gauge.LevelSpec, of ...float64) []sim.Change {
	return simtest.Scene{
		Run: run, Seed: seed, Every: run,
		Devices: map[string]device.Device{
			"gauge": must(gauge.NewLevel(s)),
			"well":  simtest.Script{Unit: unit.Metre, Values: map[string][]simtest.Point{"level": simtest.Steps(of...)}},
		},
		Wires: map[string]string{"gauge.of": "well.level"},
	}.Play(t).Changes("gauge.level")
}

// Between two samples it tells the old reading.
func TestSamples(t *testing.T) {
	got := readings(t, 2*vtime.Second, 1, gauge.LevelSpec{Every: 300 * vtime.Millisecond, High: 10}, 0, 1, 0.8, 2, 1.25, 3)
	assert.Equal(t, []sim.Change{{At: 0, Value: 1}, {At: 9e8, Value: 2}, {At: 15e8, Value: 3}}, got)
}

// The moments of ten thousand samples of the noise, each within four standard
// errors; successive samples have nothing to do with each other.
func TestNoise(t *testing.T) {
	const sigma, n = 0.02, 10_000
	list := readings(t, vtime.Duration(n-1)*vtime.Second, 3, gauge.LevelSpec{Every: vtime.Second, Noise: sigma, Low: -10, High: 10}, 0, 5)
	require.Len(t, list, n+1) // the first one is what it shows before its first sample
	var m [5]float64
	lag, last := 0.0, 0.0
	for _, c := range list[1:] {
		z := (c.Value - 5) / sigma
		for k := range m {
			m[k] += math.Pow(z, float64(k)) / n
		}
		lag, last = lag+z*last/n, z
	}
	root := math.Sqrt(n)
	assert.InDelta(t, 0, m[1], 4/root)
	assert.InDelta(t, 1, m[2], 4*math.Sqrt(2)/root)
	assert.InDelta(t, 0, m[3], 4*math.Sqrt(15)/root)
	assert.InDelta(t, 3, m[4], 4*math.Sqrt(96)/root)
	assert.InDelta(t, 0, lag, 4/root)
}

func TestResolutionAndRange(t *testing.T) {
	spec := gauge.LevelSpec{Every: vtime.Second, Resolution: 0.005, Low: 0.1, High: 1.35}
	for of, want := range map[float64]float64{
		0.5: 0.5, 0.5024: 0.5, 0.5026: 0.505, 0.05: 0.1, -3: 0.1, 1.349: 1.35, 1.36: 1.35, 99: 1.35, 0.1024: 0.1,
	} {
		assert.InDelta(t, want, readings(t, vtime.Second, 1, spec, 0, of)[0].Value, 1e-15, "%v", of)
	}
	// With noise every reading is still on the grid and in the range.
	spec.Noise = 0.5
	for _, c := range readings(t, 500*vtime.Second, 1, spec, 0, 0.7)[1:] {
		assert.InDelta(t, 0, math.Remainder(c.Value, 0.005), 1e-15)
		assert.True(t, c.Value >= 0.1 && c.Value <= 1.35)
	}
}

// A reading has its noise whatever else happens: what is measured does not
// matter to it.
func TestLuckIsOfTheSample(t *testing.T) {
	spec := gauge.LevelSpec{Every: vtime.Second, Noise: 0.01, Low: -10, High: 10}
	a := readings(t, 20*vtime.Second, 5, spec, 0, 1)
	b := readings(t, 20*vtime.Second, 5, spec, 0, 1, 7.5, 3)
	for i := range a {
		move := 0.0
		if i > 8 {
			move = 2
		}
		assert.InDelta(t, a[i].Value+move, b[i].Value, 1e-14)
	}
}

func TestRefuses(t *testing.T) {
	level := gauge.LevelSpec{Every: 1, High: 1}
	for want, change := range map[string]func(s *gauge.LevelSpec){
		"every must be above 0s":           func(s *gauge.LevelSpec) { s.Every = 0 },
		"noise must be at least 0 mm":      func(s *gauge.LevelSpec) { s.Noise = -1 },
		"resolution must be at least 0 mm": func(s *gauge.LevelSpec) { s.Resolution = -1 },
		"low must be below high":           func(s *gauge.LevelSpec) { s.Low = 1 },
		"high must be finite":              func(s *gauge.LevelSpec) { s.High = math.Inf(1) },
	} {
		s := level
		change(&s)
		_, err := gauge.NewLevel(s)
		assert.ErrorContains(t, err, want)
	}
	_, err := gauge.NewFlow(gauge.FlowSpec{High: 1})
	assert.ErrorContains(t, err, "every must be above 0s")
	_, err = gauge.NewPressure(gauge.PressureSpec{Every: 1, High: 1, Unit: "m"})
	assert.ErrorContains(t, err, "unit must be a unit of")
}

// A glucose sensor tells whole mg/dL from 39 to 600, and knows nothing beyond.
func TestGlucose(t *testing.T) {
	spec := gauge.GlucoseSpec{Every: 3 * vtime.Minute, Resolution: 0.01, Low: 0.39, High: 6, Unit: "mg/dL"}
	got := simtest.Scene{
		Run: 12 * vtime.Minute, Every: vtime.Minute,
		Devices: map[string]device.Device{
			"gauge": must(gauge.NewGlucose(spec)),
			"body":  simtest.Script{Unit: unit.MilligramPerDecilitre, Values: map[string][]simtest.Point{"glucose": simtest.Steps(0, 1.0048, 100, 0.15, 300, 6.5, 500, 1.206)}},
		},
		Wires: map[string]string{"gauge.of": "body.glucose"},
	}.Play(t).Changes("gauge.glucose")
	require.Len(t, got, 4)
	for i, want := range []float64{100, 39, 600, 121} {
		assert.InDelta(t, want, got[i].Value*100, 1e-9)
		assert.Equal(t, vtime.Time(vtime.Duration(i)*3*vtime.Minute), got[i].At)
	}
}
