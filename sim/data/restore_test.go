package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A backup brings back whom a store forgot, unless the store remembers that; and who copies the
// store takes of that what it had not come to yet, and nothing twice.
func TestABackupIsPutBack(t *testing.T) {
	for _, remembers := range []bool{false, true} {
		m := &Model{
			Populations: []Population{{Name: "home", Count: 1}}, Attributes: []Attribute{{Name: "load"}},
			Stores:    []Store{{Name: "log", Count: 1, Remembers: remembers}, {Name: "backup", First: 1, Count: 1}, {Name: "copy", First: 2, Count: 1}},
			Questions: []Question{{Kind: KeptAfterErasure}, {Kind: HoldersOf, Count: 1}},
		}
		for i := range int32(3) {
			m.Shelves = append(m.Shelves, Shelf{Store: i, Fine: vtime.Hour, Purpose: -1, Basis: Contract})
			m.Intakes = append(m.Intakes, Intake{Kind: Copied, Shelf: i, From: []int32{0}, Person: -1})
		}
		m.Intakes[0] = Intake{Shelf: 0, Person: -1}
		s, err := New(m, 1)
		require.NoError(t, err)
		hours := func(from, to int) {
			for h := from; h <= to; h++ {
				s.Collect(0, 0, vtime.Time(h)*vtime.Time(vtime.Hour))
			}
		}
		held := func(want ...uint64) {
			t.Helper()
			for i, n := range want {
				_, _, items, _ := s.Span(int32(i), 0)
				require.Equal(t, n, items, "store %d", i)
			}
		}
		hours(1, 5)
		s.Copy(2, 0, vtime.Time(5*vtime.Hour))
		hours(6, 10)
		now := vtime.Time(10 * vtime.Hour)
		s.Copy(1, 0, now)
		held(10, 10, 5)
		hours(11, 12) // which the backup has not
		now = vtime.Time(12 * vtime.Hour)
		s.Ask(0, Erasure, -1, now)
		s.Erase(0, 0, now)
		s.Erase(2, 0, now)
		hours(13, 14)
		s.Advance(vtime.Time(14 * vtime.Hour))
		s.Refresh(func(int, int, float64) {})
		held(2, 10, 0)
		require.Equal(t, 1.0, s.Value(0, 0), "the backup: what came to the log since is on a contract")

		got := s.Restore(1, vtime.Time(14*vtime.Hour))
		s.Copy(2, 0, vtime.Time(14*vtime.Hour))
		s.Refresh(func(int, int, float64) {})
		if remembers {
			require.Zero(t, got)
			held(2, 10, 2)
			require.Equal(t, 1.0, s.Value(0, 0))
		} else {
			require.EqualValues(t, 10, got)
			held(12, 10, 7)
			require.Equal(t, 3.0, s.Value(0, 0))
		}
	}
}
