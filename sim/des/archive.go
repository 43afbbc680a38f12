package des

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives the kernel between two calls of Run: the time, the sources'
// counters, deadlines and the events that are pending, but for those of targets
// that are not to be kept. Handlers and timers are not archived: whoever reads has
// set up as many, in the same order.
func (k *Kernel) Archive(a *snapshot.Archive, keep func(target uint32) bool) {
	snapshot.Int(a, &k.now)
	snapshot.Int(a, &k.Events)
	snapshot.Int(a, &k.Instants)
	snapshot.Int(a, &k.asked)
	snapshot.Column(a, k.counters, snapshot.Int)
	snapshot.Column(a, k.deadlines, func(a *snapshot.Archive, d *deadline) {
		snapshot.Int(a, &d.at)
		snapshot.Int(a, &d.order)
		snapshot.Int(a, &d.pending)
		snapshot.Int(a, &d.place)
	})
	var pending []Event
	if !a.Reading() {
		for _, e := range k.queue.Append(nil) {
			if keep(e.Target) && !k.isStale(pack(e)) {
				pending = append(pending, e)
			}
		}
	}
	snapshot.Slice(a, &pending, func(a *snapshot.Archive, e *Event) {
		snapshot.Int(a, &e.At)
		snapshot.Int(a, &e.Order)
		snapshot.Int(a, &e.Target)
		snapshot.Int(a, &e.Member)
		snapshot.Int(a, &e.Arg)
	})
	if a.Reading() {
		k.restore(a, pending)
	}
}

// restore makes events pending.
func (k *Kernel) restore(a *snapshot.Archive, pending []Event) {
	k.queue.Clear()
	k.stale = 0
	for i := range pending {
		e := &pending[i]
		if e.At < k.now || int(e.Target) >= len(k.handlers) || e.Target == k.timing && e.Arg >= uint64(len(k.deadlines)) {
			a.Fail("an event at %v for target %d", e.At, e.Target)
			return
		}
		k.queue.Push(pending[i])
	}
}
