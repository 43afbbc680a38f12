package custom

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Shape is the type of a signal as expressions see it.
type Shape struct {
	Type   signal.Type
	Unit   unit.Unit
	Labels []string
	// Unknown says that a mistake that is reported elsewhere hides what it is.
	Unknown bool
}

// Known is the message of an error that was reported elsewhere.
const Known = "\x00known"

// A Lookup tells the role and the shape of another device's signal.
type Lookup func(path string) (device.Role, Shape, error)

// A Device is a device that is written in the file. It implements device.Device.
type Device struct {
	Inputs   []Input
	locals   []local
	handlers []handler
	scan     vtime.Duration  // of a plc
	outputs  []*output       // of a plc
	made     source.Problems // mistakes found when it was made
	problems source.Problems

	// Compiled counts the expressions that Bind compiled.
	Compiled expression.Tally
}

// Shape returns the role and the shape of a signal of the device.
func (d *Device) Shape(name string) (device.Role, Shape, bool) {
	if l := d.local(name); l != nil {
		return l.role, l.shape, true
	}
	if in := d.input(name); in != nil {
		return device.RoleInput, in.shape, true
	}
	return 0, Shape{}, false
}

// Moves reports whether a signal is something that the device does, as against something
// that it tells: what it computes, or a rate, goes by it, as by a contact.
func (d *Device) Moves(name string) bool {
	return slices.ContainsFunc(d.locals, func(l local) bool { return slices.Contains(l.reads, name) })
}

// Names returns the names of the device's signals.
func (d *Device) Names() []string { return d.localNames() }

// Scripted reports whether an input is a command, which need not be wired.
func (in *Input) Scripted() bool { return in.hears }

// An Input is a name for a signal of another device.
type Input struct {
	Name   syntax.Text
	Wiring syntax.Wiring
	role   device.Role
	shape  Shape
	cell   *device.Cell
	news   *device.Cell
	hears  bool // on: a command, which need not be wired
}

// A local is a signal of the device.
type local struct {
	name   syntax.Text
	role   device.Role
	shape  Shape
	start  float64
	eval   syntax.Text // rate or value
	first  syntax.Text // of a plc's value: what it is at the start
	wrong  bool        // a mistake of its own hides its shape
	doc    string
	cell   *device.Cell
	run    signal.Function // compiled eval
	bounds signal.Enclosure
	jumps  []signal.Enclosure // of what in it jumps by the time alone
	reads  []string
}

// A handler is a rule, or what a message does.
type handler struct {
	name  string
	kind  device.HandlerKind
	every vtime.Duration
	when  syntax.Text
	hears string // the input whose messages it acts on
	check syntax.Text
	set   []assignment

	condition signal.Condition
	guard     signal.Predicate
	do        func(c *device.Context)
}

type assignment struct {
	name, value syntax.Text
	cell        *device.Cell
	tells       bool
	run         signal.Function
}

// Explain makes the mistakes of an expression problems of the file, but for those that only follow from others.
func Explain(text syntax.Text, errs []expression.Error) (problems source.Problems) {
	for _, e := range errs {
		if e.Message == Known {
			continue
		}
		problems.Errorf(text.At(e.Offset, e.Width), e.Fix, "%s", e.Message)
	}
	return problems
}

// input returns the input of a name, or nil.
func (d *Device) input(name string) *Input {
	for i := range d.Inputs {
		if d.Inputs[i].Name.Value == name {
			return &d.Inputs[i]
		}
	}
	return nil
}

func (d *Device) local(name string) *local {
	for i := range d.locals {
		if d.locals[i].name.Value == name {
			return &d.locals[i]
		}
	}
	return nil
}

// names lists all that the device's expressions can name.
func (d *Device) names() (names []string) {
	for i := range d.Inputs {
		names = append(names, d.Inputs[i].Name.Value)
	}
	for i := range d.locals {
		names = append(names, d.locals[i].name.Value)
	}
	return append(names, "time")
}

// distinct reports names that are given twice.
func (d *Device) distinct() {
	seen := map[string]bool{"time": true}
	check := func(t syntax.Text) {
		if t.Usable() && seen[t.Value] {
			d.problems.Errorf(t.Span, "give it another name", "%s is the name of something else already", source.Quote(t.Value))
		}
		seen[t.Value] = true
	}
	for i := range d.Inputs {
		check(d.Inputs[i].Name)
	}
	for i := range d.locals {
		check(d.locals[i].name)
	}
}

