package outbreak

import (
	"github.com/harmproof/harmproof/sim/snapshot"
)

// Archive archives who is infected, since when and by whom, what is pending, and what
// has been counted.
func (o *Outbreak) Archive(a *snapshot.Archive) {
	snapshot.Column(a, o.state, snapshot.Int)
	snapshot.Column(a, o.draws, snapshot.Int)
	snapshot.Column(a, o.hosts, func(a *snapshot.Archive, h *host) {
		snapshot.Int(a, &h.since)
		snapshot.Int(a, &h.parent)
		h.via.Archive(a)
		snapshot.Int(a, &h.passed)
		snapshot.Int(a, &h.leaves)
	})
	snapshot.Slice(a, &o.down, snapshot.Int)
	snapshot.Column(a, o.open, snapshot.Bool)
	snapshot.Column(a, o.done, snapshot.Int)
	snapshot.Column(a, o.tally, func(a *snapshot.Archive, t *Tally) {
		snapshot.Int(a, &t.Now)
		snapshot.Int(a, &t.Most)
		snapshot.Int(a, &t.Ever)
		snapshot.Int(a, &t.Left)
		snapshot.Int(a, &t.First)
		snapshot.Int(a, &t.Host)
		snapshot.Int(a, &t.From)
		t.Via.Archive(a)
	})
	snapshot.Column(a, o.walls, func(a *snapshot.Archive, w *Wall) {
		w.Count.archive(a)
		w.Patched.archive(a)
		w.Found.archive(a)
	})
	o.heap.archive(a)
	if !a.Reading() {
		return
	}
	for i := range o.hosts {
		o.check(a, i)
	}
	for i, h := range o.down {
		if h < 0 || int(h) >= len(o.hosts) || i > 0 && h <= o.down[i-1] {
			a.Fail("host %d is down, which there is not, or twice", h)
			o.down = nil
			break
		}
	}
	o.weigh()
}

// check fails an archive that says of a host what cannot be.
func (o *Outbreak) check(a *snapshot.Archive, i int) {
	h := &o.hosts[i]
	if v, c := h.via.Vector(), h.via.Contact(); h.parent < -1 || int(h.parent) >= len(o.hosts) ||
		v < -1 || int(v) >= len(o.Vectors) || c < -1 || int(c) >= len(o.Contacts) {
		a.Fail("host %d has it from host %d by vector %d at contact %d, which there are not", i, h.parent, v, c)
		h.parent, h.via = -1, Via{}
	}
	if o.state[i] > Immune || h.leaves > spent {
		a.Fail("host %d is in state %d and leaves it by %d, which there are not", i, o.state[i], h.leaves)
		o.state[i], h.leaves = Clean, stays
	}
}

// archive archives the times; the order follows from them.
func (h *heap) archive(a *snapshot.Archive) {
	if a.Reading() {
		h.init(len(h.place))
		h.order = h.order[:0]
	}
	e := int32(0)
	snapshot.Column(a, h.place, func(a *snapshot.Archive, _ *int32) {
		at := h.time(e)
		snapshot.Int(a, &at)
		if a.Reading() {
			h.set(e, at)
		}
		e++
	})
}
