package network

import (
	"fmt"

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
}

// A passage is a path as messages or requests of a flow travel it.
type passage struct {
	hops  []Hop // in the direction of travel
	legs  []leg
	bytes int32
}

// passage compiles a path, which is travelled from its end if back is set. Flows that
// travel alike share it.
func (n *Network) passage(p *Path, back bool, bytes int32) *passage {
	w := &passage{hops: p.Hops, bytes: bytes}
	if back {
		w.hops = turned(p.Hops)
	}
	key := fmt.Sprint(w.hops, bytes)
	if same := n.passages[key]; same != nil {
		return same
	}
	n.passages[key] = w
	l := leg{queue: -1}
	for i, h := range w.hops {
		link := &n.Links[h.Link]
		if link.Bandwidth > 0 {
			l.last, l.queue = int32(i), n.queueOf(h)
			l.takes = n.queues[l.queue].takes(bytes)
			w.legs = append(w.legs, l)
			l = leg{first: int32(i), queue: -1}
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
	return i
}
