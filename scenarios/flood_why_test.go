package scenarios

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// What a flood kept from a pump is told link by link, from the water to the first camera.
func TestAFloodIsTracedThroughTheLinkThatItFills(t *testing.T) {
	trials.Long(t)
	s, err := Load("library/mirai/flood.yaml")
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan, sim.Explain())
	require.NoError(t, err)
	overflow, err := r.Invariant("no-overflow")
	require.NoError(t, err)
	var flood *sim.Cause
	spread := 0
	for i := range overflow.Tree.Links {
		switch c := &overflow.Tree.Links[i].Cause; {
		case c.Injection >= 0 && r.Injections[c.Injection].Step.Name == "flood":
			require.Nil(t, flood, "it is told once")
			flood = c
		case c.Kind == sim.SpreadCause:
			spread++
		}
	}
	require.NotNil(t, flood)
	require.Equal(t, []any{"pump", "run", sim.InjectionCause}, []any{flood.Signal.Device, flood.Signal.Signal, flood.Omitted})
	require.Equal(t, r.Injections[flood.Injection].Applied, flood.At)
	require.Equal(t, inject.Applied, r.Injections[flood.Injection].Outcome)
	require.Positive(t, spread)
	require.Less(t, flood.At, vtime.Never)
}
