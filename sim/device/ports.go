package device

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Device is a twin: it declares what it is made of.
type Device interface {
	Declare(p *Ports)
}

// A Role is what a signal is to its device.
type Role uint8

// The roles of signals.
const (
	RoleInput      Role = iota // physical: wired to another's physical signal
	RoleTold                   // information: told by a message, or hard-wired
	RoleTunable                // what an attack or an act may change: a set point, a limit
	RoleState                  // discrete, physical or internal: written by handlers
	RoleContinuous             // continuous: given by its derivative
	RoleComputed               // a function of others, always up to date
	RoleReport                 // information: told to whoever is wired to it
)

// String returns the role in words.
func (r Role) String() string {
	return [...]string{"physical input", "told input", "tunable", "state", "continuous state", "computed", "report"}[r]
}

// Physical reports whether a signal of the role carries the truth by wiring.
func (r Role) Physical() bool { return r == RoleState || r == RoleContinuous || r == RoleComputed }

// Listens reports whether a signal of the role is an input.
func (r Role) Listens() bool { return r == RoleInput || r == RoleTold }

// A Signal is a declared signal of a device.
type Signal struct {
	Name     string
	Doc      string
	Role     Role
	Type     signal.Type
	Unit     unit.Unit
	Labels   []string // of an enumeration, by ordinal
	Start    float64  // SI
	Optional bool     // an input that may stay unwired: it keeps Start
	Actuator bool     // something that moves, and may be stuck or slow
	Internal bool     // bookkeeping: not shown, not part of the digest
	// SetBy are the signals that all handlers go by that set it, and OnlyBy says that they are known; what
	// is Continuous goes by its rate besides.
	OnlyBy bool
	SetBy  []*Cell
	// Eval is the derivative of a Continuous and the value of a Computed.
	Eval signal.Eval
	// Bounds are those of Eval, where they are known.
	Bounds signal.Enclosure
	// Jumps returns the bounds of what in Eval jumps by the time alone, once it is bound.
	Jumps func() []signal.Enclosure
	// Reach is what an input can be at all, or nil.
	Reach *Reach
	// Reads are the own signals that Eval depends on.
	Reads []*Cell
	// News, of a Told input, counts the messages that were heard.
	News *Cell
	// Kept, of a Told input that the device hands on to others as a broker does, says
	// whether it has a value for those who come late.
	Kept *Cell

	Cell *Cell
}

// Informs reports whether others can be told the signal.
func (s *Signal) Informs() bool { return s.Role == RoleReport || s.Kept != nil }

// A Cell is where a signal lies in the column once the system is assembled: the
// cell of member m is Slot + m*Stride.
type Cell struct {
	Slot   signal.Slot
	Stride int32
	index  int32 // in Declaration.Signals
	// Outlet is the number of a report among all of the system, set by the
	// assembly.
	Outlet int32
}

// Index returns the place of the cell's signal in its declaration.
func (c *Cell) Index() int { return int(c.index) }

// At returns the slot of member m.
func (c *Cell) At(m int) signal.Slot { return c.Slot + signal.Slot(c.Stride)*signal.Slot(m) }

// A HandlerKind says when a handler runs.
type HandlerKind uint8

// The kinds of handlers.
const (
	OnInit    HandlerKind = iota // before the run, until nothing changes any more
	OnStart                      // once, in the first instant
	OnMessage                    // after a message was delivered
	OnEvery                      // periodically, from the first instant on
	OnRise                       // when a gap rises to zero or above
	OnChange                     // after an input or own signal changed
	OnTimer                      // when a timer that was started is due
)

// A Handler is a declared reaction of a device.
type Handler struct {
	Name   string
	Kind   HandlerKind
	Do     func(c *Context)
	Period vtime.Duration   // of OnEvery
	Offset vtime.Duration   // of OnEvery: the first time
	Gap    signal.Eval      // of OnRise
	Bounds signal.Enclosure // of Gap, or nil where they are not known
	// Condition takes the place of Gap for devices that are made of data. It is
	// asked for when the system is complete.
	Condition func() *signal.Condition
	Reads     []*Cell // of OnRise and OnChange
	// By are the own signals that it goes by in what it writes; where none is named it may be any.
	// Causes of what it wrote are looked for there first.
	By []*Cell
	// Nature, of OnRise, says that it is not the device that reacts: it happens
	// while the device is down as well.
	Nature bool
}

