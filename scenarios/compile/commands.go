package compile

import (
	"fmt"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// command gives a command to an input: once, every so often, or by force.
func (r *reader) command() {
	t, ok := r.signal()
	text, has := r.must("value", "true")
	if !ok || !has {
		return
	}
	if t.sym.Signal.Role != device.RoleTold {
		r.b.Errorf(t.text.Span, "name an input such as pump.run", "%s is not something that %s is told", t.text.Value, t.id)
		return
	}
	x, good := r.value(text, shapeOf(t.sym.Signal))
	if !good {
		return
	}
	r.step.Summary = fmt.Sprintf("%s commanded %s", t.text.Value, text.Value)
	period, every := r.duration("every", false, "")
	r.b.unfilled(t.text.Span, t.id, t.name)
	if f, ok := r.footing(); ok {
		if !r.reachable(t.text.Span, t.id, t.name, t.sym.Signal.Role) {
			return
		}
		r.step.Summary += " from " + r.name(f.At)
		verb := network.Write
		if r.b.isBroker(t.id) {
			verb = network.Publish
		}
		r.sent(f, t, x, verb, period)
		return
	}
	r.place(t)
	how, given := r.text("how")
	if every {
		how.Value = "every"
	}
	switch how.Value {
	case "force":
		r.step.Summary = fmt.Sprintf("%s forced %s", t.text.Value, text.Value)
		r.b.sys.Force(t.id, t.name)
		r.overState(t, signal.Layer{Op: signal.Const, A: x})
	case "every", "once", "":
		r.send(t, x, period)
	default:
		if given {
			r.b.Errorf(how.Span, "write once, force, or `every: 400ms` instead", "%s is no way to give a command", source.Quote(how.Value))
		}
	}
}

// place checks where a command is forced: it must be where the input is.
func (r *reader) place(t target) {
	place, ok := r.text("place")
	if !ok {
		return
	}
	wired := false
	for _, w := range r.b.byName[t.id].inputs {
		wired = wired || w.name.Value == t.name && w.wiring.Wired
	}
	switch place.Value {
	case "message", "register", "positioner":
		if wired {
			r.b.Errorf(place.Span, "write `place: wire`", "%s is hard-wired: it has no %s", t.text.Value, place.Value)
		}
	case "wire":
		if !wired {
			r.b.Errorf(place.Span, "write `place: register`", "%s is not hard-wired", t.text.Value)
		}
	default:
		r.b.Errorf(place.Span, "the places are message, register, wire and positioner", "there is no place %s", source.Quote(place.Value))
	}
}

// send sends a command as a message that is delivered.
func (r *reader) send(t target, x float64, period vtime.Duration) {
	for m := range t.sym.Count {
		if t.member >= 0 && t.member != m {
			continue
		}
		op := inject.Op{Kind: inject.CommandOp, Cell: t.sym.Cell.At(m), Value: x, Period: period, Unit: r.b.sys.Rank(t.id), Member: m, News: -1}
		if news := t.sym.Signal.News; news != nil {
			op.News = news.At(m)
		}
		r.step.Ops = append(r.step.Ops, op)
	}
}

// sent sends one value to a device from a foothold.
func (r *reader) sent(f *inject.Footing, t target, x float64, verb network.Verb, period vtime.Duration) {
	f.Target = int32(r.b.sys.Rank(t.id))
	if r.step.For > 0 && period == 0 {
		fix := "leave it out, and add a step that writes it back"
		if verb != network.Configure {
			fix += "; or add `every: 400ms`"
		}
		r.b.Errorf(r.step.syntax.For.Span, fix, "what a message writes stays written: it has no end")
		return
	}
	send := sim.Send{Verb: verb, Signals: []string{t.name}, Values: []float64{x}, Member: t.member, Period: period}
	r.write(f, r.b.byName[t.id], send)
}

// write sends values to a device; on the device itself they are simply written.
func (r *reader) write(f *inject.Footing, to *dev, send sim.Send) {
	if r.name(f.At) != to.spec.Name.Value {
		r.message(f, to, send)
		return
	}
	r.text("as") // nobody asks
	for i, name := range send.Signals {
		sym, _ := r.b.sys.Lookup(to.spec.Name.Value, name)
		member := send.Member
		if member == 0 && send.Verb == network.Download {
			member = -1
		}
		r.send(target{id: to.spec.Name.Value, name: name, member: member, sym: sym}, send.Values[i], send.Period)
	}
}

// canBeWritten reports whether a message can write a signal of a role.
func canBeWritten(role device.Role) bool {
	return role == device.RoleTold || role == device.RoleTunable
}

// modify changes a setting, or an input that nothing is wired to.
func (r *reader) modify() {
	t, ok := r.signal()
	if !ok {
		return
	}
	if d := r.b.byName[t.id]; d.human() && r.step.syntax.Class == syntax.Attack {
		r.b.Errorf(t.text.Span, "write `act: set`, which is what a person does, or spoof what "+t.id+" is told", "%s is a person, whom no attacker sets", t.id)
		return
	}
	if f, ok := r.footing(); ok {
		r.configure(f, t)
		return
	}
	wired := false
	for _, w := range r.b.byName[t.id].inputs {
		wired = wired || w.name.Value == t.name
	}
	scripted := r.b.byName[t.id].custom != nil
	switch role := t.sym.Signal.Role; {
	case scripted && role == device.RoleReport:
		r.setState(t)
		return
	case role == device.RoleTunable, role.Listens() && !wired:
	case role.Listens():
		r.b.Errorf(t.text.Span, "change the signal that it is wired to, or use `attack: command`", "%s is wired: it follows its source", t.text.Value)
		return
	default:
		r.b.Errorf(t.text.Span, choice("its settings are", r.settings(t.id), "it has none; `fault: stuck` holds a state, `attack: command` acts on what it is told"), "%s is not a setting of %s", t.text.Value, t.id)
		return
	}
	if l, ok := r.change(t.sym.Signal); ok {
		if l.Op == signal.Ramp {
			r.b.Errorf(t.text.Span, "write value:, offset: or scale:", "a setting is changed at once, not at a rate")
			return
		}
		if t.sym.Signal.Role == device.RoleInput {
			r.b.Errorf(t.text.Span, "wire it to a device with a setting, such as a demand", "%s is a physical input that nothing is wired to", t.text.Value)
			return
		}
		r.overState(t, l)
	}
}

// configure changes a setting by a message.
func (r *reader) configure(f *inject.Footing, t target) {
	if !r.reachable(t.text.Span, t.id, t.name, t.sym.Signal.Role) {
		return
	}
	text, ok := r.must("value", "1 m")
	if !ok {
		return
	}
	if x, ok := r.value(text, shapeOf(t.sym.Signal)); ok {
		r.step.Summary = fmt.Sprintf("%s set to %s from %s", t.text.Value, text.Value, r.name(f.At))
		r.sent(f, t, x, network.Configure, 0)
	}
}

// setState sets a discrete signal of a device that is written in the file: once,
// so that its rules go on from there, or, with for:, for so long.
func (r *reader) setState(t target) {
	l, ok := r.change(t.sym.Signal)
	switch {
	case !ok:
	case r.step.For > 0:
		r.overState(t, l)
	case l.Op != signal.Const:
		r.b.Errorf(t.text.Span, "write value:, or add for:", "a signal that is set once takes a value")
	default:
		r.send(t, l.A, 0)
	}
}

// settings lists the tunables of a device.
func (r *reader) settings(id string) (names []string) { return r.b.settingsOf(id) }

func (b *builder) settingsOf(id string) (names []string) {
	for _, name := range b.sys.SignalNames(id, false) {
		if sym, _ := b.sys.Lookup(id, name); sym.Signal != nil && sym.Signal.Role == device.RoleTunable {
			names = append(names, name)
		}
	}
	return names
}
