package sim

import "github.com/harmproof/harmproof/sim/signal"

// happensTo is the input by which a device is wired to what it happens to, as a blast is to the vessel that bursts
// and a fire to what burns. It is no machine itself, but how one is felt at a place.
const happensTo = "of"

// happens is the device that something happens to, empty where it does not happen to another: through what is felt
// at one place of what is felt at another.
func (w *world) happens(to SignalInfo) (machine string) {
	seen := map[string]bool{}
	for name, member := to.Device, to.Member; name != "" && !seen[name]; {
		seen[name] = true
		d, ok := w.plan.Signals.device(name)
		if !ok {
			break
		}
		of, ok := w.plan.Signals.cell(d, happensTo)
		if !ok {
			break
		}
		next, ok := w.readOf(of.At(member), name)
		if !ok {
			break
		}
		machine, name, member = next.Device, next.Device, next.Member
	}
	return machine
}

// readOf is the nearest signal of another device that a cell of one is computed of, or is.
func (w *world) readOf(slot signal.Slot, own string) (x SignalInfo, ok bool) {
	g := w.plan.g
	open, seen := []signal.Slot{slot}, map[signal.Slot]bool{slot: true, signal.Clock: true}
	for len(open) > 0 {
		slot, open = open[0], open[1:]
		if x := w.plan.Signals.At(slot); x.Device != "" && x.Device != own {
			return x, true
		}
		if g.producer[slot] < 0 {
			continue
		}
		n := &g.nodes[g.producer[slot]]
		for _, read := range slots(n.reads, int(n.member)) {
			if !seen[read] {
				seen[read], open = true, append(open, read)
			}
		}
	}
	return x, false
}
