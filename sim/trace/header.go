package trace

import "github.com/harmproof/harmproof/sim/vtime"

// Format is the version of the format that a Writer writes. A reader takes those from FirstFormat on,
// and refuses others. In 2 messages lie in the order of their times, and spans between changes are
// multiples of a unit.
const (
	Format      = 2
	FirstFormat = 1
)

// A Header is what a trace is of. It never changes during a run.
type Header struct {
	Format   int    `json:"format"`
	Tool     string `json:"tool"` // its version
	Scenario string `json:"scenario"`
	About    string `json:"about"`
	// File is the scenario as it was named; Hash is of its text and of those that it uses.
	File string `json:"file"`
	Hash string `json:"hash"`
	Seed uint64 `json:"seed"`
	// From is when the recording begins, other than 0 where a run was taken up again;
	// Run is when the run is to end. Nanoseconds since the start, as all times.
	From vtime.Time `json:"from"`
	Run  vtime.Time `json:"run"`
	// Starts is the date of time 0 in seconds since 1970, 0 where there is none.
	Starts int64 `json:"starts"`

	Devices    []Device    `json:"devices"`
	Zones      []Zone      `json:"zones"`
	Conduits   []Conduit   `json:"conduits"`
	Kinds      []Kind      `json:"kinds"`
	Signals    []Signal    `json:"signals"`
	Wires      []Wire      `json:"wires,omitempty"`
	Flows      []Flow      `json:"flows"`
	Steps      []Step      `json:"steps"`
	Invariants []Invariant `json:"invariants"`
	Columns    []Column    `json:"columns"`
	Malware    []Malware   `json:"malware,omitempty"`
	Walls      []Wall      `json:"walls,omitempty"`
	People     []Person    `json:"people,omitempty"`
	Harms      []Harm      `json:"harms,omitempty"`
	Hazards    []Hazard    `json:"hazards,omitempty"`
}

// A Device is a device, or several that are alike and told apart by their numbers.
type Device struct {
	ID       string      `json:"id"`
	Kind     string      `json:"kind"`
	Tag      string      `json:"tag,omitempty"`
	Owner    string      `json:"owner,omitempty"`
	Count    int         `json:"count"`
	Zones    []int       `json:"zones,omitempty"`
	Position *[3]float64 `json:"position,omitempty"` // m
	Look     *Look       `json:"look,omitempty"`
}

// A Zone is a zone of the network.
type Zone struct {
	Name   string  `json:"name"`
	Level  string  `json:"level,omitempty"` // of the Purdue model
	Target int     `json:"target,omitempty"`
	Range  float64 `json:"range,omitempty"` // m, of radio
}

// A Conduit joins zones.
type Conduit struct {
	Name   string   `json:"name"`
	Joins  []string `json:"joins"`
	OneWay bool     `json:"one_way,omitempty"`
	Rules  []string `json:"rules,omitempty"`
}

// A Unit is how people write a quantity: a value v in SI is (v - Offset) / Scale of it.
type Unit struct {
	Symbol string  `json:"symbol"`
	Scale  float64 `json:"scale"`
	Offset float64 `json:"offset,omitempty"`
}

// A Kind is what signals have in common that were declared alike.
type Kind struct {
	Name   string   `json:"name"`
	Role   string   `json:"role"` // continuous, computed, state, report, told, tunable, infected or other
	Type   string   `json:"type"` // number, bool, int, enum or hash
	Unit   Unit     `json:"unit"`
	Labels []string `json:"labels,omitempty"` // of an enum
	// Continuous says that it goes along polynomials.
	Continuous bool `json:"continuous,omitempty"`
}

// A Signal is one signal of all members of a device: which device (-1: of none), which
// kind, how many cells. The cells of a trace are numbered in the order of its signals.
// Signals of the role infected come last; they have a cell for each host, which of a
// device that stands for a population are more than its members.
type Signal [3]int

// Device is the number of its device, or -1.
func (s Signal) Device() int { return s[0] }

// Kind is the number of its kind.
func (s Signal) Kind() int { return s[1] }

// Count is how many cells it has.
func (s Signal) Count() int { return s[2] }

// A Flow is everything that one device tells or asks another. Devices are numbers.
type Flow struct {
	From     int            `json:"from"`
	To       int            `json:"to"`
	Claims   int            `json:"claims"`  // whom From claims to be; -1 where it is honest
	Members  int            `json:"members"` // of the receiver of the values
	Asked    bool           `json:"asked,omitempty"`
	Protocol string         `json:"protocol"`
	Security string         `json:"security"`
	Verb     string         `json:"verb"`
	QoS      int            `json:"qos,omitempty"`
	Every    vtime.Duration `json:"every,omitempty"`
	Step     int            `json:"step"` // that sends it, or -1
	Items    []Item         `json:"items,omitempty"`
}

// An Item is a value that a flow carries.
type Item struct {
	Signal string `json:"signal"`
	// Cell is what the first member of the receiver is told, -1 where nobody can see it;
	// Stride leads to that of the next member.
	Cell   int `json:"cell"`
	Stride int `json:"stride"`
	// Source is the cell that it is of, of the sender's first member; nil where nobody can
	// see it.
	Source *int   `json:"source,omitempty"`
	Topic  string `json:"topic,omitempty"`
}

// A Step is a step of the timeline.
type Step struct {
	Name      string `json:"name"`
	Kind      string `json:"kind"` // attack, fault or act
	Technique string `json:"technique,omitempty"`
	Target    string `json:"target,omitempty"`
	Summary   string `json:"summary,omitempty"`
	Momentary bool   `json:"momentary,omitempty"`
	Assumed   bool   `json:"assumed,omitempty"`
	Attacker  string `json:"attacker,omitempty"`
	From      string `json:"from,omitempty"`
}

// An Invariant is what must hold.
type Invariant struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// A Column is an expression that the story shows.
type Column struct {
	Title  string   `json:"title"`
	Type   string   `json:"type"`
	Unit   Unit     `json:"unit"`
	Labels []string `json:"labels,omitempty"`
}

// A Malware is something that spreads from device to device.
type Malware struct {
	Name  string `json:"name"`
	Hosts []Host `json:"hosts"`
	// Ways are by what it comes: its vectors, then people's habits.
	Ways []string `json:"ways"`
}

// A Host is where a malware can be: a device, something that people carry, or several
// that are alike.
type Host struct {
	Name   string `json:"name"`
	Device int    `json:"device"` // -1 of what people carry
	Count  int    `json:"count"`
	// Cell is how many of them have it. On is the first of as many cells that are 1 where
	// it is on; -1 of a large population, of which that is not recorded.
	Cell int `json:"cell"`
	On   int `json:"on"`
}

// Cells is how many cells there are.
func (h *Header) Cells() (n int) {
	for _, s := range h.Signals {
		n += s.Count()
	}
	return n
}

// lanes is how many lanes messages have: two for each member of each flow, requests
// apart.
func (h *Header) lanes() (n int) {
	for i := range h.Flows {
		n += 2 * h.Flows[i].Members
	}
	return n
}
