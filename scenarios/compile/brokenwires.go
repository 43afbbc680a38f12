package compile

import (
	"fmt"

	"github.com/harmproof/harmproof/scenarios/expression"
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
		e, errs := expression.Value(text.Value, want, b)
		if b.explain(text, errs); len(errs) > 0 {
			return
		}
		src.Expression = &e
	} else if !b.signalExists(text, id, name) {
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

// needs says that a required input is not wired.
func (b *builder) needs(d *dev, in device.Signal) {
	b.Errorf(d.spec.Name.Span, fmt.Sprintf("add `%s: %s`", in.Name, b.candidate(in)),
		"a %s needs %s wired (%s)", d.spec.Is.Value, in.Name, in.Doc)
}
