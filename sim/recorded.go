package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/signal"
)

// A Rule is an invariant as it can be followed on data that come from elsewhere.
type Rule struct {
	Name, Text string
	Plan       *monitor.Plan
	// Conditions are its atoms by number, on a column with all cells of the plan.
	Conditions []*signal.Condition
	// Reads are the cells that they read.
	Reads []signal.Slot
}

// Rules returns the invariants of a plan, in their order.
func (p *Plan) Rules() []Rule {
	list := make([]Rule, p.named)
	for i := range list {
		inv, r := &p.invariants[i], &list[i]
		*r = Rule{Name: inv.Name, Text: inv.Text, Plan: p.monitors[i]}
		for k := range inv.conditions() {
			c := inv.condition(k)
			r.Conditions = append(r.Conditions, c)
			r.Reads = append(r.Reads, slots(c.Reads, 0)...)
		}
		slices.Sort(r.Reads)
		r.Reads = slices.Compact(r.Reads)
	}
	return list
}

// Windowed reports whether a cell is kept at what a helper such as mean makes of the
// past of others.
func (p *Plan) Windowed(slot signal.Slot) bool { return p.windowAt(slot) >= 0 }
