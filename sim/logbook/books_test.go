package logbook

import (
	"testing"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// However much is written, a book is no longer than what it keeps.
func TestBounded(t *testing.T) {
	s := kept(100_000, remote(signed(50, 4), 70)...)
	for _, b := range s.books {
		for _, n := range []int{cap(b.records), cap(b.marks), cap(b.hashes), cap(b.signatures)} {
			require.LessOrEqual(t, n, 2*70)
		}
	}
	found := evidence(s)
	require.Equal(t, Evidence{Written: 100_000, Overwritten: 99_950, Meddled: found.Meddled, Kept: 50, Intact: true, Copies: 70}, *found)
	require.Zero(t, testing.AllocsPerRun(1000, func() { s.Append(0, 0, said(1)) }))
	r, _ := s.Record(0, 0, 0)
	require.Equal(t, uint64(100_000-50+1001), r.Number)
}

func TestNames(t *testing.T) {
	s := New(remote(plain(10), 100))
	at := func(device, claimed int32, verified bool) Entry {
		return Entry{Device: device, Claimed: claimed, Verified: verified}
	}
	for _, e := range []Entry{at(3, 7, false), at(3, 7, true), at(3, None, false), at(3, 5, true), at(3, 7, true)} {
		s.Append(0, 0, e)
	}
	all := []Named{{3, Itself, 1}, {5, Verifies, 1}, {7, Claims, 1}, {7, Verifies, 2}}
	require.Equal(t, all, s.Survey().Names(Copied))
	s.Wipe(0, 0, 99, 0)
	require.Equal(t, all, s.Survey().Names(Linked)) // by the copies alone
	require.Empty(t, s.Survey().Names(Signed))
}

func TestCheck(t *testing.T) {
	change := func(do func(l *Log)) []Log {
		logs := remote(chained(10), 10)
		do(&logs[0])
		return logs
	}
	require.NoError(t, Check(change(func(*Log) {})))
	for want, do := range map[string]func(l *Log){
		"the log of plc keeps 0 entries; it has to keep one at least":       func(l *Log) { l.Keep = 0 },
		"the log of plc is of 0 devices":                                    func(l *Log) { l.Members = 0 },
		"the log of plc is signed every -1 entries":                         func(l *Log) { l.Signed = -1 },
		"the log of plc is signed with credential 64; they go from 0 to 63": func(l *Log) { l.Signed, l.Credential = 1, 64 },
		"the log of plc is copied to log 2 of 2":                            func(l *Log) { l.Remote = 2 },
		"the log of plc is copied to itself":                                func(l *Log) { l.Remote = 0 },
	} {
		require.EqualError(t, Check(change(do)), want)
	}
	logs := remote(chained(10), 10)
	logs[1].Members = 3
	require.EqualError(t, Check(logs), "the log of plc is copied to that of historian, which is not one device but 3")
	logs = append(remote(chained(10), 10), chained(10))
	logs[1].Remote = 2
	require.EqualError(t, Check(logs), "the log of plc is copied to that of historian, which is copied itself: copies are not copied")
}

// What is written is read again, and goes on as if nothing had been.
func TestArchive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		logs := drawLogs(t)
		s := New(logs)
		for range rapid.IntRange(0, 40).Draw(t, "before") {
			drawOp(t, logs, false)(s)
		}
		data := save(s)
		other := New(logs)
		a := snapshot.Of(data)
		other.Archive(a)
		a.Done()
		require.NoError(t, a.Err())
		require.Equal(t, data, save(other))
		for range rapid.IntRange(0, 20).Draw(t, "after") {
			do := drawOp(t, logs, false)
			do(s)
			do(other)
		}
		require.Equal(t, save(s), save(other))
		require.Equal(t, len(s.Survey().Names(Doubted)), len(other.Survey().Names(Doubted)))

		cut := rapid.IntRange(0, len(data)-1).Draw(t, "cut")
		a = snapshot.Of(data[:cut])
		New(logs).Archive(a)
		require.Error(t, a.Err())
		data[cut] ^= byte(rapid.IntRange(1, 255).Draw(t, "damage"))
		damaged := New(logs)
		damaged.Archive(snapshot.Of(data))
		damaged.Survey() // whatever it finds
	})
}

func TestArchiveOfMoreThanIsKept(t *testing.T) {
	a := snapshot.Of(save(kept(9, plain(10))))
	New([]Log{plain(8)}).Archive(a)
	require.ErrorContains(t, a.Err(), "the log of plc has 9 records; it keeps 8")
}

// String of what there is, and of what there is not.
func TestWords(t *testing.T) {
	require.Equal(t, "accepted", Accepted.String())
	require.Equal(t, "login failed", LoginFailed.String())
	require.Equal(t, "unknown", kinds.String())
	require.Equal(t, "signed", Signed.String())
}
