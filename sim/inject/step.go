package inject

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Kind is whose doing an injection is.
type Kind uint8

// The kinds of injections.
const (
	Attack Kind = iota
	Fault
	Act
)

// String returns the kind as it is written in a scenario.
func (k Kind) String() string { return [...]string{"attack", "fault", "act"}[k] }

// A Start says what a step waits for.
type Start uint8

// The ways in which a step starts.
const (
	At    Start = iota // at Step.Time
	When               // when its condition rises
	After              // Step.Delay after Step.Previous ended, or began where it does not end
)

// A Step is an injection as planned.
type Step struct {
	Name      string
	Kind      Kind
	What      string // spoof, stuck, set ...
	Technique string // of ATT&CK for ICS
	Target    string // the signal, device or flow, for people
	Summary   string // what it does, for people
	Assumed   bool   // an attack without a foothold
	Muted     bool   // it is left out: it never begins

	Start    Start
	Time     vtime.Time
	Previous int // index of the step it comes after
	Delay    vtime.Duration
	Times    int            // of When: how often, at least 1
	For      vtime.Duration // 0: to the end of the run
	Needs    []int          // steps that must have taken effect
	Ops      []Op
	By       signal.Writer
	Roots    signal.Mask
}

// momentary reports whether a step is over as soon as it has begun: commands that
// are given once.
func (s *Step) momentary() bool {
	for i := range s.Ops {
		if op := &s.Ops[i]; op.Kind != CommandOp || op.Period > 0 {
			return false
		}
	}
	return len(s.Ops) > 0
}

// An OpKind is a sort of operation.
type OpKind uint8

// The sorts of operations.
const (
	LayerOp   OpKind = iota // Layer over Point
	DisturbOp               // Disturbance of Flow
	CommandOp               // Value to Cell of a device, as a message that is delivered, every Period
	CrashOp                 // Unit and Member are down
	PowerOp                 // Layer over Point, and Unit and Member are down
	DriftOp                 // Unit's clock runs 1+Rate times as fast
	RestoreOp               // Cell gets Value when the step ends: volatile memory after a restart
)

// An Op is one operation of a step, as data.
type Op struct {
	Kind         OpKind
	Point        int
	Layer        signal.Layer
	Flow         int
	Disturbance  network.Disturbance
	Cell         signal.Slot
	Value        float64
	News         signal.Slot    // of CommandOp: counts the messages heard; none where it is 0 or less
	Period       vtime.Duration // of CommandOp; 0: once
	Unit, Member int
	Rate         float64
	Tape         *signal.Tape // of a replay: stops recording when the step applies
}

// An Outcome is how an injection ended.
type Outcome uint8

// The outcomes.
const (
	NotTriggered Outcome = iota
	NoEffect
	Applied
	Stopped
)

// String returns the outcome as it is in JSON.
func (o Outcome) String() string {
	return [...]string{"not-triggered", "no-effect", "applied", "stopped"}[o]
}

// A Report says what became of a step.
type Report struct {
	Outcome   Outcome
	Applied   vtime.Time // Never where it was not triggered
	Reverted  vtime.Time // Never where it lasted to the end
	Effects   uint64
	StoppedBy string
	Missing   string // why it was not triggered
}
