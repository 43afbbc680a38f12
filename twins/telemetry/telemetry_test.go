package telemetry_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/telemetry"
)

// readings returns the times, in seconds, at which telemetry tells.
func readings(t *testing.T, spec telemetry.Spec, run vtime.Duration, seed uint64) (times []float64) {
	t.Helper()
	d, err := telemetry.New(spec)
	require.NoError(t, err)
	p := simtest.Scene{Run: run, Seed: seed, Every: run, Devices: map[string]device.Device{"meter": d}}.Play(t)
	for i, c := range p.Changes("meter.reading") {
		if i > 0 {
			require.EqualValues(t, i, c.Value, "reading")
			times = append(times, c.At.Seconds())
		}
	}
	return times
}

// Without jitter readings are exactly a period apart, and the first is within the first one.
func TestPeriodic(t *testing.T) {
	times := readings(t, telemetry.Spec{Every: 10 * vtime.Second}, vtime.Hour, 3)
	require.Len(t, times, 360)
	require.Less(t, times[0], 10.0)
	for i, at := range times {
		require.InDelta(t, times[0]+10*float64(i), at, 1e-6)
	}
	require.Equal(t, 10.0, readings(t, telemetry.Spec{Every: 10 * vtime.Second, InStep: true}, vtime.Hour, 3)[1])
}

// Each reading is late by less than the jitter from its own moment: what was late before does
// not add up.
func TestJitterDoesNotAddUp(t *testing.T) {
	for seed := range uint64(20) {
		times := readings(t, telemetry.Spec{Every: 10 * vtime.Second, Jitter: 9 * vtime.Second}, 10*vtime.Hour, seed)
		require.GreaterOrEqual(t, len(times), 3599)
		least, most := math.Inf(1), math.Inf(-1)
		for i, at := range times {
			least, most = min(least, at-10*float64(i)), max(most, at-10*float64(i))
		}
		require.Less(t, most-least, 9.0+1e-6, "seed %d", seed)
		require.Greater(t, most-least, 8.9, "of 3600 the latest and the earliest are nearly the jitter apart")
	}
}

// Gaps of random readings are exponential: the Kolmogorov-Smirnov distance of 20 000 of them
// is below its critical value for one in a million.
func TestRandomGapsAreExponential(t *testing.T) {
	times := readings(t, telemetry.Spec{Every: 10 * vtime.Second, Random: true}, 200000*vtime.Second, 5)
	require.InDelta(t, 20000, len(times), 5*math.Sqrt(20000))
	gaps := make([]float64, 0, len(times))
	before := 0.0
	for _, at := range times {
		gaps = append(gaps, at-before)
		before = at
	}
	slices.Sort(gaps)
	distance, n := 0.0, float64(len(gaps))
	for i, g := range gaps {
		f := -math.Expm1(-g / 10)
		distance = max(distance, f-float64(i)/n, float64(i+1)/n-f)
	}
	require.Less(t, distance, math.Sqrt(-math.Log(1e-6/2)/2/n))
}

// Members are spread evenly over the period: of 1000 the Kolmogorov-Smirnov distance from that
// is below the critical value for one in a million.
func TestMembersAreSpread(t *testing.T) {
	d, err := telemetry.New(telemetry.Spec{Every: vtime.Minute})
	require.NoError(t, err)
	x := sim.NewSystem()
	require.NoError(t, x.Add(sim.Device{ID: "meter", Twin: d, Count: 1000}))
	x.Layout()
	plan, err := x.Plan(sim.Scenario{Name: "spread", Run: vtime.Time(vtime.Minute), Seed: 1}, nil, nil, nil)
	require.NoError(t, err)
	var told []float64
	_, err = sim.Run(context.Background(), plan, sim.Sample(100*vtime.Millisecond, nil, func(at vtime.Time, values []float64) error {
		sum := 0.0
		for _, v := range values[:1000] {
			sum += v
		}
		told = append(told, sum)
		return nil
	}))
	require.NoError(t, err)
	require.Len(t, told, 601)
	require.Equal(t, 1000.0, told[600])
	for i, n := range told {
		require.InDelta(t, float64(i)/600, n/1000, math.Sqrt(-math.Log(1e-6/2)/2/1000), "at %d00 ms", i)
	}
}

func TestBadSpecs(t *testing.T) {
	for _, s := range []telemetry.Spec{{}, {Every: -1}, {Every: 5, Jitter: 5}, {Every: 5, Jitter: -1}, {Every: 5, Jitter: 1, AsRate: true}} {
		_, err := telemetry.New(s)
		require.Error(t, err, "%+v", s)
	}
}
