package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A reader reads the parameters of one injection and compiles what it does.
type reader struct {
	b     *builder
	step  *step
	used  map[string]bool
	asked []string
	// stopped says that the target has a mistake, so that not all was read.
	stopped bool
}

// A target is a signal that an injection acts on.
type target struct {
	text   syntax.Text
	id     string
	name   string
	member int // -1: all
	sym    sim.Symbol
}

// text returns a parameter, and whether it is there.
func (r *reader) text(key string) (syntax.Text, bool) {
	r.asked = append(r.asked, key)
	for _, e := range r.step.syntax.Params {
		if e.Key.Value == key {
			r.used[key] = true
			if e.Value.Shape != syntax.Scalar {
				if e.Value.Shape != syntax.Broken {
					r.b.Errorf(e.Value.Text.Span, "write one value", "%s is a single value, not %v", key, e.Value.Shape)
				}
				return e.Value.Text, false
			}
			return e.Value.Text, e.Value.Text.Usable()
		}
	}
	return syntax.Text{}, false
}

// entry returns a parameter that is a map of names.
func (r *reader) entry(key string) (syntax.Entry, bool) {
	r.asked = append(r.asked, key)
	for _, e := range r.step.syntax.Params {
		if e.Key.Value != key {
			continue
		}
		r.used[key] = true
		if e.Value.Shape != syntax.Map && e.Value.Shape != syntax.Broken {
			r.b.Errorf(e.Value.Text.Span, "write `"+key+": {name: value}`", "%s takes names with their values, not %v", key, e.Value.Shape)
		}
		return e, e.Value.Shape == syntax.Map
	}
	return syntax.Entry{}, false
}

// must is text, and a mistake where it is not there.
func (r *reader) must(key, example string) (syntax.Text, bool) {
	t, ok := r.text(key)
	if !ok && !r.used[key] {
		r.b.Errorf(r.step.syntax.Kind.Span, "add `"+key+": "+example+"`", "%v %s needs %s", r.step.syntax.Class, r.step.syntax.Kind.Value, key)
	}
	return t, ok
}

// signal reads the signal that the injection acts on.
func (r *reader) signal() (t target, ok bool) {
	t.text, ok = r.must("signal", "gauge.level")
	if !ok {
		return t, false
	}
	t.id, t.name, t.member, ok = splitPath(t.text.Value)
	if !ok {
		r.b.Errorf(t.text.Span, "write it such as gauge.level", "%s is not the path of a signal", source.Quote(t.text.Value))
		return t, false
	}
	if !r.b.signalExists(t.text, t.id, t.name) {
		r.stopped = true
		return t, false
	}
	t.sym, _ = r.b.sys.Lookup(t.id, t.name)
	if t.member >= t.sym.Count {
		r.b.Errorf(t.text.Span, fmt.Sprintf("the last one is %s[%d]", t.id, t.sym.Count-1), "%s has %d members", t.id, t.sym.Count)
		return t, false
	}
	r.step.Target = t.text.Value
	return t, true
}

// report reads a signal that is information.
func (r *reader) report() (t target, ok bool) {
	t, ok = r.signal()
	if ok && r.b.byName[t.id].rate != nil {
		r.b.Errorf(t.text.Span, "leave out `as_rate: true` of "+t.id, "%s has no single messages that could be acted on", t.id)
		return t, false
	}
	if !ok || t.sym.Signal.Informs() {
		return r.brokered(t), ok
	}
	if t.sym.Signal.Role == device.RoleTold {
		r.b.Errorf(t.text.Span, "name the signal that it is wired to, and `receiver: "+t.id+"`", "%s is what %s is told", t.text.Value, t.id)
		return t, false
	}
	r.b.Errorf(t.text.Span, r.sensors(t), "%s is physical: it is what it is, and %s %s can only act on what is told of it",
		t.text.Value, article(r.step.syntax.Class.String()), r.step.syntax.Class)
	return t, false
}

