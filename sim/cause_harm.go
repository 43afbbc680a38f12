package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
)

// causesOf is the invariant whose causes say why one was violated: harm by an exposure comes of the exposure,
// as its margin is computed of it; but for what has added up, which is no part of the margin.
func (w *world) causesOf(invariant int) int {
	p := w.plan
	if invariant < p.named || p.perils[invariant-p.named].kind > exposurePeril || w.addedUp(invariant) {
		return invariant
	}
	return p.perils[invariant-p.named].causes
}

// addedUp reports whether harm was noted by a handler that went by nothing of what the margin of the exposure
// is computed of: a dose of air harms though the air of now may be no harm, and a wind freezes sooner, of which
// the margin of the temperature knows nothing.
func (w *world) addedUp(invariant int) bool {
	p := &w.plan.perils[invariant-w.plan.named]
	if p.kind != harmPeril {
		return false
	}
	harmed, margins := slots(w.plan.invariants[invariant].Atoms[0].Reads, 0), slots(w.plan.invariants[p.causes].Atoms[0].Reads, 0)
	if len(harmed) != 1 || len(margins) != 1 || w.plan.g.producer[margins[0]] < 0 {
		return false
	}
	by := w.wentBy(harmed[0], w.plan.Signals.At(harmed[0]).Member)
	margin := &w.plan.g.nodes[w.plan.g.producer[margins[0]]]
	of := slots(margin.reads, int(margin.member))
	return len(by) > 0 && !slices.ContainsFunc(by, func(slot signal.Slot) bool { return slices.Contains(of, slot) })
}
