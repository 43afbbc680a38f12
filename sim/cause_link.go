package sim

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// describe says what the k-th place of a way is: nothing where it is only between two
// cells.
func (t *tracer) describe(places []place, k int) (c Cause, ok bool) {
	w, x := t.w, t.w.plan.sways
	if step, is := x.isStep(places[k]); is {
		c = t.injection(step, t.cell(places, k-1))
		if k > 0 && x.isCell(places[k-1]) && w.cameBy(places[k-1]) != nil {
			return t.injection(step, -1), true // how it went on from there is told
		}
		if k > 0 {
			if other, is := x.isStep(places[k-1]); is {
				c = t.injection(step, -1)
				reason, _ := w.needed(step, other)
				c.Needed = w.plan.steps[other].Name + ": " + reason
			}
		}
		return c, true
	}
	slot := signal.Slot(places[k])
	if !x.isCell(places[k]) || w.plan.windowAt(slot) >= 0 || w.sinceWhen(slot) || w.shadow(slot) || k+1 < len(places) && t.acts(places[k+1], slot) {
		return c, false
	}
	return w.made(slot, t.now), true
}

// needed says what a step had of another one without which it would not have begun, or
// not come through.
func (w *world) needed(step, by int) (reason string, ok bool) {
	s := &w.plan.steps[by]
	var list []string
	for i := range w.gains {
		g := &w.gains[i]
		f := s.Footing
		if g.step != step || f == nil || w.plan.steps[step].Footing.Intruder != f.Intruder || g.at > w.timeline.Report(by).Applied.Add(f.Takes) {
			continue
		}
		name := w.plan.Devices[g.Device].ID
		switch {
		case g.Foothold && g.Device == f.At:
			list = append(list, "a foothold on "+name)
		case (g.Session || g.Foothold) && g.Device == f.Target && f.Session:
			list = append(list, "a session at "+name)
		case g.Credentials&f.Wants != 0:
			list = append(list, strings.Join(w.plan.exposed.names(g.Credentials&f.Wants), ", "))
		case g.Known && g.Device == f.Target:
			list = append(list, "that "+name+" is there")
		case g.Foothold && f.Target >= 0 && slices.Contains(w.plan.earned.Peers[g.Device], f.Target):
			list = append(list, "whom "+name+" talks to")
		case g.Credentials&w.proofs(by) != 0:
			list = append(list, strings.Join(w.plan.exposed.names(g.Credentials&w.proofs(by)), ", "))
		}
	}
	switch {
	case len(list) > 0:
		slices.Sort(list)
		return strings.Join(slices.Compact(list), ", "), true
	case slices.Contains(s.Needs, step):
		return "it needs that", true
	case s.Start == inject.After && s.Previous == step:
		return "it comes after", true
	}
	return "", false
}

// proofs are the credentials that those ask for whom a step sends messages.
func (w *world) proofs(step int) (mask uint64) {
	for k := range w.plan.steps[step].Ops {
		op := &w.plan.steps[step].Ops[k]
		if op.Kind != inject.SendOp || w.plan.book.Flows[op.Flow].Guard < 0 {
			continue
		}
		g := &w.plan.guards[w.plan.book.Flows[op.Flow].Guard]
		for i := range g.Rules {
			if a, ok := g.Rules[i].Check.(check.Authenticate); ok {
				mask |= a.Credentials
			}
		}
	}
	return mask
}

// refused returns the check that last kept from a told input what its sender told it
// since, or changed it.
func (t *tracer) refused(told *Cause) (c Cause, some bool) {
	if told.Kind != MessageCause && told.Kind != StartCause || told.Signal.Role != device.RoleTold {
		return c, false
	}
	for k := len(t.w.decisions) - 1; k >= 0; k-- {
		d := &t.w.decisions[k]
		if d.Flow < 0 || int(d.Flow) >= len(t.w.plan.book.Flows) || d.At < told.At || d.At > t.now || d.Reaction == check.Alarm {
			continue
		}
		f := &t.w.plan.book.Flows[d.Flow]
		if f.Silent || !tells(&t.w.plan.book, f, told.Signal.Slot) {
			continue
		}
		return Cause{
			Kind: CheckCause, At: d.At, Since: d.At, Signal: told.Signal, Value: d.Offered, Who: d.Device, Claimed: d.Claimed, True: d.True,
			Check: d.words(), Read: d.Read, Owner: d.Owner, Injection: -1, Otherwise: math.NaN(),
		}, true
	}
	return c, false
}

// tells reports whether a flow tells a cell something.
func tells(b *network.Book, f *network.Flow, slot signal.Slot) bool {
	return slices.ContainsFunc(b.Pairs(f), func(pair network.Pair) bool {
		_, ok := memberAt(pair.To, int(f.Count), slot)
		return ok
	})
}

