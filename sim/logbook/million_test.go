package logbook

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const million = 1_000_000

// A log that is full takes no more memory, however long it goes on, and what is left of
// a million entries verifies, in itself and against its copy.
func TestAMillionEntries(t *testing.T) {
	logs := remote(signed(1000, 10), 5000)
	s := kept(million, logs...)
	found := evidence(s)
	require.Equal(t, Evidence{
		Written: million, Overwritten: million - 1000, Kept: 1000, Intact: true, Copies: 5000, Meddled: found.Meddled,
	}, *found)
	require.False(t, found.Shows())
	require.Equal(t, 5000, s.Kept(1, 0))
	for k := range 1000 { // the newest, one by one
		r, _ := s.Record(0, 0, k)
		require.Equal(t, uint64(million-1000+k), r.Number)
		require.Equal(t, said(million-1000+k), r.Entry)
	}

	n := million
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		write(s, n, n+1)
		n++
	}))
	require.False(t, evidence(s).Shows())
}

// Among a million entries that are kept one that was changed, one that never was, and
// those that were wiped are found: by the chain, by the signatures, by the copy.
func TestMeddlingAmongAMillion(t *testing.T) {
	const place = 654_321
	s := kept(million, chained(million))
	require.False(t, evidence(s).Shows())
	s.Alter(0, 0, 5, place, lie, false, 0)
	found := evidence(s)
	require.False(t, found.Intact)
	require.Equal(t, uint64(place), found.Breaks)
	require.Equal(t, uint64(1), found.Altered)

	s = kept(million, signed(million, 10))
	s.Alter(0, 0, 5, place, lie, true, 0) // the chain is mended; without the key it is not signed
	found = evidence(s)
	require.False(t, found.Intact)
	require.Equal(t, uint64(place/10*10), found.Breaks-found.Breaks%10)

	s = kept(million, remote(chained(million), million)...)
	s.Forge(0, 0, 5, lie, 0)
	require.Equal(t, 1, evidence(s).Strange)
	s.Wipe(0, 0, 6, 0)
	found = evidence(s)
	require.True(t, found.Shows())
	require.Equal(t, []int{million, million}, []int{found.Gone, found.Copies})
	require.Equal(t, uint64(million), found.Wiped, "the forged one took the place of the oldest")
}
