package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
)

// A ward is what the guard of a broker needs to know of a flow by which that hands
// something on: which of its objects that is.
type ward struct{ guard, object int32 }

// grantsChange reports whether it depends on the run who may subscribe at a broker, by its
// checks of kind authorise. Whether anybody ever may is settled before (Denied).
func (s *System) grantsChange(rank int) bool {
	guard := s.guardOf(rank)
	return guard >= 0 && slices.ContainsFunc(s.guards[guard].Rules, func(r check.Rule) bool {
		a, ok := r.Check.(check.Authorise)
		return ok && (r.When != nil || slices.ContainsFunc(a.Grants, func(g check.Grant) bool {
			return g.When != nil || g.Hours.From != g.Hours.To
		}))
	})
}

// ward notes what the guard of a flow's sender is asked about.
func (s *System) ward(p *Plan, w *wire, flow int) {
	if !p.book.Flows[flow].Warded {
		return
	}
	if p.warded == nil {
		p.warded = map[int]ward{}
	}
	guard := s.guardOf(w.from.rank)
	p.warded[flow] = ward{guard: guard, object: s.object(guard, w.source.Name) - 1}
}

// Allow implements network.Warden: may the receiver be told this now? It is asked for as
// somebody who subscribes.
func (w *world) Allow(flow int32, member int) (ok bool, influence signal.Mask) {
	f, of := &w.plan.book.Flows[flow], w.plan.warded[int(flow)]
	teller, now := f.Teller(member), w.kernel.Now()
	if views := w.plan.posts[of.guard].views; views != nil {
		w.plant.Show(&views[teller], now)
	}
	o := &w.asking
	*o = check.Offer{
		At: now, Sent: now, Claimed: f.Receiver, True: f.Receiver, Flow: flow, Lane: -1,
		Verb: uint8(network.Subscribe), Objects: append(o.Objects[:0], of.object),
	}
	d := w.checks.Allow(of.guard, teller, o, w.devices.Frame())
	if d.Reaction != check.Pass {
		d.Object = of.object
		w.decided(of.guard, teller, o, &d, d.Influence)
	}
	return d.Accept, d.Influence
}

// granted adds what the guard reads on which it depends whether a receiver is told.
func (b *swayer) granted(flow int) {
	f := &b.p.book.Flows[flow]
	if !f.Warded {
		return
	}
	for _, rule := range b.p.guards[b.p.warded[flow].guard].Rules {
		for m := range int(f.Count) {
			for _, slot := range slots(rule.Reads, f.Teller(m)) {
				for _, pair := range b.p.book.Pairs(f) {
					b.hearing(f, &pair, m, func(to place) { b.after(place(slot), to) })
				}
			}
		}
	}
}
