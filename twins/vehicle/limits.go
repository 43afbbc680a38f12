package vehicle

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// textbook is where the ranges come from.
const textbook = "Rajamani, Vehicle Dynamics and Control, 2nd ed., Springer 2012"

// A limit is the range of a parameter for which the equations are.
type limit struct {
	name        string
	value       float64
	least, most float64
	unit        string
}

// within refuses the first parameter that is out of its range.
func within(list ...limit) error {
	for _, l := range list {
		if !(l.value >= l.least && l.value <= l.most) {
			return device.Invalid(l.name, "must be from %s to %s (%s)", l.write(l.least), l.write(l.most), textbook)
		}
	}
	return nil
}

func (l *limit) write(x float64) string { return fmt.Sprintf("%g %s", x, l.unit) }

// readsItself has the signal that was declared last depend on itself.
func readsItself(p *device.Ports) {
	last := &p.Signals[len(p.Signals)-1]
	last.Reads = append(last.Reads, last.Cell)
}

// symbol is the unit of a symbol.
func symbol(s string) unit.Unit {
	u, err := unit.Parse(s)
	if err != nil {
		panic("vehicle: " + err.Error())
	}
	return u
}