// A scope resolves the names of one device for its own expressions.
type scope struct {
	d       *Device
	message *Input // the input that `message.value` stands for
	bound   bool   // cells are known
	used    []string
}

// Symbol implements expression.Resolver.
func (s *scope) Symbol(path string) (expression.Symbol, error) {
	s.used = append(s.used, path)
	if path == "time" {
		return expression.Symbol{Slot: signal.Clock, Count: 1, Continuous: true}, nil
	}
	if path == "message.value" && s.message != nil {
		return s.symbol(s.message.cell, s.message.shape, false)
	}
	if in := s.d.input(path); in != nil {
		return s.symbol(in.cell, in.shape, in.role.Physical() || in.role == device.RoleInput)
	}
	if l := s.d.local(path); l != nil {
		return s.symbol(l.cell, l.shape, l.role == device.RoleContinuous || l.role == device.RoleComputed)
	}
	if strings.Contains(path, ".") {
		return expression.Symbol{}, fmt.Errorf("a device sees others only through its inputs, so it does not know %s%s",
			source.Quote(path), "; name it under `inputs:`")
	}
	hint := source.DidYouMean(path, append(s.d.names(), "true", "false"))
	if names := s.d.names(); hint == "" && len(names) > 0 {
		hint = "; the device has " + strings.Join(names[:min(len(names), mostNames)], ", ")
	}
	return expression.Symbol{}, fmt.Errorf("there is no signal or input %s%s", source.Quote(path), hint)
}

// mostNames is how many names an error lists.
const mostNames = 12

func (s *scope) symbol(cell *device.Cell, shape Shape, continuous bool) (expression.Symbol, error) {
	if shape.Unknown {
		return expression.Symbol{}, errors.New(Known)
	}
	sym := expression.Symbol{Count: 1, Type: shape.Type, Unit: shape.Unit, Labels: shape.Labels, Continuous: continuous}
	if s.bound {
		sym.Slot, sym.Stride = cell.Slot, cell.Stride
	}
	return sym, nil
}

// Told implements expression.Resolver.
func (s *scope) Told(path, _ string) (expression.Symbol, error) {
	return expression.Symbol{}, fmt.Errorf("a device knows nothing but what it is told: its inputs are that already")
}

// Window implements expression.Resolver.
func (s *scope) Window(expression.Window) (expression.Symbol, error) {
	return expression.Symbol{}, fmt.Errorf("windowed helpers are for invariants and triggers; give the device a signal that keeps what it needs")
}

// value compiles an expression for a place of a shape.
func (d *Device) value(text syntax.Text, want *Shape, s *scope) (signal.Expression, bool) {
	if !text.Usable() {
		return signal.Expression{}, false
	}
	var w *expression.Want
	if want != nil && !want.Unknown {
		w = &expression.Want{Type: want.Type, Unit: want.Unit, Labels: want.Labels}
	}
	e, errs := expression.Value(text.Value, w, s)
	d.problems.Add(Explain(text, errs)...)
	return e, len(errs) == 0
}

// Declare implements device.Device.
func (d *Device) Declare(p *device.Ports) {
	p.UsesTime()
	for i := range d.Inputs {
		in := &d.Inputs[i]
		role := device.RoleInput
		if in.hears || in.role == device.RoleReport {
			role = device.RoleTold
		}
		if in.hears {
			in.news = p.Add(device.Signal{Name: in.Name.Value + "_heard", Role: device.RoleState, Type: signal.Int, Internal: true})
		}
		in.cell = p.Add(device.Signal{
			Name: in.Name.Value, Role: role, Type: in.shape.Type, Unit: in.shape.Unit, Labels: in.shape.Labels,
			Optional: in.hears, News: in.news,
		})
	}
	for i := range d.locals {
		l := &d.locals[i]
		l.cell = p.Add(device.Signal{
			Name: l.name.Value, Role: l.role, Type: l.shape.Type, Unit: l.shape.Unit, Labels: l.shape.Labels,
			Start: l.start, Doc: l.doc,
			Eval:   func(f *signal.Frame) float64 { return d.locals[i].run(f.V, f.M) },
			Bounds: d.bounds(i), Jumps: func() []signal.Enclosure { return d.locals[i].jumps },
		})
	}
	for i := range d.locals {
		d.declareReads(p, i)
	}
	for i := range d.handlers {
		d.declareHandler(p, &d.handlers[i])
	}
}

