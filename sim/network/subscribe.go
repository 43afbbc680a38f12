package network

import (
	"math"

	"github.com/harmproof/harmproof/sim/des"
)

// publish is what the sender of a subscription does at the end of each of its
// intervals: it sends its values if one of them has changed since it did last, and
// the first time in any case. Where it sends nothing, the receiver is under the
// influence of what kept the values as they are all the same.
func (n *Network) publish(e des.Event, flow int) {
	f, r, m := &n.Flows[flow], &n.routes[flow], int(e.Member)
	n.kernel.Schedule(e.At.Add(n.host.Span(f.Sender, f.Period)), des.Deliver, f.SendAs, n.target, e.Member, e.Arg)
	if n.down[int(r.tells)+r.teller(m)] > 0 || n.stopped(r, flow, m, nil) {
		n.rest(r, m)
		return
	}
	l := &n.lanes[int(r.lane)+m]
	t := n.seal(r, flow, m, l.sent, false)
	if !r.plain {
		n.hear(r, m, n.kernel.Now())
	}
	n.fill(&t, n.kernel.Now())
	told, opening := n.keepAlive(&t)
	if news := n.news(&t); !told || !news && l.sent > 0 && !opening {
		if news { // which would have been lost
			n.meddle(flow, m, l.sent, false, 0)
		}
		n.silence(r, m, t.m.influence)
		n.pool.give(t.id, t.size())
		return
	}
	l.sent++
	n.Sent++
	delay, ok := n.cross(&t)
	if ok && opening {
		delay = n.introduce(&t, delay)
		n.touch(&t)
	}
	n.depart(&t, delay, ok)
}

// news reports whether a message carries other values than the one before, which it
// takes the place of.
func (n *Network) news(t *transit) (changed bool) {
	shown := n.shown[int(t.x.shown)+t.member*int(t.r.n):][:t.r.n]
	for i := range shown {
		x := *n.pool.value(t.m, int32(i))
		changed = changed || math.Float64bits(x) != math.Float64bits(shown[i])
		shown[i] = x
	}
	return changed
}
