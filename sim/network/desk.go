package network

import (
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/station"
)

// A Work is what a device needs for each message that it is told, and each request that it is
// asked, before it acts on it. Each member has servers of its own, before which they wait.
type Work struct {
	Device  int32
	Members int32
	Station station.Model // but for its Key
}

// A Door is where messages of a flow wait to be served.
type Door struct {
	Work  int32 // among Book.Works, from 1 on; 0: nowhere
	Class int32 // of the station there
}

// A desk is where messages are served: by a member of a device, or by one direction of a link
// that lets some go first.
type desk struct {
	station *station.Station
	timer   des.Timer // of who leaves next
	crew    int32
	bytes   uint64 // of those that it served
}

// A crew is the desks of all members of a device, or the one of a link.
//
// Who waits there, and for how long, may depend on each message that came, or would have come
// if it had not been for an injection: even on one that comes later, where that goes first. So
// when it comes under an influence all that is told through it does, for good.
type crew struct {
	first     int32 // of its desks
	link      int32 // -1: it is a device's
	flows     []int32
	gauges    []int32
	influence signal.Mask
}

// open makes the desks of all devices with work.
func (n *Network) open() {
	for i := range n.Works {
		w := &n.Works[i]
		n.crews = append(n.crews, crew{first: int32(len(n.desks)), link: -1})
		key := rng.New(n.seed, n.Name(w.Device), "work")
		for m := range w.Members {
			n.desk(w.Station, key.Member(int(m)), des.Source(w.Device))
		}
	}
}

// desk makes one more desk of the crew that was made last. What could be wrong with its model
// was checked when the book was made.
func (n *Network) desk(m station.Model, key rng.Key, source des.Source) (at int32) {
	m.Key = key
	s, err := station.New(m)
	if err != nil {
		panic("network: " + err.Error())
	}
	at = int32(len(n.desks))
	timer := n.kernel.NewTimer(des.Deliver, source, n.target, 0, passes|served|uint64(at))
	n.desks = append(n.desks, desk{station: s, timer: timer, crew: int32(len(n.crews) - 1)})
	return at
}

// attend notes at which desks the messages of a flow wait that take a way.
func (n *Network) attend(w *passage, f *Flow, flow int) {
	enlist := func(c int32) {
		if flows := &n.crews[c].flows; !slices.Contains(*flows, int32(flow)) {
			*flows = append(*flows, int32(flow))
		}
		n.depends(f.Sender, ^c)
		n.depends(f.Receiver, ^c)
	}
	if w.door >= 0 {
		enlist(n.desks[w.door].crew)
	}
	for i := range w.legs {
		if at := w.legs[i].desk; at >= 0 {
			enlist(n.desks[at].crew)
		}
		if at := w.legs[i].air; at >= 0 {
			enlist(n.airs[at].crew)
		}
	}
}

// door returns the desk at which a message is served in the end, or -1.
func (t *transit) door() int32 {
	switch {
	case t.way.door < 0:
		return -1
	case t.e.request:
		return t.way.door + int32(t.r.teller(t.member))
	}
	return t.way.door + int32(t.r.hearer(t.member))
}

// wait has a message be served at a desk, which it waits for where somebody else is.
func (n *Network) wait(t *transit, at, class int32) {
	d := &n.desks[at]
	n.stain(d.crew, t.m.influence)
	if more := n.crews[d.crew].influence; more&^t.m.influence != 0 {
		t.m.influence |= more
		n.affect(t)
	}
	fate := d.station.Offer(n.kernel.Now(), station.Message{
		ID: n.number(t), Size: t.way.bytes, Class: class, Tag: uint64(t.member)<<32 | uint64(t.id),
	})
	if fate == station.Dropped || fate == station.Limited {
		n.changed(at)
		n.fail(t, Dropped, n.crews[d.crew].link)
		return
	}
	n.kernel.Arm(d.timer, d.station.Next())
	n.changed(at)
}

// number returns the number that the luck of a message goes by where it is served: so it is its
// own, whoever else comes.
func (n *Network) number(t *transit) uint64 {
	key := t.x.luck[0]
	if t.e.request {
		key = t.x.luck[1]
	}
	return key.Member(t.member).Uint64(t.e.serial*uint64(len(t.way.legs)) + uint64(t.e.leg) | uint64(t.e.again)<<60)
}

// serve lets those go on whom a desk has served by now.
func (n *Network) serve(at int32) {
	now := n.kernel.Now()
	for n.desks[at].station.Next() <= now {
		d := &n.desks[at]
		done := d.station.Finish()
		d.bytes += uint64(done.Size)
		t := n.transit(uint32(done.Tag), int(done.Tag>>32))
		t.m.influence |= n.crews[d.crew].influence
		n.stayed(d.crew, &t, int(at-n.crews[d.crew].first), now.Sub(done.Arrived))
		switch {
		case n.crews[d.crew].link >= 0:
			leg := &t.way.legs[t.e.leg]
			n.leave(&t, now.Add(n.queues[leg.queue].residual(n.luck(&t))), n.crews[d.crew].link)
		case t.e.request:
			n.reply(&t)
		default:
			n.take(&t)
		}
	}
	n.changed(at)
	if d := &n.desks[at]; d.station.Present() > 0 {
		n.kernel.Arm(d.timer, d.station.Next())
	}
}

// stain puts a crew under an influence, and all that is told through it.
func (n *Network) stain(c int32, influence signal.Mask) {
	crew := &n.crews[c]
	if influence &^= crew.influence; influence == 0 {
		return
	}
	crew.influence |= influence
	for _, g := range crew.gauges {
		n.stainGauge(g, influence)
	}
	for i := range crew.flows { // others may come to it meanwhile, but to no end
		flow := crew.flows[i]
		r := &n.routes[flow]
		x := &n.extras[r.extra]
		for _, way := range []*passage{x.there, x.back} {
			n.late(way, influence)
		}
		for m := range int(n.Flows[flow].Count) {
			n.silence(r, m, influence)
		}
	}
}

// late puts the queues of a way under the influence of what held messages up on it.
func (n *Network) late(way *passage, influence signal.Mask) {
	if way == nil {
		return
	}
	for i := range way.legs {
		if l := &way.legs[i]; l.air >= 0 {
			n.stain(n.airs[l.air].crew, influence)
		} else if l.desk >= 0 {
			n.stain(n.desks[l.desk].crew, influence)
		} else if l.queue >= 0 {
			n.queues[l.queue].influence |= influence
		}
	}
	if way.door >= 0 {
		n.stain(n.desks[way.door].crew, influence)
	}
}

func (d *desk) archive(a *snapshot.Archive) {
	d.station.Archive(a)
	snapshot.Int(a, &d.bytes)
}

// serving fails an archive in which somebody is served who is not under way.
func (n *Network) serving(a *snapshot.Archive) {
	known := func(tag uint64) {
		id, member := uint32(tag), tag>>32
		if uint64(id) >= uint64(min(len(n.pool.messages), len(n.pool.envelopes))) {
			a.Fail("message %d waits, which is not under way", id)
			return
		}
		flow := n.pool.messages[id].flow
		if flow < 0 || int(flow) >= len(n.Flows) || n.routes[flow].extra < 0 || member >= uint64(n.Flows[flow].Count) {
			a.Fail("message %d waits for member %d of flow %d, which there is not", id, member, flow)
		}
	}
	for i := range n.desks {
		n.desks[i].station.Each(func(m station.Message) { known(m.Tag) })
	}
	for i := range n.airs {
		n.airs[i].medium.Each(func(p lora.Packet) { known(p.ID) })
	}
}
