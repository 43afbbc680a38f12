package device

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives what is remembered of devices beside their signals: who is
// down, what is about to run. Signals are the store's, timers the kernel's.
func (rt *Runtime) Archive(a *snapshot.Archive) {
	snapshot.Bool(a, &rt.Chanced)
	snapshot.Column(a, rt.influence, snapshot.Int)
	snapshot.Column(a, rt.down, snapshot.Int)
	snapshot.Column(a, rt.waiting, snapshot.Bool)
	snapshot.Column(a, rt.changing, snapshot.Bool)
	if snapshot.Slice(a, &rt.drift, snapshot.Float); len(rt.drift) != len(rt.Units) {
		if len(rt.drift) > 0 {
			a.Fail("the clocks of %d devices are of %d", len(rt.Units), len(rt.drift))
		}
		rt.drift = nil
	}
	rt.archiveMissed(a)
}
