package network

// packet describes a message for the tap.
func (n *Network) packet(t *transit) *Packet {
	p := &n.seen
	*p = Packet{
		Flow: int32(t.flow), Member: t.member, Serial: t.e.serial, Request: t.e.request, Again: t.e.again,
		At: n.kernel.Now(), Began: t.e.began, Bytes: t.way.bytes, Changed: t.m.meddled - 1, Held: n.holds - 1, Values: p.Values[:0],
	}
	if !t.e.request && !t.e.empty {
		for i := range t.r.n {
			p.Values = append(p.Values, *n.pool.value(t.m, i))
		}
	}
	return p
}

// sent shows the tap a message that leaves.
func (n *Network) sent(t *transit) {
	if n.tap != nil {
		n.tap.Sent(n.packet(t))
	}
}

// gone tells the tap what became of a message.
func (n *Network) gone(t *transit, fate Fate, where int32) {
	if n.tap != nil {
		n.tap.Gone(n.packet(t), fate, where)
	}
}

// heard tells the tap that a request has come, whether somebody answers it or not.
func (n *Network) heard(r *route, flow, member int, serial uint64) {
	n.seen = Packet{
		Flow: int32(flow), Member: member, Serial: serial, Request: true, At: n.kernel.Now(), Began: n.kernel.Now(),
		Bytes: n.extras[r.extra].back.bytes, Changed: -1, Held: -1, Values: n.seen.Values[:0],
	}
	n.tap.Gone(&n.seen, Arrived, -1)
}

// barred shows the tap a message that cannot be sent, with the values that it would
// have carried: those that are injected, or those that the flow's cells show.
func (n *Network) barred(r *route, flow, member int, values []float64, fate Fate) {
	f, x, p := &n.Flows[flow], &n.extras[r.extra], &n.seen
	*p = Packet{
		Flow: int32(flow), Member: member, Serial: n.lanes[int(r.lane)+member].sent, Request: f.Asked(), At: n.kernel.Now(), Began: n.kernel.Now(),
		Bytes: x.there.bytes, Changed: -1, Held: -1, Values: append(p.Values[:0], values...),
	}
	switch {
	case p.Request:
		p.Bytes = x.back.bytes
	case !f.Silent:
		for _, pair := range n.Pairs(f) {
			p.Values = append(p.Values, n.store.V[pair.From.At(member)])
		}
	}
	n.tap.Gone(p, fate, -1)
}

// unseal gives the messages that travel without an envelope one, since a tap listens.
func (n *Network) unseal(before int) {
	if len(n.pool.messages) == 0 {
		return
	}
	n.pool.seal(uint32(len(n.pool.messages) - 1))
	for i := range n.pool.messages {
		if int(n.routes[n.pool.messages[i].flow].extra) >= before {
			n.pool.envelopes[i] = envelope{}
		}
	}
}
