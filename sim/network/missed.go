package network

import (
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// missed notes in the gauges of a flow that a message which was sent, or asked for, at a time will never
// be there. It has been out for longer than any that came, so it counts as if it took until
// the end of the run: left out, a link that loses all but the quick ones would look fast.
func (n *Network) missed(r *route, member int, first vtime.Time, influence signal.Mask) {
	if r.extra < 0 {
		return
	}
	if len(n.extras[r.extra].gauges) == 0 {
		return
	}
	for i := range r.n { // whoever has a hand in what was not told, has one in its being late
		influence |= n.store.Stamp(n.pairs[r.pair+i].To.At(member)).Influence
	}
	for _, g := range n.extras[r.extra].gauges {
		n.note(g, r.hearer(member), max(n.Until, n.kernel.Now()).Sub(first), influence)
	}
}

// Untimed reports whether a cell is a gauge of delays into which none has gone yet.
func (n *Network) Untimed(slot signal.Slot) bool {
	for i := range n.Gauges {
		g := &n.Gauges[i]
		if !g.Kind.Times() {
			continue
		}
		for m := range n.gauges[i].trackers {
			if g.Cell.At(m) == slot {
				return n.gauges[i].trackers[m] == nil
			}
		}
	}
	return false
}

// Polled returns how often a polled flow was asked for, and how long the answers took, from the
// request on, to read from: nil where none came. Not ok is a flow of which that is not timed, since
// nothing waits on its way.
func (n *Network) Polled(flow int) (asked uint64, delays *quantile.Sketch, ok bool) {
	r := &n.routes[flow]
	if r.extra < 0 || !n.extras[r.extra].timed {
		return 0, nil, false
	}
	return n.Carried(flow), n.extras[r.extra].delays, true
}
