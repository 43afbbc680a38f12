package sim

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
)

// cameBy says how malware came to the host that a cell is of, from there back to where
// it was released; nil where a cell is of no host.
func (w *world) cameBy(at place) (list []found) {
	if !w.plan.sways.isCell(at) {
		return nil
	}
	m, class := w.plan.hostAt(signal.Slot(at))
	if m < 0 {
		return nil
	}
	o, plan := &w.infections[m], &w.plan.malware[m]
	if n := o.Infected(class); plan.Classes[class].Count > 1 {
		slot := plan.slots[class]
		list = append(list, found{Cause{
			Kind: SpreadCause, At: w.store.Stamp(slot).At, Since: w.store.Stamp(slot).At, Signal: w.plan.Signals.At(slot), Value: float64(n),
			Injection: -1, Otherwise: math.NaN(), Who: plan.Classes[class].Name,
		}, place(slot)})
	}
	way := o.Way(o.Tally(class).Host, maxWay)
	for k := len(way) - 1; k >= 0; k-- {
		l := &way[k]
		slot := plan.slots[plan.ClassOf(l.Host)]
		list = append(list, found{Cause{
			Kind: SpreadCause, At: l.At, Since: l.At, Signal: w.plan.Signals.At(slot), Value: 1, Injection: -1, Otherwise: math.NaN(),
			Who: plan.hostName(l.Host), True: plan.hostName(l.From), Check: plan.viaName(l.Via), Technique: plan.technique(l.Via),
		}, place(slot)})
	}
	return list
}

// hostAt returns the malware and the class of hosts that a cell is of, or -1.
func (p *Plan) hostAt(slot signal.Slot) (malware, class int) {
	for i := range p.malware {
		for c, s := range p.malware[i].slots {
			if s == slot {
				return i, c
			}
		}
	}
	return -1, -1
}