// declareReads names what a rate or a computed value reads.
func (d *Device) declareReads(p *device.Ports, i int) {
	l := &d.locals[i]
	if l.role != device.RoleContinuous && l.role != device.RoleComputed {
		return
	}
	var cells []*device.Cell
	for _, name := range l.reads {
		if in := d.input(name); in != nil {
			cells = append(cells, in.cell)
		} else if other := d.local(name); other != nil {
			cells = append(cells, other.cell)
		} else if name == "time" {
			cells = append(cells, &device.Cell{Slot: signal.Clock})
		}
	}
	for k := range p.Signals {
		if p.Signals[k].Cell == l.cell {
			p.Signals[k].Reads = cells
		}
	}
}

func (d *Device) declareHandler(p *device.Ports, h *handler) {
	do := h.do
	if do == nil {
		do = func(c *device.Context) { h.run(c) }
	}
	switch {
	case h.hears != "":
		p.Handle(device.Handler{Name: h.name, Kind: device.OnChange, Do: do, Reads: []*device.Cell{d.input(h.hears).news}})
	case h.kind == device.OnRise:
		p.Handle(device.Handler{Name: h.name, Kind: h.kind, Do: do, Condition: func() *signal.Condition { return &h.condition }})
	default:
		p.Handle(device.Handler{Name: h.name, Kind: h.kind, Do: do, Period: h.every})
	}
}

// run carries out a rule. All its expressions read one state.
func (h *handler) run(c *device.Context) {
	f := c.Column()
	if h.guard != nil && !h.guard(f.V, f.M) {
		return
	}
	for i := range h.set {
		a := &h.set[i]
		c.Set(a.cell, a.run(f.V, f.M))
		if a.tells {
			c.Tell(a.cell)
		}
	}
}

// Bind compiles all expressions; the system must be laid out and wired.
func (d *Device) Bind() source.Problems {
	d.problems = nil
	for i := range d.locals {
		if l := &d.locals[i]; l.eval.Usable() {
			shape := l.shape
			if l.role == device.RoleContinuous {
				shape.Unit = perSecond(shape.Unit)
			}
			if e, ok := d.value(l.eval, &shape, &scope{d: d, bound: true}); ok {
				l.run, l.bounds, l.jumps = e.Eval, e.Bounds, e.Jumps
				d.count(l.use())
				d.problems.Add(Folding(l.eval, e.Folds && l.role == device.RoleContinuous)...)
			}
		}
	}
	for i := range d.handlers {
		d.bindHandler(&d.handlers[i])
	}
	d.bindOutputs()
	return d.problems
}

func (d *Device) bindHandler(h *handler) {
	s := &scope{d: d, bound: true}
	if h.hears != "" {
		s.message = d.input(h.hears)
	}
	if h.when.Usable() {
		c, errs := expression.Condition(h.when.Value, s)
		d.problems.Add(Explain(h.when, errs)...)
		h.condition = c
		d.count(expression.Guard)
		d.problems.Add(Folding(h.when, c.Folds)...)
	}
	if h.check.Usable() {
		c, errs := expression.Condition(h.check.Value, s)
		d.problems.Add(Explain(h.check, errs)...)
		h.guard = c.Holds
		d.count(expression.Guard)
	}
	for k := range h.set {
		a := &h.set[k]
		if l := d.local(a.name.Value); l != nil {
			if e, ok := d.value(a.value, &l.shape, s); ok {
				a.run, a.cell, a.tells = e.Eval, l.cell, l.role == device.RoleReport
				d.count(expression.Rule)
			}
		}
	}
}

// Folding warns of a remainder that may turn more often than the steps of the
// integration look, or the samples of a history.
func Folding(text syntax.Text, folds bool) (problems source.Problems) {
	if folds {
		problems.Warnf(text.Span, "count in a rule with `every:` instead, or keep the remainder in a signal that rules set",
			"the remainder of something continuous jumps again and again; here it is looked at by a few samples in each step, and what lasts shorter can be missed")
	}
	return problems
}

func (d *Device) count(use expression.Use) { d.Compiled[use]++ }

// use is what the expression of a signal is for.
func (l *local) use() expression.Use {
	if l.role == device.RoleContinuous {
		return expression.Derivative
	}
	return expression.Computed
}

// perSecond is the unit of a rate of what has the unit.
func perSecond(u unit.Unit) unit.Unit {
	if u.Symbol == "" {
		return unit.Unit{}
	}
	return u.Delta().Div(unit.Second)
}
