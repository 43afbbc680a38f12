package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
)

// Tolls say how well a link of a way can be told: from that the one made the other what
// it is, to that it was only under its influence.
const (
	hop     = 2      // it made it so
	left    = 1000   // it was so before, and was left so
	past    = 10000  // it acted there, but others have since
	coupled = 40     // states that are integrated together
	untold  = 100000 // it could have mattered: how, nothing shows
)

// toll is that of going from an effect back to a cause.
func (t *tracer) toll(at, from place) int32 {
	x := t.w.plan.sways
	if step, is := x.isStep(from); is {
		return t.tollOfStep(at, step)
	}
	if !x.isCell(from) && !x.isCell(at) {
		return untold
	}
	step, isStep := x.isStep(at)
	switch {
	case isStep:
		if t.w.waitsFor(step, signal.Slot(from)) {
			return hop
		}
		return untold
	case x.isCell(at) && x.isCell(from):
		return t.tollOfCell(signal.Slot(at), signal.Slot(from))
	case at < x.islands:
		if !x.isCell(at) {
			return t.tollOfInput(at, signal.Slot(from))
		}
		return t.tollOfOutput(signal.Slot(at), from)
	case at < x.links:
		return t.couples(at, from)
	}
	return untold
}

// tollOfStep is that of what a step did to a place.
func (t *tracer) tollOfStep(at place, step int) int32 {
	w, x := t.w, t.w.plan.sways
	if other, is := x.isStep(at); is {
		if _, ok := w.needed(step, other); ok {
			return hop
		}
		return untold
	}
	if !x.isCell(at) {
		if x.isLink(at) && w.floods(step) {
			return hop
		}
		if at < x.islands && w.isDown(step, int(at-x.members)) {
			return left
		}
		return untold
	}
	slot := signal.Slot(at)
	switch {
	case t.madeBy(step, slot):
		return hop
	case w.timeline.Report(step).Effects == 0:
		return untold
	case w.writes(step, slot):
		return past
	}
	return untold
}

// madeBy reports whether a step makes a cell what it is.
func (t *tracer) madeBy(step int, slot signal.Slot) bool {
	w := t.w
	if w.store.Stamp(slot).By == w.plan.steps[step].By {
		return true
	}
	for _, shown := range []func(signal.Slot) (int, float64, bool){w.disturbed, w.meddled} {
		if by, _, ok := shown(slot); ok && by == step {
			return true
		}
	}
	by := w.plan.writer(w.store.Stamp(slot).By)
	return by.kind == wroteInjection && by.step == step
}

// writes reports whether a step writes to a cell, or shows it otherwise than it is.
func (w *world) writes(step int, slot signal.Slot) (does bool) {
	b := swayer{p: w.plan, sways: w.plan.sways}
	for k := range w.plan.steps[step].Ops {
		op := &w.plan.steps[step].Ops[k]
		if op.Kind == inject.CrashOp || op.Kind == inject.DriftOp {
			continue
		}
		b.targets(op, func(at place) { does = does || at == place(slot) })
	}
	return does
}

// floods reports whether a step fills links.
func (w *world) floods(step int) bool {
	return slices.ContainsFunc(w.plan.steps[step].Ops, func(op inject.Op) bool { return op.Kind == inject.FloodOp })
}

// isLink reports whether a place is a link, which may be full.
func (x *sways) isLink(at place) bool { return at >= x.links && at < x.steps }

// isDown reports whether a step keeps a member of a device from running as it should.
func (w *world) isDown(step, member int) bool {
	return w.timeline.Active(step) && slices.ContainsFunc(w.plan.steps[step].Ops, func(op inject.Op) bool {
		base := func() int { return int(w.plan.assembly.Units[op.Unit].Base) }
		switch op.Kind {
		case inject.CrashOp, inject.PowerOp:
			return op.On(member - base())
		case inject.DriftOp:
			return member >= base() && member < base()+int(w.plan.assembly.Units[op.Unit].Count)
		}
		return false
	})
}

