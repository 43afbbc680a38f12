package sim

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/floor"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/logbook"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Device is a device of a system.
type Device struct {
	ID    string
	Kind  string
	Tag   string // the plant's own name
	Owner string // who answers for it
	Count int    // members, at least 1
	// Stands is for how many devices alike each member stands, where nobody looks at one of them;
	// 0 is one.
	Stands int64
	Twin   device.Device
	// Solver is how its continuous states are integrated, with all that they are
	// joined to.
	Solver plant.Solver
	// Speaks and Security are how it is spoken to, Holds the credentials it has.
	Speaks   network.Protocol
	Security network.Security
	Holds    uint64
	// Session is how long its sessions of OPC UA stay open while nothing gets through; 0
	// where they are never over.
	Session vtime.Duration
	// Exposes are the credentials that messages bear openly which it is to believe.
	Exposes uint64
	// Offers says that it is on the network for what it offers there: a login, a weakness.
	Offers bool
	// Guarded says that it checks messages: Guard says how, once all is wired.
	Guarded bool
	// Log is how it keeps a record, nil where it keeps none; Remote names the device
	// that has a copy.
	Log    *logbook.Log
	Remote string
	// Work is what it needs for each message, nil where that is nothing.
	Work *Work
	// Battery is what it lives on, nil where that is not said.
	Battery *network.Battery
	// Parameters are its configuration, as others may name it in expressions.
	Parameters []Parameter
}

// A Parameter is a fixed value of a device, in SI.
type Parameter struct {
	Name  string
	Value float64
	Type  signal.Type
	Unit  unit.Unit
}

// A System is devices, wiring and network being put together. The order is Add
// for all devices, Layout, Point and Force for what injections will act on, Wire,
// then expressions, invariants and steps, at last Plan.
type System struct {
	Topology  network.Topology
	Intruders []inject.Intruder
	Malware   []Malware
	// Credentials are their names, by number.
	Credentials []string
	// Secrets say more of them, where that is known; Doors how one can work on devices
	// from afar. Both matter to the surface alone.
	Secrets []Secret
	Doors   []Door

	parts   []*part
	byID    map[string]*part
	signals Signals
	kinds   map[kindKey]int32
	layouts map[string]int32
	plates  map[Nameplate]*Nameplate
	points  []signal.Point
	told    map[signal.Slot]network.Cell // of reports: the cell that shows the fold
	wired   map[signal.Slot]network.Cell // of reports: the cell that shows faults alone
	shadows map[signal.Slot]int          // by the cell that shows it: the first point of a report
	inPlace map[signal.Slot]int
	privy   map[[2]string]int // points of one receiver alone, by path and receiver
	forced  map[[2]string]bool
	copper  map[[2]string]bool // inputs and reports that are hard-wired
	wires   []wire
	router  *network.Router
	nodes   []node
	factors map[signal.Slot]signal.Slot
	windows []windowSpec
	figures []figure
	// extremes are of answers and figures, which change by events alone.
	extremes []signal.Extreme
	workAt   []int32 // by rank: among the book's works, from 1 on
	orders   []order
	follows  []follower
	coppers  []follower   // of information that is hard-wired
	acts     map[int]bool // by rank: others are wired to what it does
	share    signal.Slot  // of what the plant answers for; 0 where nobody asks
	guards   []check.Guard
	// Walls are what people do not walk through.
	Walls []floor.Wall
	// Data is what the system knows about people, nil where that is nothing.
	Data *Holdings
	// Dangers are who may be harmed, and by what.
	Dangers Dangers
	guardAt map[int]int32            // by rank
	signed  map[int]network.Security // by rank: at least
}

// A part is a device with its declaration.
type part struct {
	Device
	decl device.Declaration
	look device.Look
	rank int // in the order of all devices
	base int // of its member 0 among all members
}

// signal returns the place of a signal in the declaration, or -1.
func (p *part) signal(name string) int {
	return slices.IndexFunc(p.decl.Signals, func(s device.Signal) bool { return s.Name == name })
}

