package sim

import (
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// infection is the state of one malware in a run.
type infection struct {
	*outbreak.Outbreak
	timer des.Timer
	by    signal.Writer // who released it last
	roots signal.Mask   // of all who did
	hosts int32         // that are infected
}

// A caught is a line of the story about a host.
type caught struct {
	malware, host, from int32
	via                 outbreak.Via
	kind                outbreak.NewsKind
	wall                int32
}

// makeInfections makes the state of all malware.
func (w *world) makeInfections(seed uint64) {
	w.spreading = w.kernel.Register(handlerFunc(w.spreads))
	w.infections = make([]infection, len(w.plan.malware))
	for i := range w.infections {
		m := &w.plan.malware[i]
		w.infections[i] = infection{
			Outbreak: outbreak.New(m.Model, seed),
			timer:    w.kernel.NewTimer(des.Inject, des.Source(m.rank), w.spreading, 0, uint64(i)),
		}
	}
}

// startInfections schedules people's habits.
func (w *world) startInfections() {
	for i := range w.infections {
		w.infections[i].Start()
		w.await(i)
	}
}

// await arms the timer of a malware for what happens next.
func (w *world) await(i int) {
	o := &w.infections[i]
	if at := o.Next(); at <= w.plan.Run {
		w.kernel.Arm(o.timer, at)
	} else {
		w.kernel.Cancel(o.timer)
	}
}

// spreads lets a malware do what is due.
func (w *world) spreads(e des.Event) {
	o := &w.infections[e.Arg]
	o.Advance(w.kernel.Now())
	w.heard(int(e.Arg))
	w.await(int(e.Arg))
}

// release puts a malware on a host, by a step, and reports whether that could be.
func (w *world) release(step int, op *inject.Op) bool {
	o := &w.infections[op.Unit]
	if !o.Release(int(op.Flow), op.Member, w.kernel.Now()) {
		return false
	}
	o.by, o.roots = w.plan.steps[step].By, o.roots|w.timeline.Influence(step)
	w.plan.malware[op.Unit].cells(func(at place) { w.sway(at, o.roots) }) // a host that it is on now cannot catch it later
	w.heard(op.Unit)
	w.await(op.Unit)
	return true
}

// crashed takes a host down for all malware, and what it tells as a rate: from there it does nothing any
// more. What it knows about people in its memory alone is lost, and it subscribes to nothing any more.
func (w *world) crashed(unit, member int) {
	w.ebb(unit, member, true)
	w.loses(unit)
	w.deafen(unit, member)
	w.hosted(unit, member, func(i, class, member int) {
		o, m := &w.infections[i], &w.plan.malware[i]
		o.Halt(class, member)
		if m.Classes[class].Count == 1 && o.Infected(class) > 0 {
			w.timeline.Stand(m.Intruder, int32(unit), false, o.roots)
		}
		w.swell(i)
		w.await(i)
	})
}

// revived lets a host run again, without malware that does not survive a reboot.
func (w *world) revived(unit, member int) {
	sway := w.devices.Influence(int(w.plan.assembly.Units[unit].Base) + member)
	w.hosted(unit, member, func(i, class, member int) {
		o, m := &w.infections[i], &w.plan.malware[i]
		if m.Classes[class].Count == 1 && o.Infected(class) > 0 && o.Lasts {
			w.timeline.Stand(m.Intruder, int32(unit), true, o.roots)
		}
		o.roots |= sway
		o.Revive(class, member, w.kernel.Now())
		w.heard(i)
		w.await(i)
	})
}

// hosted does something for each malware and host that a member of a device is. A
// population is one device: all its hosts go down with it.
func (w *world) hosted(unit, member int, do func(i, class, member int)) {
	for i := range w.plan.malware {
		m := &w.plan.malware[i]
		for class, d := range m.devices {
			switch n := int(m.Classes[class].Count); {
			case int(d) != unit:
			case n > int(w.plan.assembly.Units[unit].Count):
				for k := range n {
					do(i, class, k)
				}
			default:
				do(i, class, member)
			}
		}
	}
}

// heard shows what a malware did.
func (w *world) heard(i int) {
	o, m, now := &w.infections[i], &w.plan.malware[i], w.kernel.Now()
	w.store.By, w.store.Influence = o.by, o.roots
	before, left := o.hosts, []int(nil)
	for k := range o.News {
		n := &o.News[k]
		if n.Kind != outbreak.Caught && n.Kind != outbreak.Left {
			w.noteHost(i, n, now)
			continue
		}
		on := int32(-1)
		if n.Kind == outbreak.Caught {
			on = 1
		}
		w.tellHost(i, n, now)
		class := &m.Classes[n.Class]
		if !class.Carrier {
			o.hosts += on
		}
		w.store.Set(m.slots[n.Class], float64(o.Infected(int(n.Class))))
		if w.stands(m, o, int(n.Class)) {
			left = append(left, int(n.Class))
		}
		if class.Count == 1 || on > 0 && o.Tally(int(n.Class)).Ever == 1 {
			w.noteHost(i, n, now)
		}
	}
	if o.hosts != before {
		w.store.Set(m.hosts, float64(o.hosts))
	}
	w.swell(i)
	for _, class := range left { // last: what comes after a step that ends may release more
		if o.Infected(class) == 0 {
			w.timeline.Leave(m.Intruder, m.devices[class], o.roots)
		}
	}
}

// stands gives the attacker of a malware a foothold where that has come to a device. It
// reports whether none is left of it on one where it was.
func (w *world) stands(m *malware, o *infection, class int) (left bool) {
	d, on := m.devices[class], o.Infected(class) > 0
	if d < 0 || m.Classes[class].Count > 1 && on == w.timeline.Stands(m.Intruder, d) {
		return false
	}
	if on {
		w.timeline.Stand(m.Intruder, d, true, o.roots)
	}
	return !on
}

// maxCaught is how many lines about hosts the story of a run has.
const maxCaught = 1000

// noteHost adds a line about a host to the story.
func (w *world) noteHost(i int, n *outbreak.News, now vtime.Time) {
	if len(w.caughts) < maxCaught {
		w.story.add(now, HostCaught, len(w.caughts))
		w.caughts = append(w.caughts, caught{int32(i), n.Host, n.From, n.Via, n.Kind, n.Wall})
	}
}

// archiveInfections archives where all malware is.
func (w *world) archiveInfections(a *snapshot.Archive) {
	snapshot.Column(a, w.infections, func(a *snapshot.Archive, o *infection) {
		o.Archive(a)
		snapshot.Int(a, &o.by)
		snapshot.Int(a, &o.roots)
		snapshot.Int(a, &o.hosts)
	})
	snapshot.Slice(a, &w.caughts, func(a *snapshot.Archive, c *caught) {
		snapshot.Int(a, &c.malware)
		snapshot.Int(a, &c.host)
		snapshot.Int(a, &c.from)
		c.via.Archive(a)
		snapshot.Int(a, &c.kind)
		snapshot.Int(a, &c.wall)
		// What is read is checked when it is named: of a plan that is another.
	})
}
