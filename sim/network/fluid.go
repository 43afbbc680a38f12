package network

import (
	"cmp"
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
	flow    int32
	queues  []int32   // of radio links ^air
	at      []float64 // bytes in a nanosecond that come to each of these
	ahead   []float64 // nanoseconds that its messages have waited before, on average
	busiest int32     // of queues

	size float64 // bytes of each of the messages that it stands for

	// Where there are so many senders who are alike: bytes in a nanosecond of each, and whether at random.
	senders, each float64
	random        bool

	rate  float64     // state: bytes in a nanosecond at its source
	out   float64     // state: of them, that pass the last queue
	roots signal.Mask // state: who made it so
	since vtime.Time  // state: by when the rest is counted
	sent  float64     // state: bytes that were sent by then
	got   float64     // state: of them, that came through
}

// count brings what was sent up to now.
func (s *stream) count(now vtime.Time) {
	d := float64(now.Sub(s.since))
	s.since = now
	s.sent += float64(s.rate * d)
	s.got += float64(s.out * d)
}

// Poured returns how many bytes the stream of a flow has sent by now, and how many of these
// came through, and under whose influence.
func (n *Network) Poured(flow int) (sent, got float64, influence signal.Mask) {
	s := n.streams[n.extras[n.routes[flow].extra].stream] // a copy: who only looks changes nothing
	s.count(n.kernel.Now())
	for _, q := range s.queues {
		if q < 0 {
			influence |= n.crews[n.airs[^q].crew].influence
			continue
		}
		influence |= n.queues[q].current.influence
	}
	return s.sent, s.got, influence
}

// Used returns how much is used of the busiest link on the way of the stream of a flow, and what share of
// that streams are which bring the same receiver something, as floods do not.
func (n *Network) Used(flow int) (used, share float64) {
	s := &n.streams[n.extras[n.routes[flow].extra].stream]
	if s.busiest < 0 {
		return 0, 0
	}
	q := &n.queues[s.busiest]
	for i := range n.streams {
		o := &n.streams[i]
		if k := slices.Index(o.queues, s.busiest); k >= 0 && n.Flows[o.flow].Receiver == n.Flows[flow].Receiver && n.Flows[o.flow].Carries > 0 {
			share += o.at[k]
		}
	}
	return q.asked(q.current.rate), min(1, share/max(q.current.rate+q.current.beside, 1e-300))
}

// Blocks reports whether nothing of a flow can ever pass.
func (n *Network) Blocks(flow int) bool { return n.Flows[flow].Path.Blocked != "" }

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
	units     float64     // as messages
	before    float64     // times what these have waited before, together
	judged    [3]float64  // state: next, units and before, of which chance was found
	influence signal.Mask // state: of all streams that ever came

	// What single messages need to know of it (beside.go).
	grain   float64    // state: bytes of a message of it, on average
	ahead   float64    // state: nanoseconds that such a message has waited before, on average
	chance  float64    // state: share of what comes that is lost for want of room though there is, on average
	came    float64    // state: offered, as messages
	lost    float64    // state: dropped, as messages
	beside  float64    // state: bytes in a nanosecond of the single messages
	first   float64    // state: bytes in a nanosecond of those that go first, where there are any
	counted vtime.Time // state: until when both are
	left    vtime.Time // state: when the last single message has left
}

// stream gives a flow a stream, with nothing in it yet, and returns its number.
func (n *Network) stream(flow int, w *passage) int32 {
	s := stream{flow: int32(flow), busiest: -1, size: float64(cmp.Or(n.Flows[flow].Bytes, Size(1)))}
	for i := range w.legs {
		if q := w.legs[i].queue; q >= 0 {
			s.queues = append(s.queues, q)
			if !slices.Contains(n.poured, q) {
				n.poured = append(n.poured, q)
			}
		}
		if l := &w.legs[i]; l.air >= 0 {
			n.speak(l.air, len(n.streams), len(s.queues), l.takes)
			s.queues = append(s.queues, ^l.air)
		}
	}
	s.at, s.ahead = make([]float64, len(s.queues)), make([]float64, len(s.queues))
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
	s.count(n.kernel.Now())
	s.rate, s.roots = rate/1e9, s.roots|influence
	n.flows()
}

// flows finds what streams pour into each queue. A queue lets all that comes pass up to
// its rate, a share of each stream alike, so what comes to one depends on those before it:
// by turns, until nothing changes. Where streams go round in a circle that may be never,
// so there is a last turn.
func (n *Network) flows() {
	turns, now := 1, n.kernel.Now()
	for i := range n.streams {
		n.streams[i].count(now)
		turns += len(n.streams[i].queues)
	}
	for i := range n.airs {
		n.airs[i].voiced(now)
		n.harmonise(&n.airs[i])
	}
	for changed := true; changed && turns > 0; turns-- {
		changed = n.turn()
	}
	for _, i := range n.poured {
		q := &n.queues[i]
		if q.current.next != q.current.rate {
			q.become(now, q.current.next)
		}
		n.mix(i)
		if q.desk >= 0 {
			n.stain(n.desks[q.desk].crew, q.current.influence)
		}
	}
}

