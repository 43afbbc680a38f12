package station

import (
	"fmt"
	"math/bits"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Station is the state of a model. It begins empty, at time 0.
type Station struct {
	model   Model
	lines   []line
	waiting uint64 // the classes of which somebody waits, as bits
	serving agenda
	free    []int32 // servers
	tokens  []tokens
	begun   uint64
	book
}

// A Fate is what becomes of a message that comes.
type Fate uint8

// Fates.
const (
	Begun   Fate = iota // it is served at once
	Waits               // all servers are busy
	Dropped             // and there was no more room
	Limited             // it was beyond what the bucket of its class lets pass
)

// A Done is a message that has been served.
type Done struct {
	Message
	Arrived, Began, Left vtime.Time
	Server               int
}

// New returns a station.
func New(m Model) (*Station, error) {
	if err := m.Valid(); err != nil {
		return nil, err
	}
	s := &Station{
		model: m, lines: make([]line, len(m.Classes)), tokens: make([]tokens, len(m.Classes)),
		serving: make(agenda, 0, m.Servers), free: make([]int32, m.Servers),
		book: newBook(m.Servers, len(m.Classes)),
	}
	for i := range s.free {
		s.free[i] = int32(m.Servers - 1 - i)
	}
	return s, nil
}

// Next returns when somebody leaves next, Never if nobody is there.
func (s *Station) Next() vtime.Time {
	if len(s.serving) == 0 {
		return vtime.Never
	}
	return s.serving[0].leaves
}

// Offer tells the station that a message comes. Who left before must have been taken out by
// Finish; who leaves at the same time is still there if it was not.
func (s *Station) Offer(now vtime.Time, m Message) Fate {
	s.pass(now)
	count, class := &s.counts[m.Class], &s.model.Classes[m.Class]
	count.Offered++
	switch line := &s.lines[m.Class]; {
	case !s.tokens[m.Class].take(class.Limit, now, float64(m.Size)):
		count.Limited++
		return Limited
	case len(s.free) > 0:
		s.begin(now, job{Message: m, arrived: now})
		return Begun
	case line.n >= class.Room || class.Bytes > 0 && line.bytes+int(m.Size) > class.Bytes:
		count.Dropped++
		return Dropped
	default:
		line.push(job{Message: m, arrived: now})
		s.waiting |= 1 << m.Class
		s.queued++
		count.Most = max(count.Most, line.n)
		return Waits
	}
}

// Finish takes out who leaves next, at the time that Next says, and begins to serve who waits.
// It must not be called when nobody is there.
func (s *Station) Finish() Done {
	now := s.Next()
	s.pass(now)
	j := s.serving.pop()
	s.free = append(s.free, j.server)
	count := &s.counts[j.Class]
	count.Served++
	count.Stay.Add(now.Sub(j.arrived))
	s.busy[j.server] += now.Sub(j.began)
	if s.waiting != 0 {
		class := bits.TrailingZeros64(s.waiting)
		line := &s.lines[class]
		next := line.pop()
		if line.n == 0 {
			s.waiting &^= 1 << class
		}
		s.queued--
		s.begin(now, next)
	}
	return Done{Message: j.Message, Arrived: j.arrived, Began: j.began, Left: now, Server: int(j.server)}
}

// begin begins to serve a message at a server that is free.
func (s *Station) begin(now vtime.Time, j job) {
	last := len(s.free) - 1
	j.server, s.free = s.free[last], s.free[:last]
	j.began, j.leaves = now, now.Add(s.model.Service.time(s.model.Key, j.Message))
	s.begun++
	j.order = s.begun
	s.serving.push(j)
	s.counts[j.Class].Wait.Add(now.Sub(j.arrived))
}

// pass brings what is summed over time up to now.
func (s *Station) pass(now vtime.Time) {
	if now < s.since || now > s.Next() {
		panic(fmt.Sprintf("station: told of %v after %v, while the next leaves at %v", now, s.since, s.Next()))
	}
	s.sum(now, uint64(len(s.serving)))
}
