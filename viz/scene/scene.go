package scene

import (
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Scene is the state of everything at a time.
type Scene struct {
	At vtime.Time
	// Values are those of all cells, in SI.
	Values []float64
	// Devices by number, Steps and Broken by step and invariant.
	Devices []Device
	Steps   []Phase
	Broken  []bool
	// Harmed are the worst severities that people were harmed with so far, by person; Present
	// says which hazards are there.
	Harmed  []int
	Present []bool
	// False are the values that somebody is told other than they are.
	False []Lie
	// Flights are the messages to be seen, at most one a flow.
	Flights []Flight
}

// A Device is what has become of a device.
type Device struct {
	// Held says that an attacker acts from it, or has logged in.
	Held bool
	// Infected is how many of its hosts have malware, Hosts how many it has where some do.
	Infected, Hosts int
	// Step is the number of a step that is in force on it, or -1.
	Step int
	// Lies says that somebody is told a value of it that it does not have.
	Lies bool
	// Deceived says that it is told one.
	Deceived bool
}

// A Phase is how far a step of the timeline is.
type Phase uint8

// The phases.
const (
	Ahead   Phase = iota // it has not begun
	InForce              // it acts
	Over                 // it has ended, or was done at once
	Stopped              // something stopped it
)

// A Lie is a value that a device is told, and that is not what its source has.
type Lie struct {
	Source, Told int // cells
	Flow         int
	From, To     int // devices
}

// A Flight is a message that is to be seen.
type Flight struct {
	Flow int
	// Part is how much of its way it has done, from 0 to 1.
	Part    float32
	Request bool
	Fate    trace.Fate
	// Step is the one that sent, changed or held it, or -1.
	Step int
}

// Within is how long after it was sent a message is to be seen: what passes within
// milliseconds needs longer for an eye.
type Within = vtime.Duration
