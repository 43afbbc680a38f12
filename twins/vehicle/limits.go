package vehicle

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// textbook is where most ranges come from.
const textbook = "Rajamani, Vehicle Dynamics and Control, 2nd ed., Springer 2012"

// Ranges that the textbook does not give.
const (
	lengths  = "our estimate: from a quadricycle to a long combination of trucks"
	engines  = "our estimate: from an electric motor to a diesel that waits for its turbocharger"
	crushes  = "our estimate: from a bumper to a rigid frame"
	bouncing = "our estimate: parting at less than 10 m/s down to less than 0.1 m/s"
	tunings  = "our estimate: wider than any controller that is published"
)

// A limit is the range of a parameter for which the equations are.
type limit struct {
	name        string
	value       float64
	least, most float64
	unit        string
	source      string
}

// within refuses the first parameter that is out of its range.
func within(list ...limit) error {
	for _, l := range list {
		if !(l.value >= l.least && l.value <= l.most) {
			return device.Invalid(l.name, "must be from %s to %s (%s)", l.write(l.least), l.write(l.most), l.source)
		}
	}
	return nil
}

func (l *limit) write(x float64) string { return strings.TrimSpace(fmt.Sprintf("%g %s", x, l.unit)) }

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