// choice is what there is to choose from, or what to do where there is nothing.
func choice(head string, names []string, none string) string {
	if len(names) == 0 {
		return none
	}
	return head + " " + list(names)
}

func article(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an"
	}
	return "a"
}

// sensors names the reports that are made of a physical signal.
func (r *reader) sensors(t target) string {
	for _, d := range r.b.devs {
		for _, w := range d.inputs {
			if w.wiring.Source.Value != t.text.Value {
				continue
			}
			for _, name := range r.b.sys.SignalNames(d.spec.Name.Value, false) {
				if sym, _ := r.b.sys.Lookup(d.spec.Name.Value, name); sym.Signal != nil && sym.Signal.Role == device.RoleReport {
					return fmt.Sprintf("act on its sensor: `signal: %s.%s`", d.spec.Name.Value, name)
				}
			}
		}
	}
	return "put a sensor on it, and act on what that tells"
}

// value evaluates a fixed value of a shape.
func (r *reader) value(text syntax.Text, shape custom.Shape) (float64, bool) {
	if q, err := unit.ParseQuantity(text.Value); err == nil && q.Unit.Symbol == "" && shape.Type == signal.Number && !shape.Unit.Pure() {
		r.b.Errorf(text.Span, fmt.Sprintf("write `%s %s`", text.Value, shape.Unit.Symbol), "%s needs its unit: it is %s", text.Value, shape.Unit.Noun())
		return 0, false
	}
	want := &expression.Want{Type: shape.Type, Unit: shape.Unit, Labels: shape.Labels}
	e, errs := expression.Value(text.Value, want, fixed{})
	if len(errs) > 0 {
		r.b.explain(text, errs)
		return 0, false
	}
	return e.Eval([]float64{0}, 0), true
}

// fixed resolves no name: for values that must not depend on anything.
type fixed struct{}

// Symbol implements expression.Resolver.
func (fixed) Symbol(path string) (expression.Symbol, error) {
	return expression.Symbol{}, expression.Error{
		Message: fmt.Sprintf("a fixed value is wanted here, and %s is not", source.Quote(path)), Fix: "write a value such as 1.2 m, 4 or true",
	}
}

// Told implements expression.Resolver.
func (fixed) Told(path, _ string) (expression.Symbol, error) { return fixed{}.Symbol(path) }

// Window implements expression.Resolver.
func (fixed) Window(w expression.Window) (expression.Symbol, error) { return fixed{}.Symbol(w.Helper) }

func shapeOf(s *device.Signal) custom.Shape {
	return custom.Shape{Type: s.Type, Unit: s.Unit, Labels: s.Labels}
}

// difference is the shape of a difference of two values.
func difference(s *device.Signal) custom.Shape {
	return custom.Shape{Type: signal.Number, Unit: s.Unit.Delta()}
}

// perSecond is the shape of a rate of change.
func perSecond(s *device.Signal) custom.Shape {
	if s.Unit.Symbol == "" {
		return custom.Shape{}
	}
	return custom.Shape{Type: signal.Number, Unit: s.Unit.Delta().Div(unit.Second)}
}

// duration reads a span of time.
func (r *reader) duration(key string, required bool, example string) (vtime.Duration, bool) {
	read := r.text
	if required {
		read = func(k string) (syntax.Text, bool) { return r.must(k, example) }
	}
	t, ok := read(key)
	if !ok {
		return 0, false
	}
	d, problems := syntax.ReadDuration(t)
	r.b.Add(problems...)
	return d.Value, len(problems) == 0
}

