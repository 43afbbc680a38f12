package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Strike is by what a person was struck, or that in which they sit: whose force did most
// of it when they were harmed. All is empty where no force did.
type Strike struct {
	Machine string // whose force it was
	Into    string // what it ran into
	By      string // what drives the machine, empty where that is not known
	Teller  string // who told that device last
}

// A Wired is what a person was exposed to, where it is not the person's own: what is wired to the
// exposure that harmed.
type Wired struct {
	Signal SignalInfo // of no device where nothing is known
	Value  float64
	slot   signal.Slot
}

// collision is the name of the exposure that is a strike.
const collision = "collision"

// A blame is what one line of causes leaves out.
type blame struct {
	let    []int // attacks and faults that let through what others began
	strike Strike
	wired  Wired
}

func (w *world) archiveBlame(a *snapshot.Archive, b *blame) {
	snapshot.Slice(a, &b.let, func(a *snapshot.Archive, step *int) {
		if snapshot.Int(a, step); *step < 0 || *step >= len(w.plan.steps) {
			a.Fail("step %d let something through, which there is not", *step)
		}
	})
	for _, text := range []*string{&b.strike.Machine, &b.strike.Into, &b.strike.By, &b.strike.Teller} {
		snapshot.String(a, text)
	}
	if snapshot.Int(a, &b.wired.slot); b.wired.slot < 0 || int(b.wired.slot) >= len(w.store.V) {
		a.Fail("what harmed is signal %d, which there is not", b.wired.slot)
		b.wired.slot = 0
	}
	snapshot.Float(a, &b.wired.Value)
	if b.wired.Signal = (SignalInfo{}); b.wired.slot > 0 {
		b.wired.Signal = w.plan.Signals.At(b.wired.slot)
	}
}

// blamed notes what the causes of a danger leave out, when it comes first.
func (w *world) blamed(invariant int, now vtime.Time) {
	if invariant < w.plan.named {
		return
	}
	switch i := invariant - w.plan.named; w.plan.perils[i].kind {
	case harmPeril, hazardPeril:
		w.blames[i] = w.blameFor(invariant, w.why[invariant], now)
	}
}

// blameFor is what the causes of harm or of a hazard leave out.
func (w *world) blameFor(invariant int, causes []Cause, now vtime.Time) (b blame) {
	b.let = w.letThrough(invariant, causes, now)
	p := &w.plan.perils[invariant-w.plan.named]
	if p.kind != harmPeril {
		return b
	}
	who := &w.plan.Dangers.People[p.index]
	b.wired = w.exposed(who, who.Exposed[p.part].Name, now)
	if who.Exposed[p.part].Name == collision {
		b.strike = w.struck(causes, now)
	}
	return b
}

// exposed is what an exposure of a person is wired to: of an expression what it reads of others, in
// its own unit if it can be.
func (w *world) exposed(who *Person, exposure string, now vtime.Time) (src Wired) {
	d, member, ok := w.plan.Signals.owner(who.Device)
	if !ok {
		return src
	}
	c, ok := w.plan.Signals.cell(d, exposure)
	if !ok {
		return src
	}
	at := c.At(member)
	own := w.plan.Signals.At(at)
	r := w.plan.g.reach([]signal.Slot{at})
	reads := append([]signal.Slot{at}, r.discrete...)
	for _, state := range r.states {
		reads = append(reads, w.plan.g.states[state].slot)
	}
	for _, slot := range reads {
		if x := w.plan.Signals.At(slot); x.Device != "" && x.Device != who.Of && (src.slot == 0 || x.Unit.SameDim(own.Unit) && !src.Signal.Unit.SameDim(own.Unit)) {
			src = Wired{x, w.valueOf(slot, now), slot}
		}
	}
	return src
}

// letThrough lists the attacks and faults on a way to it beside the one that is blamed; where a command of
// people is, their commands to the same that came before as well: which of them was too much, the last
// one cannot tell.
func (w *world) letThrough(invariant int, causes []Cause, now vtime.Time) (steps []int) {
	blamed, kind := -1, w.plan.perils[invariant-w.plan.named].kind
	if len(causes) > 0 {
		blamed = causes[len(causes)-1].Injection
	}
	for _, v := range w.ways(w.plan.causesOf(invariant), now) {
		if v.told() && !v.enables && v.step != blamed && (w.timeline.Steps[v.step].Kind != inject.Act || kind != layerPeril && w.likewise(v.step, blamed)) && !slices.Contains(steps, v.step) {
			steps = append(steps, v.step)
		}
	}
	return steps
}

// likewise reports whether two steps are acts that command the same.
func (w *world) likewise(step, other int) bool {
	commands := func(i int) bool {
		s := &w.timeline.Steps[i]
		return s.Kind == inject.Act && slices.ContainsFunc(s.Ops, func(op inject.Op) bool { return op.Kind == inject.CommandOp })
	}
	return other >= 0 && w.timeline.Steps[step].Target == w.timeline.Steps[other].Target && commands(step) && commands(other)
}

// struck says whose force acts most on the first thing in a chain of causes that moves.
func (w *world) struck(causes []Cause, now vtime.Time) (s Strike) {
	k := slices.IndexFunc(causes, func(c Cause) bool { return c.Kind == PhysicsCause })
	if k < 0 {
		return s
	}
	state, most, force := w.plan.g.stateOf[causes[k].Signal.Slot], 0.0, signal.Slot(-1)
	for _, slot := range w.plan.g.states[state].inputs() {
		if !w.plan.Signals.At(slot).Unit.SameDim(unit.Newton) {
			continue
		}
		if x := w.valueOf(slot, now); x > most {
			most, force = x, slot
		}
	}
	if force < 0 {
		return s
	}
	machine := w.plan.Signals.At(force)
	if s.Machine, s.Into = machine.Device, causes[k].Signal.Device; s.Machine == s.Into {
		s.Into = w.met(force)
	}
	s.By, s.Teller = w.driver(machine, now)
	return s
}

// met is the other device that a force depends on.
func (w *world) met(force signal.Slot) string {
	own := w.plan.Signals.At(force).Device
	for _, state := range w.plan.g.reach([]signal.Slot{force}).states {
		if other := w.plan.Signals.At(w.plan.g.states[state].slot).Device; other != own {
			return other
		}
	}
	return ""
}

// driver is the device that is told something and that a machine follows, and who told it last.
func (w *world) driver(machine SignalInfo, now vtime.Time) (by, teller string) {
	for _, slot := range w.plan.inputsOf(machine.Device, machine.Member) {
		if slot == signal.Clock {
			continue
		}
		c := w.plan.Signals.At(slot)
		if c.Device == machine.Device && c.Role == device.RoleTold {
			by = machine.Device
		} else if c.Device != machine.Device && w.plan.hears(c.Device) {
			by = c.Device
		} else {
			continue
		}
		for _, link := range w.walk([]signal.Slot{slot}, now) {
			if link.Kind == MessageCause && link.Signal.Device == by {
				return by, link.Who
			}
		}
	}
	return by, ""
}

// hears reports whether a device is told anything.
func (p *Plan) hears(name string) bool {
	d, ok := p.Signals.device(name)
	return ok && slices.ContainsFunc(p.Signals.inputsOf(d), func(c network.Cell) bool { return p.Signals.role(c.At(0)) == device.RoleTold })
}
