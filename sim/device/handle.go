package device

import (
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Value is a Go type that a signal can have. An enumeration is an int, its
// ordinal.
type Value interface{ float64 | bool | int }

// In is a handle to a signal that is read: Input, Told, Tunable, Computed.
type In[T Value] struct{ at Cell }

func (h *In[T]) cell() *Cell { return &h.at }

// Get returns the signal's value, in SI, at the beginning of the phase.
func (h *In[T]) Get(c *Context) T { return decode[T](c.frame.V[h.at.At(c.member)]) }

// Out is a handle to a signal that the device writes: State, Report.
type Out[T Value] struct{ In[T] }

// Set writes the signal; the value shows at the end of the phase.
func (h *Out[T]) Set(c *Context, x T) { c.rt.Store.Set(h.at.At(c.member), encode(x)) }

// A ReportOut is a handle to information that the device tells.
type ReportOut[T Value] struct{ Out[T] }

// Set writes the report and tells it to whoever is wired to it.
func (h *ReportOut[T]) Set(c *Context, x T) {
	h.Out.Set(c, x)
	c.tell(&h.at)
}

func decode[T Value](x float64) (value T) {
	switch p := any(&value).(type) {
	case *float64:
		*p = x
	case *bool:
		*p = x != 0
	case *int:
		*p = int(x)
	}
	return value
}

func encode[T Value](x T) float64 {
	switch x := any(x).(type) {
	case float64:
		return x
	case bool:
		if x {
			return 1
		}
		return 0
	case int:
		return float64(x)
	}
	return 0
}

func typeOf[T Value]() signal.Type {
	switch any(*new(T)).(type) {
	case bool:
		return signal.Bool
	case int:
		return signal.Int
	}
	return signal.Number
}

// An Option completes a declaration.
type Option func(s *Signal)

// Doc says what the signal is, in a few words.
func Doc(text string) Option { return func(s *Signal) { s.Doc = text } }

// Optional lets an input stay unwired; it then keeps the start value.
func Optional(start float64) Option {
	return func(s *Signal) { s.Optional, s.Start = true, start }
}

// Actuator says that the signal is something that moves, and may be stuck or slow.
func Actuator() Option { return func(s *Signal) { s.Actuator = true } }

// Labels makes an int an enumeration.
func Labels(labels ...string) Option {
	return func(s *Signal) { s.Type, s.Labels = signal.Enum, labels }
}

// declare adds a signal whose cell lies in the handle.
func declare(p *Ports, at *Cell, s Signal, options []Option) {
	for _, o := range options {
		o(&s)
	}
	at.index = int32(len(p.Signals))
	s.Cell = at
	p.Signals = append(p.Signals, s)
}

// Input declares a physical input: it is wired to a physical signal of another
// device and reads the truth.
func Input[T Value](p *Ports, name string, u unit.Unit, options ...Option) *In[T] {
	h := &In[T]{}
	declare(p, &h.at, Signal{Name: name, Role: RoleInput, Type: typeOf[T](), Unit: u}, options)
	return h
}

// Told declares an information input: what the device was told last.
func Told[T Value](p *Ports, name string, u unit.Unit, options ...Option) *In[T] {
	h := &In[T]{}
	declare(p, &h.at, Signal{Name: name, Role: RoleTold, Type: typeOf[T](), Unit: u}, options)
	return h
}

// Tunable declares a setting that an attack or an act may change in a run.
func Tunable[T Value](p *Ports, name string, u unit.Unit, start T, options ...Option) *In[T] {
	h := &In[T]{}
	declare(p, &h.at, Signal{Name: name, Role: RoleTunable, Type: typeOf[T](), Unit: u, Start: encode(start)}, options)
	return h
}

// State declares a discrete signal that the device's handlers write.
func State[T Value](p *Ports, name string, u unit.Unit, start T, options ...Option) *Out[T] {
	h := &Out[T]{}
	declare(p, &h.at, Signal{Name: name, Role: RoleState, Type: typeOf[T](), Unit: u, Start: encode(start)}, options)
	return h
}

// Report declares information that the device tells.
func Report[T Value](p *Ports, name string, u unit.Unit, start T, options ...Option) *ReportOut[T] {
	h := &ReportOut[T]{}
	declare(p, &h.at, Signal{Name: name, Role: RoleReport, Type: typeOf[T](), Unit: u, Start: encode(start)}, options)
	return h
}

// Continuous declares a continuous signal by its derivative, in SI per second, a
// function of the signals declared so far (or of those named with Reads).
func Continuous(p *Ports, name string, u unit.Unit, start float64, rate func(c *Context) float64, options ...Option) *Out[float64] {
	h := &Out[float64]{}
	declare(p, &h.at, Signal{
		Name: name, Role: RoleContinuous, Type: signal.Number, Unit: u, Start: start,
		Eval: eval(rate), Reads: append(p.reads(nil), &h.at),
	}, options)
	return h
}

// Computed declares a physical signal that is a function of the signals declared
// so far (or of those named with Reads) and always up to date.
func Computed[T Value](p *Ports, name string, u unit.Unit, value func(c *Context) T, options ...Option) *In[T] {
	h := &In[T]{}
	declare(p, &h.at, Signal{
		Name: name, Role: RoleComputed, Type: typeOf[T](), Unit: u, Reads: p.reads(nil),
		Eval: eval(func(c *Context) float64 { return encode(value(c)) }),
	}, options)
	return h
}

// Reads names all that a derivative or a computed value reads, where that is not
// everything declared before it. What is read without being named is a bug that
// the contract suite finds.
func Reads(signals ...Readable) Option {
	return func(s *Signal) {
		s.Reads = nil
		for _, r := range signals {
			s.Reads = append(s.Reads, r.cell())
		}
	}
}

// A Chance is a stream of chance of a device, numbered by how often it was drawn
// from.
type Chance struct {
	Name string
	// Index is the chance's place among all of a system, set by the assembly.
	Index int
	drawn Cell
}

// Chance declares a stream of chance.
func (p *Ports) Chance(name string) *Chance {
	h := &Chance{Name: name}
	declare(p, &h.drawn, Signal{Name: name + "_drawn", Role: RoleState, Type: signal.Int, Internal: true}, nil)
	p.Chances = append(p.Chances, h)
	return h
}

// A Timer is a declared deadline of a device.
type Timer struct{ handler int } // in Declaration.Handlers

// of returns the kernel's timer of the member that runs.
func (t *Timer) of(c *Context) des.Timer {
	u := &c.rt.Units[c.unit]
	return des.Timer(int(c.rt.table[u.entry(t.handler)].first) + c.member)
}

// Timer declares a timer and what to do when it is due, which goes by some signals; by any of the
// device where none is named.
func (p *Ports) Timer(name string, do func(c *Context), by ...Readable) *Timer {
	t := &Timer{handler: len(p.Handlers)}
	p.Handle(Handler{Name: name, Kind: OnTimer, Do: do, By: cellsOf(by)})
	return t
}

// Power returns a handle to the device's own power supply, true until a fault
// takes it away.
func (p *Ports) Power() *In[bool] {
	h := &In[bool]{}
	declare(p, &h.at, Signal{Name: "powered", Role: RoleTunable, Type: signal.Bool, Start: 1, Doc: "has power"}, nil)
	p.Declaration.Power = &h.at
	return h
}

// Normal returns the chance's next draw from the standard normal distribution.
func (h *Chance) Normal(c *Context) float64 {
	key, n := c.draw(h)
	return key.Normal(n)
}

// Float64 returns the chance's next draw from the open interval (0, 1).
func (h *Chance) Float64(c *Context) float64 {
	key, n := c.draw(h)
	return key.Float64(n)
}

func (c *Context) draw(h *Chance) (rng.Key, uint64) {
	slot := h.drawn.At(c.member)
	n := c.frame.V[slot]
	c.frame.V[slot] = n + 1
	c.rt.Chanced = true
	return c.rt.Keys[h.Index].Member(c.member), uint64(n)
}
