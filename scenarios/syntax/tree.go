package syntax

import (
	"time"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Text is a name, a text or an expression as it stands in the file.
type Text = source.Text

// A Duration is a span of time with its text.
type Duration struct {
	Text
	Value vtime.Duration
}

// An Integer is a whole number with its text.
type Integer struct {
	Text
	Value int64
}

// A Percent is a share with its text; 0.1% has the value 0.001.
type Percent struct {
	Text
	Value float64
}

// A Bool is true or false with its text.
type Bool struct {
	Text
	Value bool
}

// A Date is a calendar date with its text, in UTC where it names no zone.
type Date struct {
	Text
	Value time.Time
}

// A File is a scenario, or, without run:, a system to be used by scenarios.
type File struct {
	Source *source.File

	Scenario Text // kebab-case, with / as in the library
	About    Text
	Use      []Text // paths
	Run      Duration
	Seed     Integer
	Seeds    Integer
	Starts   Date
	Show     []Text // expressions: the columns of the story

	System     System
	Timeline   []Step
	Invariants []Invariant
	Hazards    []Hazard
	Barriers   []Barrier
	Expect     Expect
}

// IsSystem reports whether the file is a system: it says not how long it runs.
func (f *File) IsSystem() bool { return !f.Run.Present() }

// A System is what is simulated.
type System struct {
	Key         Text // the word system, where the file has one
	Devices     []Device
	Zones       []Zone
	Conduits    []Conduit
	Credentials []Credential
	People      []Person
	Attackers   []Attacker
	Carriers    []Carrier
	Malware     []Malware
	Walls       []Wall
	Subjects    []Subject
	Purposes    []Text
	Kinds       []Kind
}

// A Device is one entry of devices:.
type Device struct {
	Name     Text
	Is       Text // absent where the entry overrides one of a used file
	Tag      Text
	Owner    Text
	Solver   Text
	Position []Text // quantities
	Count    Integer
	Look     *Look
	Guarded
	Params []Entry // what only the kind knows, in the order of the file
	Custom *Custom // of is: custom
}

// A Kind is a group of devices under one name.
type Kind struct {
	Name    Text
	Devices []Device
	Params  []Entry
}

// A Custom is a kind that is written in the file.
type Custom struct {
	Inputs  []Input
	Signals []Signal
	Rules   []Rule
	On      []Handler
}

// An Input is what a custom device sees of others under a name of its own.
type Input struct {
	Name Text
	Wiring
}

// A Signal is a variable of a custom device: continuous with a rate, computed
// with a value, else discrete.
type Signal struct {
	Name   Text
	Start  Text
	Rate   Text // expression
	Value  Text // expression
	Unit   Text
	Type   Text // number, bool, int, enum or hash
	Labels []Text
}

// A Rule changes signals at the instant when a condition becomes true, or
// periodically.
type Rule struct {
	Span  source.Span
	When  Text // expression
	Every Duration
	If    Text // expression
	Set   []Assignment
}

// A Handler changes signals when a message arrives.
type Handler struct {
	Message Text // its name
	If      Text // expression
	Set     []Assignment
}

// An Assignment gives a signal the value of an expression.
type Assignment struct {
	Signal Text
	Value  Text
}

// A Class says who is behind an injection.
type Class int

// Classes of injections. The zero class is that of a step whose mistake is
// reported already.
const (
	NoClass Class = iota
	Attack        // an adversary
	Fault         // nobody
	Act           // people and the world
)

// String returns the key of the class in a step.
func (c Class) String() string { return [...]string{"injection", "attack", "fault", "act"}[c] }

// A Step is one entry of the timeline. It begins in one of three ways: at an
// instant, when a condition becomes true, or after another step.
type Step struct {
	Span      source.Span
	Name      Text // kebab-case; absent where nobody refers to the step
	At        Duration
	When      Text    // expression
	Times     Integer // of when
	After     Text    // a step
	Delay     Duration
	For       Duration
	Needs     []Text // steps
	Technique Text
	From      Text // an attacker or foothold
	Class     Class
	Kind      Text // of the injection: spoof, stuck, set, ...
	Params    []Entry
}

// A Form is the temporal word of an invariant.
type Form int

// Forms of an invariant. The zero form is that of an invariant whose mistake is
// reported already.
const (
	NoForm     Form = iota
	Always          // G p
	Never           // G not p
	Eventually      // F p
	Whenever        // G(p -> F q)
	Formula         // as it is written
	Finally         // F G p
)

// String returns the key of the form.
func (f Form) String() string {
	return [...]string{"invariant", "always", "never", "eventually", "whenever", "formula", "finally"}[f]
}

// An Invariant is what must hold. Always and never may end at Until, at Unless if
// that comes, or begin with Since. Each text may look at other times.
type Invariant struct {
	Name      Text // kebab-case
	Form      Form
	Condition Text // the expression of the form
	Then      Text // of whenever
	Until     Text // of always and never; one of the three
	Since     Text
	Unless    Text
	For       Duration
	Within    Duration
	Every     Duration // of eventually, in place of Within
	AtLeast   Duration // of whenever: how long it lasts each time
	AtMost    Duration
	Article   Text // of a law that it is about
}

// An Expect says how the run must end to be as expected.
type Expect struct {
	Key          Text // the word expect, where the file has one
	Holds        []Text
	Violated     []Violation
	Undecided    []Text
	Vacuous      []Text
	NoEffect     []Text // steps
	NotTriggered []Text // steps
	Stopped      []Stopped
	In           Percent // of the seeds
}

// A Violation is a known one.
type Violation struct {
	Name    Text // an invariant
	After   Duration
	Before  Duration
	Because Text
	In      Percent // of the seeds
}

// A Stopped names a step that must be stopped, and by which check.
type Stopped struct {
	Step Text
	By   Text
}
