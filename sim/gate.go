package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/logbook"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A post is where a guard stands: what it must see besides messages, and how its
// receiver answers for what it does.
type post struct {
	views    []plant.View // by member: what its expressions read of continuous signals; nil for nothing
	proves   bool         // it has a rule that authenticates, and one that authorises
	watchful bool         // it waits for what does not come
	first    int          // of its members' timers
	rules    int          // its first rule among those of all guards
}

// posts ends the guards: who writes what they show, which flows they count apart.
func (s *System) posts(p *Plan) {
	p.guards = s.guards
	p.guardAt = make([]int32, len(s.parts))
	for rank := range s.parts {
		p.guardAt[rank] = s.guardOf(rank)
	}
	timers := 0
	p.rules = 0
	for i := range p.guards {
		g := &p.guards[i]
		g.By = p.guardWriter(i)
		g.Heeds = 1<<network.Read | 1<<network.Subscribe // tripped or not, it sees what it asks for
		at := post{first: timers, rules: p.rules}
		timers += int(g.Members)
		p.rules += len(g.Rules)
		g.Lanes = p.lanes(int32(i))
		authenticates, authorises := false, false
		for k := range g.Rules {
			kind := g.Rules[k].Check.Kind()
			authenticates = authenticates || kind == check.KindAuthenticate
			authorises = authorises || kind == check.KindAuthorise
			at.watchful = at.watchful || kind == check.KindWatchdog
		}
		at.proves = authenticates && authorises
		at.views = p.guardViews(g)
		p.posts = append(p.posts, at)
	}
}

// lanes numbers the series of messages that a guard tells apart, one for each flow.
// What poses as somebody else bears the numbers of that one's first.
func (p *Plan) lanes(guard int32) (n int32) {
	for i := range p.book.Flows {
		f := &p.book.Flows[i]
		if f.Guard != guard {
			continue
		}
		f.Lane, n = n, n+1
		if first := p.flowBetween(f.Claims, f.Receiver); f.Claims >= 0 && first != nil {
			f.Lane = first.Lane
		}
	}
	return n
}

// guardViews notes what the expressions of a guard read of continuous signals.
func (p *Plan) guardViews(g *check.Guard) (views []plant.View) {
	var reads []signal.Read
	for k := range g.Rules {
		reads = append(reads, g.Rules[k].Reads...)
	}
	for m := range int(g.Members) {
		view := p.g.view(p.g.reach(slots(reads, m)))
		if view.Empty() {
			return nil
		}
		views = append(views, view)
	}
	return views
}

// A judgement is what a world keeps of what devices decided about messages.
type judgement struct {
	checks           *check.State
	books            *logbook.Books
	vigils           []des.Timer // of watchdogs, by guard and member
	decisions        []Decision
	decisionsDropped int
	lastRefusal      Decision
	detections       []Detection // by step
	halted           []bool      // by step: the story says that it was stopped
	reacted          []bool      // by rule of all guards: the story says that it did
	gains            []gain
	accounts         Accounts
	verdict          verdict     // of the message at hand
	asking           check.Offer // of who subscribes, to what is handed on
}

// ears are the devices as the network knows them. What is kept from a device is
// kept from its guard as well; what comes to one that acts is counted.
type ears struct {
	*device.Runtime
	w *world
}

// Delivered implements network.Host.
func (e ears) Delivered(receiver int32, member int, influence signal.Mask) {
	if e.w.plan.acts[receiver] {
		e.w.actuated(receiver, influence)
	}
	e.Runtime.Delivered(receiver, member, influence)
}

// Carried implements network.Host.
func (e ears) Carried(what int32, member int, value float64, sent vtime.Time, influence signal.Mask) {
	if what < 0 {
		e.w.letter(what, value, influence)
		return
	}
	e.w.taken(what-1, member, sent, influence)
}

// Strayed implements network.Host.
func (e ears) Strayed(what int32, sent vtime.Time) { e.w.holdings.Stray(what-1, sent) }

