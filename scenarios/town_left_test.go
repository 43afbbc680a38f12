package scenarios

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/vtime"
)

// What is left of who asked for erasure is what nothing lets a store keep: what was queued before the third day and
// fetched after they were forgotten. What came since by contract stands apart.
func TestTownLeft(t *testing.T) {
	p := ofLibrary(t, "town/queued-offline").Privacy
	require.Len(t, p.Left, 1)
	x := p.Left[0]
	require.Equal(t, "hub_cloud", x.Store)
	asked := vtime.Time(5 * vtime.Day)
	require.Equal(t, asked, x.Asked)
	require.LessOrEqual(t, x.To, asked)
	require.InDelta(t, 2*48, x.Items, 2, "two days offline, a reading in half an hour")
	require.Contains(t, x.Lineage[0], "to 4d23h")
	for _, store := range []string{"hub", "hub_cloud"} {
		var got []string
		for _, k := range p.Kept {
			if k.Basis == data.Contract && k.People == 1 {
				got = append(got, k.Store)
			}
		}
		require.Contains(t, got, store)
	}
}
