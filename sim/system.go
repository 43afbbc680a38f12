package sim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Device is a device of a system.
type Device struct {
	ID    string
	Kind  string
	Tag   string // the plant's own name
	Owner string // who answers for it
	Count int    // members, at least 1
	Twin  device.Device
	// Solver is how its continuous states are integrated, with all that they are
	// joined to.
	Solver plant.Solver
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
	Topology network.Topology

	parts   []*part
	byID    map[string]*part
	cells   int
	names   []SignalInfo // by slot, of model cells
	starts  []float64
	points  []signal.Point
	told    map[signal.Slot]network.Cell // of reports: the cell that shows the fold
	wired   map[signal.Slot]network.Cell // of reports: the cell that shows faults alone
	inPlace map[signal.Slot]int
	privy   map[[2]string]int // points of one receiver alone, by path and receiver
	forced  map[[2]string]bool
	wires   []wire
	nodes   []node
	factors map[signal.Slot]signal.Slot
	windows []windowSpec
	writers []Writer
}

// A part is a device with its declaration.
type part struct {
	Device
	decl  device.Declaration
	index map[string]int // signals by name
	rank  int            // in the order of all devices
	base  int            // of its member 0 among all members
}

// A SignalInfo describes a cell.
type SignalInfo struct {
	Device, Signal string
	Member, Count  int
	Role           device.Role
	Type           signal.Type
	Unit           unit.Unit
	Labels         []string
	Internal       bool
	Continuous     bool
	Slot           signal.Slot
}

// Path returns the signal's path: "tower.level", "drive[3].speed".
func (i SignalInfo) Path() string {
	if i.Count > 1 {
		return fmt.Sprintf("%s[%d].%s", i.Device, i.Member, i.Signal)
	}
	return i.Device + "." + i.Signal
}

// A Writer is who can write to a cell.
type Writer struct {
	Kind     WriterKind
	Device   string // of a handler, a computed signal; the sender of a message
	What     string // name of the handler, signal or step
	Receiver string // of a message
	Step     int    // of an injection
}

// A WriterKind is what sort of writer a Writer is.
type WriterKind uint8

// The kinds of writers.
const (
	WroteStart WriterKind = iota // the start value
	WroteHandler
	WroteMessage
	WroteComputed
	WroteInjection
)

// NewSystem returns an empty system.
func NewSystem() *System {
	return &System{
		byID: map[string]*part{}, told: map[signal.Slot]network.Cell{}, wired: map[signal.Slot]network.Cell{},
		inPlace: map[signal.Slot]int{}, privy: map[[2]string]int{}, forced: map[[2]string]bool{},
		factors: map[signal.Slot]signal.Slot{},
		writers: []Writer{{Kind: WroteStart}},
	}
}

// Add adds a device.
func (s *System) Add(d Device) error {
	if s.byID[d.ID] != nil {
		return fmt.Errorf("two devices are named %q", d.ID)
	}
	decl, err := device.Declare(d.Twin)
	if err != nil {
		return fmt.Errorf("%s: %w", d.ID, err)
	}
	d.Count = max(1, d.Count)
	p := &part{Device: d, decl: decl, index: map[string]int{}}
	for i := range decl.Signals {
		p.index[decl.Signals[i].Name] = i
	}
	s.byID[d.ID] = p
	s.parts = append(s.parts, p)
	return nil
}

// Layout gives every signal its cells; devices are ranked by their names.
func (s *System) Layout() {
	slices.SortFunc(s.parts, func(a, b *part) int { return strings.Compare(a.ID, b.ID) })
	s.cells = 1 // the clock
	s.names = append(s.names, SignalInfo{Device: "", Signal: "time", Count: 1, Internal: true})
	s.starts = append(s.starts, 0)
	for _, p := range s.parts {
		for i := range p.decl.Signals {
			if sig := &p.decl.Signals[i]; sig.Role != device.RoleInput {
				s.place(p, sig)
			}
		}
	}
}

// place gives a signal of a device cells of its own.
func (s *System) place(p *part, sig *device.Signal) {
	sig.Cell.Slot, sig.Cell.Stride = signal.Slot(s.cells), 0
	if p.Count > 1 {
		sig.Cell.Stride = 1
	}
	for m := range p.Count {
		s.names = append(s.names, SignalInfo{
			Device: p.ID, Signal: sig.Name, Member: m, Count: p.Count, Role: sig.Role, Type: sig.Type,
			Unit: sig.Unit, Labels: sig.Labels, Internal: sig.Internal, Slot: signal.Slot(s.cells + m),
		})
		s.starts = append(s.starts, sig.Start)
	}
	s.cells += p.Count
}

// hidden allocates cells that are no device's.
func (s *System) hidden(device, name string, like SignalInfo, count int) network.Cell {
	c := network.Cell{Slot: signal.Slot(s.cells)}
	if count > 1 {
		c.Stride = 1
	}
	for m := range count {
		info := like
		info.Device, info.Signal, info.Member, info.Count = device, name, m, count
		info.Internal, info.Slot = true, signal.Slot(s.cells+m)
		s.names = append(s.names, info)
		s.starts = append(s.starts, 0)
	}
	s.cells += count
	return c
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
	if i, ok := p.index[name]; ok {
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

// Writer registers a writer.
func (s *System) Writer(w Writer) signal.Writer {
	s.writers = append(s.writers, w)
	return signal.Writer(len(s.writers) - 1)
}

// Rank returns the place of a device in the order of all.
func (s *System) Rank(id string) int {
	return slices.IndexFunc(s.parts, func(p *part) bool { return p.ID == id })
}