// Missed implements network.Host.
func (e ears) Missed(receiver int32, member int, influence signal.Mask) {
	e.Runtime.Missed(receiver, member, influence)
	if g := e.w.plan.guardAt[receiver]; g >= 0 {
		e.w.checks.Stain(g, member, influence)
	}
	if e.w.plan.acts[receiver] {
		e.w.touchShare(influence)
	}
}

// makeGate makes what stands before devices.
func (w *world) makeGate() {
	w.detections = slices.Repeat([]Detection{{At: vtime.Never}}, len(w.plan.steps))
	w.halted, w.reacted = make([]bool, len(w.plan.steps)), make([]bool, w.plan.rules)
	w.checks = check.NewState(w.plan.guards)
	w.checks.Store = w.store
	w.network.Gate, w.network.Watcher, w.network.Warden = w, w, w
	target := w.kernel.Register(handlerFunc(w.overdue))
	for i := range w.plan.guards {
		for m := range w.plan.guards[i].Members {
			w.vigils = append(w.vigils, w.kernel.NewTimer(des.Deliver, des.Source(w.plan.links-1), target, uint32(m), uint64(i)))
		}
	}
	w.books = logbook.New(w.plan.logs)
}

// watchOver arms the timers of watchdogs at the start.
func (w *world) watchOver() {
	for i := range w.plan.guards {
		for m := range int(w.plan.guards[i].Members) {
			w.expectNext(int32(i), m)
		}
	}
}

// expectNext arms the timer of the watchdogs of a member.
func (w *world) expectNext(guard int32, m int) {
	if at := &w.plan.posts[guard]; at.watchful {
		w.kernel.Arm(w.vigils[at.first+m], w.checks.Deadline(guard, m))
	}
}

// Admit implements network.Gate.
func (w *world) Admit(flow int32, member int, o *check.Offer) bool {
	f := &w.plan.book.Flows[flow]
	at := &w.plan.posts[f.Guard]
	if at.views != nil {
		w.plant.Show(&at.views[member], o.At)
	}
	carried := o.Influence
	d := w.checks.Judge(f.Guard, member, o, w.devices.Frame())
	o.Influence = d.Influence
	w.decided(f.Guard, member, o, &d, carried)
	if d.Accept {
		w.timeline.Agreed(w.checks.Proposed())
	}
	if d.Safe {
		w.makeSafe(f.Guard, member, &d)
	}
	w.expectNext(f.Guard, member)
	return d.Accept
}

// overdue handles that a message did not come in time.
func (w *world) overdue(e des.Event) {
	guard, m := int32(e.Arg), int(e.Member)
	at := &w.plan.posts[guard]
	if at.views != nil {
		w.plant.Show(&at.views[m], e.At)
	}
	for {
		d, some := w.checks.Overdue(guard, m, e.At, w.devices.Frame())
		if !some {
			break
		}
		silence := check.Offer{At: e.At, Claimed: -1, True: -1, Flow: -1}
		w.decided(guard, m, &silence, &d, d.Influence)
		if d.Safe {
			w.makeSafe(guard, m, &d)
		}
	}
	w.expectNext(guard, m)
}

// makeSafe gives a device the values that are safe.
func (w *world) makeSafe(guard int32, m int, d *check.Decision) {
	g := &w.plan.guards[guard]
	w.store.By, w.store.Influence = g.By, d.Influence
	for _, a := range g.Safe {
		o := &g.Objects[a.Object]
		w.store.Set(o.Slot+signal.Slot(o.Stride)*signal.Slot(m), a.Value)
	}
	w.devices.Delivered(g.Device, m, d.Influence)
}

// Resolved implements network.Watcher: it tells the timeline what became of a
// message of a step, and of what stopped it.
func (w *world) Resolved(flow int32, _ int, _ uint64, fate network.Fate, where int32, influence signal.Mask) {
	f := &w.plan.book.Flows[flow]
	by, why := fate.String(), ""
	receiver := w.plan.book.Name(f.Receiver)
	switch fate {
	case network.Refused:
		if d := w.lastRefusal; d.Guard == f.Guard {
			by, why = d.Check, d.words()
			if d.Kind == check.KindTwoPerson && d.Reaction != check.Trip {
				w.timeline.Proposed(int(flow), w.checks.Proposed())
			}
		}
	case network.Dropped, network.Lost:
		by, why = "network", "the message was "+fate.String()+" on its way to "+receiver
		if where >= 0 {
			why += ", on " + w.plan.book.Links[where].Name
		}
	case network.NeedsLogin:
		by, why = "login", "the way to "+receiver+" asks for a credential that it does not hold"
	case network.Blocked:
		by, why = Stopper(f.Path.Blocked), f.Path.Blocked
	}
	w.timeline.Resolved(int(flow), fate, by, why, influence)
}

