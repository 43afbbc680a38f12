package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// What a backup has did not come from what was put back from there; what the store has did come from the backup, and
// the backup's from the store as it was.
func TestLineageOfABackupIsNoCircle(t *testing.T) {
	m := &Model{
		Populations: []Population{{Name: "home", Count: 1}}, Attributes: []Attribute{{Name: "load"}},
		Stores: []Store{{Name: "log", Count: 1}, {Name: "backup", First: 1, Count: 1}},
		Shelves: []Shelf{
			{Fine: vtime.Hour, Purpose: -1, Basis: Contract}, {Store: 1, Fine: vtime.Hour, Purpose: -1, Basis: Contract},
		},
		Intakes: []Intake{{Person: -1}, {Kind: Copied, Shelf: 1, From: []int32{0}, Person: -1}},
	}
	s, err := New(m, 1)
	require.NoError(t, err)
	for h := range 4 {
		s.Collect(0, 0, vtime.Time(h+1)*vtime.Time(vtime.Hour))
	}
	now := vtime.Time(5 * vtime.Hour)
	s.Copy(1, 0, now)
	s.Ask(0, Erasure, -1, now)
	s.Erase(0, 0, now)
	require.EqualValues(t, 4, s.Restore(1, now+1))
	of := func(shelf int32) (list [][2]int32) { // of which shelf, by which intake
		for _, src := range s.Lineage(shelf, 0) {
			require.EqualValues(t, 4, src.Span.N)
			list = append(list, [2]int32{src.Shelf, src.Span.Via})
		}
		return list
	}
	require.Equal(t, [][2]int32{{1, 1}, {0, 0}}, of(1), "the backup from the log, where it was collected")
	require.Equal(t, [][2]int32{{0, 1}, {1, 1}, {0, 0}}, of(0), "the log from the backup, and that from the log")
}
