package network

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Inject sends a message of a flow with values of its own rather than those that the
// flow's cells show, now and with its next number. Where there are fewer values than
// the flow has, the message carries none. It returns the number by which the Watcher
// hears of the message.
func (n *Network) Inject(flow, member int, values []float64, influence signal.Mask) (serial uint64) {
	now := n.kernel.Now()
	return n.Replay(flow, member, values, influence, now, n.lanes[int(n.routes[flow].lane)+member].sent)
}

// Replay is Inject for a message that says of itself when it was sent and how it is
// numbered.
func (n *Network) Replay(flow, member int, values []float64, influence signal.Mask, sent vtime.Time, counter uint64) (serial uint64) {
	r := &n.routes[flow]
	l := &n.lanes[int(r.lane)+member]
	if n.stopped(r, flow, member, values) {
		return l.sent
	}
	serial = l.sent
	l.sent++
	n.Sent++
	t := n.seal(r, flow, member, serial, false)
	t.e.sent, t.e.counter = sent, counter
	t.m.influence = influence
	if t.e.empty = len(values) < int(r.n); !t.e.empty {
		for i := range r.n {
			*n.pool.value(t.m, i) = values[i]
		}
	}
	delay, ok := n.cross(&t)
	n.depart(&t, delay, ok)
	return serial
}

// Number returns how many messages or requests a flow has sent to a member so far,
// which is the number of its next one.
func (n *Network) Number(flow, member int) uint64 {
	return n.lanes[int(n.routes[flow].lane)+member].sent
}

// Told appends what the cells show that a flow would write at a member.
func (n *Network) Told(flow, member int, values []float64) []float64 {
	for _, p := range n.Pairs(&n.Flows[flow]) {
		values = append(values, n.store.V[p.To.At(member)])
	}
	return values
}

// Flood sends messages without values to every member of a Silent flow's receiver,
// one now and then so often, until Quell.
func (n *Network) Flood(flow int, every vtime.Duration, influence signal.Mask) {
	x := &n.extras[n.routes[flow].extra]
	x.every, x.roots = max(1, every), influence
	n.flood(flow)
}

// Quell ends a flood.
func (n *Network) Quell(flow int) {
	n.kernel.Cancel(n.extras[n.routes[flow].extra].flood)
}

func (n *Network) flood(flow int) {
	r := &n.routes[flow]
	x := &n.extras[r.extra]
	for m := range int(n.Flows[flow].Count) {
		if n.down[int(r.tells)+r.teller(m)] == 0 {
			n.Inject(flow, m, nil, x.roots)
		}
	}
	n.kernel.Arm(x.flood, n.kernel.Now().Add(x.every))
}

// Carried returns how many messages and requests of a flow were sent so far.
func (n *Network) Carried(flow int) (count uint64) {
	r := &n.routes[flow]
	for i := range n.lanes[r.lane : r.lane+n.Flows[flow].Count] {
		l := &n.lanes[int(r.lane)+i]
		count += l.sent - uint64(l.unsent)
	}
	return count
}
