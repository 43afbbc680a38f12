package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/snapshot"
)

// An ear is from where an attacker has subscribed to all that a broker tells. Of several members of a device it
// is one.
type ear struct {
	who, store   int32
	unit, member int32 // -1 where they subscribed on the broker itself
}

// eavesdrop has an attacker subscribe to all that a broker tells, though that may be nothing yet.
func (w *world) eavesdrop(op *inject.Op) bool {
	h, e := &w.holdings, ear{int32(op.Value), int32(op.Unit), -1, -1}
	if op.Kind == inject.SendOp {
		f := &w.plan.book.Flows[op.Flow]
		e.unit, e.member = f.Sender, int32(f.Teller(op.Member))
	}
	if !slices.Contains(h.ears, e) {
		h.ears = append(h.ears, e)
	}
	w.stole(e.who, e.store, h.Eavesdrop(e.who, e.store, w.kernel.Now()))
	return true
}

// deafen ends the subscriptions of a member of a device that is down: who hears by another one as well goes on.
func (w *world) deafen(unit, member int) {
	h := &w.holdings
	for i := len(h.ears) - 1; i >= 0; i-- {
		e := h.ears[i]
		if int(e.unit) != unit || int(e.member) != member {
			continue
		}
		h.influence |= w.devices.Influence(int(w.plan.assembly.Units[unit].Base) + member)
		h.ears = slices.Delete(h.ears, i, i+1)
		if !slices.ContainsFunc(h.ears, func(o ear) bool { return o.who == e.who && o.store == e.store }) {
			h.Unsubscribe(e.who, e.store)
		}
	}
}

// unheard forgets who had subscribed to a broker that forgot them.
func (w *world) unheard(store int32) {
	w.holdings.ears = slices.DeleteFunc(w.holdings.ears, func(e ear) bool { return e.store == store })
}

// listens adds that answers go by whether the devices run from which attackers subscribe.
func (b *swayer) listens() {
	for i := range b.p.steps {
		for k := range b.p.steps[i].Ops {
			op := &b.p.steps[i].Ops[k]
			if op.Deed != inject.StealDeed || op.Kind != inject.SendOp || !b.p.Data.Stores[op.Unit].Last {
				continue
			}
			f := &b.p.book.Flows[op.Flow]
			from := b.member(int(f.SenderAt) + f.Teller(op.Member))
			b.answers(func(to place) { b.add(from, to) })
		}
	}
}

// archive archives from where somebody hears.
func (e *ear) archive(a *snapshot.Archive, w *world) {
	snapshot.Int(a, &e.who)
	snapshot.Int(a, &e.store)
	snapshot.Int(a, &e.unit)
	snapshot.Int(a, &e.member)
	if h := &w.holdings; e.who < 0 || int(e.who) >= len(h.Principals) || e.store < 0 || int(e.store) >= len(h.Stores) || e.unit < -1 || int(e.unit) >= len(w.plan.Devices) {
		a.Fail("principal %d hears store %d from device %d", e.who, e.store, e.unit)
		*e = ear{0, 0, -1, -1}
	}
}