// do is what a step does to a device that it has reached. It reports whether it was done.
func (w *world) do(step int, op *inject.Op) bool {
	switch op.Deed {
	case inject.ReleaseDeed:
		return w.release(step, op)
	case inject.AskDeed, inject.RestoreDeed, inject.StealDeed:
		return w.dataDeed(step, op)
	}
	if op.Deed == inject.ResetDeed {
		w.reset(int32(op.Unit), op.Member, w.timeline.Influence(step))
		return true
	}
	f := w.plan.steps[step].Footing
	if f == nil || f.Target < 0 || w.plan.logAt[f.Target] < 0 {
		return true
	}
	log, now := w.plan.logAt[f.Target], w.kernel.Now()
	for m := range int32(w.plan.logs[log].Members) {
		switch op.Deed {
		case inject.WipeDeed:
			w.books.Wipe(log, m, now, w.timeline.Bears(step))
		case inject.ForgeDeed:
			w.books.Forge(log, m, now, logbook.Entry{
				At: now, Device: f.Target, Claimed: logbook.None, Rule: logbook.None, Object: logbook.None, Kind: logbook.Accepted,
			}, w.timeline.Bears(step))
		}
	}
	return true
}

// reset lets the checks of a device begin anew.
func (w *world) reset(device int32, m int, influence signal.Mask) {
	if g := w.plan.guardAt[device]; g >= 0 {
		w.checks.Reset(g, m, w.kernel.Now(), influence)
		w.timeline.Withdrawn(g, int32(m))
		w.expectNext(g, m)
	}
}

// stopped notes for the story that a step was stopped; once, however many of its
// messages are.
func (w *world) stopped(step int) {
	if !w.halted[step] {
		w.halted[step] = true
		w.began(step) // what comes after it would not be without it
		w.story.add(w.kernel.Now(), StoppedStep, step)
	}
}

// archive archives what was judged so far.
func (j *judgement) archive(a *snapshot.Archive) {
	j.checks.Archive(a)
	j.books.Archive(a)
	snapshot.Slice(a, &j.decisions, archiveDecision)
	snapshot.Int(a, &j.decisionsDropped)
	archiveDecision(a, &j.lastRefusal)
	snapshot.Column(a, j.detections, func(a *snapshot.Archive, d *Detection) {
		snapshot.Int(a, &d.At)
		snapshot.String(a, &d.Device)
		snapshot.String(a, &d.Check)
	})
	snapshot.Column(a, j.halted, snapshot.Bool)
	snapshot.Column(a, j.reacted, snapshot.Bool)
	snapshot.Slice(a, &j.gains, func(a *snapshot.Archive, g *gain) { g.archive(a) })
	snapshot.Int(a, &j.accounts.Commands)
	snapshot.Int(a, &j.accounts.Answered)
}

func archiveDecision(a *snapshot.Archive, d *Decision) {
	snapshot.Int(a, &d.At)
	for _, s := range []*string{&d.Device, &d.Check, &d.Grounds, &d.Owner, &d.Claimed, &d.True, &d.Object, &d.Unit} {
		snapshot.String(a, s)
	}
	snapshot.Int(a, &d.Guard)
	snapshot.Int(a, &d.Flow)
	snapshot.Int(a, &d.Kind)
	snapshot.Int(a, &d.Reaction)
	snapshot.Bool(a, &d.Latched)
	snapshot.Int(a, &d.Verb)
	snapshot.Float(a, &d.Offered)
	snapshot.Float(a, &d.Measured)
	snapshot.Float(a, &d.Limit)
	snapshot.Slice(a, &d.Read, archiveReading)
}
