package scenarios

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Runs that differ in who was told what, and in nothing that a signal shows, have digests that differ; and one that
// goes on from a kept state has that of the whole run.
func TestDigestOfDeeds(t *testing.T) {
	digests := map[string]string{}
	for _, name := range []string{"access-extended", "access-extended-late"} {
		s, err := Load("town/" + name)
		require.NoError(t, err)
		r, err := sim.Run(t.Context(), s.Plan)
		require.NoError(t, err)
		require.NotContains(t, digests, r.Digest)
		digests[r.Digest] = name

		first, err := sim.New(s.Plan)
		require.NoError(t, err)
		require.NoError(t, first.RunTo(t.Context(), vtime.Time(26*vtime.Day))) // told in time, or not yet
		kept, err := first.Snapshot()
		require.NoError(t, err)
		again, err := sim.Resume(s.Plan, kept)
		require.NoError(t, err)
		require.NoError(t, again.RunTo(t.Context(), s.Plan.Run))
		after, err := again.Result()
		require.NoError(t, err)
		require.Equal(t, r.Digest, after.Digest, name)
	}
}
