package scenarios

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Who is down tells nothing, as a rate as by messages: links carry less meanwhile, and stores get less.
func TestRatesWhileDown(t *testing.T) {
	const text = `
scenario: down
run: 300s
system:
  devices:
    sensor: {is: telemetry, every: 1s, count: 100%s}
    sink: {is: store, keeps: 1d, takes: {load: {from: sensor.reading}}}
  subjects: {thing: {count: 100}}
  zones: {field: [sensor], room: [sink]}
  conduits: {uplink: {joins: [field, room], latency: 2ms, bandwidth: 528 kbit/s, queue: 64 kB}}
timeline:
  - {at: 60s, fault: %s, device: %s, for: 90s}
`
	for _, fault := range []string{"crash", "power-loss"} {
		for device, c := range map[string]struct{ sent, stored, used float64 }{
			"sensor": {21_000, 21_000, 0.07},
			"sink":   {30_000, 21_000, 0.1},
		} {
			rate := played(t, fmt.Sprintf(text, ", as_rate: true", fault, device), 1)
			one := played(t, fmt.Sprintf(text, "", fault, device), 1)
			require.InDelta(t, c.sent, float64(rate.Capacity.AsRate), 1, device)
			require.InEpsilon(t, c.sent, float64(one.Stats.Sent), 0.005, device) // who comes back tells at once
			require.InEpsilon(t, c.stored, float64(one.Capacity.Growth[0].Items), 0.005, device)
			require.Equal(t, one.Capacity.Growth[0].Items, rate.Capacity.Growth[0].Items, device)
			require.InDelta(t, c.used, rate.Links[0].Utilisation(rate.Ended), 1e-4, device)
			require.InDelta(t, one.Links[0].Utilisation(one.Ended), rate.Links[0].Utilisation(rate.Ended), 5e-4, device)
		}
	}
}

// A store that has no more room refuses what comes, as a rate as by messages, and says since when. When it
// has forgotten something it takes in more.
func TestAFullStoreRefuses(t *testing.T) {
	const text = `
scenario: full
run: %s
system:
  devices:
    sensor: {is: telemetry, every: 1m, count: 100%s}
    sink: {is: store, keeps: %s, limit: 3 MB, takes: {load: {from: sensor.reading, size: 100 B}}}
    copy: {is: store, keeps: forever, limit: 2 MB, takes: {load: {from: sink.load, every: 10m, size: 100 B}}}
  subjects: {thing: {count: 100}}
  zones: {field: [sensor], room: [sink, copy]}
  conduits: {uplink: {joins: [field, room], latency: 2ms}}
`
	rate, one := played(t, fmt.Sprintf(text, "10h", ", as_rate: true", "forever"), 1), played(t, fmt.Sprintf(text, "10h", "", "forever"), 1)
	for i, c := range []struct{ items, full float64 }{{30_000, 300 * 60}, {20_000, 200 * 60}} {
		a, b := rate.Capacity.Growth[i], one.Capacity.Growth[i]
		require.EqualValues(t, c.items, a.Items)
		require.EqualValues(t, c.items, b.Items)
		require.InDelta(t, float64(b.Refused), float64(a.Refused), 1)
		require.InDelta(t, c.full, b.FullAt.Seconds(), 600+1, "copies come every 10 minutes")
		require.InDelta(t, b.FullAt.Seconds(), a.FullAt.Seconds(), 2)
		require.Zero(t, a.DaysLeft)
		require.Zero(t, b.DaysLeft)
	}
	require.InDelta(t, 60_000, float64(rate.Capacity.Growth[0].Items+rate.Capacity.Growth[0].Refused), 1)

	rate = played(t, fmt.Sprintf(text, "3d", ", as_rate: true", "1d"), 1) // it looks once a day what it has kept too long
	require.EqualValues(t, 60_000, rate.Capacity.Growth[0].Came, "it is full on the first day, and again on the third")
	require.LessOrEqual(t, rate.Capacity.Growth[0].Bytes, 3e6)
}

// A store that forgets what is too old is never full where what comes in the time that it keeps things has
// room, and a day more, as it looks once a day: after the first day as on it. Where that has no room it is
// full when what there is grows to its limit.
func TestWhatIsForgottenFillsNoStore(t *testing.T) {
	const text = `
scenario: keeps
run: %dh
system:
  devices:
    sensor: {is: telemetry, every: 1m, count: 100, as_rate: true}
    sink: {is: store, keeps: 10d, limit: %s, takes: {load: {from: sensor.reading, size: 10 B}}}
  subjects: {thing: {count: 100}}
`
	const daily = 100 * 1440 * 10
	for _, hours := range []int{12, 36, 5 * 24, 9*24 + 12} {
		r := played(t, fmt.Sprintf(text, hours, "16 MB"), 1) // 11 days are 15.84 MB
		require.True(t, math.IsInf(r.Capacity.Growth[0].DaysLeft, 1), "%d h", hours)
		r = played(t, fmt.Sprintf(text, hours, "15 MB"), 1)
		require.InEpsilon(t, 15e6/daily-float64(hours)/24, r.Capacity.Growth[0].DaysLeft, 0.01, "%d h", hours)
	}
	require.EqualValues(t, 0, played(t, fmt.Sprintf(text, 12*24, "16 MB"), 1).Capacity.Growth[0].Refused)
	require.Positive(t, played(t, fmt.Sprintf(text, 12*24, "15 MB"), 1).Capacity.Growth[0].Refused)
}
