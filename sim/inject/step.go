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
	When               // Step.Delay after its condition rises
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
	Footing  *Footing       // what it must get past; nil where it is assumed, or no attack
	Ops      []Op
	By       signal.Writer
	Roots    signal.Mask
}

// Momentary reports whether a step is over as soon as it has begun: commands that
// are given once.
func (s *Step) Momentary() bool {
	for i := range s.Ops {
		if op := &s.Ops[i]; op.Kind != CommandOp && op.Kind != SendOp && op.Kind != LocalOp || op.Period > 0 {
			return false
		}
	}
	return len(s.Ops) > 0
}

// Lacks reports whether another step could have got what a step lacked that was
// stopped by that: a foothold, having heard of a device, a session, a credential.
func (s *Step) Lacks(by string, other *Step) bool {
	f, g := s.Footing, other.Footing
	if f == nil || g == nil || f.Intruder != g.Intruder {
		return false
	}
	for i := range other.Ops {
		gains := &other.Ops[i].Gains
		if by == "foothold" && gains.Foothold && gains.Device == f.At ||
			by == "knowledge" && gains.Device == f.Target && (gains.Known || gains.Session || gains.Foothold) ||
			by == "session" && gains.Device == f.Target && (gains.Session || gains.Foothold) ||
			by == "credential" && (gains.Foothold || gains.Credentials&f.Wants != 0) {
			return true
		}
	}
	return false
}

// An OpKind is a sort of operation.
type OpKind uint8

// The sorts of operations.
const (
	LayerOp   OpKind = iota // Layer over Point
	DisturbOp               // Disturbance of Flow
	CommandOp               // Value to Cell of a device, as a message that is delivered, every Period
	CrashOp                 // Members of Unit from Member on are down
	PowerOp                 // Layer over Point, and Unit and Member are down
	DriftOp                 // Unit's clock runs 1+Rate times as fast
	RestoreOp               // Cell gets Value when the step ends, and those of Members after it: volatile memory after a restart
	SendOp                  // a message of Flow with Values, every Period; if it comes through, Deed and Gains
	LocalOp                 // Deed and Gains at once: on a device that the attacker is on
	FloodOp                 // messages of Flow, one every Period; a stream of Flow where there is an Each
	SniffOp                 // Gains when the step ends, if Flow carried anything meanwhile
)

// A Deed is what is done to a device that an operation reaches.
type Deed uint8

// The deeds.
const (
	NoDeed      Deed = iota
	WipeDeed         // its log is wiped
	ForgeDeed        // its log gets an entry that is not true
	ReleaseDeed      // a malware is put on a host: Unit says which malware, Flow and Member which class and member of its hosts
	ResetDeed        // its checks are no longer tripped; Unit says whose
	AskDeed          // people ask for a right: Flow says which, Value who is the first of Member of them
	RestoreDeed      // a backup is put back; Flow says which store it is
	StealDeed        // an attacker takes what a store holds: Unit says which store, Value who
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
	Outlet       int32          // of CommandOp and LayerOp: of the report that it changes, plus 1; 0 where it changes none
	News         signal.Slot    // of CommandOp: counts the messages heard; none where it is 0 or less
	Period       vtime.Duration // of CommandOp and SendOp; 0: once
	Values       []float64      // of SendOp
	Again        bool           // of SendOp: it is the last message of the flow that it poses as, of when the step began
	Poses        int            // of SendOp: the flow that its messages claim to be of, plus 1; 0: none
	Bears        uint64         // besides what its attacker holds; of one that was recorded, in its place
	Deed         Deed
	Gains        Gains
	Unit, Member int
	Members      int         // of CrashOp and RestoreOp: how many it acts on, from Member or Cell on; 0 is one
	Stride       signal.Slot // of RestoreOp: from the cell of one member to that of the next
	Rate         float64
	Each         float64      // of FloodOp: bytes a second from every infected host of a malware and a class of its hosts, Unit and Member
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
	Pending // what it proposes waits for somebody else to agree
)

// String returns the outcome as it is in JSON.
func (o Outcome) String() string {
	return [...]string{"not-triggered", "no-effect", "applied", "stopped", "pending"}[o]
}

// A Report says what became of a step.
type Report struct {
	Outcome   Outcome
	Applied   vtime.Time // Never where it was not triggered
	Reverted  vtime.Time // Never where it lasted to the end
	Effects   uint64
	StoppedBy string // in a word
	Why       string // it was stopped, for people
	Refused   uint64 // messages of it that did not come through
	Missing   string // why it was not triggered
}