// passed says which checks a message passed that told a cell what it shows.
func (w *world) passed(slot signal.Slot, by signal.Writer) string {
	for i := range w.plan.book.Flows {
		f := &w.plan.book.Flows[i]
		if f.By != by && w.plan.flowWriter(i) != by || !tells(&w.plan.book, f, slot) {
			continue
		}
		var names []string
		if f.Guard >= 0 {
			g := &w.plan.guards[f.Guard]
			for k := range g.Rules {
				if judges(&w.plan.book, &g.Rules[k], f) && !slices.Contains(names, g.Rules[k].Name) {
					names = append(names, g.Rules[k].Name)
				}
			}
		}
		switch receiver := w.plan.book.Name(f.Receiver); {
		case f.Guard < 0 || len(w.plan.guards[f.Guard].Rules) == 0:
			return fmt.Sprintf("%s has no `checks:`", receiver)
		case len(names) == 0:
			return fmt.Sprintf("none of the `checks:` of %s is about it", receiver)
		}
		return fmt.Sprintf("passed %s of %s", strings.Join(names, ", "), w.plan.book.Name(f.Receiver))
	}
	return ""
}

// judges reports whether a rule is asked about the messages of a flow: by its sender,
// its verb and what it is about.
func judges(b *network.Book, r *check.Rule, f *network.Flow) bool {
	claims := f.Claims
	if claims < 0 {
		claims = f.Sender
	}
	of := r.Objects
	if v, ok := r.Check.(check.Vote); ok && of == nil {
		of = v.Objects[:]
	}
	return !r.Off && r.Check.Kind() != check.KindWatchdog && r.Reaction != check.Alarm &&
		(r.Verbs == 0 || r.Verbs>>f.Verb&1 != 0) && (r.Claimed == nil || slices.Contains(r.Claimed, claims)) &&
		(of == nil || slices.ContainsFunc(of, func(object int32) bool { return isAbout(b, f, object) }))
}

// isAbout reports whether the messages of a flow are about an object of its receiver.
func isAbout(b *network.Book, f *network.Flow, object int32) bool {
	return slices.Contains(f.Objects, object) ||
		slices.ContainsFunc(b.Pairs(f), func(pair network.Pair) bool { return pair.Object == object+1 })
}

// cell returns the cell before a place of a way, or -1 where that is a step.
func (t *tracer) cell(places []place, k int) signal.Slot {
	for ; k >= 0; k-- {
		if t.w.plan.sways.isCell(places[k]) {
			return signal.Slot(places[k])
		}
		if _, is := t.w.plan.sways.isStep(places[k]); is {
			return -1
		}
	}
	return -1
}

// acts reports whether a place is a step that makes the cell what it is: then its
// link says so.
func (t *tracer) acts(at place, slot signal.Slot) bool {
	step, is := t.w.plan.sways.isStep(at)
	return is && slices.ContainsFunc(t.w.plan.steps[step].Ops, func(op inject.Op) bool {
		switch op.Kind {
		case inject.LayerOp, inject.PowerOp:
			return t.w.store.Points[op.Point].Shown == slot
		case inject.CommandOp, inject.RestoreOp:
			return op.Writes(slot)
		}
		return false
	})
}

// injection is the link of a step; slot is the cell that it acts on, where there is one.
func (t *tracer) injection(step int, slot signal.Slot) Cause {
	w := t.w
	c := Cause{Kind: InjectionCause, At: w.sent(step), Injection: step, Otherwise: math.NaN(), Value: math.NaN()}
	if slot < 0 {
		return c
	}
	if r := w.timeline.Report(step); !w.timeline.Active(step) && r.Reverted != vtime.Never {
		c.Until = r.Reverted
	}
	c.Signal, c.Value = w.plan.Signals.At(slot), w.valueOf(slot, t.now)
	made := t.madeBy(step, slot)
	for _, shown := range []func(signal.Slot) (int, float64, bool){w.disturbed, w.meddled} {
		if by, otherwise, ok := shown(slot); ok && by == step {
			c.Otherwise = otherwise
		}
	}
	for k := range w.plan.steps[step].Ops {
		if op := &w.plan.steps[step].Ops[k]; op.Kind == inject.DisturbOp || op.Kind == inject.CrashOp || op.Kind == inject.DriftOp || op.Kind == inject.FloodOp && !w.writes(step, slot) {
			c.Omitted, made = InjectionCause, true // it kept something from happening
		}
	}
	if !made {
		c.Value = math.NaN() // it only had to do with it
	}
	return c
}
