package network

import "github.com/harmproof/harmproof/sim/vtime"

// receive is arrive for a message in an envelope.
func (n *Network) receive(id uint32, member int) {
	t := n.transit(id, member)
	if n.down[int(t.r.hears)+t.r.hearer(member)] > 0 {
		n.fail(&t, Lost, -1)
		return
	}
	if at := t.door(); at >= 0 {
		n.wait(&t, at, t.way.class)
		return
	}
	n.take(&t)
}

// take has the receiver of a message have it, which no longer waits for anything.
func (n *Network) take(t *transit) {
	if n.down[int(t.r.hears)+t.r.hearer(t.member)] > 0 {
		n.fail(t, Lost, -1)
		return
	}
	if f := &n.Flows[t.flow]; f.Asked() {
		n.touch(t)
	}
	fate := Arrived
	if n.admit(t) {
		n.Delivered++
		n.hand(t)
		if t.x.timed || len(t.x.gauges) > 0 {
			n.timed(t)
		}
	} else {
		fate = Refused
		n.Counts.Refused++
		n.silence(t.r, t.member, t.m.influence)
		n.missed(t.r, t.member, t.e.first, t.m.influence)
		n.strays(t.flow, t.e.first)
	}
	n.gone(t, fate, -1)
	n.resolve(t.flow, t.member, t.e.serial, fate, -1, t.m.influence)
	n.pool.give(t.id, t.size())
}

// admit asks the guard of the receiver, where there is one.
func (n *Network) admit(t *transit) bool {
	o := &n.offer
	o.Held = nil
	if t.x.guard < 0 || n.Gate == nil {
		return true
	}
	n.describe(t)
	accept := n.Gate.Admit(int32(t.flow), t.r.hearer(t.member), o)
	t.m.influence |= o.Influence
	k := 0
	for i := range n.Pairs(&n.Flows[t.flow]) {
		if n.offers(t, i) {
			*n.pool.value(t.m, int32(i)) = o.Values[k]
			k++
		}
	}
	return accept
}

// offers reports whether the guard of the receiver is to see a value of a message.
func (n *Network) offers(t *transit, i int) bool {
	return n.pairs[int(t.r.pair)+i].Object > 0 && !t.e.empty
}

// describe makes a message the offer. What was changed on its way shows only where
// it was signed; what is injected is signed by who injects it.
func (n *Network) describe(t *transit) {
	f, o := &n.Flows[t.flow], &n.offer
	n.objects, n.offered = n.objects[:0], n.offered[:0]
	for i := range n.Pairs(f) {
		if n.offers(t, i) {
			n.objects = append(n.objects, n.pairs[int(t.r.pair)+i].Object-1)
			n.offered = append(n.offered, *n.pool.value(t.m, int32(i)))
		}
	}
	n.objects = append(n.objects, f.Objects...)
	o.At, o.Sent, o.Counter = n.kernel.Now(), t.e.sent, t.e.counter
	o.Claimed, o.True, o.Flow, o.Lane = t.x.claims, f.Sender, int32(t.flow), f.Lane
	o.Verb, o.Bears = uint8(f.Verb), t.x.bears
	o.Altered = f.Security > None && t.m.meddled > 0 && !f.Silent
	o.Influence, o.Objects, o.Values = t.m.influence, n.objects, n.offered
}

// hand gives the values of a message to its receiver. One that was sent again and
// overtaken meanwhile has nothing new to say.
func (n *Network) hand(t *transit) {
	if t.e.empty || t.r.n == 0 {
		return
	}
	if n.overtaken(t) {
		n.silence(t.r, t.member, t.m.influence)
		n.bring(t)
		return
	}
	n.lanes[int(t.r.lane)+t.member].meddled = t.m.meddled
	n.store.By, n.store.Influence = t.r.by, t.m.influence
	k := 0
	for i := range t.r.n {
		p := &n.pairs[t.r.pair+i]
		if n.offer.Held != nil && p.Object > 0 {
			if k++; n.offer.Held[k-1] {
				n.store.Taint(p.To.At(t.member), t.m.influence)
				continue
			}
		}
		n.write(p, t.member, *n.pool.value(t.m, i))
	}
	n.bring(t)
	n.host.Delivered(t.r.device, t.r.hearer(t.member), t.m.influence)
	n.Swayed(t.r.device, t.m.influence)
}

// bring has the host take what a message carries beside its value. Such a flow has one value, and what one
// carries that was overtaken is as new as ever.
func (n *Network) bring(t *transit) {
	if t.r.carries != 0 && (n.offer.Held == nil || n.pairs[t.r.pair].Object == 0 || !n.offer.Held[0]) {
		n.host.Carried(t.r.carries, t.member, t.m.value, t.e.first, t.m.influence)
	}
}

// overtaken reports whether a member has heard a later message of a flow whose
// messages keep their order.
func (n *Network) overtaken(t *transit) bool {
	if n.Flows[t.flow].QoS == 0 || !t.r.ordered {
		return false
	}
	newest := &n.newest[int(t.x.newest)+t.member]
	if *newest > t.e.serial+1 {
		return true
	}
	*newest = t.e.serial + 1
	return false
}

// knock has a request come to the door of who is asked.
func (n *Network) knock(t *transit) {
	if at := t.door(); at >= 0 && n.down[int(t.r.tells)+t.r.teller(t.member)] == 0 {
		n.wait(t, at, t.way.class)
		return
	}
	n.reply(t)
}

// reply has who is asked answer a request.
func (n *Network) reply(t *transit) {
	if t.x.waits {
		n.asking[int(t.r.lane)+t.member] |= t.m.influence
	}
	flow, member, serial := t.flow, t.member, t.e.serial&(1<<requestBits-1)
	n.since = t.e.first
	n.pool.give(t.id, 0)
	n.answer(flow, member, serial)
	n.since = vtime.Never
}
