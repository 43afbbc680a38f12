package device

import "slices"

// A Look is how a device is drawn: an icon, and which of its parts go by which signals.
// It is for people alone: nothing in a run depends on it.
type Look struct {
	Icon  string // of Icons
	Parts []Part
	// Place is where it is, nil where that is nowhere; Zones are where it is dangerous.
	Place *Spot
	Zones []Field
	// Scales are of what harms it, where it is a person.
	Scales []Scale
}

// A Part is a part of an icon that goes by a signal of the device.
type Part struct {
	Part   string // of Parts
	Signal string
	// Low and High are the values of the signal, in SI, at which the part is at its one end
	// and at its other. Both are 0 of parts that have no ends: see Ranges.
	Low, High float64
}

// A Looker is a device that says how it looks. What of it depends on the configuration,
// such as the height of a tank, it knows from its Spec.
type Looker interface{ Look() Look }

// Box is the icon of what has no other.
const Box = "box"

// icons are all icons, by name.
var icons = []string{
	"antenna", "attacker", Box, "breaker", "burst", "bus", "camera", "centrifuge", "conveyor", "crowd", "drive",
	"filter", "fire", "firewall", "float-switch", "flow-meter", "gate", "gauge", "generator", "grid", "historian", "hmi", "home",
	"insulin-pump", "key", "laptop", "level-gauge", "line", "load", "module", "person", "phone", "plc", "plume", "pressure-gauge",
	"pump", "reactor", "robot-arm", "rotor", "router", "safety-controller", "server", "stick", "switch", "tachometer",
	"tank", "thermometer", "valve", "vehicle", "workstation",
}

// parts are all parts, in the order of the pages.
var parts = []string{"fill", "heat", "open", "turn", "on", "alarm", "value", "x", "y"}

// Icons returns the names of all icons, sorted.
func Icons() []string { return slices.Clone(icons) }

// Parts returns the names of all parts of icons: fill and open from none to all of it,
// heat from cold to hot, turn from rest to full speed (less than rest is backwards), on
// and alarm while the signal is not 0, value as what is written beneath, x and y as the
// place along a way.
func Parts() []string { return slices.Clone(parts) }

// Ranges reports whether a part goes from one end to another.
func Ranges(part string) bool { return !slices.Contains([]string{"on", "alarm", "value"}, part) }

// LookOf returns how a device looks: as it says, else a box.
func LookOf(d Device) Look {
	if l, ok := d.(Looker); ok {
		return l.Look()
	}
	return Look{Icon: Box}
}

// Between returns the look with a part that goes by a signal from one end to the other.
func (l Look) Between(part, signal string, low, high float64) Look {
	l.Parts = append(slices.Clip(l.Parts), Part{part, signal, low, high})
	return l
}

// By returns the look with a part that goes by a signal and has no ends.
func (l Look) By(part, signal string) Look { return l.Between(part, signal, 0, 0) }
