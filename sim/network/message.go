package network

import (
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A parcel is a message that waits for the end of the phase.
type parcel struct{ flow, member int32 }

// Telling says that what is told from now on is told by another handler: however
// much of a flow one handler tells, it is one message.
func (n *Network) Telling() { n.serials++ }

// Tell makes a flow's message to a member of its receiver be sent by Flush, or to
// all that hear the member of the sender that tells.
func (n *Network) Tell(flow int32, teller int) {
	r := &n.routes[flow]
	switch {
	case r.one < 0:
		n.tell(r, flow, teller)
	case int(r.one) == teller:
		for m := range n.Flows[flow].Count {
			n.tell(r, flow, int(m))
		}
	}
}

func (n *Network) tell(r *route, flow int32, member int) {
	if l := &n.lanes[int(r.lane)+member]; l.told != n.serials {
		l.told = n.serials
		n.outbox = append(n.outbox, parcel{flow, int32(member)})
	}
}

// Flush sends what was told in the phase that was committed.
func (n *Network) Flush() {
	for _, p := range n.outbox {
		n.Send(int(p.flow), int(p.member))
	}
	n.outbox = n.outbox[:0]
}

// Discard forgets what was told.
func (n *Network) Discard() { n.outbox = n.outbox[:0] }

// Send sends a message with the values that the flow's cells now show.
func (n *Network) Send(flow, member int) {
	r := &n.routes[flow]
	if r.extra >= 0 && n.stopped(r, flow, member, nil) {
		return
	}
	l := &n.lanes[int(r.lane)+member]
	serial := l.sent
	l.sent++
	n.send(r, l, flow, member, serial)
}

// send sends the message, or the answer to the request, of the number.
func (n *Network) send(r *route, l *lane, flow, member int, serial uint64) {
	n.Sent++
	if r.extra >= 0 {
		n.dispatch(r, flow, member, serial)
		return
	}
	now := n.kernel.Now()
	at := now.Add(max(r.latency, 1))
	if !r.plain {
		n.hear(r, member, now)
		var ok bool
		if at, ok = n.travel(r, flow, member, serial, false); !ok {
			n.overheard(flow, member, at)
			return
		}
	}
	if r.ordered {
		at = max(at, l.last)
		l.last = at
	}
	n.overheard(flow, member, at)
	id := n.pool.take(r.n)
	m := &n.pool.messages[id]
	m.flow, m.influence, m.meddled = int32(flow), 0, 0
	if r.plain {
		n.load(r, m, member)
	} else {
		n.loadFolded(r, m, flow, member, now)
	}
	n.kernel.Schedule(at, des.Deliver, r.sendAs, n.target, uint32(member), arrives|uint64(id))
}

// load puts the values into a message.
func (n *Network) load(r *route, m *message, member int) {
	if r.n == 0 {
		return
	}
	pairs := n.pairs[r.pair : r.pair+r.n]
	slot := pairs[0].From.At(member)
	m.value, m.influence = n.store.V[slot], n.store.Stamp(slot).Influence
	for i := 1; i < len(pairs); i++ {
		slot := pairs[i].From.At(member)
		m.influence |= n.store.Stamp(slot).Influence
		n.pool.values[int(m.block)+i-1] = n.store.V[slot]
	}
}

// loadFolded puts the values into a message as injections make them.
func (n *Network) loadFolded(r *route, m *message, flow, member int, now vtime.Time) {
	n.load(r, m, member)
	m.influence |= n.disturbance(flow)
	for i := range r.n {
		p := &n.pairs[r.pair+i]
		if p.Point < 0 {
			continue
		}
		point := &n.store.Points[int(p.Point)+r.teller(member)]
		*n.pool.value(m, i) = point.Fold(n.store.V[p.From.At(member)], now)
		m.influence |= point.Roots()
		if point.Layers() > 0 {
			m.meddled = int32(point.Top()) + 1
		}
	}
}

// hear tells the points of a flow what is told, whether it arrives or not.
func (n *Network) hear(r *route, member int, now vtime.Time) {
	for i := range r.n {
		if p := &n.pairs[r.pair+i]; p.Point >= 0 {
			n.store.Points[int(p.Point)+r.teller(member)].Hear(n.store.V[p.From.At(member)], now)
		}
	}
}

// arrive writes a message's values to the cells that hear them.
func (n *Network) arrive(id uint32, member int) {
	m := &n.pool.messages[id]
	r := &n.routes[m.flow]
	if r.extra >= 0 {
		n.receive(id, member)
		return
	}
	if n.down[int(r.hears)+r.hearer(member)] == 0 {
		n.Delivered++
		n.lanes[int(r.lane)+member].meddled = m.meddled
		n.store.By, n.store.Influence = r.by, m.influence
		n.write(&n.pairs[r.pair], member, m.value)
		for i := int32(1); i < r.n; i++ {
			n.write(&n.pairs[r.pair+i], member, n.pool.values[m.block+i-1])
		}
		if r.carries != 0 {
			n.host.Carried(r.carries, member, m.value, n.kernel.Now(), m.influence)
		}
		n.host.Delivered(r.device, r.hearer(member), m.influence)
		if m.influence != 0 {
			n.Swayed(r.device, m.influence)
		}
	} else {
		n.Lost++
		n.silence(r, member, m.influence)
		if n.ear != nil {
			n.ear.Deserted(m.flow, member)
		}
	}
	n.pool.give(id, r.n)
}

// overheard tells the ear of a plain message that leaves.
func (n *Network) overheard(flow, member int, arrives vtime.Time) {
	if n.ear != nil {
		n.ear.Passed(int32(flow), member, false, arrives)
	}
}

func (n *Network) write(p *Pair, member int, value float64) {
	n.store.Set(p.To.At(member), value)
	if p.News.Slot > signal.Clock {
		news := p.News.At(member)
		n.store.Set(news, n.store.V[news]+1)
	}
}

// Meddled returns the place of the step that is behind what a member was told
// last, or was not told since.
func (n *Network) Meddled(flow, member int) (place int, ok bool) {
	place = int(n.lanes[int(n.routes[flow].lane)+member].meddled) - 1
	return place, place >= 0
}
