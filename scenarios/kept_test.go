package scenarios

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// What was under an influence when a run was kept, and had not been passed on yet, is
// passed on when it is taken up: here that a message was lost just before.
func TestInfluenceUnderWayIsKept(t *testing.T) {
	s, err := Parse("kept.yaml", []byte(`scenario: kept
run: 5s
system:
  devices:
    bell: {is: custom, signals: {rang: {start: false}}, rules: [{when: time >= 1, set: {rang: true}}]}
    door: {is: custom, inputs: {rang: bell.rang}, signals: {open: {start: false}}, rules: [{when: rang, set: {open: true}}]}
    lamp: {is: custom, inputs: {open: door.open}, signals: {lit: {start: false}}, rules: [{when: open, set: {lit: true}}]}
timeline:
  - {at: 700ms, attack: block, signal: bell.rang}
invariants:
  opens: {eventually: door.open}
  lit: {eventually: lamp.lit}
`))
	require.NoError(t, err)
	ctx := context.Background()
	whole, err := sim.Run(ctx, s.Plan, sim.Explain())
	require.NoError(t, err)
	for at := 500 * vtime.Millisecond; at <= 3*vtime.Second; at += 100 * vtime.Millisecond {
		first, err := sim.New(s.Plan, sim.Explain())
		require.NoError(t, err)
		require.NoError(t, first.RunTo(ctx, vtime.Time(at)))
		data, err := first.Snapshot()
		require.NoError(t, err)
		rest, err := sim.Run(ctx, s.Plan, sim.From(data), sim.Explain())
		require.NoError(t, err)
		for i := range whole.Invariants {
			require.Equal(t, fmt.Sprintf("%+v", whole.Invariants[i].Tree), fmt.Sprintf("%+v", rest.Invariants[i].Tree), "kept at %v", at)
		}
	}
	require.True(t, whole.Invariants[0].Tree.Has(0) && whole.Invariants[1].Tree.Has(0))
}
