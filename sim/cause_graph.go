package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
)

// A place is where influence can be: a cell, a member of a device, an island of
// physics, a link that messages share, a device that they wait for, a step of the timeline; numbered in this order.
type place int32

// sways is who is under whose influence: as soon as an injection could have
// mattered to a place, it could have mattered to all that follow from there,
// whatever these do. A device that is told something may act on it, or may not: both
// are its doing. So what it writes is under the influence of all that it reads, and
// who waits for its word is under its influence also while it says nothing.
//
// Late is what comes with messages alone: the answers to who asks, the waiting for
// links that are full, what a guard remembers of others.
type sways struct {
	members, islands, links, crews, steps place // the first of each sort
	places                                int
	follow                                follows // by place
	late                                  []sway
}

// A sway leads from one place to another.
type sway uint64

func swayOf(from, to place) sway      { return sway(from)<<32 | sway(to) }
func (s sway) ends() (from, to place) { return place(s >> 32), place(s & (1<<32 - 1)) }

// of returns the places that follow from a place.
func (x *sways) of(from place) []int32 { return x.follow.of(int32(from)) }

func (x *sways) member(i int) place         { return x.members + place(i) }
func (x *sways) island(i int32) place       { return x.islands + place(i) }
func (x *sways) step(i int) place           { return x.steps + place(i) }
func (x *sways) isCell(p place) bool        { return p < x.members }
func (x *sways) isStep(p place) (int, bool) { return int(p - x.steps), p >= x.steps }

// sways finds out who is under whose influence. Without a timeline nobody asks.
func (s *System) sways(p *Plan) *sways {
	if len(p.steps) == 0 {
		return nil
	}
	cells, islands := place(p.Signals.Len()), len(p.g.islands)
	x := &sways{members: cells, islands: cells + place(p.assembly.Members)}
	x.links = x.islands + place(islands)
	x.crews = x.links + place(len(p.book.Links))
	x.steps = x.crews + place(len(p.book.Works))
	x.places = int(x.steps) + len(p.steps)
	b := swayer{p: p, sways: x}
	b.physics()
	for i := range s.parts {
		b.device(s, i)
	}
	b.network()
	b.gauges()
	b.known()
	for i := range p.points {
		if q := &p.points[i]; q.Source >= 0 && q.Shown >= 0 {
			b.add(place(q.Source), place(q.Shown))
		}
	}
	b.timeline()
	x.follow = followers(b.list, x.places)
	return x
}

// followers sorts who follows from whom.
func followers(list []sway, places int) (f follows) {
	slices.Sort(list)
	list = slices.Compact(list)
	f.first, f.list = make([]int32, places+1), make([]int32, len(list))
	for i, e := range list {
		from, to := e.ends()
		f.first[from+1]++
		f.list[i] = int32(to)
	}
	for i := range places {
		f.first[i+1] += f.first[i]
	}
	return f
}

// A swayer collects who is under whose influence.
type swayer struct {
	p *Plan
	*sways
	list []sway
}

func (b *swayer) add(from, to place) {
	if from != to && from != place(signal.Clock) {
		b.list = append(b.list, swayOf(from, to))
	}
}

// physics adds computed cells, and islands: their states are integrated together.
func (b *swayer) physics() {
	g := b.p.g
	for i := range g.nodes {
		n := &g.nodes[i]
		for _, slot := range slots(n.reads, int(n.member)) {
			b.add(place(slot), place(n.slot))
		}
	}
	for i := range g.states {
		st, is := &g.states[i], b.island(g.island[i])
		for _, slot := range append(st.inputs(), st.slot) {
			b.add(place(slot), is)
		}
		b.add(is, place(st.slot))
	}
}

// device adds what the handlers of a device read and write: by declaration, all that
// is its own and all that it is wired to.
func (b *swayer) device(s *System, i int) {
	part, u := s.parts[i], &b.p.assembly.Units[i]
	if len(u.Handlers) == 0 {
		return
	}
	for j := range part.decl.Signals {
		sig := &part.decl.Signals[j]
		for m := range part.Count {
			cell, member := place(sig.Cell.At(m)), b.member(int(u.Base)+m)
			b.add(cell, member)
			switch {
			case sig.Role != device.RoleState && sig.Role != device.RoleReport && sig.Role != device.RoleContinuous:
			case sig.OnlyBy:
				for _, slot := range cellsAt(sig.SetBy, m) {
					b.add(place(slot), cell)
				}
			default:
				b.add(member, cell)
			}
		}
	}
}

// network adds what is told, and what is asked for.
func (b *swayer) network() {
	for i := range b.p.book.Flows {
		f := &b.p.book.Flows[i]
		if f.Path.Blocked != "" {
			continue
		}
		b.shared(f)
		b.accounted(f)
		b.granted(i)
		if f.Silent {
			continue
		}
		for _, pair := range b.p.book.Pairs(f) {
			for m := range int(f.Count) {
				from := place(pair.From.At(f.Teller(m)))
				b.hearing(f, &pair, m, func(to place) {
					if !f.Asked() {
						b.add(from, to)
					} else {
						b.after(from, to)
					}
				})
			}
		}
	}
}

