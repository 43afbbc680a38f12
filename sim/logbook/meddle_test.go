package logbook

import (
	"testing"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A log that was wiped looks new. Its copy knows better, until that is wiped too.
func TestWipe(t *testing.T) {
	for _, l := range []Log{plain(10), chained(10), signed(10, 2)} {
		s := kept(6, l)
		s.Wipe(0, 0, 99, 0)
		found := evidence(s)
		require.False(t, found.Shows())
		require.Equal(t, Evidence{Written: 6, Wiped: 6, Meddled: 99, Intact: true}, *found)

		s = kept(6, remote(l, 100)...)
		s.Wipe(0, 0, 99, 0)
		found = evidence(s)
		require.True(t, found.Intact)
		require.Equal(t, 6, found.Gone)
		require.Equal(t, 6, found.Copies)
		var left []Entry
		s.Survey().Each(0, 0, func(f Finding) {
			require.True(t, f.Copy)
			require.Equal(t, Linked, f.Standing)
			require.Equal(t, uint64(len(left)), f.Record.Number)
			left = append(left, f.Record.Entry)
		})
		require.Equal(t, []Entry{said(0), said(1), said(2), said(3), said(4), said(5)}, left)

		write(s, 6, 9) // as 0 to 2: what comes after does not hide it
		found = evidence(s)
		require.Equal(t, 6, found.Gone)
		require.Equal(t, 9, found.Copies)

		s.Wipe(0, 0, 100, 0)
		s.Wipe(1, 0, 101, 0)
		require.False(t, evidence(s).Shows())
		require.Empty(t, s.Survey().Names(Doubted))
	}
}

// The tail of a plain chain is not protected: only a counter, a copy or a signer
// who goes on says that it was longer.
func TestTail(t *testing.T) {
	cut := func(credentials uint64, logs ...Log) *Books {
		s := kept(6, logs...)
		require.Equal(t, 2, s.Cut(0, 0, 99, 4, credentials))
		return s
	}
	for _, l := range []Log{plain(10), chained(10), signed(10, 1)} {
		require.False(t, evidence(cut(0, l)).Shows())
		require.Equal(t, uint64(2), evidence(cut(0, counted(l))).Missing)
		found := evidence(cut(0, remote(l, 100)...))
		require.Equal(t, 2, found.Gone)
		require.True(t, found.Intact)
	}
	s := cut(0, chained(10))
	write(s, 6, 8)
	require.False(t, evidence(s).Shows())

	s = cut(0, signed(10, 1))
	write(s, 6, 8)
	require.Equal(t, uint64(4), evidence(s).Breaks)
	require.Equal(t, []Standing{Signed, Signed, Signed, Signed, Doubted, Doubted}, standings(s))

	s = cut(holds, signed(10, 1))
	write(s, 6, 8)
	require.False(t, evidence(s).Shows())

	s = cut(0, counted(chained(10)))
	write(s, 6, 8) // as 6 and 7
	require.Equal(t, uint64(2), evidence(s).Missing)
	write(s, 8, 16) // until there is no place for them any more
	require.False(t, evidence(s).Shows())
}

// A log that was full once and no longer is has lost something, whoever counts.
func TestCutOfFull(t *testing.T) {
	s := kept(26, chained(10))
	s.Cut(0, 0, 99, 7, 0)
	require.Equal(t, uint64(3), evidence(s).Missing)
	require.Equal(t, uint64(16), evidence(s).Overwritten)
}

// A chain has no key: who forges goes on from its end. A signature is of who holds
// the credential.
func TestForge(t *testing.T) {
	forge := func(l Log, credentials uint64) *Books {
		s := kept(5, l)
		s.Forge(0, 0, 99, lie, credentials)
		write(s, 5, 10)
		forged, _ := s.Truth(0, 0, 5)
		require.True(t, forged)
		require.Equal(t, uint64(1), evidence(s).Forged)
		return s
	}
	for _, l := range []Log{plain(20), chained(20)} {
		require.False(t, evidence(forge(l, holds)).Shows())
	}
	for every := range 4 {
		l := signed(20, every+1)
		require.False(t, evidence(forge(l, holds)).Shows(), every)
		found := evidence(forge(l, 1<<(key-1)|1<<(key+1)))
		require.False(t, found.Intact)
		require.Equal(t, uint64(5/(every+1)*(every+1)), found.Breaks) // after the last good signature
	}
	s := forge(signed(20, 1), holds)
	require.Equal(t, Signed, standings(s)[5])
	s = forge(signed(20, 1), 0)
	require.Equal(t, []Standing{Signed, Signed, Signed, Signed, Signed, Doubted}, standings(s)[:6])

	// Until the next signature nothing shows.
	s = kept(5, signed(20, 4))
	s.Forge(0, 0, 99, lie, 0)
	require.False(t, evidence(s).Shows())
	require.Equal(t, []Standing{Signed, Signed, Signed, Signed, Linked, Linked}, standings(s))
}

// What was forged has no copy, unless who forged it forges that too.
func TestForgeCopy(t *testing.T) {
	s := kept(5, remote(plain(20), 100)...)
	s.Forge(0, 0, 99, lie, 0)
	write(s, 5, 7)
	require.Equal(t, 1, evidence(s).Strange)
	require.Equal(t, []Standing{Copied, Copied, Copied, Copied, Copied, Doubted, Copied, Copied}, standings(s))

	s = New(remote(plain(20), 100)) // before all copies
	s.Forge(0, 0, 99, lie, 0)
	write(s, 0, 2)
	require.Equal(t, []Standing{Doubted, Copied, Copied}, standings(s))

	s = kept(5, remote(plain(20), 100)...)
	s.Forge(0, 0, 99, lie, 0)
	s.ForgeCopy(1, 99, lie, Origin{0, 0, 5}, 0)
	write(s, 5, 7)
	require.False(t, evidence(s).Shows())
}

// Who alters a record and mends the chain is found by a signature or by a copy, and
// of the two entries that is believed which stands higher.
func TestAlter(t *testing.T) {
	alter := func(mend bool, credentials uint64, logs ...Log) *Books {
		s := kept(6, logs...)
		s.Alter(0, 0, 99, 2, lie, mend, credentials)
		_, altered := s.Truth(0, 0, 2)
		require.True(t, altered)
		return s
	}
	require.False(t, evidence(alter(false, 0, plain(10))).Shows())
	require.Equal(t, uint64(2), evidence(alter(false, holds, signed(10, 1))).Breaks)
	s := alter(false, 0, signed(10, 1))
	require.Equal(t, []Standing{Signed, Signed, Doubted, Signed, Signed, Signed}, standings(s))
	s = alter(false, 0, signed(10, 4))
	require.Equal(t, []Standing{Linked, Linked, Doubted, Signed, Doubted, Doubted}, standings(s))
	require.False(t, evidence(alter(true, 0, chained(10))).Shows())
	require.Equal(t, uint64(2), evidence(alter(true, 0, signed(10, 1))).Breaks)
	require.Equal(t, uint64(0), evidence(alter(true, 0, signed(10, 3))).Breaks)
	require.False(t, evidence(alter(true, holds, signed(10, 3))).Shows())

	s = alter(true, 0, remote(chained(10), 100)...)
	require.Equal(t, 1, evidence(s).Differing)
	require.Equal(t, []Standing{Copied, Copied, Doubted, Copied, Copied, Copied}, standings(s))
	copies := 0
	s.Survey().Each(0, 0, func(f Finding) {
		if f.Copy {
			copies++
			require.Equal(t, said(2), f.Record.Entry)
			require.Equal(t, Linked, f.Standing)
		}
	})
	require.Equal(t, 1, copies)

	s = alter(true, holds, remote(signed(10, 1), 100)...)
	require.Equal(t, Signed, standings(s)[2])
}

// A signed and counted log says that somebody without the credential has been
// there, and goes on saying so: all later signatures are of another chain. Only a
// record that was changed and not mended is forgotten when it gives way.
func TestNoMeddlingUnseen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := kept(rapid.IntRange(1, 20).Draw(t, "entries"), counted(signed(8, 1)))
		n := s.Kept(0, 0)
		i, what := rapid.IntRange(0, n-1).Draw(t, "i"), rapid.IntRange(0, 3).Draw(t, "what")
		switch what {
		case 0:
			s.Cut(0, 0, 99, i, ^holds)
		case 1:
			s.Forge(0, 0, 99, lie, ^holds)
		case 2:
			s.Alter(0, 0, 99, i, lie, true, ^holds)
		case 3:
			s.Alter(0, 0, 99, i, lie, false, ^holds)
		}
		found := evidence(s)
		require.True(t, found.Shows())
		require.Equal(t, vtime.Time(99), found.Meddled)
		write(s, 0, rapid.IntRange(0, 30).Draw(t, "later"))
		require.True(t, what == 3 || evidence(s).Shows())
	})
}

// A log that nobody touched is not doubted because its remote log was meddled with.
func TestRemoteMeddled(t *testing.T) {
	s := kept(6, remote(plain(10), 100)...)
	s.Alter(1, 0, 99, 3, lie, false, 0) // seen there
	found := s.Survey()
	require.Equal(t, uint64(3), found.Evidence(1, 0).Breaks)
	require.False(t, found.Evidence(0, 0).Shows())
	require.Equal(t, []Standing{Copied, Copied, Copied, Bare, Bare, Bare}, standings(s))

	s = kept(6, remote(plain(10), 100)...)
	s.Wipe(1, 0, 99, 0)
	require.False(t, evidence(s).Shows())
}
