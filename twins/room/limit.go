package room

import "github.com/harmproof/harmproof/sim/device"

// A limit is the range in which a parameter of a building can be, in a unit, and who
// says so.
type limit struct {
	parameter string
	value     float64 // in SI
	low, high float64 // in the unit
	scale     float64 // of the unit
	symbol    string
	source    string
}

// What limits are taken from.
const (
	losses = "our estimate: from a closet of a passive house to a draughty hall"
	masses = "ISO 13790, table 12: from 5 m2 very light to 10 000 m2 very heavy"
	sizes  = "our estimate: from a closet to a hall"
	leaks  = "our estimate: sealed, up to all windows open in a wind"
	rooms  = "our estimate: from a hut in the arctic to a sauna that cools down"
)

// plausible checks a Spec, and that its values can be those of a building.
func plausible(spec any, limits []limit) error {
	if err := device.Valid(spec); err != nil {
		return err
	}
	for _, l := range limits {
		// Both ends belong to it; a unit's own rounding must not put them outside.
		if x := l.value / l.scale; !(x >= l.low*(1-1e-12) && x <= l.high*(1+1e-12)) {
			return device.Invalid(l.parameter, "must be from %v to %v %s, which is what buildings have (%s)", l.low, l.high, l.symbol, l.source)
		}
	}
	return nil
}

// temperate says that it can be as warm as that inside, in K, at the start.
func temperate(kelvin float64) error {
	if !(kelvin >= freezing-40 && kelvin <= freezing+60) {
		return device.Invalid("starts", "must be from -40 to 60 degC, which is what buildings have (%s)", rooms)
	}
	return nil
}
