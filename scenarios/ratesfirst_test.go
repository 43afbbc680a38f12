package scenarios

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// ratesFirst is a flood of readings as a rate over a link that lets a controller go first.
const ratesFirst = `
scenario: rates-first
run: 10m
system:
  devices:
    tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m}
    gauge: {is: level-gauge, of: tower.level, every: 1s}
    plc: {is: hysteresis, reads: {poll: gauge.level, every: 1s}, low: 1.5 m, high: 3.5 m}
    sensor: {is: telemetry, every: 1s, count: 1000%s}
    sink: {is: store, keeps: 1d, takes: {load: {from: sensor.reading}}}
  subjects: {thing: {count: 1000}}
  zones: {field: [tower, gauge, sensor], room: [plc, sink]}
  conduits: {uplink: {joins: [field, room], latency: 2ms, bandwidth: 251 kbit/s, queue: 64 kB, priority: %s}}
invariants:
  in-time: {always: 'p99(plc.poll) <= "100 ms"'}
`

// Who goes first does so before what comes as a rate, as before as many messages: these are twice what the link carries.
func TestRatesLetGoFirst(t *testing.T) {
	rate, one := played(t, fmt.Sprintf(ratesFirst, ", as_rate: true", "plc"), 1), played(t, fmt.Sprintf(ratesFirst, "", "plc"), 1)
	require.Equal(t, one.Invariants[0].Verdict, rate.Invariants[0].Verdict)
	require.InEpsilon(t, float64(one.Capacity.Growth[0].Items), float64(rate.Capacity.Growth[0].Items), 0.01)
	require.InEpsilon(t, one.Capacity.Polls[0].Mean, rate.Capacity.Polls[0].Mean, 0.02)
	lost := func(i int) float64 {
		return float64([]uint64{one.Links[0].Dropped, uint64(rate.Links[0].SpilledMessages)}[i])
	}
	require.InEpsilon(t, lost(0), lost(1), 0.01)
	require.InEpsilon(t, 600*(1000-251e3/8/66), lost(1), 0.02)

	_, err := Parse("rates-first.yaml", fmt.Appendf(nil, ratesFirst, ", as_rate: true", "sensor"))
	require.ErrorContains(t, err, "uplink lets what sensor sends to sink go first")
}