// A Declaration is all that a device declared.
type Declaration struct {
	Signals  []Signal
	Handlers []Handler
	Chances  []*Chance
	// Power is the cell of the device's power supply, 1 while it has power, nil
	// where the device does not ask for it.
	Power *Cell
	// Time says that handlers read the time as a signal.
	Time bool
}

// Ports is where a device declares its signals and handlers.
type Ports struct {
	Declaration
	names map[string]bool
}

// Declare returns what the device declares. A name declared twice is an error.
func Declare(d Device) (decl Declaration, err error) {
	p := &Ports{names: map[string]bool{}}
	d.Declare(p)
	for i := range p.Signals {
		if name := p.Signals[i].Name; p.names[name] {
			return decl, fmt.Errorf("the device declares two signals named %q", name)
		} else {
			p.names[name] = true
		}
	}
	return p.Declaration, nil
}

// Add declares a signal and returns its cell. Twins use the typed functions; Add
// is for devices that are made of data.
func (p *Ports) Add(s Signal) *Cell {
	s.Cell = &Cell{index: int32(len(p.Signals))}
	p.Signals = append(p.Signals, s)
	return s.Cell
}

// Handle declares a handler. Twins use the functions below.
func (p *Ports) Handle(h Handler) { p.Handlers = append(p.Handlers, h) }

// OnInit runs the handler before the run, possibly several times, until all
// start values agree: a gauge shows what there is, a controller knows what it
// would have been told. It may set signals and must not draw from chance.
func (p *Ports) OnInit(do func(c *Context)) {
	p.Handle(Handler{Name: "init", Kind: OnInit, Do: do})
}

// OnStart runs the handler once, in the first instant of the run.
func (p *Ports) OnStart(do func(c *Context)) {
	p.Handle(Handler{Name: "start", Kind: OnStart, Do: do})
}

// OnMessage runs the handler after a message has been delivered to the device,
// in the same instant. What is hard-wired to it brings no messages: of that the
// handler hears at the start and whenever it changes.
func (p *Ports) OnMessage(do func(c *Context)) {
	p.Handle(Handler{Name: "message", Kind: OnMessage, Do: do})
}

// Every runs the handler periodically, at 0, period, 2*period and so on by the
// device's own clock.
func (p *Ports) Every(name string, period vtime.Duration, do func(c *Context)) {
	p.Handle(Handler{Name: name, Kind: OnEvery, Do: do, Period: period})
}

// OnRise runs the handler at the first nanosecond at which gap, a function of
// the signals that it reads (all declared so far where none is named), rises
// from below zero to zero or above.
func (p *Ports) OnRise(name string, gap func(c *Context) float64, do func(c *Context), reads ...Readable) {
	p.Handle(Handler{Name: name, Kind: OnRise, Do: do, Gap: eval(gap), Reads: p.reads(reads)})
}

// OnLimit is OnRise for what nature does: the tank is full, the valve has come to
// its end, the float is lifted. It happens whether the device runs or is down.
func (p *Ports) OnLimit(name string, gap func(c *Context) float64, do func(c *Context), reads ...Readable) {
	p.OnRise(name, gap, do, reads...)
	p.Handlers[len(p.Handlers)-1].Nature = true
}

// OnChange runs the handler in the round after one of the signals changed.
func (p *Ports) OnChange(name string, do func(c *Context), reads ...Readable) {
	p.Handle(Handler{Name: name, Kind: OnChange, Do: do, Reads: p.reads(reads)})
}

// GoesBy says of the handler that was declared last that it goes by these signals in what it writes, and
// by no others.
func (p *Ports) GoesBy(signals ...Readable) {
	p.Handlers[len(p.Handlers)-1].By = cellsOf(signals)
}

// Readable is a handle whose cell can be named as read.
type Readable interface{ cell() *Cell }

// reads returns the cells of the handles, or of all signals declared so far.
func (p *Ports) reads(named []Readable) (cells []*Cell) {
	if len(named) == 0 {
		for i := range p.Signals {
			cells = append(cells, p.Signals[i].Cell)
		}
		return cells
	}
	return cellsOf(named)
}

// cellsOf returns the cells of handles.
func cellsOf(named []Readable) (cells []*Cell) {
	for _, r := range named {
		cells = append(cells, r.cell())
	}
	return cells
}

// eval makes a function of a twin one of the column.
func eval(f func(c *Context) float64) signal.Eval {
	return func(fr *signal.Frame) float64 {
		c := fr.Host.(*Context)
		c.member = fr.M
		return f(c)
	}
}

// UsesTime says that handlers read the time as a signal (Context.Seconds).
func (p *Ports) UsesTime() { p.Time = true }
