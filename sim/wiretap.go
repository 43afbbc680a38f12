package sim

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Tap sees every message of a run where it is sent and where it ends. It is told of
// them in the order of time, and must not keep the packets.
type Tap interface {
	// Sent tells of a message that leaves, and of its cause.
	Sent(p *network.Packet, cause string)
	// Gone tells what became of it. What cannot be sent, since it is blocked or lacks a
	// login, was not Sent before: cause is that of the message; else it is empty.
	Gone(p *network.Packet, e Ending, cause string)
}

// An Ending is what became of a message.
type Ending struct {
	Fate    network.Fate
	Why     string          // for people; empty of what arrived
	Refusal network.Refusal // of what was Refused: how a protocol says it
}

// Capture has somebody see every message. It changes no byte of the run.
func Capture(t Tap) Option { return Record(&capture{tap: t}) }

// A capture is a recorder of messages alone.
type capture struct {
	Silent
	tap Tap
}

// Hears implements Recorder.
func (*capture) Hears() Hearing { return Wire }

// Sent implements Recorder.
func (c *capture) Sent(p *network.Packet, cause string) { c.tap.Sent(p, cause) }

// Gone implements Recorder.
func (c *capture) Gone(p *network.Packet, e Ending, cause string) { c.tap.Gone(p, e, cause) }

// A wiretap tells a Tap what the network shows, with causes.
type wiretap struct {
	*world
	tap     Tap
	last    []said                      // by flow
	beneath map[signal.Slot]signal.Slot // what lies beneath what is told
}

// said is what was said last of the messages of a flow, whose causes are mostly alike.
type said struct {
	by      signal.Writer // of its first value
	changed int32
	held    int32
	text    string
}

// listenIn has the recorder see the messages of a world, as closely as it wants to.
func (w *world) listenIn() {
	t := &wiretap{world: w, tap: w.record}
	switch w.record.Hears() {
	case Passing:
		t.last, t.beneath = make([]said, len(w.plan.book.Flows)), w.plan.beneath()
		w.network.Overhear(&passing{t, w.record})
	case Wire:
		t.last, t.beneath = make([]said, len(w.plan.book.Flows)), w.plan.beneath()
		w.network.Listen(t)
	}
}

// beneath returns the cells beneath those that show what injections make of them.
func (p *Plan) beneath() map[signal.Slot]signal.Slot {
	sources := map[signal.Slot]signal.Slot{}
	for i := range p.points {
		if q := &p.points[i]; q.Shown >= 0 && q.Source >= 0 && q.Shown != q.Source {
			sources[q.Shown] = q.Source
		}
	}
	return sources
}

// Sent implements network.Tap.
func (t *wiretap) Sent(p *network.Packet) { t.tap.Sent(p, t.cause(p)) }

// Gone implements network.Tap.
func (t *wiretap) Gone(p *network.Packet, fate network.Fate, where int32) {
	e, cause := Ending{Fate: fate}, ""
	switch fate {
	case network.Refused:
		if d := &t.lastRefusal; d.Guard == t.plan.book.Flows[p.Flow].Guard {
			e.Why, e.Refusal = d.words(), t.plan.refusal(d)
		}
	case network.Blocked:
		e.Why, cause = "blocked: "+t.plan.book.Flows[p.Flow].Path.Blocked, t.cause(p)
	case network.NeedsLogin:
		e.Why, cause = "blocked: a conduit on its way asks for a login", t.cause(p)
	case network.Lost, network.Dropped:
		e.Why = t.loss(p, fate, where)
	}
	t.tap.Gone(p, e, cause)
}

// loss says why a message did not arrive.
func (t *wiretap) loss(p *network.Packet, fate network.Fate, where int32) string {
	f := &t.plan.book.Flows[p.Flow]
	switch {
	case fate == network.Dropped:
		return "dropped on " + t.plan.linkName(where) + ", where too much waits"
	case p.Held >= 0:
		return "lost by " + t.plan.stepText(int(p.Held))
	case !p.Request && t.devices.Down()[int(f.ReceiverAt)+f.Hearer(p.Member)] > 0:
		return "lost, since " + t.plan.memberName(f.Receiver, p.Member) + " is down"
	}
	if where = t.plan.suspect(f, where); where >= 0 {
		return "lost on " + t.plan.linkName(where)
	}
	return "lost on its way"
}

// suspect returns the one link of a path that loses messages, or -1 where that is not
// sure. After a link on which a message was seen it is another one.
func (p *Plan) suspect(f *network.Flow, after int32) (link int32) {
	link = -1
	for _, hop := range f.Path.Hops {
		switch {
		case p.book.Links[hop.Link].Loss <= 0:
		case link >= 0:
			return after
		default:
			link = hop.Link
		}
	}
	return link
}

// linkName says which link one is.
func (p *Plan) linkName(link int32) string {
	zones := max(1, len(p.exposed.topology.Zones))
	name := p.book.Links[link].Name
	switch {
	case int(link) < zones:
		return "the network of " + name
	case int(link) < zones+len(p.exposed.topology.Conduits):
		return "conduit " + name
	}
	return "the port of " + name
}

// stepText names a step of the timeline, with its technique.
func (p *Plan) stepText(step int) string {
	s := &p.steps[step]
	text := s.Kind.String() + " " + s.Name
	if s.Technique != "" {
		text += " (" + s.Technique + ")"
	}
	return text
}

// cause says why a message is sent, and why it says what it says.
func (t *wiretap) cause(p *network.Packet) string {
	f := &t.plan.book.Flows[p.Flow]
	if p.Request {
		text := t.plan.book.Name(f.Receiver) + " asks every " + vtime.Shortest(f.Period)
		return text + t.delayed(p)
	}
	if f.Silent {
		if step := t.timeline.Sender(int(p.Flow)); step >= 0 {
			return t.plan.stepText(step)
		}
	}
	var by signal.Writer
	pairs := t.plan.book.Pairs(f)
	for i := range pairs {
		if pairs[i].From.Slot < 0 {
			continue
		}
		slot := pairs[i].From.At(f.Teller(p.Member))
		writer := t.store.Stamp(slot).By
		if source, ok := t.beneath[slot]; ok && writer == 0 {
			writer = t.store.Stamp(source).By
		}
		if i == 0 || writer >= t.plan.stepWriter(0) { // an injection or a check rather than a device
			by = writer
		}
	}
	last := &t.last[p.Flow]
	if last.text == "" || *last != (said{by, p.Changed, p.Held, last.text}) {
		*last = said{by, p.Changed, p.Held, t.author(f, by) + t.changed(p) + t.delayed(p)}
	}
	return last.text
}

// author says who decided what is told.
func (t *wiretap) author(f *network.Flow, by signal.Writer) string {
	teller := t.plan.book.Name(f.Sender)
	switch w := t.plan.writer(by); w.kind {
	case wroteHandler:
		return w.device + " decides (" + w.what + ")"
	case wroteMessage:
		return teller + " hands on what " + w.device + " told it"
	case wroteInjection:
		return "changed where " + teller + " tells it by " + t.plan.stepText(w.step)
	case wroteCheck:
		return "the checks of " + w.device + " decide"
	}
	return "as " + teller + " has said from the start"
}

func (t *wiretap) changed(p *network.Packet) string {
	if p.Changed < 0 {
		return ""
	}
	return "; changed on its way by " + t.plan.stepText(int(p.Changed))
}

func (t *wiretap) delayed(p *network.Packet) string {
	if p.Held < 0 {
		return ""
	}
	return "; held up by " + t.plan.stepText(int(p.Held))
}