// turn goes down all streams once, with what passed the queues in the turn before. It
// reports whether anything came out otherwise.
func (n *Network) turn() (changed bool) {
	for i := range n.streams {
		s := &n.streams[i]
		rate, roots, ahead, most := s.rate, s.roots, 0.0, -1.0
		for k, at := range s.queues {
			if at < 0 {
				left, all, news := n.sing(i, k, rate, roots)
				changed = changed || s.at[k] != rate || news
				s.at[k], rate, roots = rate, left, all
				continue
			}
			q := &n.queues[at]
			changed = changed || s.at[k] != rate || roots&^q.current.influence != 0
			s.at[k], s.ahead[k] = rate, ahead
			used := q.asked(q.current.next)
			if ahead = max(ahead, waits(used, s.size/q.rate)); used > most {
				s.busiest, most = at, used
			}
			rate = float64(rate * q.passing(q.current.next))
			roots |= q.current.influence
			q.current.influence, q.influence = roots, q.influence|roots
		}
		s.out = rate
	}
	for _, q := range n.poured {
		c := &n.queues[q].current
		c.next, c.units, c.before = 0, 0, 0
	}
	for i := range n.airs {
		n.harmonise(&n.airs[i])
	}
	for i := range n.streams {
		s := &n.streams[i]
		for k, q := range s.queues {
			if q < 0 {
				continue
			}
			c := &n.queues[q].current
			c.next += s.at[k]
			c.units += s.at[k] / s.size
			c.before += float64(s.ahead[k] * s.at[k])
		}
	}
	for _, q := range n.poured {
		changed = n.queues[q].risk(n.kernel.Now()) || changed
	}
	return changed
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
		q.busy = max(now.Add(vtime.Duration(math.Ceil(c.work))), c.left)
	}
}

// flow brings the current up to now.
func (q *queue) flow(now vtime.Time) {
	c := &q.current
	d := float64(now.Sub(c.since))
	c.since = now
	c.offer(float64(c.rate * d))
	room := q.room / q.rate
	if over := min(d, c.work-room); over > 0 { // only a message can be longer than there is room for
		c.drop(float64(c.rate * over))
		c.work -= over
		d -= over
	}
	if d == 0 {
		return
	}
	if c.rate < q.rate {
		c.drop(float64(float64(c.rate*c.chance) * d))
	}
	c.work += float64((c.rate/q.rate - 1) * d)
	switch {
	case c.work < 0:
		c.work = 0
	case c.work > room && c.rate > q.rate:
		over := c.work - room
		c.drop(float64(over*q.rate) + float64(float64(c.rate*c.chance)*over)/(c.rate/q.rate-1))
		c.work = room
	}
}

// counted is the count of the queue with that of its current, up to now.
func (q *queue) counted(now vtime.Time) LinkCount {
	was := q.current
	if was.rate > 0 {
		q.flow(now)
	}
	count := q.LinkCount
	count.Poured, count.Spilled = q.current.offered, q.current.dropped
	count.PouredMessages, count.SpilledMessages = q.current.came, q.current.lost
	count.Busy += vtime.Duration((count.Poured - count.Spilled) / q.rate)
	q.current = was
	return count
}

func (s *stream) archive(a *snapshot.Archive) {
	for _, x := range []*float64{&s.rate, &s.out, &s.sent, &s.got} {
		snapshot.Float(a, x)
	}
	snapshot.Int(a, &s.roots)
	snapshot.Int(a, &s.since)
	snapshot.Int(a, &s.busiest)
	snapshot.Column(a, s.at, snapshot.Float)
	snapshot.Column(a, s.ahead, snapshot.Float)
	if a.Reading() && s.busiest >= 0 && !slices.Contains(s.queues, s.busiest) {
		a.Fail("queue %d is used most by a stream that does not pass it", s.busiest)
		s.busiest = -1
	}
}

func (c *current) archive(a *snapshot.Archive) {
	for _, x := range []*float64{&c.rate, &c.work, &c.offered, &c.dropped, &c.grain, &c.ahead, &c.chance, &c.came, &c.lost, &c.beside, &c.first, &c.judged[0], &c.judged[1], &c.judged[2]} {
		snapshot.Float(a, x)
	}
	snapshot.Int(a, &c.since)
	snapshot.Int(a, &c.counted)
	snapshot.Int(a, &c.left)
	snapshot.Int(a, &c.influence)
	c.next = c.rate
}