func (b *swayer) after(from, to place) { b.late = append(b.late, swayOf(from, to)) }

// shared adds what a flow shares with others: links that may be full, and the guard of
// its receiver, which may let less pass when much has come.
func (b *swayer) shared(f *network.Flow) {
	for m := range int(f.Count) {
		sender, receiver := b.member(int(f.SenderAt)+f.Teller(m)), b.member(int(f.ReceiverAt)+f.Hearer(m))
		for _, pair := range b.p.book.Pairs(f) {
			b.hearing(f, &pair, m, func(to place) {
				if f.Guard >= 0 && to != receiver {
					b.after(receiver, to)
					b.asked(f, m, to)
				}
				b.full(f, func(link place) {
					b.after(link, to)
					if !f.Silent {
						b.after(place(pair.From.At(f.Teller(m))), link)
					}
				})
			})
		}
		b.full(f, func(link place) {
			b.after(sender, link)
			b.after(receiver, link)
		})
	}
	b.full(f, func(from place) { // who waits at one comes later to the others
		b.full(f, func(to place) { b.after(from, to) })
	})
}

// asked adds what the checks of a receiver read on which it depends whether it is told.
func (b *swayer) asked(f *network.Flow, m int, to place) {
	for k := range b.p.guards[f.Guard].Rules {
		if rule := &b.p.guards[f.Guard].Rules[k]; judges(&b.p.book, rule, f) {
			for _, slot := range slots(rule.Reads, f.Hearer(m)) {
				b.after(place(slot), to)
			}
		}
	}
}

// accounted adds the share of commands that are answered for, which follows what comes
// to those who act.
func (b *swayer) accounted(f *network.Flow) {
	if b.p.share == 0 || !b.p.acts[f.Receiver] {
		return
	}
	for m := range int(f.Count) {
		b.after(b.member(int(f.ReceiverAt)+f.Hearer(m)), place(b.p.share))
		for _, pair := range b.p.book.Pairs(f) {
			b.after(place(pair.To.At(m)), place(b.p.share))
		}
	}
}

// full goes over what the messages of a flow share with others: links that may be full, devices
// that have work with each.
func (b *swayer) full(f *network.Flow, do func(link place)) {
	for _, h := range f.Path.Hops {
		if b.p.book.Links[h.Link].Shares() {
			do(b.links + place(h.Link))
		}
	}
	for _, d := range []network.Door{f.Door, f.AskDoor} {
		if d.Work > 0 {
			do(b.crew(d.Work))
		}
	}
}

// hearing goes over the places that a message to a member reaches with one of its
// values.
func (b *swayer) hearing(f *network.Flow, pair *network.Pair, m int, do func(to place)) {
	do(place(pair.To.At(m)))
	if pair.News.Slot > signal.Clock {
		do(place(pair.News.At(m)))
	}
	for _, g := range f.Gauges { // a message that says nothing new, or does not come, counts or not
		do(place(b.p.book.Gauges[g].Cell.At(f.Hearer(m))))
	}
	if unit := &b.p.assembly.Units[f.Receiver]; len(unit.Handlers) == 0 && f.Guard >= 0 { // else by what it is told
		do(b.member(int(f.ReceiverAt) + f.Hearer(m)))
	}
}

// timeline adds what a step acts on, and what it waits for.
func (b *swayer) timeline() {
	for i := range b.p.observers {
		if o := &b.p.observers[i]; o.kind == triggers {
			for k := range o.asks {
				for _, slot := range slots(o.asks[k].reads, 0) {
					b.add(place(slot), b.step(o.index))
				}
			}
		}
	}
	for i := range b.p.steps {
		step := &b.p.steps[i]
		if step.Start == inject.After {
			b.add(b.step(step.Previous), b.step(i))
		}
		b.infested(step, b.step(i))
		for _, n := range b.owes(i) {
			b.add(b.step(n), b.step(i))
			b.effects(n, b.step(i))
		}
		for k := range step.Ops {
			op := &step.Ops[k]
			b.targets(op, func(to place) { b.add(b.step(i), to) })
			if op.Kind == inject.SendOp || op.Kind == inject.FloodOp || op.Kind == inject.DisturbOp {
				f := &b.p.book.Flows[op.Flow]
				b.judged(f, b.step(i))
				b.full(f, func(link place) { b.after(b.step(i), link) })
				for m := range int(f.Count) {
					b.after(b.step(i), b.member(int(f.ReceiverAt)+f.Hearer(m)))
				}
			}
		}
	}
}

