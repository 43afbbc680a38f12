package sim

import (
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A CauseKind is what sort of link in a chain of causes it is.
type CauseKind uint8

// The kinds of causes.
const (
	PhysicsCause   CauseKind = iota // a continuous signal goes on
	ComputedCause                   // a signal that follows from others
	DecisionCause                   // a device's handler wrote it
	MessageCause                    // a message brought it
	InjectionCause                  // an injection made it so
	StartCause                      // it has been so from the start
	CheckCause                      // a check let it pass, or stopped it
	OmissionCause                   // something was left as it was, or kept from happening
	ViolationCause                  // what is to be explained
	SpreadCause                     // malware came to a device
	DataCause                       // a store has data about people
	LoadCause                       // so much came to a link that it was full
)

// String returns the kind as it is in JSON.
func (k CauseKind) String() string {
	return [...]string{"physics", "computed", "decision", "message", "injection", "start", "check", "omission", "violation", "infection", "data", "load"}[k]
}

// A Cause is one link of the chain from a violation back to its root: a signal,
// its value when the invariant was violated, and who made it so.
type Cause struct {
	Kind   CauseKind
	At     vtime.Time // since when it has the value
	Signal SignalInfo
	Value  float64
	Rate   float64 // of a continuous state, per second
	Who    string  // the device that wrote or told it
	// Claimed is, of a message, whom it says it is from; True is whom it is from.
	Claimed, True string
	// Check says in words which check did it, or, of a message, which it passed; of
	// malware by what it came from True to Who; of data about people what Who has.
	Check string
	// Technique is, of malware, that of the way (an id of ATT&CK for ICS), or "".
	Technique string
	// Read is what that check read besides the message.
	Read []Reading
	// Owner answers for that check; empty where that is who answers for the device.
	Owner string
	// Since is, of an omission, from when on the signal has its value, and At when it was
	// left so; of a check when it did it last.
	Since vtime.Time
	// Until is when a step that acted on the signal ceased to, 0 where it did not.
	Until vtime.Time
	// Needed says, of a step without which another one would not have been, of which and
	// what for.
	Needed string
	// Omitted is, of an omission, the kind of what did not happen; of an injection
	// that keeps something from happening it is InjectionCause.
	Omitted CauseKind
	// Injection is the index of the step that made it so, or -1. Otherwise says
	// what the value would be without.
	Injection int
	Otherwise float64 // NaN where that is not known
}

// maxCauses bounds a chain.
const maxCauses = 16

// explain returns one line of causes from what decides an invariant to an injection,
// where one had influence that can be told; else as far back as it goes. An attack or a fault comes before
// what people do all the time, where both made it so.
func (w *world) explain(invariant int, now vtime.Time) (chain []Cause) {
	wanted, asked := w.turned(invariant, now)
	chain = w.walk(slices.Concat(wanted, asked), now)
	root := rootedIn(chain)
	if root >= 0 && w.plan.steps[root].Kind != inject.Act {
		return chain
	}
	if lead := w.lead(w.waysFrom(wanted, asked, now), root, now); lead != nil {
		return lead
	}
	if root < 0 {
		if lead := w.lead(w.ways(invariant, now), root, now); lead != nil {
			return lead
		}
		if all := w.walk(w.plan.invariants[invariant].reads(), now); rootedIn(all) >= 0 {
			return all
		}
		return w.byItself(chain)
	}
	return chain
}

// rootedIn is the step that a line of causes ends in, or -1.
func rootedIn(chain []Cause) int {
	if n := len(chain); n > 0 && chain[n-1].Kind == InjectionCause {
		return chain[n-1].Injection
	}
	return -1
}

// walk goes from cells that decide an invariant back over who wrote what
// last. At each step it goes on with the cell that an injection has influence
// on, among those the one that was written last.
func (w *world) walk(reads []signal.Slot, now vtime.Time) (chain []Cause) {
	seen := map[signal.Slot]bool{}
	decision, decided := Cause{}, signal.Slot(0)
	for range maxCauses {
		slot, ok := w.suspect(reads, seen)
		if !ok {
			break
		}
		seen[slot] = true
		link, next := w.link(slot, now)
		link = w.sentBefore(link, decision, decided)
		decision, decided = link, slot
		if w.plan.windowAt(slot) < 0 && !w.sinceWhen(slot) {
			chain = append(chain, link)
		}
		if load := w.loaded(slot, now); load != nil && link.Kind != InjectionCause {
			if chain = append(chain, load...); load[len(load)-1].Kind == InjectionCause {
				break
			}
		}
		if known := w.known(slot, now); known != nil {
			chain, next = append(chain, known...), w.swayedOf(next)
			if known[len(known)-1].Kind == InjectionCause {
				break
			}
		}
		if link.Kind == InjectionCause {
			break
		}
		if link.Kind == CheckCause {
			if step := w.noticed(&link); step >= 0 {
				root := link
				root.Kind, root.Injection, root.At = InjectionCause, step, w.timeline.Report(step).Applied
				chain = append(chain, root)
				break
			}
		}
		reads = next
	}
	return leftSo(chain)
}

// reads lists the cells that an invariant reads: first what is wanted, then what it
// is asked for.
func (i *Invariant) reads() (list []signal.Slot) {
	wanted, asked := i.groups()
	return append(wanted, asked...)
}

// groups lists the cells that an invariant reads: what is wanted, and what it is asked
// for.
func (i *Invariant) groups() (list, asked []signal.Slot) {
	for _, c := range i.Asked {
		asked = append(asked, slots(c.Reads, 0)...)
	}
	left := map[int]bool{}
	premises(i.Formula, false, left)
	for k := len(i.Atoms) - 1; k >= 0; k-- {
		if reads := slots(i.Atoms[k].Reads, 0); left[k] {
			asked = append(asked, reads...)
		} else {
			list = append(list, reads...)
		}
	}
	return slices.DeleteFunc(list, func(s signal.Slot) bool { return slices.Contains(asked, s) }), asked
}

// premises notes of each atom of a formula whether it is on the left of an implication
// alone.
func premises(f *formula.Formula, premise bool, left map[int]bool) {
	if f.Op == formula.Atom {
		if before, seen := left[f.Atom]; !seen || before {
			left[f.Atom] = premise
		}
	}
	for k, arg := range f.Args {
		premises(arg, premise || f.Op == formula.Implies && k == 0, left)
	}
}

// suspect chooses the cell to go on with.
func (w *world) suspect(reads []signal.Slot, seen map[signal.Slot]bool) (best signal.Slot, ok bool) {
	rank := func(slot signal.Slot) (injected bool, at vtime.Time) {
		stamp := w.store.Stamp(slot)
		if at = stamp.At; w.plan.g.continuous[slot] {
			at = w.lastInput(slot)
		}
		return stamp.Influence&w.injected() != 0, at
	}
	for _, slot := range reads {
		if seen[slot] || slot == signal.Clock {
			continue
		}
		if !ok {
			best, ok = slot, true
			continue
		}
		a, at := rank(slot)
		b, bt := rank(best)
		if a && !b || a == b && at > bt {
			best = slot
		}
	}
	return best, ok
}

// lastInput returns when a discrete cell that a continuous one depends on changed
// last.
func (w *world) lastInput(slot signal.Slot) (at vtime.Time) {
	reads := []signal.Slot{slot}
	if state := w.plan.g.stateOf[slot]; state >= 0 {
		reads = w.plan.g.states[state].inputs()
	}
	r := w.plan.g.reach(reads)
	for _, state := range r.states {
		r.discrete = append(r.discrete, w.plan.g.reach(w.plan.g.states[state].inputs()).discrete...)
	}
	for _, s := range r.discrete {
		at = max(at, w.store.Stamp(s).At)
	}
	return at
}

// injected is the mask of all steps that were applied.
func (w *world) injected() (m signal.Mask) {
	for i := range w.timeline.Steps {
		if w.timeline.Report(i).Outcome != inject.NotTriggered {
			m |= w.timeline.Steps[i].Roots
		}
	}
	return m
}

// link describes one cell and returns what its value comes from.
func (w *world) link(slot signal.Slot, now vtime.Time) (Cause, []signal.Slot) {
	p := w.plan
	stamp := w.store.Stamp(slot)
	c := Cause{Kind: StartCause, At: stamp.At, Signal: p.Signals.At(slot), Value: w.valueOf(slot, now), Injection: -1, Otherwise: math.NaN()}
	if p.g.continuous[slot] {
		c.At = w.lastInput(slot)
	}
	if step, otherwise, ok := w.disturbed(slot); ok {
		c.Kind, c.Injection, c.Otherwise = InjectionCause, step, otherwise
		c.At = max(c.At, w.timeline.Report(step).Applied)
		return c, nil
	}
	if step, otherwise, ok := w.meddled(slot); ok && p.writer(stamp.By).kind != wroteInjection {
		c.Kind, c.Injection, c.Otherwise = InjectionCause, step, otherwise
		c.At = max(c.At, w.timeline.Report(step).Applied)
		return c, nil
	}
	if state := p.g.stateOf[slot]; state >= 0 {
		c.Kind, c.Who = PhysicsCause, c.Signal.Device
		if factor := p.g.states[state].factor; factor >= 0 {
			if step, _, ok := w.disturbed(factor); ok {
				c.Kind, c.Injection = InjectionCause, step
				return c, nil
			}
		}
		c.Rate = w.rateOf(int(state), now)
		return c, p.g.states[state].inputs()
	}
	if n := p.g.producer[slot]; n >= 0 {
		c.Kind, c.Who = ComputedCause, c.Signal.Device
		return c, orAll(w.turnsOn(&p.g.nodes[n], now), slots(p.g.nodes[n].reads, int(p.g.nodes[n].member)))
	}
	for i := range w.store.Points {
		if q := &w.store.Points[i]; q.Shown == slot && q.Source != slot && q.Source >= 0 {
			return w.link(q.Source, now)
		}
	}
	by := p.writer(stamp.By)
	who := by.device
	if by.kind == wroteMessage {
		who = c.Signal.Device // which hears nothing while it is down
	}
	if step, ok := w.takenDown(who); ok && (by.kind == wroteHandler || by.kind == wroteMessage) {
		c.Kind, c.Injection = InjectionCause, step
		c.At = max(c.At, w.timeline.Report(step).Applied)
		return c, nil
	}
	switch by.kind {
	case wroteHandler:
		c.Kind, c.Who = DecisionCause, by.device
		if w.goesBy(slot) {
			return c, w.wentBy(slot, c.Signal.Member)
		}
		return c, p.inputsOf(by.device, c.Signal.Member)
	case wroteMessage:
		c.Kind, c.Who = MessageCause, by.device
		return c, p.toldFrom(slot)
	case wroteInjection:
		c.Kind, c.Injection = InjectionCause, by.step
	case wroteCheck:
		c.Kind, c.Who = CheckCause, by.device
		return w.madeSafe(c)
	}
	if c.Signal.Role == device.RoleTold && by.kind == wroteStart {
		return c, p.toldFrom(slot)
	}
	return c, nil
}

// madeSafe describes a cell that a check wrote: which one, because of what message.
func (w *world) madeSafe(c Cause) (Cause, []signal.Slot) {
	for i := len(w.decisions) - 1; i >= 0; i-- {
		d := &w.decisions[i]
		g := &w.plan.guards[d.Guard]
		if d.At > c.At || w.plan.Devices[g.Device].ID != c.Who || d.Latched {
			continue
		}
		c.Check, c.Claimed = d.words(), d.Claimed
		for k := range g.Objects {
			if o := &g.Objects[k]; o.Name == d.Object {
				return c, w.plan.toldFrom(o.Slot + signal.Slot(o.Stride)*signal.Slot(c.Signal.Member))
			}
		}
		break
	}
	return c, nil
}

// noticed returns the injection that a check reacted to when it wrote a cell, or -1.
func (w *world) noticed(c *Cause) int {
	return slices.IndexFunc(w.detections, func(d Detection) bool { return d.Device == c.Who && d.At == c.At })
}

// disturbed returns the step whose layer shows the cell otherwise than it is.
func (w *world) disturbed(slot signal.Slot) (step int, otherwise float64, ok bool) {
	for i := range w.store.Points {
		q := &w.store.Points[i]
		if q.Shown != slot || q.Layers() == 0 {
			continue
		}
		otherwise = q.Base
		if q.Source != q.Shown {
			otherwise = w.store.V[q.Source]
		}
		return q.Top(), otherwise, true
	}
	return 0, 0, false
}

// meddled returns the step that is behind what a told input was told last, or was
// not told since, and what it would be told.
func (w *world) meddled(slot signal.Slot) (step int, otherwise float64, ok bool) {
	if w.plan.Signals.role(slot) != device.RoleTold {
		return 0, 0, false
	}
	for i := range w.plan.book.Flows {
		f := &w.plan.book.Flows[i]
		if f.Silent {
			continue
		}
		for _, pair := range w.plan.book.Pairs(f) {
			if m, here := memberAt(pair.To, int(f.Count), slot); here {
				step, ok = w.network.Meddled(i, m)
				if point := int(pair.Point) + f.Teller(m); ok && pair.Point >= 0 && w.store.Points[point].Layers() > 0 {
					step = w.store.Points[point].Top() // the message may carry what others changed as well
				}
				ok = ok && slices.ContainsFunc(w.timeline.Steps[step].Ops, func(op inject.Op) bool {
					return op.Kind == inject.DisturbOp && op.Flow == i || op.Kind == inject.LayerOp && pair.Point >= 0 && op.Point == int(pair.Point)+f.Teller(m)
				})
				return step, w.store.V[pair.From.At(f.Teller(m))], ok
			}
		}
	}
	return 0, 0, false
}

// takenDown returns the step that keeps a device down.
func (w *world) takenDown(name string) (step int, ok bool) {
	for i := range w.timeline.Steps {
		if !w.timeline.Active(i) {
			continue
		}
		for _, op := range w.timeline.Steps[i].Ops {
			if (op.Kind == inject.CrashOp || op.Kind == inject.PowerOp) && w.plan.Devices[op.Unit].ID == name {
				return i, true
			}
		}
	}
	return 0, false
}

// memberAt returns the member whose cell it is.
func memberAt(c network.Cell, count int, slot signal.Slot) (m int, ok bool) {
	if m = int(slot - c.Slot); c.Stride == 0 {
		return 0, m == 0
	}
	return m, m >= 0 && m < count
}

// toldFrom returns the cells that a told input is told from.
func (p *Plan) toldFrom(slot signal.Slot) (list []signal.Slot) {
	for i := range p.book.Flows {
		f := &p.book.Flows[i]
		if f.Silent { // it carries what a step says
			continue
		}
		for _, pair := range p.book.Pairs(f) {
			if m, ok := memberAt(pair.To, int(f.Count), slot); ok {
				list = append(list, pair.From.At(f.Teller(m)))
			}
		}
	}
	return list
}

// inputsOf returns the input cells of a member of a device.
func (p *Plan) inputsOf(name string, member int) (list []signal.Slot) {
	if d, ok := p.Signals.device(name); ok {
		for _, in := range p.Signals.inputsOf(d) {
			list = append(list, in.At(member))
		}
	}
	return list
}

// valueOf returns the value of a cell now, continuous ones included.
func (w *world) valueOf(slot signal.Slot, now vtime.Time) float64 {
	if w.plan.g.continuous[slot] {
		v := w.plan.g.view(w.plan.g.reach([]signal.Slot{slot}))
		w.plant.Show(&v, now)
	}
	return w.store.V[slot]
}

// rateOf returns the derivative of a state now.
func (w *world) rateOf(state int, now vtime.Time) float64 {
	st := &w.plan.g.states[state]
	v := w.plan.g.view(w.plan.g.reach(append(st.inputs(), st.slot)))
	w.plant.Show(&v, now)
	f := w.devices.Frame()
	f.M = int(st.member)
	rate := st.eval(f)
	if st.factor >= 0 {
		rate = float64(rate * w.store.V[st.factor])
	}
	return rate
}

// windowAt returns the window that the cell is of, or -1.
func (p *Plan) windowAt(slot signal.Slot) int {
	if n := p.g.producer[slot]; n >= 0 {
		return p.g.nodes[n].window - 1
	}
	return -1
}

func cut(path string) (device, signal string, ok bool) { return strings.Cut(path, ".") }
