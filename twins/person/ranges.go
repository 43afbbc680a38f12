package person

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
)

// forces are exposures whose source holds up to where harm begins: that says it already.
var forces = []string{"contact", "separation"}

// Ranges implements device.Bounded: of what harms, where the source of its model holds. Less than
// that matters only where it harms.
func (p *person) Ranges() (list []device.Range) {
	for _, s := range p.scales() {
		if slices.Contains(forces, s.Exposure) || math.IsInf(s.Most, 1) && math.IsInf(s.Least, -1) {
			continue
		}
		list = append(list, device.Range{
			What: s.Exposure, Text: harm.Source(s.Exposure), Signal: s.Signal, Least: s.Least, Most: s.Most, WhileBelow: s.Exposure + "_harm",
			NoneIsWithin: s.Exposure == "collision",
		})
	}
	return list
}
