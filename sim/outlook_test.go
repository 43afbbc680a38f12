package sim_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// While a run goes on each invariant has an interval of its margin, which narrows, and
// a verdict as soon as nothing that may come can change it. To ask changes nothing.
func TestOutlook(t *testing.T) {
	ctx, plan := context.Background(), tower(t)
	want, err := sim.Run(ctx, plan)
	require.NoError(t, err)
	s, err := sim.New(plan)
	require.NoError(t, err)
	high := map[string]float64{}
	for second := 0; second <= 600; second += 5 {
		require.NoError(t, s.RunTo(ctx, vtime.Time(time(second))))
		list, err := s.Outlook()
		require.NoError(t, err)
		require.Len(t, list, 3)
		for _, x := range list {
			if before, ok := high[x.Name]; ok {
				require.LessOrEqual(t, x.High, before, x.Name)
			}
			high[x.Name] = x.High
			assert.Equal(t, math.Inf(-1), x.Low, "what is to hold at all times may always fail yet")
			wanted := monitor.Undecided
			if i, _ := want.Invariant(x.Name); i.Verdict == monitor.Violated && i.At < s.Now() {
				wanted = monitor.Violated
			}
			require.Equal(t, wanted, x.Verdict, "%s at %v", x.Name, s.Now())
		}
	}
	got, err := s.Result()
	require.NoError(t, err)
	require.Equal(t, want.Digest, got.Digest)
	for k := range want.Invariants {
		assert.Equal(t, want.Invariants[k].Verdict, got.Invariants[k].Verdict)
		assert.Equal(t, want.Invariants[k].At, got.Invariants[k].At)
		assert.InDelta(t, want.Invariants[k].Margin, got.Invariants[k].Margin, 1e-6)
		assert.InDelta(t, got.Invariants[k].Margin, high[want.Invariants[k].Name], 1e-6)
	}
}
