package sim

// ebb stops what a member of a device tells as a rate while it is down, and has a store lose meanwhile what
// comes to it, until it runs again.
func (w *world) ebb(unit, member int, down bool) {
	h, now := &w.holdings, w.kernel.Now()
	if h.State == nil {
		return
	}
	told := false
	for i := range w.plan.pours {
		x := &w.plan.pours[i]
		f := &w.plan.book.Flows[x.flow]
		if int(f.Sender) != unit && int(f.Receiver) != unit {
			continue
		}
		if !told {
			w.lag()
			told = true
		}
		if int(f.Receiver) == unit {
			h.Deafen(x.intake, down, now)
		}
		if int(f.Sender) != unit || f.Member >= 0 && int(f.Member) != member {
			continue
		}
		h.Rest(x.intake, member, down, now)
		w.hush(i, member, down)
		if !w.network.Blocks(int(x.flow)) {
			w.network.Swell(int(x.flow), float64(float64(x.messages*x.bytes)*w.up(x)), w.devices.Influence(int(w.plan.assembly.Units[unit].Base)+member))
		}
	}
	if told {
		h.influence |= w.devices.Influence(int(w.plan.assembly.Units[unit].Base) + member)
		h.Dirty = true
		w.stir()
	}
}

// up returns the share of those who tell something as a rate that run.
func (w *world) up(x *pour) float64 {
	f := &w.plan.book.Flows[x.flow]
	all := 1
	if f.Member < 0 {
		all = w.plan.Devices[f.Sender].Count
	}
	return 1 - float64(w.holdings.Resting(x.intake))/float64(all)
}