// waitsFor reports whether a step begins on a condition that reads a cell.
func (w *world) waitsFor(step int, slot signal.Slot) bool {
	return slices.ContainsFunc(w.plan.observers, func(o observerSpec) bool {
		return o.kind == triggers && o.index == step && slices.ContainsFunc(o.asks, func(a ask) bool {
			return slices.Contains(slots(a.reads, 0), slot)
		})
	})
}

// tollOfCell is that of one cell that follows from another: it is computed of it, shows
// it, or is told it.
func (t *tracer) tollOfCell(slot, from signal.Slot) int32 {
	w, g := t.w, t.w.plan.g
	since, changed := w.store.Stamp(slot), w.store.Stamp(from)
	late := int32(hop)
	if changed.At > since.At && !g.continuous[from] && !g.continuous[slot] { // what is continuous follows all the time
		late = left
	}
	switch by := w.plan.writer(since.By); {
	case g.stateOf[slot] >= 0:
		return hop
	case g.producer[slot] >= 0:
		return late
	case w.shadow(slot):
		if _, _, layers := w.disturbed(slot); layers {
			return past
		}
		return 0
	case by.kind == wroteCheck || by.kind == wroteStart:
		return late
	case by.kind != wroteMessage:
		return past + late
	case w.carries(since.By, slot, from):
		return late
	case w.consulted(since.By, from):
		return late + 1
	}
	return untold
}

// consulted reports whether the checks that the messages of a flow must pass read a cell.
func (w *world) consulted(by signal.Writer, from signal.Slot) bool {
	f := &w.plan.book.Flows[by-w.plan.flowWriter(0)]
	return f.Guard >= 0 && slices.ContainsFunc(w.plan.guards[f.Guard].Rules, func(r check.Rule) bool {
		if !judges(&w.plan.book, &r, f) {
			return false
		}
		for m := range int(f.Count) {
			if slices.Contains(slots(r.Reads, m), from) {
				return true
			}
		}
		return false
	})
}

// carries reports whether the flow with a number tells a cell what another one says.
func (w *world) carries(by signal.Writer, slot, from signal.Slot) bool {
	f := &w.plan.book.Flows[by-w.plan.flowWriter(0)]
	for _, pair := range w.plan.book.Pairs(f) {
		if m, ok := memberAt(pair.To, int(f.Count), slot); ok && pair.From.At(f.Teller(m)) == from && !f.Silent {
			return true
		}
		if m, ok := memberAt(pair.News, int(f.Count), slot); ok && pair.From.At(f.Teller(m)) == from && !f.Silent {
			return true
		}
	}
	return false
}

// tollOfOutput is that of what a device did, or an island.
func (t *tracer) tollOfOutput(slot signal.Slot, from place) int32 {
	x := t.w.plan.sways
	switch by := t.w.plan.writer(t.w.store.Stamp(slot).By); {
	case x.isLink(from) && t.w.plan.Signals.role(slot) == device.RoleTold:
		return past // it held back what is told, or lost it
	case x.isLink(from) && t.w.gaugeAt(slot) != nil:
		return hop // what came to it is known
	case from >= x.links:
		return untold
	case from >= x.islands:
		return coupled
	case t.w.plan.Signals.role(slot) == device.RoleTold:
		return untold
	case by.kind == wroteHandler && t.w.goesBy(slot):
		return untold // what it went by is found straight
	case by.kind == wroteHandler:
		return hop
	case by.kind == wroteStart: // what changes by its rate alone: what that reads is a cause of its own
		return left
	case t.w.plan.g.continuous[slot]:
		return hop
	}
	return past
}

// tollOfInput is that of what a device reads; of what it wrote after, that it left it so.
func (t *tracer) tollOfInput(member place, from signal.Slot) int32 {
	w := t.w
	if w.plan.g.continuous[from] {
		return hop
	}
	if effect := t.parent[member]; effect >= 0 && w.plan.sways.isCell(place(effect)) && w.since(signal.Slot(effect), from) {
		return left
	}
	return hop
}
