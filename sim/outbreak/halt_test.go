package outbreak

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// pair is two hosts of which the first one tries the second one each second, an hour's
// landing away.
func pair(lasts bool) *Model {
	open := []Opening{{Share: 1, Until: vtime.Never}}
	return &Model{
		Name: "pair", Lasts: lasts, Ends: vtime.Never, Known: vtime.Never, Run: vtime.Never, Vectors: []Vector{{Name: "v", Takes: vtime.Hour}},
		Classes: []Class{
			{Name: "a", Count: 1, Open: open, Cleaned: -1, Scanners: []Scanner{{Every: vtime.Second, Targets: []Target{{Class: 1, Share: 1, Gate: -1, Barrier: -1}}}}},
			{Name: "b", First: 1, Count: 1, Open: open, Cleaned: -1},
		},
	}
}

// advance runs up to a time.
func advance(o *Outbreak, to vtime.Time) {
	for o.Next() <= to {
		o.Advance(o.Next())
	}
}

// What was about to land on a host that goes down does not; the next try after it is back
// does. While the first host is down, nothing is pending.
func TestHalt(t *testing.T) {
	const second, hour = vtime.Time(vtime.Second), vtime.Time(vtime.Hour)
	o := New(pair(false), 1)
	o.Start()
	require.True(t, o.Release(0, 0, 0))
	advance(o, second)
	require.Equal(t, Landing, o.StateOf(1))
	o.Halt(1, 0)
	o.Halt(1, 0)
	require.Equal(t, Clean, o.StateOf(1))
	require.False(t, o.Release(1, 0, second), "it is down")
	advance(o, 2*hour)
	require.Equal(t, Clean, o.StateOf(1))
	o.Revive(1, 0, 2*hour)
	o.Revive(1, 0, 2*hour)
	advance(o, 3*hour+second)
	require.Equal(t, Infected, o.StateOf(1))
	require.Equal(t, 3*hour+second, o.Tally(1).First)

	o.Halt(0, 0)
	require.Equal(t, vtime.Never, o.Next())
	o.Revive(0, 0, 4*hour)
	require.Equal(t, []News{{Kind: Left, Class: 0, Host: 0, From: -1, Wall: -1}}, o.News)
	require.Equal(t, Clean, o.StateOf(0))
	require.Equal(t, Infected, o.StateOf(1))
}

// Who survives a reboot goes on where it was, also where the outbreak is kept while it is
// down.
func TestHaltedIsKept(t *testing.T) {
	const second, hour = vtime.Time(vtime.Second), vtime.Time(vtime.Hour)
	o := New(pair(true), 1)
	o.Start()
	o.Release(0, 0, 0)
	o.Halt(0, 0)
	a := snapshot.New(0)
	o.Archive(a)
	kept := New(pair(true), 1)
	b := snapshot.Of(a.Bytes())
	kept.Archive(b)
	require.NoError(t, b.Err())
	for _, o := range []*Outbreak{o, kept} {
		require.Equal(t, vtime.Never, o.Next())
		o.Revive(0, 0, hour)
		require.Empty(t, o.News)
		require.Equal(t, Infected, o.StateOf(0))
		advance(o, 3*hour)
		require.Equal(t, 2*hour+second, o.Tally(1).First)
	}
	kept.down = []int32{1, 1}
	a = snapshot.New(0)
	kept.Archive(a)
	b = snapshot.Of(a.Bytes())
	New(pair(true), 1).Archive(b)
	require.Error(t, b.Err(), "a host is down once")
}
