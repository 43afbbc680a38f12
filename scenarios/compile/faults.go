package compile

import (
	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// stuck holds what is told of a report, or an actuator where it is.
func (r *reader) stuck() {
	t, ok := r.signal()
	if !ok {
		return
	}
	switch t.sym.Signal.Role {
	case device.RoleReport:
		if _, one := r.text("receiver"); !one && r.acts(t) {
			r.overState(t, signal.Layer{Op: signal.Hold}) // its rules may not write it again
			return
		}
		r.overReport(t, signal.Layer{Op: signal.Hold}, nil)
	case device.RoleContinuous:
		if r.moves(t) {
			r.factor(t, 0)
		}
	case device.RoleState:
		r.overState(t, signal.Layer{Op: signal.Freeze})
	case device.RoleComputed: // it goes on beneath: nobody writes it again when the fault ends
		r.overState(t, signal.Layer{Op: signal.Hold})
	default:
		r.b.Errorf(t.text.Span, "name a reading, or a state such as valve.position", "%s is %v: it cannot be stuck", t.text.Value, t.sym.Signal.Role)
	}
}

// acts reports whether a signal of a device that is written in the file is what it does, and
// not only what it tells.
func (r *reader) acts(t target) bool {
	d := r.b.byName[t.id].custom
	return d != nil && d.Moves(t.name)
}

// moves reports whether a continuous signal is an actuator's: water does not
// stick.
func (r *reader) moves(t target) bool {
	if t.sym.Signal.Actuator || r.b.byName[t.id].custom != nil {
		return true
	}
	r.b.Errorf(t.text.Span, "name what moves, such as valve.position, or a reading", "%s is no actuator: nature does not fail", t.text.Value)
	return false
}

// factor multiplies the derivative of a continuous signal.
func (r *reader) factor(t target, x float64) {
	for m := range t.sym.Count {
		if t.member < 0 || t.member == m {
			r.layer(r.b.sys.StatePoint(r.b.sys.Factor(t.id, t.name, m)), signal.Layer{Op: signal.Scale, A: x}, nil)
		}
	}
}

// fault reads a report and a number that changes what is told of it.
func (r *reader) fault(op signal.Op, key, example string, shape func(*device.Signal) custom.Shape) {
	t, ok := r.report()
	text, has := r.must(key, example)
	if !ok || !has {
		return
	}
	if x, good := r.value(text, shape(t.sym.Signal)); good {
		r.step.Summary = r.step.What + " of " + t.text.Value + ": " + text.Value
		r.overReport(t, signal.Layer{Op: op, A: x}, nil)
	}
}

func (r *reader) bias()  { r.fault(signal.Add, "offset", "20 mm", difference) }
func (r *reader) drift() { r.fault(signal.Drift, "rate", "1 mm/s", perSecond) }
func (r *reader) noise() { r.fault(signal.Noise, "deviation", "20 mm", difference) }

// slow makes an actuator slower: to a share of its speed.
func (r *reader) slow() {
	t, ok := r.signal()
	text, has := r.must("to", "10%")
	if !ok || !has {
		return
	}
	if t.sym.Signal.Role != device.RoleContinuous {
		r.b.Errorf(t.text.Span, "name a state such as valve.position", "%s does not move: it cannot be slow", t.text.Value)
		return
	}
	if x, good := r.value(text, custom.Shape{Unit: unit.Percent}); good && r.moves(t) {
		if x < 0 || x > 1 {
			r.b.Errorf(text.Span, "write a share such as 10%", "a slow actuator has 0%% to 100%% of its speed")
			return
		}
		r.factor(t, x)
	}
}

// device reads the device that a fault acts on.
func (r *reader) device() (*dev, bool) {
	text, ok := r.must("device", "plc")
	if !ok {
		return nil, false
	}
	d := r.b.byName[text.Value]
	if d == nil {
		r.b.missing(text, r.b.noDevice(text.Value))
		return nil, false
	}
	r.step.Target = text.Value
	if d.human() {
		r.b.Errorf(text.Span, "write `act: set`, or a fault of what "+text.Value+" uses or is told by", "%s is a person, whom no %v breaks", text.Value, r.step.syntax.Class)
		return nil, false
	}
	return d, !d.broken
}

// crash stops a device; when it ends the device restarts with its start values.
func (r *reader) crash() {
	if d, ok := r.device(); ok {
		r.down(d, inject.Op{Kind: inject.CrashOp})
		r.step.Summary = r.step.Target + " crashes"
	}
}

// powerLoss takes the power of a device away.
func (r *reader) powerLoss() {
	d, ok := r.device()
	if !ok {
		return
	}
	r.step.Summary = r.step.Target + " loses its power"
	if sym, ok := r.b.sys.Lookup(d.spec.Name.Value, "powered"); ok && sym.Signal.Role == device.RoleTunable {
		for m := range sym.Count {
			r.layer(r.b.sys.StatePoint(sym.Cell.At(m)), signal.Layer{Op: signal.Const}, nil)
		}
	}
	r.down(d, inject.Op{Kind: inject.CrashOp})
}

// down stops all members of a device and, at the end, restores its volatile
// memory: discrete states and reports.
func (r *reader) down(d *dev, op inject.Op) {
	id := d.spec.Name.Value
	op.Unit, op.Members = r.b.sys.Rank(id), r.b.sys.Device(id).Count
	r.step.Ops = append(r.step.Ops, op)
	if d.broker != nil && d.broker.Persistent {
		return
	}
	for _, name := range r.b.sys.SignalNames(id, false) {
		sym, _ := r.b.sys.Lookup(id, name)
		if s := sym.Signal; s == nil || s.Role != device.RoleReport || d.kind != nil && d.kind.Name != "hysteresis" {
			continue
		}
		r.step.Ops = append(r.step.Ops, inject.Op{
			Kind: inject.RestoreOp, Cell: sym.Cell.Slot, Stride: signal.Slot(sym.Cell.Stride), Members: sym.Count, Value: sym.Signal.Start,
		})
	}
}

// clockDrift makes a device's clock run faster or slower.
func (r *reader) clockDrift() {
	d, ok := r.device()
	text, has := r.must("rate", "100 ppm")
	if !ok || !has {
		return
	}
	if d.rate != nil {
		r.b.Errorf(r.step.syntax.Kind.Span, "leave out `as_rate: true` of "+r.step.Target, "%s tells what it tells as a rate, by no clock of its own", r.step.Target)
		return
	}
	if x, good := r.value(text, custom.Shape{}); good {
		if x <= -0.9 {
			r.b.Errorf(text.Span, "write a rate such as 100 ppm", "a clock cannot run backwards")
			return
		}
		r.step.Summary = "clock of " + r.step.Target + " drifts: " + text.Value
		r.step.Ops = append(r.step.Ops, inject.Op{Kind: inject.DriftOp, Unit: r.b.sys.Rank(d.spec.Name.Value), Rate: x})
	}
}
