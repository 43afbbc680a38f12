package network

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A stream is traffic as a rate: what so many hosts send that nobody could count their
// messages. It has a flow for its way; what passes each queue there goes on to the next
// one, at once, as if links had no latency.
type stream struct {
	flow   int32
	queues []int32
	at     []float64 // bytes in a nanosecond that come to each of these

	rate  float64     // state: bytes in a nanosecond at its source
	roots signal.Mask // state: who made it so
}

// A current is what streams pour into a queue. The time that the link takes for what waits
// grows by rate/c - 1, is never less than nothing, and never more than there is room for:
// the rest is lost. What waits when a current ebbs, at most what there is room for, does not
// go on to the next queue.
type current struct {
	rate      float64 // state: bytes in a nanosecond; 0: queue.busy says all
	work      float64 // state: nanoseconds that the link takes for what waits, at since
	since     vtime.Time
	offered   float64 // state: bytes by then
	dropped   float64
	next      float64     // what the rate becomes
	influence signal.Mask // state: of all streams that ever came
}

// stream gives a flow a stream, with nothing in it yet, and returns its number.
func (n *Network) stream(flow int, w *passage) int32 {
	s := stream{flow: int32(flow)}
	for i := range w.legs {
		if q := w.legs[i].queue; q >= 0 {
			s.queues = append(s.queues, q)
			if !slices.Contains(n.poured, q) {
				n.poured = append(n.poured, q)
			}
		}
	}
	s.at = make([]float64, len(s.queues))
	n.streams = append(n.streams, s)
	return int32(len(n.streams) - 1)
}

// Surge begins the stream of a flow, at so many bytes a second. Where nothing can pass it
// has no effect, of which the Watcher hears.
func (n *Network) Surge(flow int, rate float64, influence signal.Mask) {
	r := &n.routes[flow]
	if n.stopped(r, flow, 0, nil) {
		return
	}
	n.resolve(flow, 0, 0, Arrived, -1, influence)
	n.Swell(flow, rate, influence)
}

// Swell makes the stream of a flow, which has begun, another rate: of 0 it ends.
func (n *Network) Swell(flow int, rate float64, influence signal.Mask) {
	x := &n.extras[n.routes[flow].extra]
	if x.blocked {
		return
	}
	s := &n.streams[x.stream]
	s.rate, s.roots = rate/1e9, s.roots|influence
	n.flows()
}

// flows finds what streams pour into each queue. A queue lets all that comes pass up to
// its rate, a share of each stream alike, so what comes to one depends on those before it:
// by turns, until nothing changes. Where streams go round in a circle that may be never,
// so there is a last turn.
func (n *Network) flows() {
	turns := 1
	for i := range n.streams {
		turns += len(n.streams[i].queues)
	}
	for changed := true; changed && turns > 0; turns-- {
		changed = n.turn()
	}
	now := n.kernel.Now()
	for _, i := range n.poured {
		if q := &n.queues[i]; q.current.next != q.current.rate {
			q.become(now, q.current.next)
		}
	}
}

// turn goes down all streams once, with what passed the queues in the turn before. It
// reports whether anything came out otherwise.
func (n *Network) turn() (changed bool) {
	for i := range n.streams {
		s := &n.streams[i]
		rate, roots := s.rate, s.roots
		for k, at := range s.queues {
			q := &n.queues[at]
			changed = changed || s.at[k] != rate || roots&^q.current.influence != 0
			s.at[k] = rate
			rate = float64(rate * q.passing(q.current.next))
			roots |= q.current.influence
			q.current.influence, q.influence = roots, q.influence|roots
		}
	}
	for _, q := range n.poured {
		n.queues[q].current.next = 0
	}
	for i := range n.streams {
		s := &n.streams[i]
		for k, q := range s.queues {
			n.queues[q].current.next += s.at[k]
		}
	}
	return changed
}

// passing returns the share of a current that a full queue lets pass.
func (q *queue) passing(rate float64) float64 {
	if rate <= q.rate {
		return 1
	}
	return q.rate / rate
}

// become gives the current another rate.
func (q *queue) become(now vtime.Time, rate float64) {
	c := &q.current
	if c.rate == 0 {
		c.work, c.since = float64(max(0, q.busy.Sub(now))), now
	}
	q.flow(now)
	c.rate = rate
	if rate == 0 {
		q.busy = now.Add(vtime.Duration(math.Ceil(c.work)))
	}
}

// flow brings the current up to now.
func (q *queue) flow(now vtime.Time) {
	c := &q.current
	d := float64(now.Sub(c.since))
	c.since = now
	c.offered += float64(c.rate * d)
	room := q.room / q.rate
	if over := min(d, c.work-room); over > 0 { // only a message can be longer than there is room for
		c.dropped += float64(c.rate * over)
		c.work -= over
		d -= over
	}
	if d == 0 {
		return
	}
	c.work += float64((c.rate/q.rate - 1) * d)
	switch {
	case c.work < 0:
		c.work = 0
	case c.work > room && c.rate > q.rate:
		c.dropped += float64((c.work - room) * q.rate)
		c.work = room
	}
}

// offerInto is offer while a current flows. Where there is no room left the link lets the
// share of all that comes pass that it can carry; luck, from 0 to 1, says whether a message
// is of that. It then takes the place of as much of the current.
func (q *queue) offerInto(now vtime.Time, bytes int32, takes vtime.Duration, luck float64) (leaves vtime.Time, ok bool) {
	c := &q.current
	q.flow(now)
	q.Offered++
	room, wait := q.room/q.rate, c.work
	after := wait + float64(takes)
	if wait > 0 && after > room {
		place := float64((after - room) * q.rate)
		if c.rate <= q.rate || luck >= q.passing(c.rate) || wait > room || c.dropped+place > c.offered {
			q.Dropped++
			return 0, false
		}
		c.dropped += place
		wait, after = max(0, room-float64(takes)), room
	}
	c.work = after
	q.Bytes += uint64(bytes)
	q.Busy += takes
	q.Longest = max(q.Longest, vtime.Duration(wait))
	return now.Add(vtime.Duration(math.Ceil(after))), true
}

// counted is the count of the queue with that of its current, up to now.
func (q *queue) counted(now vtime.Time) LinkCount {
	was := q.current
	if was.rate > 0 {
		q.flow(now)
	}
	count := q.LinkCount
	count.Poured, count.Spilled = q.current.offered, q.current.dropped
	count.Busy += vtime.Duration((count.Poured - count.Spilled) / q.rate)
	q.current = was
	return count
}

func (s *stream) archive(a *snapshot.Archive) {
	snapshot.Float(a, &s.rate)
	snapshot.Int(a, &s.roots)
}

func (c *current) archive(a *snapshot.Archive) {
	for _, x := range []*float64{&c.rate, &c.work, &c.offered, &c.dropped} {
		snapshot.Float(a, x)
	}
	snapshot.Int(a, &c.since)
	snapshot.Int(a, &c.influence)
	c.next = c.rate
}
