package network

import (
	"cmp"
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A queue is one direction of a link with a bandwidth: messages leave it one after
// the other, in the order in which they came. As it serves them at a constant rate,
// when it will be done is all that it needs to know of those who wait.
//
// Who waits, and for how long, may depend on each message that came before, and on
// each that would have come at another time if it had not been for an injection. So
// the influence of a queue is that of all that came or might have come, for good.
type queue struct {
	rate      float64    // bytes in a nanosecond
	room      float64    // bytes
	busy      vtime.Time // when all that came will have left
	influence signal.Mask
	current   current
	desk      int32            // that serves it in place of this, where some go first; -1
	delay     *quantile.Sketch // of those that it took in, to when they left
	gauges    []int32
	line      []waiter // from head on who waits, where there are gauges
	head      int
	turn      des.Timer // of the first of them
	LinkCount
}

// A LinkCount is what a link with a bandwidth carried in one direction.
type LinkCount struct {
	Link    int32 // index in Book.Links
	Back    bool
	Offered uint64         // messages and requests that came to it
	Dropped uint64         // of them, because too much waited
	Bytes   uint64         // that it carried
	Busy    vtime.Duration // it took for that
	Longest vtime.Duration // that one waited
	// Poured is what streams brought beside the messages, and Spilled what of that was
	// dropped, in bytes. Busy includes what they took.
	Poured, Spilled float64
	// PouredMessages and SpilledMessages are as many as messages.
	PouredMessages, SpilledMessages float64
}

// Utilisation returns the share of the time that the link carried something.
func (c *LinkCount) Utilisation(until vtime.Time) float64 {
	if until <= 0 {
		return 0
	}
	return math.Min(1, float64(c.Busy)/float64(until))
}

func newQueue(l *Link, index int32, back bool) queue {
	return queue{
		LinkCount: LinkCount{Link: index, Back: back},
		rate:      l.Bandwidth / 8e9, room: float64(l.room()), desk: -1, delay: new(quantile.Sketch),
	}
}

// takes returns how long the link takes to send so many bytes.
func (q *queue) takes(bytes int32) vtime.Duration {
	ns := math.Ceil(float64(bytes) / q.rate)
	if ns >= 1<<62 {
		return 1 << 62
	}
	return max(1, vtime.Duration(ns))
}

// offer puts a message that takes so long into the queue and returns when it will
// have left, or that there is no room. What is on its way out counts as waiting until
// it has left.
func (q *queue) offer(now vtime.Time, bytes int32, takes vtime.Duration) (leaves vtime.Time, ok bool) {
	q.Offered++
	wait := max(0, q.busy.Sub(now))
	if wait > 0 && math.Floor(float64(float64(wait)*q.rate))+float64(bytes) > q.room {
		q.Dropped++
		return 0, false
	}
	q.Bytes += uint64(bytes)
	q.Busy += takes
	q.Longest = max(q.Longest, wait)
	q.busy = max(q.busy, now).Add(takes)
	return q.busy, true
}

func (q *queue) archive(a *snapshot.Archive) {
	snapshot.Int(a, &q.busy)
	snapshot.Int(a, &q.influence)
	q.current.archive(a)
	snapshot.Int(a, &q.Offered)
	snapshot.Int(a, &q.Dropped)
	snapshot.Int(a, &q.Bytes)
	snapshot.Int(a, &q.Busy)
	snapshot.Int(a, &q.Longest)
	q.delay.Archive(a)
	snapshot.Slice(a, &q.line, func(a *snapshot.Archive, w *waiter) { w.archive(a) })
	if snapshot.Int(a, &q.head); q.head < 0 || q.head > len(q.line) {
		a.Fail("%d of %d do not wait for a link any more", q.head, len(q.line))
	}
}

// LinkCounts returns what the links with a bandwidth carried, each direction that a
// flow takes apart, in the order of the links.
func (n *Network) LinkCounts() []LinkCount {
	list := make([]LinkCount, len(n.queues))
	for i := range n.queues {
		list[i] = n.carried(&n.queues[i])
	}
	slices.SortFunc(list, func(a, b LinkCount) int {
		if c := cmp.Compare(a.Link, b.Link); c != 0 || a.Back == b.Back {
			return c
		}
		if b.Back {
			return -1
		}
		return 1
	})
	return list
}

// Swayed says that a device is under an influence: what it sends, or does not send,
// makes others wait, or does not. The network knows it of whoever it tells something
// itself.
func (n *Network) Swayed(device int32, influence signal.Mask) {
	if influence == 0 || int(device) >= len(n.sways) {
		return
	}
	for _, q := range n.sways[device] {
		if q < 0 {
			n.stain(^q, influence)
		} else {
			n.queues[q].influence |= influence
		}
	}
}

// sway notes which queues the messages and requests of a device pass.
func (n *Network) sway(device int32, w *passage) {
	for i := range w.legs {
		if l := &w.legs[i]; l.queue >= 0 && l.desk < 0 {
			n.depends(device, l.queue)
		}
	}
}

// depends notes that a queue, or with a negative number a crew, is as a device makes it.
func (n *Network) depends(device, on int32) {
	for len(n.sways) <= int(device) {
		n.sways = append(n.sways, nil)
	}
	if !slices.Contains(n.sways[device], on) {
		n.sways[device] = append(n.sways[device], on)
	}
}

// carried returns what one direction of a link carried.
func (n *Network) carried(q *queue) LinkCount {
	now := n.kernel.Now()
	if q.desk < 0 {
		return q.counted(now)
	}
	c, d := q.counted(now), &n.desks[q.desk]
	for class := range 2 {
		of := d.station.Count(class)
		c.Offered += of.Offered
		c.Dropped += of.Dropped
		c.Longest = max(c.Longest, of.Wait.Max())
	}
	c.Bytes += d.bytes
	c.Busy += d.station.Busy(0, now)
	return c
}