// judged adds what the guard reads on which it depends whether a step gets through.
func (b *swayer) judged(f *network.Flow, to place) {
	if f.Guard < 0 {
		return
	}
	for k := range b.p.guards[f.Guard].Rules {
		for m := range int(f.Count) {
			for _, slot := range slots(b.p.guards[f.Guard].Rules[k].Reads, m) {
				b.after(place(slot), to)
			}
		}
	}
}

// owes lists the steps that a step may owe it to that it can be: those that it needs,
// and what its attacker has done, who may know more by that.
func (b *swayer) owes(step int) []int {
	s := &b.p.steps[step]
	list := slices.Clone(s.Needs)
	for i := range b.p.steps {
		if other := &b.p.steps[i]; i != step && s.Footing != nil && other.Footing != nil && s.Footing.Intruder == other.Footing.Intruder {
			list = append(list, i)
		}
	}
	return list
}

// effects adds all on which it depends whether a step has an effect: what it acts on,
// and the other steps that act there.
func (b *swayer) effects(of int, to place) {
	mine := map[place]bool{}
	for k := range b.p.steps[of].Ops {
		op := &b.p.steps[of].Ops[k]
		b.targets(op, func(at place) {
			mine[at] = true
			b.add(at, to)
		})
		if op.Kind == inject.LayerOp || op.Kind == inject.PowerOp {
			if source := b.p.points[op.Point].Source; source >= 0 {
				b.add(place(source), to)
			}
		}
	}
	for i := range b.p.steps {
		for k := range b.p.steps[i].Ops {
			b.targets(&b.p.steps[i].Ops[k], func(at place) {
				if mine[at] {
					b.add(b.step(i), to)
				}
			})
		}
	}
}

// targets goes over the places that an operation acts on.
func (b *swayer) targets(op *inject.Op, do func(at place)) {
	switch op.Kind {
	case inject.LayerOp, inject.PowerOp:
		b.shown(op.Point, do)
		if op.Kind == inject.PowerOp {
			b.downed(op.Unit, op.Member, do)
		}
	case inject.CrashOp:
		for k := range op.Count() {
			b.downed(op.Unit, op.Member+k, do)
		}
	case inject.DriftOp:
		for m := range int(b.p.assembly.Units[op.Unit].Count) {
			b.downed(op.Unit, m, do)
		}
	case inject.DisturbOp, inject.SendOp:
		b.carried(op.Flow, do)
		if op.Deed == inject.StealDeed {
			b.answers(do)
		}
	case inject.LocalOp:
		switch op.Deed {
		case inject.ResetDeed:
			b.downed(op.Unit, op.Member, do)
		case inject.ReleaseDeed:
			b.p.malware[op.Unit].cells(do)
		case inject.AskDeed, inject.RestoreDeed, inject.StealDeed:
			b.answers(do)
		}
	case inject.CommandOp:
		do(b.member(int(b.p.assembly.Units[op.Unit].Base) + op.Member))
		do(place(op.Cell))
		if op.News > signal.Clock {
			do(place(op.News))
		}
	case inject.RestoreOp:
		for k := range op.Count() {
			do(place(op.CellOf(k)))
		}
	}
}

// shown goes over who sees what a point makes of its source.
func (b *swayer) shown(point int, do func(at place)) {
	if at := b.p.points[point].Shown; at >= 0 {
		do(place(at))
		return
	}
	for i := range b.p.book.Flows {
		f := &b.p.book.Flows[i]
		for _, pair := range b.p.book.Pairs(f) {
			for m := range int(f.Count) {
				if pair.Point >= 0 && int(pair.Point)+f.Teller(m) == point {
					b.hearing(f, &pair, m, do)
				}
			}
		}
	}
}

// carried goes over who hears the messages of a flow.
func (b *swayer) carried(flow int, do func(at place)) {
	f := &b.p.book.Flows[flow]
	for _, pair := range b.p.book.Pairs(f) {
		for m := range int(f.Count) {
			b.hearing(f, &pair, m, do)
		}
	}
}

// downed goes over who notices that a member of a device does not run, or not as
// fast as it should: itself, in what it is told as well, and who waits for its word.
func (b *swayer) downed(unit, member int, do func(at place)) {
	do(b.member(int(b.p.assembly.Units[unit].Base) + member))
	b.felled(unit, do)
	for i := range b.p.book.Flows {
		f := &b.p.book.Flows[i]
		for m, end := lanes(f, int32(unit), member); m < end; m++ {
			for _, pair := range b.p.book.Pairs(f) {
				b.hearing(f, &pair, m, do)
			}
		}
	}
}

// lanes returns which messages of a flow, up to before the end, a member of a device tells or is
// told. It looks at none of them: there may be many, of many members that are down at once.
func lanes(f *network.Flow, device int32, member int) (first, end int) {
	switch one := f.Member >= 0 || f.Broadcast; {
	case f.Sender == device && one && f.Teller(0) == member:
		return 0, int(f.Count)
	case f.Sender == device && !one, f.Receiver == device:
		return min(member, int(f.Count)), min(member+1, int(f.Count))
	}
	return 0, 0
}
