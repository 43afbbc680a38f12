package compile

import (
	"errors"
	"fmt"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
)

// known is the message of an error that was reported elsewhere.
const known = custom.Known

// Symbol implements expression.Resolver for the expressions that see the whole
// system: invariants, triggers, columns, wiring.
func (b *builder) Symbol(path string) (expression.Symbol, error) {
	if path == "time" {
		return expression.Symbol{Slot: signal.Clock, Count: 1, Continuous: true}, nil
	}
	if path == "accountable" && b.byName[path] == nil {
		return expression.Symbol{Slot: b.sys.Accountable(), Count: 1}, nil
	}
	id, name, member, ok := splitPath(path)
	if !ok {
		return expression.Symbol{}, b.unknownPath(path)
	}
	sym, err := b.lookup(id, name, member)
	if err != nil {
		return expression.Symbol{}, err
	}
	if p := sym.Parameter; p != nil {
		return expression.Symbol{Count: 1, Type: p.Type, Unit: p.Unit, Constant: true, Value: p.Value}, nil
	}
	if sym.Count == 1 || member >= 0 {
		b.seen = append(b.seen, path)
	}
	return symbol(sym, member), nil
}

func symbol(sym sim.Symbol, member int) expression.Symbol {
	s := sym.Signal
	out := expression.Symbol{
		Slot: sym.Cell.Slot, Count: int32(sym.Count), Type: s.Type, Unit: s.Unit, Labels: s.Labels,
		Continuous: s.Role != device.RoleTunable && s.Role != device.RoleState && s.Role != device.RoleReport && s.Role != device.RoleTold,
	}
	if member >= 0 {
		out.Slot, out.Count = sym.Cell.At(member), 1
	}
	return out
}

// unknownPath explains a name that is no path.
func (b *builder) unknownPath(path string) error {
	if d := b.byName[path]; d != nil {
		if d.broken {
			return errors.New(known)
		}
		names := b.sys.SignalNames(path, true)
		if len(names) == 0 {
			return expression.Error{Message: path + " is a device, not a signal", Fix: "name a signal of another device: it has none"}
		}
		return expression.Error{Message: fmt.Sprintf("%s is a device, not a signal", path), Fix: fmt.Sprintf("write `%s.%s`; it has %s", path, names[0], list(names))}
	}
	return fmt.Errorf("there is no signal %s%s", source.Quote(path), source.DidYouMean(path, b.names()))
}

func (b *builder) lookup(id, name string, member int) (sim.Symbol, error) {
	d := b.byName[id]
	switch {
	case d == nil:
		return sim.Symbol{}, b.noDevice(id)
	case d.broken:
		if names, certain := d.lacks(name, true); certain {
			return sim.Symbol{}, expression.Error{Message: b.without(d, name, names), Fix: "it has " + list(names)}
		}
		if is := d.surely(name); is != nil && b.supposes {
			b.supposed = true
			return sim.Symbol{Signal: is, Count: d.size()}, nil
		}
		return sim.Symbol{}, errors.New(known)
	case d.hides(name):
		return sim.Symbol{}, errors.New(known)
	}
	sym, ok := b.sys.Lookup(id, name)
	if !ok && d.store != nil && name == "days_left" && !d.store.spec.Limit.Present() {
		return sym, expression.Error{Message: id + " has no limit, so it is never full", Fix: "give it how much it has room for, such as `limit: 2 TB`"}
	}
	if !ok {
		names := b.sys.SignalNames(id, true)
		return sym, expression.Error{
			Message: b.without(d, name, names),
			Fix:     "it has " + list(names),
		}
	}
	if member >= sym.Count {
		return sym, expression.Error{Message: fmt.Sprintf("%s has %d members", id, sym.Count), Fix: fmt.Sprintf("the last one is %s[%d]", id, sym.Count-1)}
	}
	return sym, nil
}

// without says that a device has not what is named.
func (b *builder) without(d *dev, name string, names []string) string {
	return fmt.Sprintf("%s (%s) has no %s%s", d.spec.Name.Value, d.spec.Is.Value, source.Quote(name), source.DidYouMean(name, names))
}

// Told implements expression.Resolver.
func (b *builder) Told(path, receiver string) (expression.Symbol, error) {
	from := path
	if topic := b.brokered(path, receiver); topic != "" {
		from = topic
	}
	id, name, member, ok := splitPath(from)
	if !ok {
		return expression.Symbol{}, b.unknownPath(path)
	}
	sym, err := b.lookup(id, name, member)
	if err != nil {
		return expression.Symbol{}, err
	}
	if b.byName[id].broken {
		return expression.Symbol{}, errors.New(known)
	}
	if sym.Signal == nil || !sym.Signal.Informs() {
		return expression.Symbol{}, expression.Error{
			Message: fmt.Sprintf("%s is not information, so nobody is told it", path), Fix: "name a reading, a command or an alarm",
		}
	}
	if receiver != "" && b.byName[receiver] == nil {
		return expression.Symbol{}, b.noDevice(receiver)
	}
	if receiver != "" && b.byName[receiver].broken {
		return expression.Symbol{}, errors.New(known)
	}
	cell, ok := b.sys.Told(id, name, receiver)
	if !ok && receiver != "" && len(b.byName[receiver].unwired) > 0 {
		return expression.Symbol{}, errors.New(known)
	}
	if !ok {
		return expression.Symbol{}, expression.Error{
			Message: fmt.Sprintf("%s is not told %s", receiver, path), Fix: fmt.Sprintf("wire an input of %s to it, or write told(%s)", receiver, path),
		}
	}
	sym.Cell = cell
	if receiver != "" {
		path += ", " + receiver
	}
	b.seen = append(b.seen, "told("+path+")")
	return symbol(sym, member), nil
}

// Window implements expression.Resolver.
func (b *builder) Window(w expression.Window) (expression.Symbol, error) {
	if w.Members > 1 {
		return expression.Symbol{}, expression.Error{Message: w.Helper + " needs one signal", Fix: "pick a member, such as drive[0].speed"}
	}
	slot := b.sys.Window(w.Helper, w.Of, w.Span, w.Unit)
	return expression.Symbol{Slot: slot, Count: 1, Unit: w.Unit, Continuous: true}, nil
}
