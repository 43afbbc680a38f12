package network

import (
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An envelope is what a message says of itself, and how far it has come.
type envelope struct {
	sent    vtime.Time // when it says that it was sent
	began   vtime.Time // when it was sent last
	counter uint64     // what it says it is numbered
	serial  uint64     // what it is numbered
	leg     uint16
	first   vtime.Time // when it was sent first; of an answer when that was asked for
	came    vtime.Time // when it came to a radio link
	again   uint8      // how often it was sent again
	request bool
	empty   bool // it carries no values although its flow does
}

// A transit is a message on its way, with what belongs to it.
type transit struct {
	id     uint32
	flow   int
	member int
	r      *route
	x      *extra
	m      *message
	e      *envelope
	way    *passage
}

func (n *Network) transit(id uint32, member int) transit {
	m := &n.pool.messages[id]
	r := &n.routes[m.flow]
	t := transit{id: id, flow: int(m.flow), member: member, r: r, x: &n.extras[r.extra], m: m, e: &n.pool.envelopes[id]}
	t.way = t.x.there
	if t.e.request {
		t.way = t.x.back
	}
	return t
}

// size returns how many values a message has in the pool.
func (t *transit) size() int32 {
	if t.e.request {
		return 0
	}
	return t.r.n
}

// seal takes a message out of the pool, in an envelope.
func (n *Network) seal(r *route, flow, member int, serial uint64, request bool) transit {
	values := r.n
	if request {
		values = 0
	}
	id := n.pool.take(values)
	n.pool.seal(id)
	m := &n.pool.messages[id]
	m.flow, m.influence, m.meddled, m.value = int32(flow), 0, 0, 0
	now := n.kernel.Now()
	n.pool.envelopes[id] = envelope{sent: now, began: now, first: min(now, n.since), counter: serial, serial: serial, request: request}
	return n.transit(id, member)
}

// dispatch sends a message in an envelope, with the values that the flow's cells now
// show. Its luck on the first leg comes before, since a message that is lost there
// shows nobody what a layer makes of its values.
func (n *Network) dispatch(r *route, flow, member int, serial uint64) {
	t := n.seal(r, flow, member, serial, false)
	now := n.kernel.Now()
	if !r.plain {
		n.hear(r, member, now)
	}
	delay, ok := n.cross(&t)
	if ok || t.again(n) {
		n.fill(&t, now)
	} else {
		n.load(r, t.m, member)
	}
	n.depart(&t, delay, ok)
}

// depart has a message leave that crosses its first leg in a time, or is lost there.
func (n *Network) depart(t *transit, delay vtime.Duration, ok bool) {
	if t.x.waits {
		t.m.influence |= n.asking[int(t.r.lane)+t.member]
	}
	if !t.r.plain {
		t.m.influence |= n.disturbance(t.flow)
	}
	if s := n.hold(t.x, t.member); s != nil && s.opening { // the answer comes later, too
		t.m.influence |= s.influence
	}
	n.sent(t)
	n.affect(t)
	if !ok {
		n.fail(t, Lost, -1)
	} else {
		n.advance(t, n.kernel.Now(), delay)
	}
	n.holds = 0
}

// fill loads what a message carries.
func (n *Network) fill(t *transit, now vtime.Time) {
	if t.r.plain {
		n.load(t.r, t.m, t.member)
		return
	}
	n.loadFolded(t.r, t.m, t.flow, t.member, now)
}

// request sends the request of a poll in an envelope.
func (n *Network) request(r *route, flow, member int, serial uint64) {
	t := n.seal(r, flow, member, serial, true)
	delay, ok := n.cross(&t)
	if s := n.hold(t.x, member); n.resume(s, &n.Flows[flow]) {
		delay = n.introduce(&t, delay)
	}
	n.depart(&t, delay, ok)
}

// cross draws how long a message takes for its leg, or that it is lost there. What an
// injection does to it, it does on the first one.
func (n *Network) cross(t *transit) (delay vtime.Duration, arrives bool) {
	leg := &t.way.legs[t.e.leg]
	delay = leg.latency
	if t.r.fate < 0 {
		return delay, true
	}
	ft := &n.fates[t.r.fate]
	if ft.lucky {
		if delay, arrives = n.chance(ft, t, leg); !arrives {
			return 0, false
		}
	}
	if ft.disturbed > 0 && t.e.leg == 0 {
		return n.meddle(t.flow, t.member, t.e.serial, t.e.request, delay)
	}
	return delay, true
}

// chance draws the jitter and the loss of the links of a leg.
func (n *Network) chance(ft *fate, t *transit, leg *leg) (delay vtime.Duration, arrives bool) {
	l, hops := &ft.message, len(t.way.hops)
	if t.e.request {
		l = &ft.request
	}
	for i := leg.first; i < leg.last; i++ {
		hop := int(i)
		if t.e.request { // counted from the end of who tells, as the answer does
			hop = hops - 1 - hop
		}
		occurrence := t.e.serial*uint64(hops) + uint64(hop) | uint64(t.e.again)<<60
		link := &n.Links[t.way.hops[i].Link]
		d, ok := l.draw(link, t.member, occurrence)
		if !ok {
			return 0, false
		}
		delay += d
	}
	return delay, true
}

// advance takes a message to the end of its leg, which it began at a time and takes
// so long for.
func (n *Network) advance(t *transit, from vtime.Time, delay vtime.Duration) {
	at := from.Add(delay)
	leg := &t.way.legs[t.e.leg]
	if leg.queue >= 0 || leg.air >= 0 {
		at = n.keepOrder(t, at)
		if at == n.kernel.Now() {
			n.enter(t)
			return
		}
		n.kernel.Schedule(at, des.Deliver, n.source(t), n.target, uint32(t.member), passes|uint64(t.id))
		return
	}
	if t.e.request {
		n.reach(t, max(at, n.kernel.Now()+1))
		return
	}
	if n.Flows[t.flow].QoS > 1 { // it is kept until the sender has confirmed it
		at = at.Add(2 * t.r.latency)
	}
	at = n.keepOrder(t, max(at, n.kernel.Now()+1))
	n.kernel.Schedule(at, des.Deliver, t.r.sendAs, n.target, uint32(t.member), arrives|uint64(t.id))
}

// reach has the one who is asked hear the request.
func (n *Network) reach(t *transit, at vtime.Time) {
	if t.x.waits {
		n.asking[int(t.r.lane)+t.member] |= t.m.influence
	}
	if t.way.door >= 0 || t.x.timed || len(t.x.gauges) > 0 {
		n.kernel.Schedule(at, des.Deliver, n.source(t), n.target, uint32(t.member), passes|comes|uint64(t.id))
		return
	}
	request := t.e.serial & (1<<requestBits - 1)
	n.kernel.Schedule(at, des.Deliver, n.source(t), n.target, uint32(t.member), asked|uint64(t.flow)<<requestBits|request)
	n.pool.give(t.id, 0)
}

func (n *Network) source(t *transit) des.Source {
	if t.e.request {
		return n.Flows[t.flow].AskAs
	}
	return t.r.sendAs
}

// keepOrder returns when a message comes to the end of its leg, where it cannot
// overtake those of its flow before it. One that is sent again is too late for that.
func (n *Network) keepOrder(t *transit, at vtime.Time) vtime.Time {
	if !t.r.ordered || t.e.request || t.e.again > 0 {
		return at
	}
	last := &n.lanes[int(t.r.lane)+t.member].last
	if legs := len(t.way.legs); legs > 1 {
		last = &n.order[int(t.x.order)+t.member*legs+int(t.e.leg)]
	}
	*last = max(*last, at)
	return *last
}

// enter puts a message into the queue at the end of its leg.
func (n *Network) enter(t *transit) {
	leg := &t.way.legs[t.e.leg]
	if leg.air >= 0 {
		n.transmit(t, leg)
		return
	}
	q := &n.queues[leg.queue]
	if leg.desk >= 0 && (leg.class == 0 || !q.poured(n.kernel.Now())) {
		n.goesFirst(t, leg)
		n.wait(t, leg.desk, leg.class)
		return
	}
	if leg.desk >= 0 {
		n.stain(n.desks[leg.desk].crew, t.m.influence)
		q.influence |= n.crews[n.desks[leg.desk].crew].influence
		defer n.changed(leg.desk)
	}
	leaves, ok := n.join(t, q, leg)
	if q.influence&^t.m.influence != 0 { // it might have come earlier, or in vain
		t.m.influence |= q.influence
		n.affect(t)
		n.silence(t.r, t.member, t.m.influence)
	}
	if !ok {
		n.fail(t, Dropped, q.Link)
		return
	}
	n.leave(t, leaves, q.Link)
}

// leave has a message go on from a link that it leaves at a time.
func (n *Network) leave(t *transit, at vtime.Time, link int32) {
	t.e.leg++
	if delay, ok := n.cross(t); ok {
		n.advance(t, at, delay)
	} else {
		n.fail(t, Lost, link)
	}
}

// join offers a message to a queue, in which a current may leave no room.
func (n *Network) join(t *transit, q *queue, leg *leg) (leaves vtime.Time, ok bool) {
	if q.current.rate == 0 {
		leaves, ok = q.offer(n.kernel.Now(), t.way.bytes, leg.takes)
	} else {
		leaves, ok = n.joinStream(t, q, leg)
	}
	if ok {
		q.delay.Add(leaves.Sub(n.kernel.Now()))
	}
	if len(q.gauges) > 0 {
		n.gauged(q, leaves, leg.takes, ok)
	}
	return leaves, ok
}

// joinStream offers a message to a queue into which streams pour.
func (n *Network) joinStream(t *transit, q *queue, leg *leg) (leaves vtime.Time, ok bool) {
	return q.offerInto(n.kernel.Now(), t.way.bytes, leg.takes, n.luck(t))
}

// luck is that of a message on its leg, from 0 to 1.
func (n *Network) luck(t *transit) float64 { return n.luckOf(t, 0) }

// luckOf is luck that is used for something else, of a mark that numbers do not have.
func (n *Network) luckOf(t *transit, mark uint64) float64 {
	key := t.x.luck[0]
	if t.e.request {
		key = t.x.luck[1]
	}
	occurrence := t.e.serial*uint64(len(t.way.legs)) + uint64(t.e.leg) | uint64(t.e.again)<<60
	return key.Member(t.member).Float64(occurrence | mark)
}

// affect puts the queues that a message has before it under its influence: without
// that it might have come to them at another time, or not at all.
func (n *Network) affect(t *transit) {
	if t.m.influence == 0 {
		return
	}
	for i := int(t.e.leg); i < len(t.way.legs)-1; i++ {
		if l := &t.way.legs[i]; l.air >= 0 {
			n.stain(n.airs[l.air].crew, t.m.influence)
		} else if l.desk >= 0 {
			n.stain(n.desks[l.desk].crew, t.m.influence)
		} else {
			n.queues[l.queue].influence |= t.m.influence
		}
	}
	if t.way.door >= 0 {
		n.stain(n.desks[t.way.door].crew, t.m.influence)
	}
}

// again reports whether a message that is lost will be sent again.
func (t *transit) again(n *Network) bool {
	return !t.e.request && n.Flows[t.flow].QoS > 0 && t.e.again < maxAgain
}

// fail ends a message that will not arrive, or has it sent again.
func (n *Network) fail(t *transit, fate Fate, where int32) {
	n.gone(t, fate, where)
	if s := n.hold(t.x, t.member); s != nil {
		s.influence |= t.m.influence
	}
	n.silence(t.r, t.member, t.m.influence)
	if t.again(n) {
		n.Again++
		t.e.again++
		t.e.leg = 0
		n.affect(t)
		at := max(t.e.began.Add(n.Flows[t.flow].Retry), n.kernel.Now()+1)
		n.kernel.Schedule(at, des.Deliver, t.r.sendAs, n.target, uint32(t.member), passes|uint64(t.id)|afresh)
		return
	}
	n.Counts.Lost++
	if fate == Dropped {
		n.Counts.Dropped++
	}
	if !t.e.request {
		n.resolve(t.flow, t.member, t.e.serial, fate, where, t.m.influence)
	}
	n.missed(t.r, t.member, t.e.first, t.m.influence)
	n.strays(t.flow, t.e.first)
	n.pool.give(t.id, t.size())
}

// strays tells the host that what a message brings does not come.
func (n *Network) strays(flow int, sent vtime.Time) {
	if f := &n.Flows[flow]; f.Dated {
		n.host.Strayed(f.Carries, sent)
	}
}

// What an event is beside that of a message that has come to a queue.
const (
	afresh = 1 << (32 + iota) // a message is sent again
	comes                     // a request has come to who is asked, who needs to know more than its number
	served                    // a desk, below, has served somebody
	turns                     // somebody in a queue, below, does not wait any more
	over                      // the run is
	goes                      // a message goes on the air
	lands                     // one is off the air, below, again
	heard                     // single messages on the air, below, were counted
)

// pass goes on with a message that has come to a queue, or is sent again.
func (n *Network) pass(arg uint64, member int) {
	switch arg &^ (1<<32 - 1) {
	case served:
		n.serve(int32(uint32(arg)))
		return
	case turns:
		n.step(&n.queues[uint32(arg)])
		return
	case over:
		n.Refresh()
		return
	case lands:
		n.land(int32(uint32(arg)))
		return
	case heard:
		n.hearken(int32(uint32(arg)))
		return
	}
	t := n.transit(uint32(arg), member)
	switch {
	case arg&goes > 0:
		n.broadcast(&t)
	case arg&comes > 0:
		n.knock(&t)
	case arg&afresh > 0:
		t.e.began = n.kernel.Now()
		delay, ok := n.cross(&t)
		n.depart(&t, delay, ok)
	default:
		n.enter(&t)
	}
}

// silence notes that a member was not told what it might have been, under an
// influence.
func (n *Network) silence(r *route, member int, influence signal.Mask) {
	if influence == 0 {
		return
	}
	pairs := n.pairs[r.pair : r.pair+r.n]
	for i := range pairs {
		n.store.Taint(pairs[i].To.At(member), influence)
	}
	if r.extra >= 0 {
		for _, g := range n.extras[r.extra].gauges {
			n.stainGauge(g, influence)
		}
	}
	n.host.Missed(r.device, r.hearer(member), influence)
	n.Swayed(r.device, influence)
}
