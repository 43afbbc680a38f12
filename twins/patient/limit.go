package patient

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A limit is the range in which a parameter can be of a living body, in a unit, and
// who says so.
type limit struct {
	parameter string
	value     float64 // in SI
	low, high float64 // in the unit
	unit      unit.Unit
	source    string
}

// Sources of more than one limit.
const (
	water  = "body water of a newborn up to that of the heaviest adult"
	adults = "adults, as Hovorka et al. 2004 looked at no others; what they weigh is our estimate"
	span   = "ADA Standards of Care: level 2 at 54 and 250 mg/dL; no model is identified further off"
	lags   = "Rebrin, Steil, Diabetes Technol. Ther. 2 (2000) 461: minutes"
)

// plausible checks a Spec, and that its values can be those of a body.
func plausible(spec any, limits []limit) error {
	if err := device.Valid(spec); err != nil {
		return err
	}
	for _, l := range limits {
		// Both ends belong to it; a unit's own rounding must not put them outside.
		if x := l.value / l.unit.Scale; !(x >= l.low*(1-1e-12) && x <= l.high*(1+1e-12)) {
			return device.Invalid(l.parameter, "must be from %v to %v %s, which is what a body can have (%s)", l.low, l.high, l.unit.Symbol, l.source)
		}
	}
	return nil
}
