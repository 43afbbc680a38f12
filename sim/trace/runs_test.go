package trace

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Runs are the messages that are told one by one as well.
func TestRunsAreMessages(t *testing.T) {
	file := small(t)
	x, err := Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	type sent struct {
		flow, member int
		request      bool
		at, ended    vtime.Time
		fate         Fate
	}
	one, many := map[sent]int{}, map[sent]int{}
	for m, err := range x.Messages(0, vtime.Never) {
		require.NoError(t, err)
		one[sent{m.Flow, m.Member, m.Request, m.Sent, m.Ended, m.Fate}]++
	}
	runs := 0
	for r, err := range x.Runs(0, vtime.Never) {
		require.NoError(t, err)
		runs++
		for k := range r.Count {
			at := r.Sent.Add(vtime.Duration(k) * r.Period)
			require.Equal(t, at, r.Last(at))
			require.Equal(t, at, r.Last(at.Add(max(1, r.Period)-1)))
			many[sent{r.Flow, r.Member, r.Request, at, r.Ended.Add(vtime.Duration(at - r.Sent)), r.Fate}]++
		}
		require.Equal(t, r.Sent, r.Last(r.Sent-1))
		require.Equal(t, r.Sent.Add(vtime.Duration(r.Count-1)*r.Period), r.Last(vtime.Never))
	}
	require.Equal(t, one, many)
	require.Less(t, runs, 306)
	for range x.Runs(0, vtime.Never) {
		break // and that is all
	}
}
