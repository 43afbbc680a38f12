package harm

import "math"

// WalkingSpeed is what a person is counted with whose speed is not measured, m/s.
const WalkingSpeed = 1.6

// handSpeed is that of a hand that is nearer than half a metre, m/s.
const handSpeed = 2

// A Stop is what a protective distance depends on, in SI.
type Stop struct {
	Person   float64 // speed of the person towards the machine
	Machine  float64 // speed of the machine towards the person
	Reaction float64 // time from seeing the person to the beginning of the stop
	Stopping float64 // time from there to rest
	Intrude  float64 // C: how far a person reaches before they are seen
	PersonBy float64 // Zd: how far the place of the person may be off
	MachBy   float64 // Zr: how far that of the machine
}

// Protective is the distance at which a machine must begin to stop, ISO/TS 15066.
func (s Stop) Protective() float64 {
	person := float64(s.Person * (s.Reaction + s.Stopping))
	machine := float64(s.Machine*s.Reaction) + float64(float64(s.Machine*s.Stopping)/2)
	return person + machine + s.Intrude + s.PersonBy + s.MachBy
}

// Approach is how far from a machine that is at rest after a time somebody is to be seen who
// comes at a speed, by a light curtain of a resolution: S = K T + 8 (d - 14 mm), ISO 13855.
func Approach(speed, stop, resolution float64) float64 {
	return float64(speed*stop) + float64(8*max(0, resolution-0.014))
}

// LightCurtain is how far a light curtain must be from a machine that is at rest after a
// time, ISO 13855; its resolution is valid up to 40 mm, a coarser one is taken as 850 mm of
// reach more.
func LightCurtain(stop, resolution float64) (distance float64, inside bool) {
	const fine, reach = 0.04, 0.85
	if !(resolution <= fine) {
		return float64(WalkingSpeed*stop) + reach, false
	}
	if s := Approach(handSpeed, stop, resolution); s <= 0.5 {
		return max(0.1, s), true
	}
	return max(0.5, Approach(WalkingSpeed, stop, resolution)), true
}

// Separation is the model of the distance to a machine that moves: no harm as long as there
// is any.
func Separation() *Model {
	return rising(tiny, math.Inf(1)).falling(tiny, tiny, tiny)
}
