package compile

import (
	"fmt"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
)

// wiringOfBroken looks for mistakes in what a device is wired to that has mistakes of its own, so that
// all of them are said at once. It is not there to be wired: its inputs are those of its kind.
func (b *builder) wiringOfBroken(d *dev) {
	switch {
	case d.custom != nil:
		for _, w := range d.inputs {
			b.sourceOfBroken(nil, w)
		}
		return
	case d.kind == nil:
		return
	}
	declared, err := device.Declare(d.kind.Sample)
	if err != nil {
		return
	}
	given := map[string]*wire{}
	for i := range d.inputs {
		given[d.inputs[i].name.Value] = &d.inputs[i]
	}
	_, fitted := d.kind.Sample.(device.Fitter)
	certain := !fitted && !d.kind.Open() && !d.misspelt // which inputs it has
	for i := range declared.Signals {
		in := &declared.Signals[i]
		switch w := given[in.Name]; {
		case w != nil:
			b.sourceOfBroken(in, *w)
		case in.Role.Listens() && !in.Optional && certain:
			b.needs(d, *in)
		}
	}
}

// sourceOfBroken checks one input; in is nil where it takes what it is given.
func (b *builder) sourceOfBroken(in *device.Signal, w wire) {
	text := w.wiring.Source
	if !text.Usable() || b.misnamed(text.Value) {
		return
	}
	src := sim.Source{Member: -1, Wired: w.wiring.Wired, Poll: w.wiring.Every.Value}
	id, name, member, plain := splitPath(text.Value)
	if !plain {
		var want *expression.Want
		if in != nil {
			want = &expression.Want{Type: in.Type, Unit: in.Unit, Labels: in.Labels}
		}
		b.suppose()
		e, errs := expression.Value(text.Value, want, b)
		if b.certain(text, errs); len(errs) > 0 {
			return
		}
		src.Expression = &e
	} else if !b.signalExists(text, id, name) || b.byName[id].hides(name) {
		b.toBroken(in, w)
		return
	} else {
		src.Device, src.Signal, src.Member = id, name, member
	}
	if in == nil {
		return
	}
	if err := b.sys.Suits(in, src); err != nil {
		b.wireError(text, err)
	}
}

// toBroken checks what is wired to a device that has mistakes of its own, where it is certain what it tells; in is nil
// where an input takes what it is given.
func (b *builder) toBroken(in *device.Signal, w wire) {
	id, name, member, _ := splitPath(w.wiring.Source.Value)
	d := b.byName[id]
	if d == nil || !d.broken || in == nil {
		return
	}
	out := d.surely(name)
	if out == nil {
		return
	}
	src := sim.Source{Device: id, Signal: name, Member: member, Wired: w.wiring.Wired, Poll: w.wiring.Every.Value, Subscription: w.how}
	if err := sim.Fits(in, out, src); err != nil {
		b.wireError(w.wiring.Source, err)
	}
}

// suppose has what an expression reads of devices that have mistakes taken for what it would be, so that other mistakes
// are found in it; certain is to be asked afterwards.
func (b *builder) suppose() { b.supposes, b.supposed = true, false }

// certain reports whether an expression is right, and says what is wrong with it. Where it reads what was only supposed,
// it is neither.
func (b *builder) certain(text syntax.Text, errs []expression.Error) bool {
	b.supposes = false
	b.explain(text, errs)
	return len(errs) == 0 && !b.supposed
}

// inputOf is an input of a device that takes a certain thing, or nil.
func (b *builder) inputOf(d *dev, name string) *device.Signal {
	all := b.sys.Inputs(d.spec.Name.Value)
	for i := range all {
		if all[i].Name == name && d.custom == nil {
			return &all[i]
		}
	}
	return nil
}

// miswired notes an input that is wired to something wrong.
func (d *dev) miswired(input string) {
	if d.unwired == nil {
		d.unwired = map[string]bool{}
	}
	d.unwired[input] = true
}

// hasMiswired reports whether something is wrong with what an input is wired to, or one of all that a device polls.
func (b *builder) hasMiswired(id, input string) bool {
	d := b.byName[id]
	return d != nil && (d.unwired[input] || input == sim.Polls && len(d.unwired) > 0)
}

// needs says that a required input is not wired.
func (b *builder) needs(d *dev, in device.Signal) {
	b.Errorf(d.spec.Name.Span, fmt.Sprintf("add `%s: %s`", in.Name, b.candidate(in)),
		"a %s needs %s wired (%s)", d.spec.Is.Value, in.Name, in.Doc)
}
