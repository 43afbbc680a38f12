package network

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/station"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A leg is a part of a way without a queue in it: from where a message was sent, or
// from a queue that it has left, to the next one, or to its receiver. Its first hop
// is that of the queue that it left, which it has still to cross.
type leg struct {
	first, last int32          // hops, in the direction of travel: before last
	latency     vtime.Duration // of them
	queue       int32          // at its end, -1: it arrives
	takes       vtime.Duration // that queue
	air         int32          // in place of a queue, of a radio link; -1
	desk, class int32          // where some go first: who serves it, -1: that queue; and how soon
}

// A passage is a path as messages or requests of a flow travel it.
type passage struct {
	hops  []Hop // in the direction of travel
	legs  []leg
	bytes int32
	door  int32 // the desk of the receiver's member 0, or of who is asked; -1: there is none
	class int32 // there
}

// passage compiles a path, which is travelled from its end if back is set. Flows that
// travel alike share it.
func (n *Network) passage(p *Path, back bool, bytes int32, d Door) *passage {
	w := &passage{hops: p.Hops, bytes: bytes, door: -1, class: d.Class}
	if d.Work > 0 {
		w.door = n.crews[d.Work-1].first
	}
	if back {
		w.hops = turned(p.Hops)
	}
	key := fmt.Sprint(w.hops, bytes, d, p.Urgent)
	if same := n.passages[key]; same != nil {
		return same
	}
	n.passages[key] = w
	l := leg{queue: -1, desk: -1, air: -1}
	for i, h := range w.hops {
		link := &n.Links[h.Link]
		if link.Radio != nil {
			l.last, l.air, l.takes = int32(i), n.airOf(h.Link), link.Radio.OnAir(bytes)
			w.legs = append(w.legs, l)
			l = leg{first: int32(i), queue: -1, desk: -1, air: -1}
		}
		if link.Bandwidth > 0 {
			l.last, l.queue = int32(i), n.queueOf(h)
			l.takes, l.desk = n.queues[l.queue].takes(bytes), n.queues[l.queue].desk
			if !slices.Contains(p.Urgent, h.Link) {
				l.class = 1
			}
			w.legs = append(w.legs, l)
			l = leg{first: int32(i), queue: -1, desk: -1, air: -1}
		}
		l.latency += link.Latency
	}
	l.last = int32(len(w.hops))
	w.legs = append(w.legs, l)
	return w
}

// turned returns the hops of the way back.
func turned(hops []Hop) []Hop {
	list := make([]Hop, len(hops))
	for i, h := range hops {
		list[len(hops)-1-i] = Hop{h.Link, !h.Back}
	}
	return list
}

// queueOf returns the queue of a hop.
func (n *Network) queueOf(h Hop) int32 {
	link := &n.Links[h.Link]
	h.Back = h.Back && !link.Shared
	if i, ok := n.queueAt[h]; ok {
		return i
	}
	i := int32(len(n.queues))
	n.queueAt[h] = i
	n.queues = append(n.queues, newQueue(link, h.Link, h.Back))
	if len(link.Priority) > 0 {
		n.queues[i].desk = n.counter(link, h)
	}
	return i
}

// counter makes the desk of one direction of a link that lets some go first.
func (n *Network) counter(link *Link, h Hop) (at int32) {
	n.crews = append(n.crews, crew{first: int32(len(n.desks)), link: h.Link})
	class := station.Class{Room: station.Unlimited, Bytes: link.room()}
	return n.desk(station.Model{
		Servers: 1, Service: station.Constant(0).PerByte(link.Bandwidth / 8), Classes: []station.Class{class, class},
	}, rng.New(n.seed, link.Name, "link"), n.Observer)
}

// waits reports whether messages may wait for others on their way.
func (w *passage) waits() bool { return len(w.legs) > 1 || w.door >= 0 }
