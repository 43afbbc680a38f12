package custom

import (
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// PLC describes the controller to people; NewPLC makes one.
func PLC() device.Kind {
	return device.Kind{
		Name:    "plc",
		Summary: "a controller with a scan cycle: latched outputs, permissives, shutdowns",
		Text: `Every scan it takes an image of its inputs and computes all outputs from it and
from the outputs of the scan before; then it tells every output to whoever is
wired to it, equal or not.

inputs:    {name: path}, {name: {poll: path, every: 400ms}} or {name: {wired: path}}
settings:  {name: value}            set points; an attack or an act may change them
outputs:   {name: {...}}            with one of
  value:   an expression            computed anew each scan
  on, off: conditions               latched: off wins over on, else as before
and, with on and off or a value that is true or false:
  permit:  a condition              the output is off while it does not hold
  trip:    a condition              switches off and latches until reset;
           for: 10s                   once it has held so long
           reset: a condition         may be on again (else only by a restart)
and always:
  starts:  an expression            at the start, from what it is told then: it
                                      takes over a plant that runs
A value without starts that reads only inputs and settings is computed at the
start as well, so that those it is told to know it from the first instant on.
An output with trip has a signal NAME_tripped.`,
		Source: "IEC 61131-3: cyclic execution over an input image; set/reset latches",
		Example: `plc:
  is: plc
  scan: 400ms
  inputs: {level: gauge.level}
  settings: {low: 500 mm, high: 800 mm}
  outputs:
    inlet: {on: level <= low, off: level >= high}`,
		Parameters: []device.Parameter{
			{Name: "scan", Doc: "period of the cycle", Type: device.DurationParameter, Default: "400ms", Min: "0s", Above: true},
			{Name: "inputs", Doc: "what it is told, under names of its own", Type: device.NamesParameter, Required: true},
			{Name: "settings", Doc: "set points", Type: device.NamesParameter},
			{Name: "outputs", Doc: "what it computes and tells", Type: device.NamesParameter, Required: true},
		},
	}
}

// Look implements device.Looker: it is a controller where it has a scan cycle.
func (d *Device) Look() device.Look {
	if d.scan > 0 {
		return device.Look{Icon: "plc"}
	}
	return device.Look{Icon: device.Box}
}

// An output of a plc.
type output struct {
	name              syntax.Text
	value, on, off    syntax.Text
	permit, trip      syntax.Text
	reset, starts     syntax.Text
	delay             vtime.Duration
	scans             float64 // of delay
	run, first        signal.Function
	set, clear, allow signal.Predicate
	fault, renew      signal.Predicate
	cell              *device.Cell
	tripped, since    *device.Cell
}

// NewPLC returns the device of an `is: plc` with its parameters.
func NewPLC(params []syntax.Entry) *Device {
	d := &Device{}
	var outputs []*output
	scan := 400 * vtime.Millisecond
	for _, e := range params {
		switch e.Key.Value {
		case "scan":
			v, problems := syntax.ReadDuration(e.Value.Text)
			d.problems.Add(problems...)
			if v.Usable() && v.Value == 0 {
				d.problems.Errorf(v.Span, "write a duration such as `10ms`", "scan must be above 0s")
			}
			scan = v.Value
		case "inputs":
			d.plcInputs(e)
		case "settings":
			d.plcSettings(e)
		case "outputs":
			outputs = d.plcOutputs(e)
		default:
			keys := []string{"scan", "inputs", "settings", "outputs"}
			d.problems.Errorf(e.Key.Span, "a plc takes scan, inputs, settings and outputs", "a plc has no %s%s",
				source.Quote(e.Key.Value), source.DidYouMean(e.Key.Value, keys))
		}
	}
	d.scan = max(scan, 1)
	d.handlers = append(d.handlers, handler{
		name: "init", kind: device.OnInit, do: func(c *device.Context) { begin(outputs, c) },
	}, handler{
		name: "scan", kind: device.OnEvery, every: d.scan, do: func(c *device.Context) { cycle(outputs, c) },
	})
	d.outputs = outputs
	d.distinct()
	d.made, d.problems = d.problems, nil
	return d
}

// isMap reports whether a value is a map, else a problem.
func (d *Device) isMap(e syntax.Entry, example string) bool {
	if e.Value.Shape != syntax.Map && e.Value.Shape != syntax.Broken {
		d.problems.Errorf(e.Value.Text.Span, "write it such as "+example, "%s is a map of names", e.Key.Value)
	}
	return e.Value.Shape == syntax.Map
}

func (d *Device) plcInputs(e syntax.Entry) {
	if !d.isMap(e, "{level: gauge.level}") {
		return
	}
	for _, in := range e.Value.Entries {
		w, problems := syntax.ReadWiring(in)
		d.problems.Add(problems...)
		d.Inputs = append(d.Inputs, Input{Name: in.Key, Wiring: w})
	}
}

func (d *Device) plcSettings(e syntax.Entry) {
	if !d.isMap(e, "{low: 500 mm, high: 800 mm}") {
		return
	}
	for _, s := range e.Value.Entries {
		l := local{name: s.Key, role: device.RoleTunable, doc: "set point"}
		d.start(&l, syntax.Signal{Name: s.Key, Start: s.Value.Text})
		l.wrong = l.wrong || !s.Value.Text.Usable()
		d.locals = append(d.locals, l)
	}
}

func (d *Device) plcOutputs(e syntax.Entry) (list []*output) {
	if !d.isMap(e, "{inlet: {on: level <= low, off: level >= high}}") {
		return nil
	}
	for _, entry := range e.Value.Entries {
		if o := d.plcOutput(entry); o != nil {
			list = append(list, o)
		}
	}
	return list
}

func (d *Device) plcOutput(entry syntax.Entry) *output {
	o := &output{name: entry.Key}
	if entry.Value.Shape == syntax.Scalar {
		o.value = entry.Value.Text
	}
	var unitText syntax.Text
	texts := map[string]*syntax.Text{
		"value": &o.value, "on": &o.on, "off": &o.off, "permit": &o.permit, "trip": &o.trip, "reset": &o.reset,
		"starts": &o.starts, "unit": &unitText,
	}
	keys := []string{"value", "unit", "on", "off", "permit", "trip", "for", "reset", "starts"}
	for _, part := range entry.Value.Entries {
		text := part.Value.Text
		switch key := part.Key.Value; key {
		case "for":
			v, problems := syntax.ReadDuration(text)
			d.problems.Add(problems...)
			o.delay = v.Value
		default:
			if into := texts[key]; into != nil {
				*into = text
				continue
			}
			d.problems.Errorf(part.Key.Span, "", "an output of a plc has no %s%s", source.Quote(key), source.DidYouMean(key, keys))
		}
	}
	if !o.value.Present() && !(o.on.Present() && o.off.Present()) {
		d.problems.Errorf(entry.Key.Span, "write {on: CONDITION, off: CONDITION} or {value: EXPRESSION}", "an output needs on and off, or value")
		return nil
	}
	l := local{name: o.name, role: device.RoleReport, shape: Shape{Type: signal.Bool}, doc: "output"}
	if o.value.Present() {
		l.shape.Type = signal.Number
		l.eval, l.first = o.value, o.starts
		if unitText.Usable() {
			u, err := unit.Parse(unitText.Value)
			if err != nil {
				d.problems.Errorf(unitText.Span, "", "%v", err)
				l.wrong = true
			}
			l.shape.Unit = u
		}
	}
	d.locals = append(d.locals, l)
	if o.trip.Present() {
		d.tripSignals(o)
	}
	return o
}

// tripSignals adds the latch of a shutdown and its on-delay.
func (d *Device) tripSignals(o *output) {
	name := o.name
	name.Value += "_tripped"
	d.locals = append(d.locals, local{name: name, role: device.RoleReport, shape: Shape{Type: signal.Bool}, doc: "shut down"})
	name.Value = o.name.Value + "_trip_time"
	d.locals = append(d.locals, local{name: name, role: device.RoleState, doc: "how long the shutdown's condition has held, in scans"})
}

// bindOutputs compiles the expressions of all outputs.
func (d *Device) bindOutputs() {
	s := &scope{d: d, bound: true}
	condition := func(t syntax.Text) signal.Predicate {
		if !t.Usable() {
			return nil
		}
		c, errs := expression.Condition(t.Value, s)
		d.problems.Add(Explain(t, errs)...)
		d.count(expression.Guard)
		return c.Holds
	}
	for _, o := range d.outputs {
		l := d.local(o.name.Value)
		o.cell = l.cell
		o.set, o.clear, o.allow = condition(o.on), condition(o.off), condition(o.permit)
		o.fault, o.renew = condition(o.trip), condition(o.reset)
		if o.value.Present() {
			o.run = l.run
		}
		o.first = d.bindStart(o, l, s)
		if o.value.Present() && l.shape.Type != signal.Bool && (o.permit.Present() || o.trip.Present()) {
			d.problems.Errorf(o.name.Span, "let its value be true or false", "permit and trip switch off, but %s is not something that is on or off", o.name.Value)
		}
		if o.trip.Present() {
			o.tripped, o.since = d.local(o.name.Value+"_tripped").cell, d.local(o.name.Value+"_trip_time").cell
		}
		o.scans = float64((o.delay + d.scan - 1) / d.scan)
	}
}

// bindStart compiles what an output is at the start, or returns nil where that
// is its start value.
func (d *Device) bindStart(o *output, l *local, s *scope) signal.Function {
	if o.starts.Usable() {
		e, _ := d.value(o.starts, &l.shape, s)
		return e.Eval
	}
	for _, name := range l.reads {
		if other := d.local(name); name == "time" || other != nil && other.role != device.RoleTunable {
			return nil // it remembers
		}
	}
	return o.run
}

// begin is what stands before the first scan. It is asked again until the start
// values of all devices agree.
func begin(outputs []*output, c *device.Context) {
	f := c.Column()
	for _, o := range outputs {
		if o.first != nil {
			c.Set(o.cell, o.first(f.V, f.M))
		}
	}
}

// cycle is one scan: every output from the same image.
func cycle(outputs []*output, c *device.Context) {
	f := c.Column()
	for _, o := range outputs {
		c.Set(o.cell, o.next(c, f))
		c.Tell(o.cell)
	}
}

// next is what an output becomes in a scan.
func (o *output) next(c *device.Context, f *signal.Frame) float64 {
	x := f.V[o.cell.At(f.M)]
	switch {
	case o.run != nil:
		x = o.run(f.V, f.M)
	case o.clear(f.V, f.M):
		x = 0
	case o.set(f.V, f.M):
		x = 1
	}
	if o.shut(c, f) || o.allow != nil && !o.allow(f.V, f.M) {
		return 0
	}
	return x
}

// shut keeps the latch of the shutdown and reports whether it is shut down.
func (o *output) shut(c *device.Context, f *signal.Frame) bool {
	if o.fault == nil {
		return false
	}
	was, since := f.V[o.tripped.At(f.M)] != 0, f.V[o.since.At(f.M)]
	fault := o.fault(f.V, f.M)
	tripped := was
	switch {
	case fault && since >= o.scans:
		tripped = true
	case !fault && was && o.renew != nil && o.renew(f.V, f.M):
		tripped = false
	}
	if fault {
		since = min(since+1, o.scans)
	} else {
		since = 0
	}
	c.Set(o.since, since)
	if tripped != was {
		x := 0.0
		if tripped {
			x = 1
		}
		c.Set(o.tripped, x)
		c.Tell(o.tripped)
	}
	return tripped
}
