package custom

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// New returns the device of an `is: custom`. What is wrong with it comes with
// Prepare and Bind.
func New(spec *syntax.Custom) *Device {
	d := &Device{}
	for _, in := range spec.Inputs {
		d.Inputs = append(d.Inputs, Input{Name: in.Name, Wiring: in.Wiring})
	}
	for _, on := range spec.On {
		d.Inputs = append(d.Inputs, Input{Name: on.Message, hears: true})
	}
	for _, sig := range spec.Signals {
		d.addSignal(sig)
	}
	for i, rule := range spec.Rules {
		h := handler{name: fmt.Sprintf("rule %d", i+1), kind: device.OnRise, when: rule.When, check: rule.If}
		if rule.Every.Present() {
			h.kind, h.every = device.OnEvery, rule.Every.Value
		}
		h.set = d.assignments(rule.Set)
		d.handlers = append(d.handlers, h)
	}
	for _, on := range spec.On {
		h := handler{name: "on " + on.Message.Value, kind: device.OnChange, hears: on.Message.Value, check: on.If}
		h.set = d.assignments(on.Set)
		d.handlers = append(d.handlers, h)
	}
	d.distinct()
	d.made, d.problems = d.problems, nil
	return d
}

// addSignal makes a signal of the file one of the device: continuous with a
// rate, computed with a value, else discrete.
func (d *Device) addSignal(sig syntax.Signal) {
	l := local{name: sig.Name, role: device.RoleReport}
	switch {
	case sig.Rate.Present():
		l.role, l.eval = device.RoleContinuous, sig.Rate
	case sig.Value.Present():
		l.role, l.eval = device.RoleComputed, sig.Value
	}
	if sig.Unit.Usable() {
		u, err := unit.Parse(sig.Unit.Value)
		if err != nil {
			d.problems.Errorf(sig.Unit.Span, "write a unit such as m, K/s or m3/h", "%v", err)
			l.wrong = true
		}
		l.shape.Unit = u
	}
	l.wrong = l.wrong || sig.Unit.Present() && !sig.Unit.Usable() || sig.Start.Present() && !sig.Start.Usable()
	for _, label := range sig.Labels {
		l.shape.Labels = append(l.shape.Labels, label.Value)
	}
	l.shape.Type = typeOf(sig, len(l.shape.Labels) > 0)
	if sig.Start.Usable() {
		d.start(&l, sig)
	}
	l.shape.Unknown = l.wrong
	d.locals = append(d.locals, l)
}

func typeOf(sig syntax.Signal, labels bool) signal.Type {
	switch sig.Type.Value {
	case "bool":
		return signal.Bool
	case "int":
		return signal.Int
	case "enum":
		return signal.Enum
	case "hash":
		return signal.Hash
	}
	if labels {
		return signal.Enum
	}
	return signal.Number
}

// start evaluates a start value; it also tells type and unit where nothing else
// does.
func (d *Device) start(l *local, sig syntax.Signal) {
	var want *Shape
	if (l.shape.Type != signal.Number || sig.Unit.Present()) && !l.wrong {
		want = &l.shape
	}
	e, ok := d.value(sig.Start, want, &scope{d: &Device{}})
	switch {
	case !ok:
		l.wrong = l.wrong || want == nil
		return
	case !e.Constant:
		d.problems.Errorf(sig.Start.Span, "write a value such as 350 K, 4 or false", "a start value is fixed: it cannot read signals")
		return
	}
	if want == nil {
		l.shape = Shape{Type: e.Type, Unit: e.Unit, Labels: e.Labels}
		if l.shape.Type == signal.Int && sig.Type.Value != "int" {
			l.shape.Type = signal.Number
		}
	}
	l.start = e.Eval([]float64{0}, 0)
}

func (d *Device) assignments(set []syntax.Assignment) (list []assignment) {
	for _, a := range set {
		list = append(list, assignment{name: a.Signal, value: a.Value})
	}
	return list
}

