package network

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// requestsUnderWay counts requests in queues.
func (w *town) requestsUnderWay() (n uint64) {
	free := map[uint32]bool{}
	for _, list := range w.pool.free {
		for _, id := range list {
			free[id] = true
		}
	}
	for id := range w.pool.envelopes {
		if !free[uint32(id)] && w.pool.envelopes[id].request {
			n++
		}
	}
	return n
}

// Nothing is lost without being counted: at any time, what was sent was delivered,
// refused or lost, or is under way.
func TestConservation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawScript(t).build(-1)
		l := &ledger{}
		w.Listen(l)
		for at := 5 * ms; at < 120*ms; at += 7 * ms {
			w.run(t, at)
			lost := w.Counts.Lost - l.requests[Lost] - l.requests[Dropped]
			require.Equal(t, w.Sent, w.Delivered+w.Counts.Refused+lost+w.underWay()-w.requestsUnderWay())
			var dropped uint64
			for _, c := range w.LinkCounts() {
				require.LessOrEqual(t, c.Dropped, c.Offered)
				dropped += c.Dropped
			}
			require.LessOrEqual(t, w.Counts.Dropped, dropped, "a message that is sent again may be dropped again")
		}
	})
}

// A ledger counts what a tap sees.
type ledger struct {
	sent, again, asked uint64
	messages, requests [6]uint64
}

func (l *ledger) Sent(p *Packet) {
	switch {
	case p.Request:
		l.asked++
	case p.Again > 0:
		l.again++
	default:
		l.sent++
	}
}

func (l *ledger) Gone(p *Packet, fate Fate, _ int32) {
	if p.Request {
		l.requests[fate]++
	} else {
		l.messages[fate]++
	}
}

// Who listens changes nothing, and hears of all.
func TestTap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScript(t)
		bare, tapped := s.build(-1), s.build(-1)
		l := &ledger{}
		tapped.Listen(l)
		bare.run(t, 120*ms)
		tapped.run(t, 120*ms)
		require.Equal(t, bare.logs, tapped.logs)
		require.Equal(t, bare.masks, tapped.masks)
		require.Equal(t, bare.Counts, tapped.Counts)
		require.Equal(t, bare.LinkCounts(), tapped.LinkCounts())
		require.Equal(t, tapped.Sent, l.sent)
		require.Equal(t, tapped.Requests, l.asked)
		require.Equal(t, tapped.Delivered, l.messages[Arrived])
		require.Equal(t, tapped.Counts.Refused, l.messages[Refused])
		require.Equal(t, tapped.Counts.Blocked, l.messages[Blocked]+l.requests[Blocked]+l.messages[NeedsLogin]+l.requests[NeedsLogin])
		require.GreaterOrEqual(t, l.messages[Lost]+l.messages[Dropped]+l.requests[Lost]+l.requests[Dropped], tapped.Counts.Lost)
		require.GreaterOrEqual(t, tapped.Again, l.again)
		require.GreaterOrEqual(t, l.asked, l.requests[Arrived])
	})
}

// Whatever would have been heard otherwise without an injection is under its
// influence, whether its messages were in the way or kept out of it.
func TestInfluenceIsComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScript(t)
		w := s.build(-1)
		w.run(t, 150*ms)
		for i := range s.deeds {
			v := s.build(i)
			v.run(t, 150*ms)
			for d := range w.logs {
				if w.logs[d] != v.logs[d] {
					require.NotZero(t, w.masks[d]&(1<<i), "device %d, deed %d\n%v\n%s\n%s", d, i, s, w.logs[d], v.logs[d])
				}
			}
		}
	})
}

// A run that is kept with its queues full goes on as if nothing had happened.
func TestKeptTown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScript(t)
		w := s.build(-1)
		w.run(t, vtime.Duration(rapid.IntRange(1, 100).Draw(t, "kept at"))*ms)
		a := snapshot.New(0)
		w.archive(a)
		require.NoError(t, a.Err())
		v := s.build(-1)
		r := snapshot.Of(a.Bytes())
		v.archive(r)
		r.Done()
		require.NoError(t, r.Err())
		u := s.build(-1) // and so it does where somebody listens from there on
		r = snapshot.Of(a.Bytes())
		u.archive(r)
		r.Done()
		u.Listen(&ledger{})
		for _, x := range []*town{w, v, u} {
			x.run(t, 150*ms)
		}
		require.Equal(t, w.logs, u.logs)
		require.Equal(t, w.Counts, u.Counts)
		require.Equal(t, w.logs, v.logs)
		require.Equal(t, w.masks, v.masks)
		require.Equal(t, w.Counts, v.Counts)
		require.Equal(t, w.LinkCounts(), v.LinkCounts())
	})
}

// The same script is the same run.
func TestSameTown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScript(t)
		w, v := s.build(-1), s.build(-1)
		w.run(t, 150*ms)
		v.run(t, 150*ms)
		require.Equal(t, w.logs, v.logs)
		require.Equal(t, w.Counts, v.Counts)
	})
}
