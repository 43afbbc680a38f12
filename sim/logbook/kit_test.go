package logbook

import (
	"math"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
	"pgregory.net/rapid"
)

// The credentials of the tests: the log's signer has key 5.
const (
	key   = 5
	holds = uint64(1) << key
)

func plain(keep int) Log { return Log{Name: "plc", Members: 1, Keep: keep, Remote: None} }

func chained(keep int) Log {
	l := plain(keep)
	l.Chained = true
	return l
}

func signed(keep, every int) Log {
	l := plain(keep)
	l.Signed, l.Credential = every, key
	return l
}

func counted(l Log) Log {
	l.Counted = true
	return l
}

// remote makes a log be copied to a chained one, that of the historian.
func remote(l Log, keep int) []Log {
	h := chained(keep)
	h.Name, h.Device = "historian", 9
	l.Remote = 1
	return []Log{l, h}
}

// said is an entry like no other: who was told what by whom in the n-th message.
func said(n int) Entry {
	return Entry{
		At: vtime.Time(n) * 1_000_000, Value: float64(n) / 8, Device: 3, Claimed: int32(n % 4), Rule: int32(n % 3),
		Object: int32(n), Kind: Kind(n) % kinds, Verified: n%2 == 0,
	}
}

// lie is an entry that no device writes.
var lie = Entry{At: 77, Value: -1, Device: 3, Claimed: 66, Rule: None, Object: None, Kind: Actuated, Verified: true}

// kept returns books of logs, with so many entries in the first one.
func kept(n int, logs ...Log) *Books {
	s := New(logs)
	write(s, 0, n)
	return s
}

// write appends the entries from one number to another.
func write(s *Books, from, to int) {
	for i := from; i < to; i++ {
		s.Append(0, 0, said(i))
	}
}

func evidence(s *Books) *Evidence { return s.Survey().Evidence(0, 0) }

// standings are those of the records in the first log.
func standings(s *Books) (list []Standing) {
	s.Survey().Each(0, 0, func(f Finding) {
		if !f.Copy {
			list = append(list, f.Standing)
		}
	})
	return list
}

func save(s *Books) []byte {
	a := snapshot.New(0)
	s.Archive(a)
	return a.Bytes()
}

func drawEntry(t *rapid.T) Entry {
	return Entry{
		At: vtime.Time(rapid.Int64().Draw(t, "at")), Value: math.Float64frombits(rapid.Uint64().Draw(t, "value")),
		Device: rapid.Int32().Draw(t, "device"), Claimed: rapid.Int32().Draw(t, "claimed"),
		Rule: rapid.Int32().Draw(t, "rule"), Object: rapid.Int32().Draw(t, "object"),
		Kind: Kind(rapid.Uint8().Draw(t, "kind")), Verified: rapid.Bool().Draw(t, "verified"),
	}
}

// drawLogs draws up to four logs, each perhaps copied to one that is not.
func drawLogs(t *rapid.T) []Log {
	logs := make([]Log, rapid.IntRange(1, 4).Draw(t, "logs"))
	for i := range logs {
		logs[i] = Log{
			Name: "device", Device: int32(i), Members: 1, Keep: rapid.IntRange(1, 9).Draw(t, "keep"),
			Chained: rapid.Bool().Draw(t, "chained"), Counted: rapid.Bool().Draw(t, "counted"),
			Signed: rapid.IntRange(0, 4).Draw(t, "signed"), Credential: key, Remote: None,
		}
		if i > 0 && rapid.Bool().Draw(t, "copied") {
			logs[i].Remote = 0
			logs[i].Members = rapid.IntRange(1, 3).Draw(t, "members")
		}
	}
	return logs
}

// An op is something that is done to the books.
func drawOp(t *rapid.T, logs []Log, honest bool) func(s *Books) {
	log := int32(rapid.IntRange(0, len(logs)-1).Draw(t, "log"))
	member := int32(rapid.IntRange(0, logs[log].Members-1).Draw(t, "member"))
	e := drawEntry(t)
	if honest || rapid.IntRange(0, 3).Draw(t, "honest") > 0 {
		return func(s *Books) { s.Append(log, member, e) }
	}
	credentials := rapid.SampledFrom([]uint64{0, holds}).Draw(t, "credentials")
	i, mend := rapid.IntRange(0, 8).Draw(t, "i"), rapid.Bool().Draw(t, "mend")
	switch rapid.IntRange(0, 2).Draw(t, "what") {
	case 0:
		return func(s *Books) { s.Cut(log, member, 5, i, credentials) }
	case 1:
		return func(s *Books) { s.Forge(log, member, 5, e, credentials) }
	}
	return func(s *Books) {
		if n := s.Kept(log, member); n > 0 {
			s.Alter(log, member, 5, i%n, e, mend, credentials)
		}
	}
}