// NewSystem returns an empty system.
func NewSystem() *System {
	return &System{
		byID: map[string]*part{}, kinds: map[kindKey]int32{}, layouts: map[string]int32{}, plates: map[Nameplate]*Nameplate{},
		told: map[signal.Slot]network.Cell{}, wired: map[signal.Slot]network.Cell{}, shadows: map[signal.Slot]int{},
		inPlace: map[signal.Slot]int{}, privy: map[[2]string]int{}, forced: map[[2]string]bool{}, copper: map[[2]string]bool{},
		factors: map[signal.Slot]signal.Slot{}, guardAt: map[int]int32{}, signed: map[int]network.Security{}, acts: map[int]bool{},
	}
}

// Add adds a device.
func (s *System) Add(d Device) error {
	if s.byID[d.ID] != nil {
		return fmt.Errorf("two devices are named %q", d.ID)
	}
	look := device.LookOf(d.Twin)
	if d.Guarded {
		d.Twin = guarded{d.Twin}
	}
	decl, err := device.Declare(d.Twin)
	if err != nil {
		return fmt.Errorf("%s: %w", d.ID, err)
	}
	d.Count = max(1, d.Count)
	p := &part{Device: d, decl: decl, look: look}
	s.byID[d.ID] = p
	s.parts = append(s.parts, p)
	return nil
}

// place gives a signal of a device cells of its own.
func (s *System) place(p *part, sig *device.Signal) {
	c := s.allocate(p.rank, kindOf(sig), p.Count, sig.Start)
	sig.Cell.Slot, sig.Cell.Stride = c.Slot, c.Stride
}

// hidden allocates cells that nobody can name, of a device or, with device -1, of
// none.
func (s *System) hidden(device int, like kind, name string, count int, start float64) network.Cell {
	like.name, like.internal = name, true
	return s.allocate(device, like, count, start)
}

// A Symbol is a signal or a parameter that expressions can name.
type Symbol struct {
	Cell      network.Cell
	Count     int
	Signal    *device.Signal // nil of a parameter
	Parameter *Parameter     // nil of a signal
}

// Lookup returns what a device's name and a signal's name stand for.
func (s *System) Lookup(id, name string) (Symbol, bool) {
	p := s.byID[id]
	if p == nil {
		return Symbol{}, false
	}
	if i := p.signal(name); i >= 0 {
		sig := &p.decl.Signals[i]
		return Symbol{Cell: network.Cell{Slot: sig.Cell.Slot, Stride: sig.Cell.Stride}, Count: p.Count, Signal: sig}, !sig.Internal
	}
	for i := range p.Parameters {
		if p.Parameters[i].Name == name {
			return Symbol{Count: 1, Parameter: &p.Parameters[i]}, true
		}
	}
	return Symbol{}, false
}

// Device returns the device of the name, or nil.
func (s *System) Device(id string) *Device {
	if p := s.byID[id]; p != nil {
		return &p.Device
	}
	return nil
}

// DeviceNames returns the names of all devices, sorted.
func (s *System) DeviceNames() []string {
	names := make([]string, len(s.parts))
	for i, p := range s.parts {
		names[i] = p.ID
	}
	slices.Sort(names)
	return names
}

// SignalNames returns the names of a device's signals and, for expressions, its
// parameters.
func (s *System) SignalNames(id string, parameters bool) (names []string) {
	p := s.byID[id]
	if p == nil {
		return nil
	}
	for i := range p.decl.Signals {
		if !p.decl.Signals[i].Internal {
			names = append(names, p.decl.Signals[i].Name)
		}
	}
	if parameters {
		for _, q := range p.Parameters {
			if !slices.Contains(names, q.Name) {
				names = append(names, q.Name)
			}
		}
	}
	return names
}

// Inputs returns the declared inputs of a device.
func (s *System) Inputs(id string) (inputs []device.Signal) {
	p := s.byID[id]
	if p == nil {
		return nil
	}
	for i := range p.decl.Signals {
		if p.decl.Signals[i].Role.Listens() {
			inputs = append(inputs, p.decl.Signals[i])
		}
	}
	return inputs
}

// DeviceAt returns the name of the device of a rank.
func (s *System) DeviceAt(rank int32) string { return s.parts[rank].ID }

// Rank returns the place of a device in the order of all, or -1.
func (s *System) Rank(id string) int {
	if p := s.byID[id]; p != nil {
		return p.rank
	}
	return -1
}