// Prepare finds out the roles and shapes of inputs and computed signals, and
// reports what is wrong with names. Where devices that are written in the file
// read one another, it is called again when all were prepared once.
func (d *Device) Prepare(look Lookup) source.Problems {
	d.problems = slices.Clone(d.made)
	for i := range d.Inputs {
		in := &d.Inputs[i]
		if in.hears {
			in.role, in.shape = device.RoleTold, d.shapeOfCommand(in.Name.Value)
			continue
		}
		if !in.Wiring.Source.Usable() {
			continue
		}
		role, shape, err := look(in.Wiring.Source.Value)
		if err != nil {
			d.problems.Errorf(in.Wiring.Source.Span, "", "%v", err)
			continue
		}
		in.role, in.shape = role, shape
	}
	d.computedShapes()
	for i := range d.handlers {
		for _, a := range d.handlers[i].set {
			d.checkTarget(a)
		}
	}
	for i := range d.locals {
		d.findReads(&d.locals[i])
	}
	problems := d.problems
	d.problems = nil
	return problems
}

// checkTarget reports an assignment to what cannot be set.
func (d *Device) checkTarget(a assignment) {
	if !a.name.Usable() {
		return
	}
	l := d.local(a.name.Value)
	switch {
	case l == nil && d.input(a.name.Value) != nil:
		d.problems.Errorf(a.name.Span, "set a signal of its own", "%s is an input: a device cannot set it", source.Quote(a.name.Value))
	case l == nil:
		d.problems.Errorf(a.name.Span, "declare it under `signals:`", "there is no signal %s%s", source.Quote(a.name.Value),
			source.DidYouMean(a.name.Value, d.localNames()))
	case l.role == device.RoleComputed:
		d.problems.Errorf(a.name.Span, "give it a start instead of a value", "%s is computed: it cannot be set", source.Quote(a.name.Value))
	}
}

func (d *Device) localNames() (names []string) {
	for i := range d.locals {
		names = append(names, d.locals[i].name.Value)
	}
	return names
}

// shapeOfCommand is the shape of what a command's value is assigned to.
func (d *Device) shapeOfCommand(name string) Shape {
	for _, h := range d.handlers {
		if h.hears != name {
			continue
		}
		for _, a := range h.set {
			if l := d.local(a.name.Value); l != nil && a.value.Value == "message.value" {
				return l.shape
			}
		}
	}
	return Shape{}
}

// computedShapes finds out type and unit of computed signals that do not say, in
// as many rounds as one may need another. A value of a plc may refer to itself;
// what it is at the start then tells.
func (d *Device) computedShapes() {
	for i := range d.locals {
		d.locals[i].shape.Unknown = d.locals[i].wrong
	}
	for range d.locals {
		changed := false
		for i := range d.locals {
			l := &d.locals[i]
			if !l.eval.Present() || l.role == device.RoleContinuous || l.shape.Unit.Symbol != "" || l.shape.Type != signal.Number || !l.eval.Usable() {
				continue
			}
			text := l.eval.Value
			if l.first.Usable() {
				text = l.first.Value
			}
			e, errs := expression.Value(text, nil, &scope{d: d})
			hidden := l.wrong || slices.ContainsFunc(errs, func(e expression.Error) bool { return e.Message == Known })
			if hidden != l.shape.Unknown {
				l.shape.Unknown, changed = hidden, true
			}
			if len(errs) == 0 && e.Type != signal.Int && (e.Type != l.shape.Type || e.Unit.Symbol != "") {
				l.shape, changed = Shape{Type: e.Type, Unit: e.Unit, Labels: e.Labels}, true
			}
		}
		if !changed {
			return
		}
	}
}

// Unknown returns an input or a signal whose shape a mistake hides.
func (d *Device) Unknown() (syntax.Text, bool) {
	for i := range d.Inputs {
		if d.Inputs[i].shape.Unknown {
			return d.Inputs[i].Name, true
		}
	}
	for i := range d.locals {
		if d.locals[i].shape.Unknown {
			return d.locals[i].name, true
		}
	}
	return syntax.Text{}, false
}

// findReads lists the names that a rate or a value reads.
func (d *Device) findReads(l *local) {
	if l.eval.Usable() {
		s := &scope{d: d}
		shape := l.shape
		if l.role == device.RoleContinuous {
			shape.Unit = perSecond(shape.Unit)
		}
		expression.Value(l.eval.Value, &expression.Want{Type: shape.Type, Unit: shape.Unit, Labels: shape.Labels}, s)
		l.reads = s.used
	}
}
