package telemetry_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/telemetry"
)

// many returns how many readings so many meters have told by then, every 10 ms.
func many(t *testing.T, count int, params, fault string) (told []float64) {
	t.Helper()
	s, err := scenarios.Parse("meters.yaml", fmt.Appendf(nil, `
scenario: meters
run: 100s
seed: 3
system:
  devices:
    meter: {is: telemetry, count: %d, %s}
timeline:
  - {at: 5.005s, device: meter, %s}
`, count, params, fault))
	require.NoError(t, err)
	_, err = sim.Run(context.Background(), s.Plan, sim.Sample(10*vtime.Millisecond, nil, func(_ vtime.Time, values []float64) error {
		sum := 0.0
		for _, v := range values[:count] {
			sum += v
		}
		told = append(told, sum)
		return nil
	}))
	require.NoError(t, err)
	require.Len(t, told, 10_001)
	return told
}

// Meters that were without power for longer than their period come back at times that are distributed
// as Beta(3, 4), whose distribution function is that of at least three of six uniform draws: the
// Kolmogorov-Smirnov distance of 10 000 is below its critical value for one in a million.
func TestRejoinsAreABurst(t *testing.T) {
	const n, up = 10_000, 7001 // the first sample after the power is back
	told := many(t, n, "every: 1m, rejoins: 10s", "fault: power-loss, for: 65s")
	before := told[up-1]
	require.InDelta(t, float64(n)*5.005/60, before, 5*math.Sqrt(n), "until the power was lost")
	require.Equal(t, before, told[501], "without power nothing is told")
	for i := range 1000 {
		x := (0.01*float64(i) - 0.005 + 0.01) / 10
		want := 0.0
		for k := 3; k <= 6; k++ {
			want += []float64{1, 6, 15, 20, 15, 6, 1}[k] * math.Pow(x, float64(k)) * math.Pow(1-x, float64(6-k))
		}
		require.InDelta(t, want, (told[up+i]-before)/n, math.Sqrt(-math.Log(1e-6/2)/2/n), "%d0 ms after", i)
	}
	require.Equal(t, before+n, told[up+1000], "each comes back once")
}

// Those whose readings did not come due while they were down go on as before.
func TestWhoMissedNothingDoesNotRejoin(t *testing.T) {
	const n = 3000
	plain := many(t, n, "every: 1m", "fault: power-loss, for: 20s")
	burst := many(t, n, "every: 1m, rejoins: 10s", "fault: power-loss, for: 20s")
	missed := plain[2502] - plain[2500] // at once, where nobody waits
	require.InDelta(t, n*20/60, missed, 5*math.Sqrt(n*2/9.0))
	require.Equal(t, plain[3505], burst[3505], "10 s after the power is back all have told what they missed")
	late := n*0.6/60 + 1 // whose reading was due less than 1 % of the period before, and one that is due
	require.InDelta(t, late, burst[2502]-burst[2500], 5*math.Sqrt(late), "and not at once")
}

// Who was never down never rejoins: not by being late, and not by a clock that is slow.
func TestWhoWasNotDownDoesNotRejoin(t *testing.T) {
	for seed := range uint64(5) {
		for _, spec := range []telemetry.Spec{
			{Every: 10 * vtime.Second},
			{Every: 10 * vtime.Second, Jitter: 9 * vtime.Second},
			{Every: 10 * vtime.Second, Random: true},
		} {
			plain := readings(t, spec, vtime.Hour, seed)
			spec.Rejoins = 5 * vtime.Second
			require.Equal(t, plain, readings(t, spec, vtime.Hour, seed))
		}
	}
	for _, rate := range []string{"5000 ppm", "-5000 ppm"} {
		fault := "fault: clock-drift, rate: " + rate
		require.Equal(t, many(t, 300, "every: 10s", fault), many(t, 300, "every: 10s, rejoins: 5s", fault), rate)
	}
}
