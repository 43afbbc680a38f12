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
	if p.wired("temperature") {
		list = p.airRanges()
	}
	for _, s := range p.scales() {
		if s.Exposure == "temperature" || slices.Contains(forces, s.Exposure) || math.IsInf(s.Most, 1) && math.IsInf(s.Least, -1) {
			continue
		}
		list = append(list, device.Range{
			What: s.Exposure, Text: harm.Source(s.Exposure), Signal: s.Signal, Least: s.Least, Most: s.Most, WhileBelow: s.Exposure + "_harm",
			NoneIsWithin: s.Exposure == "collision",
		})
	}
	return append(list, p.impossible()...)
}

// bounded are exposures that a run may have be what they cannot be. Glucose and air below none are beyond what their
// sources cover as well, which is told; a separation can be anything.
var bounded = []string{"contact", "collision", "humidity", "wind", "co", "gas", "overpressure", "thermal_radiation"}

// impossible are where an exposure is what it cannot be: what is written so is refused, but not what is
// computed in a run.
func (p *person) impossible() (list []device.Range) {
	for _, name := range bounded {
		if !p.wired(name) {
			continue
		}
		r := canBe(name)
		list = append(list, device.Range{
			What: "impossible " + name, Signal: name, Least: r.Least, Most: r.Most,
			Text: r.Why + "; what cannot be counts as the nearest that can",
		})
	}
	return list
}
