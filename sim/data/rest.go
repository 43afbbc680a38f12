package data

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A rest is what being down did to what a member of a device tells as a rate: nothing is told
// meanwhile. A reading that was due then comes when it runs again, or as it rejoins, and the others follow
// that one, as they do message by message (twins/telemetry).
type rest struct {
	down  bool
	sent  uint64         // readings by then
	shift vtime.Duration // by how much all that come are later
	draws uint64         // of chance, after the first one
}

func (r *rest) archive(a *snapshot.Archive) {
	snapshot.Bool(a, &r.down)
	snapshot.Int(a, &r.sent)
	snapshot.Int(a, &r.shift)
	snapshot.Int(a, &r.draws)
}

// Rest says that a member of the device that an intake is from is down, or runs again.
func (s *State) Rest(intake int32, member int, down bool, now vtime.Time) {
	in := &s.Intakes[intake]
	k := int32(member)
	if in.Person >= 0 {
		k = in.Person - s.first[in.Shelf]
	}
	s.pour(intake, k, now)
	if s.rests[intake] == nil {
		s.rests[intake] = make([]rest, s.count[in.Shelf])
	}
	r := &s.rests[intake][k]
	first := s.firsts[intake][k].Add(s.lags[intake] + r.shift - in.Rate.Latency) // sent, not come
	if r.down = down; down {
		s.resting[intake]++
		if r.sent = 0; now >= first {
			r.sent = uint64(now.Sub(first)/in.Rate.Every) + 1
		}
		return
	}
	s.resting[intake]--
	if due := first.Add(vtime.Duration(r.sent) * in.Rate.Every); due < now {
		r.shift += now.Sub(due) + s.rejoin(in.Rate, r, k, now.Sub(due))
	}
}

// rejoin draws how long after it runs again a device tells the reading that was due so long ago.
func (s *State) rejoin(rate *Rate, r *rest, k int32, late vtime.Duration) vtime.Duration {
	if !rate.Rejoining(late) {
		return 0
	}
	key, drawn := rng.New(s.seed, rate.Device, Moments).Member(int(k)), r.draws
	if !rate.InStep {
		drawn++ // the moment of the first reading
	}
	r.draws += device.RejoinDraws
	return rate.Rejoin(func() float64 {
		drawn++
		return key.Float64(drawn - 1)
	})
}

// Deafen says that the store of an intake is down, and loses what comes to it, or runs again.
func (s *State) Deafen(intake int32, down bool, now vtime.Time) {
	for k := range s.count[s.Intakes[intake].Shelf] {
		s.pour(intake, k, now)
	}
	s.deaf[intake] = down
}

// archiveRests archives how far what comes as a rate has come, who is down, and was, and what stores had no
// room for.
func (s *State) archiveRests(a *snapshot.Archive) {
	snapshot.Column(a, s.lags, snapshot.Int)
	snapshot.Int(a, &s.poured)
	snapshot.Column(a, s.deaf, snapshot.Bool)
	snapshot.Column(a, s.fullness, func(a *snapshot.Archive, f *Fullness) { f.archive(a) })
	for i, intake := range s.rated {
		snapshot.Int(a, &s.resting[intake])
		snapshot.Slice(a, &s.rests[intake], func(a *snapshot.Archive, r *rest) { r.archive(a) })
		if n := len(s.rests[intake]); a.Reading() && n != 0 && n != len(s.firsts[intake]) {
			a.Fail("of %d who tell something as rate %d there are %d", len(s.firsts[intake]), i, n)
			s.rests[intake] = nil
		}
	}
}

// Resting returns how many members are down of the device that an intake is from.
func (s *State) Resting(intake int32) int { return s.resting[intake] }

// Deaf reports whether the store of an intake is down.
func (s *State) Deaf(intake int32) bool { return s.deaf[intake] }
