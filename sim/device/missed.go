package device

import (
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/snapshot"
)

// A backlog is what members that are down would have done, by member of the system: handlers in
// the table, each once, in the order in which it was missed. It is nil until somebody misses
// something, and none of what is done about one member looks at the others: when the power
// comes back, tens of thousands do at once.
type backlog [][]int32

// miss remembers once what a member that is down would have done.
func (rt *Runtime) miss(handler int32, at int) {
	if rt.missed == nil {
		rt.missed = make(backlog, rt.Members)
	}
	if !slices.Contains(rt.missed[at], handler) {
		rt.missed[at] = append(rt.missed[at], handler)
	}
}

// catchUp schedules what a member missed.
func (rt *Runtime) catchUp(unit, member int) {
	if rt.missed == nil {
		return
	}
	list := &rt.missed[rt.Units[unit].at(member)]
	for _, handler := range *list {
		rt.late(handler, member)
	}
	*list = (*list)[:0]
}

// late schedules what was missed. A timer is armed for now, and then due.
func (rt *Runtime) late(handler int32, member int) {
	h, now := &rt.table[handler], rt.Kernel.Now()
	u := &rt.Units[h.unit]
	switch of := int(handler) - int(u.First); h.kind {
	case OnStart:
		rt.schedule(now, u, of, member)
		return
	case OnChange:
		rt.Fire(now, int(h.unit), of, member)
		return
	}
	rt.Kernel.Arm(des.Timer(int(h.first)+member), now)
}

// archiveMissed archives pairs of a handler and a member of its device.
func (rt *Runtime) archiveMissed(a *snapshot.Archive) {
	type pair struct{ handler, member int32 }
	var list []pair
	if !a.Reading() {
		for at, handlers := range rt.missed {
			for _, h := range handlers {
				list = append(list, pair{h, int32(at) - rt.table[h].base})
			}
		}
	}
	snapshot.Slice(a, &list, func(a *snapshot.Archive, p *pair) {
		snapshot.Int(a, &p.handler)
		snapshot.Int(a, &p.member)
	})
	if !a.Reading() {
		return
	}
	rt.missed = nil
	for _, p := range list {
		if p.handler < 0 || int(p.handler) >= len(rt.table) || p.member < 0 || p.member >= rt.Units[rt.table[p.handler].unit].Count {
			a.Fail("member %d missed handler %d, which there is not", p.member, p.handler)
			return
		}
		rt.miss(p.handler, int(rt.table[p.handler].base+p.member))
	}
}