// overReport puts a layer over what is told of a report: to one receiver, or to
// all; a fault also reaches those who are hard-wired.
func (r *reader) overReport(t target, l signal.Layer, tape *signal.Tape) {
	r.b.silent(t)
	if f, ok := r.footing(); ok && r.name(f.At) != t.id {
		r.inTheMiddle(f, t, l, tape)
		return
	}
	if receiver, ok := r.text("receiver"); ok {
		if r.b.byName[receiver.Value] == nil {
			r.b.missing(receiver, r.b.noDevice(receiver.Value))
			return
		}
		r.overMembers(t, r.b.sys.PrivatePoints(t.id, t.name, receiver.Value), l, tape)
		return
	}
	points := r.b.sys.ReportPoints(t.id, t.name)
	if r.b.onlyTold(t) {
		r.b.sys.OnlyTold(points)
	}
	r.overMembers(t, points, l, tape)
	if r.step.syntax.Class == syntax.Fault {
		r.overMembers(t, r.b.sys.FaultPoints(t.id, t.name), l, tape)
	}
}

// inTheMiddle puts a layer over what those are told on whose way the foothold sits.
func (r *reader) inTheMiddle(f *inject.Footing, t target, l signal.Layer, tape *signal.Tape) {
	receivers := r.b.receivers(t.text.Value)
	if receiver, ok := r.text("receiver"); ok {
		if !r.b.deviceNamed(receiver) {
			return
		}
		receivers = []string{receiver.Value}
	}
	for _, to := range r.onPath(f, t.id, receivers, true) {
		r.overMembers(t, r.b.sys.PrivatePoints(t.id, t.name, to), l, tape)
	}
}

// overMembers puts a layer over one member's point, or over those of all.
func (r *reader) overMembers(t target, points []int, l signal.Layer, tape *signal.Tape) {
	for m, p := range points {
		if t.member < 0 || t.member == m {
			r.layer(p, l, tape)
		}
	}
}

func (r *reader) layer(point int, l signal.Layer, tape *signal.Tape) {
	r.step.Ops = append(r.step.Ops, inject.Op{Kind: inject.LayerOp, Point: point, Layer: l, Tape: tape})
}

// overState puts a layer on a cell itself.
func (r *reader) overState(t target, l signal.Layer) {
	for m := range t.sym.Count {
		if t.member < 0 || t.member == m {
			r.layer(r.b.sys.StatePoint(t.sym.Cell.At(m)), l, nil)
		}
	}
}

// change reads how a value is changed: value, offset, scale or rate.
func (r *reader) change(s *device.Signal) (l signal.Layer, ok bool) {
	forms := []struct {
		key   string
		op    signal.Op
		shape custom.Shape
	}{
		{"value", signal.Const, shapeOf(s)}, {"offset", signal.Add, difference(s)},
		{"scale", signal.Scale, custom.Shape{}}, {"rate", signal.Ramp, perSecond(s)},
	}
	found := ""
	for _, f := range forms {
		text, given := r.text(f.key)
		if !given {
			ok = ok || r.used[f.key]
			continue
		}
		if found != "" {
			r.b.Errorf(text.Span, "leave one out", "%s and %s exclude one another", found, f.key)
			return l, false
		}
		if f.key != "value" && s.Type != signal.Number {
			r.b.Errorf(text.Span, "write value:", "%s is not a number: it has no %s", r.step.Target, f.key)
			return l, false
		}
		found = f.key
		x, good := r.value(text, f.shape)
		if !good {
			return l, false
		}
		l, ok = signal.Layer{Op: f.op, A: x}, true
		r.step.Summary = fmt.Sprintf("%s %s: %s %s", r.step.What, r.step.Target, f.key, text.Value)
	}
	if found == "" && !ok {
		r.b.Errorf(r.step.syntax.Kind.Span, "add value:, offset:, scale: or rate:", "%s needs to say what is told instead", r.step.syntax.Kind.Value)
		return l, false
	}
	return l, found != ""
}

func (r *reader) spoof() {
	if t, ok := r.report(); ok {
		if l, ok := r.change(t.sym.Signal); ok {
			r.overReport(t, l, nil)
		}
	}
}

func (r *reader) tamper() { r.spoof() }

