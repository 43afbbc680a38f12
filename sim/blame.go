package sim

import (
	"math"
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
	// Step is the one that a collision of several who were harmed goes back to, from 1 on; 0 where that is
	// what the causes of the harm end in.
	Step int
}

// A Wired is what a person was exposed to, where it is not the person's own: what is wired to the
// exposure that harmed.
type Wired struct {
	Signal SignalInfo // of no device where nothing is known
	Value  float64
	// Machine is what it happens to, where it is how that is felt at a place: the vessel of a blast.
	Machine string
	slot    signal.Slot
}

// collision is the name of the exposure that is a strike.
const collision = "collision"

// A blame is what one line of causes leaves out.
type blame struct {
	let    []int // attacks and faults that let through what others began
	means  []int // steps without which those would not have been
	strike Strike
	wired  Wired
}

func (w *world) archiveBlame(a *snapshot.Archive, b *blame) {
	for _, steps := range []*[]int{&b.let, &b.means} {
		w.archiveSteps(a, steps)
	}
	for _, text := range []*string{&b.strike.Machine, &b.strike.Into, &b.strike.By, &b.strike.Teller} {
		snapshot.String(a, text)
	}
	if snapshot.Int(a, &b.wired.slot); b.wired.slot < 0 || int(b.wired.slot) >= len(w.store.V) {
		a.Fail("what harmed is signal %d, which there is not", b.wired.slot)
		b.wired.slot = 0
	}
	snapshot.Float(a, &b.wired.Value)
	if b.wired.Signal, b.wired.Machine = (SignalInfo{}), ""; b.wired.slot > 0 {
		b.wired.Signal = w.plan.Signals.At(b.wired.slot)
		b.wired.Machine = w.happens(b.wired.Signal)
	}
}

func (w *world) archiveSteps(a *snapshot.Archive, steps *[]int) {
	snapshot.Slice(a, steps, func(a *snapshot.Archive, step *int) {
		if snapshot.Int(a, step); *step < 0 || *step >= len(w.plan.steps) {
			a.Fail("step %d let something through, which there is not", *step)
		}
	})
}

// blamed notes what the causes of a danger leave out, when it comes first: the causes of a danger, or of an invariant of the file.
func (w *world) blamed(invariant int, now vtime.Time) {
	if invariant < w.plan.named {
		w.also[invariant], _ = w.letThrough(invariant, w.why[invariant], now)
		return
	}
	switch i := invariant - w.plan.named; w.plan.perils[i].kind {
	case harmPeril, hazardPeril:
		w.blames[i] = w.blameFor(invariant, w.why[invariant], now)
	}
}

// blameFor is what the causes of harm or of a hazard leave out.
func (w *world) blameFor(invariant int, causes []Cause, now vtime.Time) (b blame) {
	b.let, b.means = w.letThrough(invariant, causes, now)
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
	if k := w.plan.g.producer[at]; k >= 0 {
		n := &w.plan.g.nodes[k]
		reads = append(orAll(w.turnsOn(n, now), slots(n.reads, int(n.member))), reads...)
	}
	src.slot = w.deciding(reads, who.Of, own.Unit, w.valueOf(at, now), now)
	if src.slot != 0 {
		src.Signal, src.Value = w.plan.Signals.At(src.slot), w.valueOf(src.slot, now)
	}
	src.Machine = w.happens(src.Signal)
	return src
}

// deciding returns which of what is read makes an exposure what it is: of its own dimension that which is nearest to
// it, which of max() and min() is the one that they are and of a sum the greatest; else the first. It is 0 where
// nothing of another device is read.
func (w *world) deciding(reads []signal.Slot, of string, own unit.Unit, exposure float64, now vtime.Time) (slot signal.Slot) {
	alike, least := false, math.Inf(1)
	for _, at := range reads {
		x := w.plan.Signals.At(at)
		if x.Device == "" || x.Device == of || alike && !x.Unit.SameDim(own) {
			continue
		}
		if !x.Unit.SameDim(own) {
			if slot == 0 {
				slot = at
			}
			continue
		}
		if off := math.Abs(w.valueOf(at, now) - exposure); !alike || off < least {
			slot, least = at, off
		}
		alike = true
	}
	return slot
}

// letThrough lists the other steps on a way to it beside the one that is blamed: attacks and faults; acts of people
// and the world as far as they made something otherwise that is on the way, and did not only leave something so.
// Where a command of people is blamed, so are their commands to the same that came before: which of them was too
// much, the last one cannot tell. Means are those whose only way leads over another step: it had from them what
// it needed.
func (w *world) letThrough(invariant int, causes []Cause, now vtime.Time) (let, means []int) {
	blamed := rootedIn(causes)
	layer := invariant >= w.plan.named && w.plan.perils[invariant-w.plan.named].kind == layerPeril
	for _, v := range w.ways(w.causesOf(invariant), now) {
		switch {
		case !v.told() || v.step == blamed || slices.Contains(let, v.step) || slices.Contains(means, v.step):
		case w.acted(&v) && (layer || v.toll >= left && !w.likewise(v.step, blamed)):
		case v.enables:
			means = append(means, v.step)
		default:
			let = append(let, v.step)
		}
	}
	return let, means
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
