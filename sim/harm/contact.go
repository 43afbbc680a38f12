package harm

import "math"

// A Region is a part of the body.
type Region int

// The regions, from an unknown one on.
const (
	Unknown Region = iota
	Skull
	Face
	Neck
	Back
	Chest
	Abdomen
	Pelvis
	UpperArm
	Forearm
	Hand
	Thigh
	LowerLeg
)

// A Limit is what a region of the body bears of a contact without pain.
type Limit struct {
	Name   string
	Force  float64 // N, quasi-static
	Factor float64 // by which a transient contact may be more
	Spring float64 // N/m
	Mass   float64 // kg, that moves with the region
}

// limits are those of ISO/TS 15066. An unknown region is the one that bears least.
var limits = [...]Limit{
	Unknown:  {"unknown", 65, 1, 75e3, 4.4},
	Skull:    {"skull", 130, 1, 150e3, 4.4},
	Face:     {"face", 65, 1, 75e3, 4.4},
	Neck:     {"neck", 150, 2, 50e3, 1.2},
	Back:     {"back", 210, 2, 35e3, 40},
	Chest:    {"chest", 140, 2, 25e3, 40},
	Abdomen:  {"abdomen", 110, 2, 10e3, 40},
	Pelvis:   {"pelvis", 180, 2, 25e3, 40},
	UpperArm: {"upper_arm", 150, 2, 30e3, 3},
	Forearm:  {"forearm", 160, 2, 40e3, 2},
	Hand:     {"hand", 140, 2, 75e3, 0.6},
	Thigh:    {"thigh", 220, 2, 50e3, 75},
	LowerLeg: {"lower_leg", 130, 2, 60e3, 75},
}

// Regions are the names of the regions, by number.
func Regions() (names []string) {
	for i := range limits {
		names = append(names, limits[i].Name)
	}
	return names
}

// LimitOf returns the published limit of a region; one that is none is unknown.
func LimitOf(r Region) Limit {
	if r < Unknown || int(r) >= len(limits) {
		r = Unknown
	}
	return limits[r]
}

// Most is the force up to which a contact is no harm.
func (l Limit) Most(transient bool) float64 {
	if transient {
		return float64(l.Force * l.Factor)
	}
	return l.Force
}

// Speed is how fast a machine may be that hits the region and is stopped by it alone:
// v = F / sqrt(k mu), 1/mu = 1/m + 1/mass of the machine.
func (l Limit) Speed(machine float64) float64 {
	mu := 1 / (1/l.Mass + 1/machine)
	return l.Most(true) / math.Sqrt(float64(mu*l.Spring))
}

// Transient is how long a contact may be transient, in s: what lasts for longer is quasi-static.
const Transient = 0.5

// How many times the limit a contact is that is worse than slight.
const (
	seriousTimes      = 2
	irreversibleTimes = 10
	fatalTimes        = 30
)

// Model is that of contacts with the region. It holds up to the limit.
func (l Limit) Model(transient bool) *Model {
	most := l.Most(transient)
	beyond := func(times float64) float64 { return math.Nextafter(float64(times*most), math.Inf(1)) }
	return rising(0, most, beyond(1), beyond(seriousTimes), beyond(irreversibleTimes), beyond(fatalTimes))
}

// Contact is the model of contacts with a region by the published limits.
func Contact(r Region, transient bool) *Model { return LimitOf(r).Model(transient) }
