package sim

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
)

// refusal is why a device does not do what a message asks, in the words that protocols
// have for that.
func (p *Plan) refusal(d *Decision) network.Refusal {
	switch d.Kind {
	case check.KindInterlock:
		return p.unlessTripped(d, network.WrongState)
	case check.KindTwoPerson:
		return p.unlessTripped(d, network.Pending)
	case check.KindRateLimit:
		return p.unlessTripped(d, network.Busy)
	case check.KindAuthenticate, check.KindFresh:
		return p.unlessTripped(d, network.Forbidden)
	case check.KindAuthorise:
		return p.unlessTripped(d, p.ungranted(d))
	}
	return p.unlessTripped(d, network.BadValue)
}

func (p *Plan) unlessTripped(d *Decision, r network.Refusal) network.Refusal {
	if d.Latched {
		return network.Failed
	}
	return r
}

// ungranted is why something is not granted: its value, that nobody may have it, or
// who asks for it, or when.
func (p *Plan) ungranted(d *Decision) network.Refusal {
	if !math.IsNaN(d.Limit) { // there is a nearest value that is granted
		return network.BadValue
	}
	g := &p.guards[d.Guard]
	object := slices.IndexFunc(g.Objects, func(o check.Object) bool { return o.Name == d.Object })
	rule := slices.IndexFunc(g.Rules, func(r check.Rule) bool { return r.Name == d.Check })
	if object < 0 || rule < 0 {
		return network.Forbidden
	}
	a, ok := g.Rules[rule].Check.(check.Authorise)
	for i := range a.Grants {
		if of := a.Grants[i].Objects; of == nil || slices.Contains(of, int32(object)) {
			return network.Forbidden
		}
	}
	if !ok {
		return network.Forbidden
	}
	return network.Unknown
}

// Answer returns what a device said to a message that it refused, in the words of the
// protocol; ok is false where it said nothing: it did as it was asked, the message was
// itself an answer, or the protocol has no word for it. (What a conduit stops gets no
// answer either: who sent it waits in vain.)
func (p *Plan) Answer(d *Decision) (a network.Answer, ok bool) {
	if d.Flow < 0 || d.Reaction != check.Reject && d.Reaction != check.Trip && !d.Latched {
		return network.Answer{}, false
	}
	f := &p.book.Flows[d.Flow]
	if !f.Silent && (f.Asked() || f.Verb == network.Subscribe) {
		return network.Answer{}, false
	}
	return f.Protocol.Answer(p.refusal(d))
}

// Function returns the protocol of the message that a decision is about, and what that
// asked for in it; 0 where the protocol has no functions.
func (p *Plan) Function(d *Decision) (network.Protocol, network.Function) {
	if d.Flow < 0 {
		return network.Plain, 0
	}
	f := &p.book.Flows[d.Flow]
	pairs := p.book.Pairs(f)
	bit := false // whoever tells a bit tells it to what is one
	for i := range pairs {
		if info := p.Signals.At(pairs[i].To.Slot); info.Signal == d.Object || d.Object == "" && i == 0 {
			bit = info.Type == signal.Bool
		}
	}
	return f.Protocol, f.Protocol.Function(f.Verb, bit, len(pairs) == 1)
}
