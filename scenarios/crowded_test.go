package scenarios

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// crowding runs a scenario that more comes to than a run has memory for.
func crowding(t *testing.T, text string) (*sim.BrokenError, *sim.CrowdedError) {
	t.Helper()
	if testing.Short() {
		t.Skip("some millions of messages")
	}
	s, err := Parse("crowded.yaml", []byte(text))
	require.NoError(t, err)
	_, err = sim.Run(context.Background(), s.Plan)
	broken, crowded := (*sim.BrokenError)(nil), (*sim.CrowdedError)(nil)
	require.ErrorAs(t, err, &broken)
	require.ErrorAs(t, err, &crowded)
	require.True(t, broken.OfModel(), "it is how the scenario is written")
	require.ErrorContains(t, err, "every:")
	return broken, crowded
}

// A queue without a limit to which twice as much comes as is served ends the run where it is
// full: 1 000 come in a second and 500 are served, so that MostUnderWay wait after that many
// over 500 seconds.
func TestAQueueWithoutALimitEndsTheRun(t *testing.T) {
	broken, crowded := crowding(t, served(vtime.Millisecond, "{takes: 2ms, queue: unlimited}", "365d"))
	require.Equal(t, "sink", broken.Device)
	require.Equal(t, "its queue", broken.Doing)
	require.True(t, crowded.Queue)
	require.InDelta(t, network.MostUnderWay, crowded.Waiting, 2)
	require.InEpsilon(t, network.MostUnderWay/500.0, vtime.Seconds(vtime.Duration(crowded.At)), 0.01)
	require.InEpsilon(t, 2.0*network.MostUnderWay, float64(crowded.Came), 0.01)
	require.ErrorContains(t, crowded, "queue: 1000")
}

// So do messages that take longer than the run: as many come as are under way.
func TestTooManyMessagesOnTheirWayEndTheRun(t *testing.T) {
	text := `
scenario: late
run: 30d
system:
  devices:
    meters: {is: telemetry, every: 1ms, in_step: true}
    sink: {is: custom, inputs: {heard: meters.reading}, signals: {x: {start: 0}}}
  zones: {a: [meters], b: [sink]}
  conduits: {way: {joins: [a, b], latency: 300d}}
`
	broken, crowded := crowding(t, text)
	require.Equal(t, "meters", broken.Device)
	require.False(t, crowded.Queue)
	require.Equal(t, "from meters to sink", crowded.Where)
	require.InDelta(t, network.MostUnderWay/1e3, vtime.Seconds(vtime.Duration(crowded.At)), 1)
	require.ErrorContains(t, crowded, "latency:")
}

// And requests that nobody has heard yet, which are no messages so far.
func TestTooManyRequestsEndTheRun(t *testing.T) {
	text := `
scenario: late
run: 30d
system:
  devices:
    meter: {is: telemetry, every: 1d}
    sink: {is: custom, inputs: {heard: {poll: meter.reading, every: 1ms}}, signals: {x: {start: 0}}}
  zones: {a: [meter], b: [sink]}
  conduits: {way: {joins: [a, b], latency: 300d}}
`
	broken, crowded := crowding(t, text)
	require.Equal(t, "meter", broken.Device)
	require.Equal(t, "from meter to sink", crowded.Where)
	require.InDelta(t, network.MostUnderWay/1e3, vtime.Seconds(vtime.Duration(crowded.At)), 10)
}

// A link is named where they wait for that: it is 1 000 bit/s, and 64 bytes come each millisecond.
func TestTooManyMessagesBeforeALinkEndTheRun(t *testing.T) {
	text := `
scenario: slow
run: 30d
system:
  devices:
    meters: {is: telemetry, every: 1ms, in_step: true}
    sink: {is: custom, inputs: {heard: meters.reading}, signals: {x: {start: 0}}}
  zones: {a: [meters], b: [sink]}
  conduits: {way: {joins: [a, b], bandwidth: 1 kbit/s, queue: 1 GB}}
`
	broken, crowded := crowding(t, text)
	require.Equal(t, "way", broken.Device)
	require.True(t, crowded.Queue)
	require.InEpsilon(t, network.MostUnderWay, crowded.Waiting, 0.01)
	require.InEpsilon(t, network.MostUnderWay, float64(crowded.Came), 0.01)
	require.ErrorContains(t, crowded, "bandwidth:")
}
