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
		least := s.Least
		if s.Exposure == "gas" && least > 0 { // a probit of deaths
			list, least = append(list, injuries(s.Signal, least)), math.Inf(-1)
		}
		list = append(list, device.Range{
			What: s.Exposure, Text: harm.Source(s.Exposure), Signal: s.Signal, Least: least, Most: s.Most, WhileBelow: s.Exposure + "_harm",
			NoneIsWithin: s.Exposure == "collision",
		})
	}
	if p.wired("contact") && p.wired("separation") {
		list = append(list, through(p.felt()))
	}
	return append(append(list, p.children()...), p.impossible()...)
}

// children are where somebody is touched, or hit, of whom the sources say nothing: a child may be harmed by less.
func (p *person) children() (list []device.Range) {
	if p.spec.Role != "child" {
		return nil
	}
	add := func(exposure, signal, text string) {
		if p.wired(exposure) {
			list = append(list, device.Range{
				What: exposure + " of a child", Signal: signal, Least: math.Inf(-1),
				Text: "of " + text + "; a child is judged as they are, and may be harmed by less",
			})
		}
	}
	add("contact", p.felt(), "adults at work, ISO/TS 15066")
	if p.spec.Collides == "occupant" {
		add("collision", "collision", "adults with belts, Joksch 1993")
	} else {
		add("collision", "collision", "people of 15 or more, Tefft 2013")
	}
	return list
}

// injuries are what a probit of deaths says nothing of: whoever breathed any of the gas, but less than it begins at, may be
// injured and yet count as unharmed.
func injuries(load string, least float64) device.Range {
	return device.Range{
		What: "injuries by gas", Signal: load, Least: math.Inf(-1), Most: math.Inf(1), To: least,
		Text: "from 0.1 % of death on, Crowl and Louvar, who know deaths alone; less counts as slight from 0.01 % of death on, and as no " +
			"harm below that, though it may injure: compare it with AEGL or ERPG values of the gas",
	}
}

// deep is how deep a machine is in somebody whom it cannot but touch, in m: a contact is located to the
// nanosecond, and the softest region is pressed in less by 10 N (ISO/TS 15066, annex A: 10 N/mm).
const deep = 0.001

// through is where a machine is within somebody by its distance, and touches them by no force that they feel.
func through(felt string) device.Range {
	return device.Range{
		What: "separation without contact", Signal: "separation", Least: -deep, Most: math.Inf(1), UnlessSome: felt,
		Text: "a machine is in somebody only with the force of a contact (ISO/TS 15066, annex A), or goes through them, or past them while " +
			"it stands: what has no force counts as no harm",
	}
}

// bounded are exposures, and the distance beside one, that a run may have be what they cannot be. Glucose and air below none are beyond what their
// sources cover as well, which is told; a separation can be anything.
var bounded = []string{"separation_needed", "contact", "collision", "humidity", "wind", "co", "gas", "overpressure", "thermal_radiation"}

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
