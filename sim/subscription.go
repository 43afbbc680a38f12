package sim

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Subscription is how a receiver subscribes to what it is told, or how a broker is
// told what it hands on to those who do.
type Subscription struct {
	// Topic is what the messages are about that are published to a broker or that it
	// hands on: those about another topic are messages of their own.
	Topic string
	// Subscribed says that the receiver has subscribed, so that it begins. At a broker
	// it is told what is published; elsewhere the sender looks at its values after each
	// Poll, and tells them if one has changed.
	Subscribed bool
	QoS        uint8 // of MQTT
	Retry      vtime.Duration
	// Denied says for people why the broker does not let it; it is empty where it does.
	Denied string
}

func (s *Subscription) compare(other *Subscription) int {
	number := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(s.Topic, other.Topic), cmp.Compare(number(s.Subscribed), number(other.Subscribed)),
		cmp.Compare(s.QoS, other.QoS), cmp.Compare(s.Retry, other.Retry), cmp.Compare(s.Denied, other.Denied))
}

// verb is what the messages of a wire are for.
func (w *wire) verb() network.Verb {
	switch {
	case w.Subscribed:
		return network.Subscribe
	case w.Topic != "":
		return network.Publish
	case w.poll > 0:
		return network.Read
	}
	return network.Write
}

// asked reports whether the receiver begins: it polls or has subscribed.
func (w *wire) asked() bool { return w.poll > 0 || w.Subscribed }

// granted returns the path of a wire as its messages travel it. Who subscribes
// begins, so the way was found from there, and it is there that a credential is
// needed to pass; messages come back on it.
func (w *wire) granted(path *network.Path) *network.Path {
	if !w.Subscribed {
		return path
	}
	turned := &network.Path{Zones: slices.Clone(path.Zones), Blocked: path.Blocked}
	slices.Reverse(turned.Zones)
	for _, hop := range slices.Backward(path.Hops) {
		turned.Hops = append(turned.Hops, network.Hop{Link: hop.Link, Back: !hop.Back})
	}
	for _, need := range path.Needs {
		if need&w.to.Holds == 0 && turned.Blocked == "" {
			turned.Blocked = w.to.ID + " holds no credential that a conduit on its way to " + w.from.ID + " asks for"
		}
	}
	if turned.Blocked == "" {
		turned.Blocked = w.Denied
	}
	return turned
}

// A handing is a flow by which a broker hands something on.
type handing struct {
	flow int32
	kept network.Cell // whether there is a value for who comes late
}

// hands notes that a flow of a broker to a subscriber is there.
func (p *Plan) hands(w *wire, flow int) {
	if kept := w.source.Kept; kept != nil && w.Subscribed {
		p.handings = append(p.handings, handing{int32(flow), network.Cell{Slot: kept.Slot, Stride: kept.Stride}})
	}
}

// subscribeAnew has a device that runs again subscribe to what it had subscribed to,
// and, if it is a broker, all who had subscribed there.
func (w *world) subscribeAnew(unit, member int) {
	for i := range w.plan.handings {
		f := &w.plan.book.Flows[w.plan.handings[i].flow]
		latency := vtime.Duration(0)
		for _, hop := range f.Path.Hops {
			latency += w.plan.book.Links[hop.Link].Latency
		}
		for m := range int(f.Count) {
			if int(f.Receiver) == unit && m == member || int(f.Sender) == unit && f.Teller(m) == member {
				w.kernel.Schedule(w.kernel.Now().Add(max(1, latency)), des.Deliver, f.AskAs, w.subscribing, uint32(m), uint64(i))
			}
		}
	}
}

// subscribed has a broker answer who subscribes with what it has kept.
func (w *world) subscribed(e des.Event) {
	h, m := &w.plan.handings[e.Arg], int(e.Member)
	f := &w.plan.book.Flows[h.flow]
	if teller := f.Teller(m); w.devices.Listening(f.Sender, teller) && w.store.V[h.kept.At(teller)] != 0 {
		if f.Carries > 0 {
			w.holdings.Subscribe(f.Carries-1, w.kernel.Now())
		}
		w.network.Send(int(h.flow), m)
	}
}
