package device

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives what is remembered of devices beside their signals: who is
// down, deadlines, what is about to run. Signals are the store's.
func (rt *Runtime) Archive(a *snapshot.Archive) {
	snapshot.Bool(a, &rt.Chanced)
	snapshot.Column(a, rt.influence, snapshot.Int)
	snapshot.Column(a, rt.down, snapshot.Int)
	snapshot.Column(a, rt.waiting, snapshot.Bool)
	snapshot.Column(a, rt.changing, snapshot.Bool)
	snapshot.Floats(a, rt.drift)
	snapshot.Column(a, rt.deadlines, func(a *snapshot.Archive, d *deadline) {
		snapshot.Int(a, &d.at)
		snapshot.Int(a, &d.pending)
		snapshot.Int(a, &d.order)
		snapshot.Int(a, &d.pendingAtOrder)
	})
	snapshot.Slice(a, &rt.missed, func(a *snapshot.Archive, m *missed) {
		snapshot.Int(a, &m.handler)
		snapshot.Int(a, &m.member)
	})
}
