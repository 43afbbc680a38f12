package compile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// figuresOf are the functions about capacity.
var figuresOf = map[string]sim.Figure{
	"p50":         {Kind: network.DelayQuantile, Share: 0.5},
	"p90":         {Kind: network.DelayQuantile, Share: 0.9},
	"p95":         {Kind: network.DelayQuantile, Share: 0.95},
	"p99":         {Kind: network.DelayQuantile, Share: 0.99},
	"p999":        {Kind: network.DelayQuantile, Share: 0.999},
	"mean_delay":  {Kind: network.DelayMean},
	"utilisation": {Kind: network.Utilisation},
	"backlog":     {Kind: network.Backlog},
	"lost":        {Kind: network.Losses},
	"oldest":      {Kind: network.WaitingSince},
	"airtime":     {Kind: network.Airtime},
	"duty":        {Kind: network.DutyCycle},
	"battery":     {Kind: network.Charge},
}

// askCapacity returns the cells of a figure of capacity.
func (b *builder) askCapacity(call expression.Call, f sim.Figure) (out expression.Symbol, err error) {
	if call.Quoted[0] {
		return out, argumentError(0, expression.Error{Message: "a name stands without quotes", Fix: "write `" + call.Arguments[0] + "`"})
	}
	id, name, member, dotted := splitPath(call.Arguments[0])
	if !dotted { // a device, or a member of one
		id, _, member, _ = splitPath(call.Arguments[0] + "." + sim.Polls)
	}
	switch {
	case f.Kind.Sends():
		err = b.senderOf(&f, call.Arguments[0], id, dotted)
	case dotted:
		err = b.timeOf(&f, id, name)
	case b.byName[id] != nil:
		err = b.workOf(&f, id)
	default:
		err = b.linkOf(&f, call.Arguments[0])
	}
	if err != nil {
		return out, argumentError(0, err)
	}
	cell, members, err := b.sys.Figure(f, call.Text())
	if err != nil && b.hasMiswired(f.Device, f.Input) {
		return out, argumentError(0, errors.New(known))
	}
	if err != nil {
		fix := "name an input that messages come to"
		if f.Input == sim.Polls {
			fix = "let it poll: `reads: {poll: gauge.level, every: 1s}`"
		}
		if f.Kind.Sends() {
			fix = "give its zone, or a conduit on its way, `radio: {lora: {sf: 9}}`"
		}
		return out, argumentError(0, expression.Error{Message: err.Error(), Fix: fix})
	}
	out = expression.Symbol{Slot: cell.Slot, Count: int32(members), Type: signal.Number, Unit: unit.One, Continuous: f.Kind == network.WaitingSince}
	if f.Kind.Times() || f.Kind == network.WaitingSince || f.Kind == network.Airtime {
		out.Unit = unit.Second
	}
	if f.Kind == network.Charge {
		out.Unit = unit.Joule
	}
	switch {
	case member >= members:
		return out, argumentError(0, expression.Error{Message: fmt.Sprintf("%s has %d members", id, members), Fix: fmt.Sprintf("the last one is %s[%d]", id, members-1)})
	case member >= 0:
		out.Slot, out.Count = cell.At(member), 1
	}
	return out, nil
}

// timeOf makes a figure one of the delay of what an input is told, or of all that a device polls.
func (b *builder) timeOf(f *sim.Figure, id, name string) error {
	if d := b.byName[id]; d != nil && d.broken {
		return errors.New(known)
	}
	if f.Device, f.Input = id, name; !f.Kind.Times() {
		return expression.Error{Message: "this is about a device with `work:`, a zone or a conduit", Fix: "write `" + id + "`"}
	}
	if name == sim.Polls && b.byName[id] != nil {
		return nil
	}
	if _, err := b.lookup(id, name, -1); err != nil {
		return err
	}
	return b.countless(id, name)
}

// countless reports that what comes to a device, or to one of its inputs, comes as a rate: of
// that no message is late.
func (b *builder) countless(id, input string) error {
	d := b.byName[id]
	for i := range d.inputs {
		if w := &d.inputs[i]; w.perSecond > 0 && (input == "" || w.name.Value == input) {
			from, _, _ := strings.Cut(w.wiring.Source.Value, ".")
			return expression.Error{
				Message: fmt.Sprintf("what %s tells %s comes as a rate: there are no messages that could be late", from, id),
				Fix:     "leave out `as_rate: true` of " + from + ", or ask for `lost(" + id + ")` or `utilisation(" + id + ")`",
			}
		}
	}
	return nil
}

