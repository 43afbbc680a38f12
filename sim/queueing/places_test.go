package queueing_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/queueing"
)

// Refused is what the equations of balance say: the last state of a chain of births and deaths.
func TestRefusedAgainstBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		servers, places := rapid.IntRange(1, 12).Draw(t, "servers"), rapid.IntRange(0, 60).Draw(t, "places")
		load := float64(servers) * rapid.Float64Range(0.05, 3).Draw(t, "load")
		if rapid.Bool().Draw(t, "full") {
			load = float64(servers)
		}
		p := balanced(servers+places, func(int) float64 { return load }, func(i int) float64 { return float64(min(i, servers)) })
		got, err := queueing.Refused(servers, places, load)
		require.NoError(t, err)
		require.InEpsilon(t, p[servers+places], got, 1e-9)
	})
}

// With one server it is M/M/1/K, and without a place Erlang's B; near a load of one it is smooth.
func TestRefusedIsWhatIsKnown(t *testing.T) {
	for _, load := range []float64{0.1, 0.8, 1 - 1e-12, 1, 1 + 1e-12, 1.2, 50} {
		one, err := queueing.Refused(1, 5, load)
		require.NoError(t, err)
		require.InEpsilon(t, must(queueing.MM1K(load, 1, 6)).Loss, one, 1e-9, "%v", load)
	}
	none, err := queueing.Refused(3, 0, 2)
	require.NoError(t, err)
	require.InEpsilon(t, 4.0/19, none, 1e-12) // (8/6)/(1+2+2+8/6)
	many, err := queueing.Refused(2, 20_000, 1.5)
	require.NoError(t, err)
	require.Zero(t, many)
	flood, err := queueing.Refused(2, 1<<20, 4)
	require.NoError(t, err)
	require.InEpsilon(t, 0.5, flood, 1e-12)
	for _, bad := range []struct {
		servers, places int
		load            float64
	}{{0, 1, 1}, {1, -1, 1}, {1, 1, -1}} {
		_, err := queueing.Refused(bad.servers, bad.places, bad.load)
		require.Error(t, err)
	}
}
