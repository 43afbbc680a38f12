package scenarios

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/quantile"
)

// What never arrives counts as out until the end of the run: of n polls, a period apart and all lost,
// the delays are n numbers in a row, whose mean and quantiles are known.
func TestWhatIsLostIsLate(t *testing.T) {
	const text = `
scenario: lost
run: 1m
system:
  devices:
    tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m}
    gauge: {is: level-gauge, of: tower.level, every: 200ms}
    plc: {is: custom, inputs: {l: {poll: gauge.level, every: 100ms}}, signals: {n: {start: 0}}}
    meter: {is: telemetry, every: 1s, in_step: true}
    historian: {is: custom, inputs: {r: meter.reading}, signals: {n: {start: 0}}}
  zones: {field: [tower, gauge, meter], control: [plc, historian]}
  conduits: {up: {joins: [field, control], bandwidth: 100 kbit/s, latency: 20ms, loss: 100%}}
invariants:
  polls: {finally: p99(plc.poll) <= "100 ms"}
  mean: {finally: mean_delay(plc.poll) >= "0 s"}
  share: {finally: p99(plc.poll) >= "0 s"}
  told: {finally: mean_delay(historian.r) >= "0 s"}
`
	r := played(t, text, 1)
	require.Equal(t, monitor.Violated, r.Invariants[0].Verdict)
	require.InDelta(t, 60-0.1*600/2, r.Invariants[1].Margin, 1e-9, "every 100 ms from 0 to the end")
	want := 60 - 0.1*(601-math.Ceil(0.99*601))
	require.InDelta(t, want, r.Invariants[2].Margin, want*quantile.Error)
	require.InDelta(t, 60-59.0/2, r.Invariants[3].Margin, 1e-9, "every second from 0 on, the last one a second before the end")
	p := r.Capacity.Polls[0]
	require.Equal(t, "plc", p.Device)
	require.Equal(t, uint64(601), p.Asked)
	require.Equal(t, p.Asked, p.Unanswered)
	require.Zero(t, p.Count)
}

// Of a delay that nothing ever took no verdict says anything.
func TestNothingCame(t *testing.T) {
	const text = `
scenario: quiet
run: 1m
system:
  devices:
    meter: {is: telemetry, every: 10h, random: true}
    historian: {is: custom, inputs: {r: meter.reading}, signals: {n: {start: 0}}}
invariants:
  quick: {finally: p99(historian.r) <= "100 ms"}
  also: {finally: p99(historian.r) <= "100 ms" and historian.n == 0}
`
	r := played(t, text, 1)
	require.Equal(t, monitor.Holds, r.Invariants[0].Verdict)
	require.True(t, r.Invariants[0].Vacuous)
	require.False(t, r.Invariants[1].Vacuous)
}

// A radio link loses what collides and what duty cycles withhold, and says how much.
func TestLostByRadio(t *testing.T) {
	const text = `
scenario: crowd
run: 20m
system:
  devices:
    meters: {is: telemetry, every: 2s, random: true, count: 40}
    gateway: {is: custom, count: 40, inputs: {heard: meters.reading}, signals: {x: {start: 0}}}
  zones: {air: {devices: [meters, gateway], radio: {lora: {sf: 9, duty: 5%, wait: 10s}}}}
invariants:
  lost: {finally: lost(air) >= 0}
`
	r := played(t, text, 1)
	a := r.Capacity.Airs[0]
	require.Positive(t, a.Collided)
	require.Positive(t, a.Withheld)
	require.InDelta(t, float64(a.Collided+a.Withheld), r.Invariants[0].Margin, 0)
	require.True(t, r.Capacity.Loads[0].Radio)
	require.Equal(t, a.Collided+a.Withheld, r.Capacity.Loads[0].Lost)
}