func (r *reader) freeze() {
	if t, ok := r.report(); ok {
		r.overReport(t, signal.Layer{Op: signal.Hold}, nil)
	}
}

func (r *reader) replay() {
	t, ok := r.report()
	span, has := r.duration("record", true, "5m")
	if ok && has {
		r.step.Summary = fmt.Sprintf("replay the last %s of %s, looped", param(r.step.syntax.Params, "record"), t.text.Value)
		r.overReport(t, signal.Layer{Op: signal.Replay}, &signal.Tape{Span: span})
	}
}

// disturb lets a disturbance act on the messages that are meant, with a foothold on
// those that pass it.
func (r *reader) disturb(d network.Disturbance) {
	sel := r.selection()
	if sel == nil {
		return
	}
	d.Only = sel.Disturbance.Only
	sel.Disturbance = d
	if f, ok := r.footing(); ok {
		r.onNetwork(f)
		sel.At = r.name(f.At)
	}
	r.step.Disturb = append(r.step.Disturb, *sel)
}

// selection reads which messages are meant: signal, sender and receiver, or
// conduit. It is nil where there is a mistake.
func (r *reader) selection() *sim.Disturb {
	sel := &sim.Disturb{}
	found := false
	if _, given := r.text("signal"); given {
		t, ok := r.report()
		if !ok {
			return nil
		}
		sel.Sender, sel.Signal, found = t.id, t.name, true
		sel.Disturbance.Only = t.member + 1
	}
	for _, key := range []struct {
		name string
		into *string
	}{{"sender", &sel.Sender}, {"receiver", &sel.Receiver}, {"conduit", &sel.Link}} {
		text, ok := r.text(key.name)
		if !ok {
			continue
		}
		found = true
		if key.name == "conduit" {
			r.link(text)
		} else {
			r.b.deviceNamed(text)
		}
		*key.into = text.Value
		r.step.Target = text.Value
	}
	if !found {
		if r.stopped = r.strange(); !r.used["signal"] && !r.stopped {
			r.b.Errorf(r.step.syntax.Kind.Span, "add signal:, sender:, receiver: or conduit:", "%s needs to say which messages it acts on", r.step.syntax.Kind.Value)
		}
		return nil
	}
	return sel
}

// strange reports whether the step has something that no step has: the messages, misspelt.
func (r *reader) strange() bool {
	return slices.ContainsFunc(r.step.syntax.Params, func(e syntax.Entry) bool {
		return !slices.Contains(parameterKeys, e.Key.Value) && !slices.Contains(syntax.StepKeys, e.Key.Value)
	})
}

// link checks the name of a conduit or a zone.
func (r *reader) link(text syntax.Text) {
	var names []string
	for _, c := range r.b.file.System.Conduits {
		names = append(names, c.Name.Value)
	}
	for _, z := range r.b.file.System.Zones {
		names = append(names, z.Name.Value)
	}
	if !contains(names, text.Value) {
		r.b.Errorf(text.Span, choice("the conduits and zones are", names, "there are none: choose messages with signal:, sender: or receiver:"), "there is no conduit %s%s", source.Quote(text.Value), source.DidYouMean(text.Value, names))
	}
}

func (r *reader) drop() {
	share := 1.0
	if t, ok := r.text("share"); ok {
		x, good := r.value(t, custom.Shape{Unit: unit.Percent})
		if !good {
			return
		}
		if x < 0 || x > 1 {
			r.b.Errorf(t.Span, "write a share such as 30%", "a share lies between 0%% and 100%%")
		}
		share = x
	}
	r.disturb(network.Disturbance{Loss: share})
}

func (r *reader) block() { r.disturb(network.Disturbance{Loss: 1}) }

func (r *reader) slowDown() {
	if by, ok := r.duration("by", true, "2s"); ok {
		r.disturb(network.Disturbance{Delay: by})
	}
}
