package sim

import (
	"sort"

	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
)

// A spread passes influence on through a run, from place to place. It only has to do
// with what is new: a place that has been under an influence stays so.
type spread struct {
	*sways
	masks  []signal.Mask // of islands and steps; of a step that began its own root is among them
	todo   []place
	fresh  []signal.Mask // by place in todo: what is new there
	tracer *tracer       // that looks for ways back; nil until somebody asks
}

func newSpread(x *sways) spread {
	s := spread{sways: x}
	if x != nil {
		s.masks = make([]signal.Mask, x.places-int(x.islands))
	}
	return s
}

// influence returns the influence that a place is under.
func (w *world) influence(at place) signal.Mask {
	x := &w.spread
	switch {
	case at < x.members:
		return w.store.Stamp(signal.Slot(at)).Influence
	case at < x.islands:
		return w.devices.Influence(int(at - x.members))
	case at >= x.links && at < x.steps:
		return ^signal.Mask(0) // the network knows
	}
	return x.masks[at-x.islands]
}

// sway puts a place under an influence, and what is new there on the list of what is to be passed on.
func (w *world) sway(at place, m signal.Mask) {
	x := &w.spread
	if m &^= w.influence(at); m == 0 {
		return
	}
	switch {
	case at < x.members:
		w.store.Taint(signal.Slot(at), m) // which hands it back as fresh
		return
	case at < x.islands:
		w.devices.Sway(int(at-x.members), m) // as well
		return
	}
	x.masks[at-x.islands] |= m
	x.pass(at, m)
}

func (x *spread) pass(at place, m signal.Mask) {
	x.todo, x.fresh = append(x.todo, at), append(x.fresh, m)
}

// swayed passes on what is new since the last time.
func (w *world) swayed() {
	x := &w.spread
	for {
		for i := 0; i < len(w.devices.Swayed); i++ { // who shares something with one may be next
			s := w.devices.Swayed[i]
			x.pass(x.member(s.Member), s.Influence)
			w.swayedDevice(s.Member, s.Influence)
		}
		for _, s := range w.store.Fresh {
			x.pass(place(s.Slot), s.Influence)
		}
		w.store.Fresh, w.devices.Swayed = w.store.Fresh[:0], w.devices.Swayed[:0]
		if len(x.todo) == 0 || x.sways == nil {
			return
		}
		last := len(x.todo) - 1
		at, m := x.todo[last], x.fresh[last]
		x.todo, x.fresh = x.todo[:last], x.fresh[:last]
		for _, to := range x.of(at) {
			w.sway(place(to), m)
		}
	}
}

// swayedDevice tells those who stand before a device, and those who share its links,
// that it is under an influence.
func (w *world) swayedDevice(member int, m signal.Mask) {
	units := w.plan.assembly.Units
	unit := sort.Search(len(units), func(i int) bool { return int(units[i].Base) > member }) - 1
	w.network.Swayed(int32(unit), m)
	for i := range w.plan.guards {
		if g := &w.plan.guards[i]; int(g.Device) == unit {
			w.checks.Stain(int32(i), member-int(units[unit].Base), m)
		}
	}
}

// began puts what a step acts on under the influence of the steps that it would not
// have begun without. What it does itself is stamped where it shows; a device that does not
// run, or runs at another pace, shows nothing.
func (w *world) began(step int) {
	x, s := &w.spread, &w.plan.steps[step]
	if x.sways == nil {
		return
	}
	owed := w.timeline.Influence(step)
	x.masks[x.step(step)-x.islands] |= owed
	b := swayer{p: w.plan, sways: x.sways}
	for k := range s.Ops {
		m := owed &^ s.Roots
		switch s.Ops[k].Kind {
		case inject.CrashOp, inject.PowerOp, inject.DriftOp, inject.RestoreOp:
			m = owed
		}
		if m != 0 {
			b.targets(&s.Ops[k], func(to place) { w.sway(to, m) })
		}
	}
}