// workOf makes a figure one of a device with work.
func (b *builder) workOf(f *sim.Figure, id string) error {
	if b.byName[id].broken {
		return errors.New(known)
	}
	if f.Device = id; b.byName[id].spec.Work != nil {
		if f.Kind.Times() || f.Kind == network.WaitingSince {
			return b.countless(id, "")
		}
		return nil
	}
	if f.Kind.Times() {
		return expression.Error{Message: id + " has no `work:`, so nothing waits for it", Fix: "name one of its inputs, or `" + id + "." + sim.Polls + "` for all that it polls"}
	}
	fix := "give it `work: {takes: 2ms}`"
	if b.byName[id].store != nil {
		fix += "; of how full it is, with a `limit:`, `" + id + ".days_left` tells, which is 0 where it has no more room"
	}
	return expression.Error{Message: id + " has no `work:`, so nothing waits for it", Fix: fix}
}

// linkOf makes a figure one of a zone or a conduit.
func (b *builder) linkOf(f *sim.Figure, name string) error {
	f.Link = name
	names, bandwidth, radio := b.zoneNames(), false, false
	for i := range b.file.System.Zones {
		if z := &b.file.System.Zones[i]; z.Name.Value == name {
			bandwidth, radio = z.Bandwidth.Present(), z.Radio != nil
		}
	}
	for i := range b.file.System.Conduits {
		c := &b.file.System.Conduits[i]
		if names = append(names, c.Name.Value); c.Name.Value == name {
			bandwidth, radio = c.Bandwidth.Present(), c.Radio != nil
		}
	}
	switch {
	case !slices.Contains(names, name):
		names = append(names, b.names()...)
		return nothingNamed("device, zone or conduit", name, names, "declare it")
	case radio && f.Kind == network.Losses:
		return nil
	case radio:
		return expression.Error{Message: name + " is a radio link: of that this is not known", Fix: "ask for `lost(" + name + ")`, or for `duty(...)` of who sends"}
	case !bandwidth:
		return expression.Error{Message: name + " has no bandwidth, so nothing waits for it", Fix: "give it `bandwidth: 10 Mbit/s`"}
	case f.Kind.Times():
		return expression.Error{Message: "this is about messages to somebody", Fix: "name an input that is told over " + name}
	}
	return nil
}

// senderOf makes a figure one of what a device sends by radio, or of its battery.
func (b *builder) senderOf(f *sim.Figure, text, id string, dotted bool) error {
	d := b.byName[id]
	switch {
	case dotted || d == nil:
		return expression.Error{Message: "there is no device " + source.Quote(text) + source.DidYouMean(text, b.names()), Fix: "name a device that sends by radio"}
	case d.broken:
		return errors.New(known)
	case f.Kind == network.Charge && d.spec.Battery == nil:
		return expression.Error{Message: id + " has no battery", Fix: "give it `battery: {energy: 10 kJ, sleeps: 10 uW, sends: 100 mW}`"}
	}
	f.Device = id
	return nil
}

// battery compiles what a device lives on, nil where it says nothing of that.
func (b *builder) battery(d *dev) *network.Battery {
	s := d.spec.Battery
	if s == nil {
		return nil
	}
	before := b.mistakes()
	out := &network.Battery{Energy: b.number(s.Energy, unit.Joule), Sleeps: b.number(s.Sleeps, unit.Watt), Sends: b.number(s.Sends, unit.Watt)}
	switch {
	case b.mistakes() > before:
		return nil
	case !(out.Energy > 0 && out.Energy <= 1e15):
		b.Errorf(s.Energy.Span, "write an energy such as 10 kJ", "a battery holds something")
	case !(out.Sleeps >= 0):
		b.Errorf(s.Sleeps.Span, "write a power such as 10 uW", "a device does not charge its battery by sleeping")
	case !(out.Sends >= out.Sleeps && out.Sends <= 1e15):
		b.Errorf(s.Sends.Span, "write more than it draws asleep, such as 100 mW", "a device draws more while it sends than while it sleeps")
	}
	return out
}
