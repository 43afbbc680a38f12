package sim

import (
	"errors"
	"fmt"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Source is what an input is wired to: a signal of a device, or an expression
// over physical signals.
type Source struct {
	Device, Signal string
	Member         int // of a device with a count; -1: member by member
	Expression     *signal.Expression
	Wired          bool           // hard-wired information
	Poll           vtime.Duration // the receiver asks so often; 0: it is told
	// Gathers says that all members of the device tell the one that the input is of.
	Gathers bool
	// Carries is what the messages bring beside the value: an intake of the System's data,
	// from 1 on; 0 for nothing; or a request, see Plea.
	Carries int32
	// Apart has the value come in messages of its own: those of sources of another number are
	// others.
	Apart int32
	// PerSecond makes the messages a rate: how many all members of the device together send. No
	// value comes, but what they carry does.
	PerSecond float64
	Subscription
}

// Path returns the source as it is written.
func (s Source) Path() string {
	switch {
	case s.Expression != nil:
		return s.Expression.Text
	case s.Member >= 0:
		return fmt.Sprintf("%s[%d].%s", s.Device, s.Member, s.Signal)
	}
	return s.Device + "." + s.Signal
}

// A wire is information on its way: it becomes part of a flow.
type wire struct {
	from, to *part
	source   *device.Signal
	input    *device.Signal
	member   int
	poll     vtime.Duration
	gathers  bool
	carries  int32
	rate     float64 // messages a second, of a stream
	apart    int32
	Subscription
}

// A WireError says why an input cannot be wired so, and what to do.
type WireError struct{ Cause, Fix string }

// Error implements error.
func (e *WireError) Error() string { return e.Cause + "; " + e.Fix }

// Force gives an input a cell of its own where it would only be another name of
// its source, so that injections can act on it. Call it before Wire.
func (s *System) Force(id, input string) { s.forced[[2]string{id, input}] = true }

// Wire wires an input of a device.
func (s *System) Wire(id, input string, src Source) error {
	p := s.byID[id]
	i := p.signal(input)
	if i < 0 || !p.decl.Signals[i].Role.Listens() {
		return fmt.Errorf("%s has no input %q", id, input)
	}
	in := &p.decl.Signals[i]
	if src.Expression != nil {
		return s.wireExpression(p, in, src)
	}
	from := s.byID[src.Device]
	out := &from.decl.Signals[from.signal(src.Signal)]
	if err := s.members(from, p, src); err != nil {
		return err
	}
	if err := compatible(in, out, src, from.Kind == "custom"); err != nil {
		return err
	}
	if in.Role == device.RoleTold {
		s.orders = append(s.orders, order{from.rank, p.rank})
	}
	if in.Role == device.RoleTold && !src.Wired {
		s.wires = append(s.wires, wire{from, p, out, in, src.Member, src.Poll, src.Gathers, src.Carries, src.PerSecond, src.Apart, src.Subscription})
		return nil
	}
	if in.Role == device.RoleInput {
		s.acts[from.rank] = true
		s.follows = append(s.follows, follower{out.Cell.Slot, p.rank})
	}
	cell := network.Cell{Slot: out.Cell.Slot, Stride: out.Cell.Stride}
	if src.Wired {
		s.coppers = append(s.coppers, follower{out.Cell.Slot, p.rank})
		s.copper[[2]string{id, input}] = true
		s.copper[[2]string{src.Device, src.Signal}] = true
		if c, ok := s.wired[out.Cell.Slot]; ok {
			cell = c
		}
	}
	if src.Member >= 0 {
		cell = network.Cell{Slot: cell.At(src.Member)}
	}
	if s.forced[[2]string{id, input}] {
		return s.copyInto(p, in, cell)
	}
	s.alias(p, in, cell)
	return nil
}

// Suits says what is wrong with wiring such an input so, whosever it is: the device need not be there.
func (s *System) Suits(in *device.Signal, src Source) error {
	if src.Expression != nil {
		return spoken(in)
	}
	from := s.byID[src.Device]
	return compatible(in, &from.decl.Signals[from.signal(src.Signal)], src, from.Kind == "custom")
}

// Fits checks whether an input can be wired to a signal of a device that is not in the system.
func Fits(in, out *device.Signal, src Source) error { return compatible(in, out, src, false) }

// spoken refuses information that comes of an expression.
func spoken(in *device.Signal) error {
	if in.Role != device.RoleTold {
		return nil
	}
	return &WireError{fmt.Sprintf("%s is information: it is told by one signal, not by an expression", in.Name),
		"wire it to one signal, and compute in the device that tells or hears it"}
}

// alias makes an input another name of a cell.
func (s *System) alias(p *part, in *device.Signal, cell network.Cell) {
	if in.Role == device.RoleTold { // the cells of its own are not used
		s.hide(in.Cell.Slot)
	}
	in.Cell.Slot, in.Cell.Stride = cell.Slot, cell.Stride
}

// members checks that the members of both devices can be wired to one another.
func (s *System) members(from, to *part, src Source) error {
	switch {
	case src.Member >= from.Count:
		return &WireError{fmt.Sprintf("%s has %d members, so there is no %s", from.ID, from.Count, src.Path()),
			fmt.Sprintf("the last one is %s[%d]", from.ID, from.Count-1)}
	case src.Member >= 0 || from.Count == 1 || from.Count == to.Count || src.Gathers && to.Count == 1:
		return nil
	}
	fix := fmt.Sprintf("name one, such as %s[0].%s, or give both the same count", from.ID, src.Signal)
	if out := from.signal(src.Signal); to.Count == 1 && out >= 0 && from.decl.Signals[out].Informs() {
		fix += fmt.Sprintf("; a store takes in what all tell: `is: store` with `takes: {%s: {from: %s}}`, see `harmproof doc store`", src.Signal, src.Path())
	}
	return &WireError{fmt.Sprintf("%s has %d members, %s has %d: they cannot be wired one to one", from.ID, from.Count, to.ID, to.Count), fix}
}

// compatible checks role, type and unit.
func compatible(in, out *device.Signal, src Source, scripted bool) error {
	switch {
	case out.Role.Listens() && !out.Informs():
		return &WireError{fmt.Sprintf("%s is itself an input", src.Path()), "wire to the signal that it comes from"}
	case in.Role == device.RoleInput && (src.Wired || src.Poll > 0 || src.Subscription != Subscription{}):
		return &WireError{fmt.Sprintf("%s is no message: what it is wired to acts on it at once, so it is neither polled, subscribed to nor hard-wired", in.Name), "write the path alone: " + src.Path()}
	case in.Role == device.RoleTold && out.Role == device.RoleTunable:
		return &WireError{fmt.Sprintf("%s is a setting of %s, which nobody is told", src.Path(), src.Device), "wire to something that it reports"}
	case in.Role == device.RoleTold && out.Role.Physical() && scripted:
		return &WireError{fmt.Sprintf("%s is physical; a message cannot carry it", src.Path()),
			"give " + src.Signal + " a start, and set it in a rule: `every: 100ms`, `set: {" + src.Signal + ": ...}`"}
	case in.Role == device.RoleTold && out.Role.Physical():
		return &WireError{fmt.Sprintf("%s is physical; a message cannot carry it", src.Path()),
			"put a sensor between, such as a level-gauge, and wire to its reading"}
	case in.Role == device.RoleInput && out.Role == device.RoleTunable:
		return nil
	}
	if in.Type == signal.Number && !in.Unit.SameDim(out.Unit) {
		return &WireError{fmt.Sprintf("%s is %s, but %s wants %s", src.Path(), out.Unit.Noun(), in.Name, in.Unit.Noun()), "wire it to a signal in " + in.Unit.Symbol}
	}
	if (in.Type == signal.Bool) != (out.Type == signal.Bool) {
		return &WireError{fmt.Sprintf("%s is %s, but %s wants %s", src.Path(), typeNoun(out.Type), in.Name, typeNoun(in.Type)), "wire it to a signal of that type"}
	}
	return nil
}

func typeNoun(t signal.Type) string {
	return [...]string{"a number", "true or false", "a whole number", "one of some labels", "a hash"}[t]
}

// wireExpression makes an input a computed signal.
func (s *System) wireExpression(p *part, in *device.Signal, src Source) error {
	if err := spoken(in); err != nil {
		return err
	}
	for _, r := range src.Expression.Reads {
		if r.Slot > signal.Clock {
			s.acts[int(s.signals.block(r.Slot).device)] = true
			s.follows = append(s.follows, follower{r.Slot, p.rank})
		}
	}
	s.place(p, in)
	s.compute(p, in.Cell, &law{name: p.ID + "." + in.Name, eval: src.Expression.Eval.Of(), bounds: src.Expression.Bounds, jumps: func() []signal.Enclosure { return src.Expression.Jumps }, reads: src.Expression.Reads})
	return nil
}

// copyInto gives an input a cell of its own that follows another one.
func (s *System) copyInto(p *part, in *device.Signal, from network.Cell) error {
	if in.Role == device.RoleInput {
		s.place(p, in)
	}
	s.compute(p, in.Cell, &law{
		name: p.ID + "." + in.Name, eval: func(f *signal.Frame) float64 { return f.V[from.At(f.M)] },
		bounds: func(b *signal.Box, m int) interval.Range { return b.Of(from.At(m)) },
		reads:  []signal.Read{{Slot: from.Slot, Stride: from.Stride, Count: 1}},
	})
	return nil
}

// Unwired gives an optional input that nothing is wired to a cell of its own. A
// required one is an error.
func (s *System) Unwired(id, input string) error {
	p := s.byID[id]
	in := &p.decl.Signals[p.signal(input)]
	if !in.Optional {
		return errors.New("it must be wired")
	}
	if in.Role == device.RoleInput {
		s.place(p, in)
	}
	return nil
}

// slots lists the cells that member of a device reads.
func slots(reads []signal.Read, member int) (list []signal.Slot) {
	for _, r := range reads {
		for slot, end := span(r, member); slot < end; slot++ {
			list = append(list, slot)
		}
	}
	return list
}

// span returns the cells of a read of a member: from first to before end.
func span(r signal.Read, member int) (first, end signal.Slot) {
	if r.Count > 1 {
		return r.Slot, r.Slot + signal.Slot(r.Count)
	}
	first = r.Slot + signal.Slot(r.Stride)*signal.Slot(member)
	return first, first + 1
}
