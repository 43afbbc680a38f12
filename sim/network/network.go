package network

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Host is told what arrives.
type Host interface {
	// Listening reports whether a device takes and answers messages.
	Listening(device int32, member int) bool
	// Delivered says that a message's values were written to the device's cells.
	Delivered(device int32, member int, influence signal.Mask)
	// Missed says that an injection kept a message from the device.
	Missed(device int32, member int, influence signal.Mask)
	// Span returns how long a span of the device's own clock takes.
	Span(device int32, d vtime.Duration) vtime.Duration
}

// A Network carries the messages of a run. Make one with New.
type Network struct {
	Counts
	Flows []Flow

	kernel *des.Kernel
	store  *signal.Store
	host   Host
	seed   uint64
	target uint32
	state  []flowState
	pool   pool
}

// flowState is what a flow remembers.
type flowState struct {
	message, request luck
	sent             []uint64     // by member: messages or requests so far, which number their luck
	last             []vtime.Time // by member: latest arrival, of ordered flows
	meddled          []int32      // by member: place of the step behind what it hears, plus 1
	ordered          bool
	disturbed        []disturbance
}

// luck is the chance of all messages of a flow, or of all requests.
type luck struct{ loss, jitter rng.Key }

// A disturbance has chance of its own, apart for requests.
type disturbance struct {
	Disturbance
	message, request rng.Key
}

// The kinds of events, in the upper bits of Event.Arg.
const (
	arrives uint64 = iota << 62 // below: the message
	asks                        // below: the flow, whose period is over
	asked                       // below: the flow, whose sender is asked, and which request it is
)

// The widths of the parts of an asked event.
const (
	requestBits = 36
	flowBits    = 26
	maxFlows    = 1 << flowBits
)

// New returns a network; it registers itself with the kernel.
func New(flows []Flow, k *des.Kernel, s *signal.Store, h Host, seed uint64) *Network {
	if len(flows) > maxFlows {
		panic(fmt.Sprintf("network: %d flows, at most %d", len(flows), maxFlows))
	}
	n := &Network{Flows: flows, kernel: k, store: s, host: h, seed: seed, state: make([]flowState, len(flows))}
	n.target = k.Register(n)
	for i := range flows {
		f, st := &flows[i], &n.state[i]
		user := f.user()
		st.message = luck{rng.New(seed, user, "loss"), rng.New(seed, user, "jitter")}
		st.request = luck{rng.New(seed, user, "request loss"), rng.New(seed, user, "request jitter")}
		st.sent, st.last, st.meddled = make([]uint64, f.Count), make([]vtime.Time, f.Count), make([]int32, f.Count)
		st.ordered = true
		for _, l := range f.Path {
			st.ordered = st.ordered && !l.Unordered
		}
	}
	return n
}

// Start schedules the first poll of every polled flow, at time 0.
func (n *Network) Start() {
	for i := range n.Flows {
		if f := &n.Flows[i]; f.Period > 0 {
			for m := range f.Count {
				n.kernel.Schedule(0, des.Deliver, f.AskAs, n.target, uint32(m), asks|uint64(i))
			}
		}
	}
}

// Handle implements des.Handler.
func (n *Network) Handle(e des.Event) {
	rest := e.Arg &^ (3 << 62)
	switch e.Arg - rest {
	case arrives:
		n.arrive(uint32(rest), int(e.Member))
	case asks:
		n.ask(e, int(rest))
	case asked:
		flow, m := int(rest>>requestBits), int(e.Member)
		if f := &n.Flows[flow]; n.host.Listening(f.Sender, f.Teller(m)) {
			n.send(flow, m, rest&(1<<requestBits-1))
		}
	}
}

// ask sends the request of a poll, whose period began, and schedules the next. A
// request that nobody sends counts as well, so that the luck of the others is
// theirs.
func (n *Network) ask(e des.Event, flow int) {
	f, st, m := &n.Flows[flow], &n.state[flow], int(e.Member)
	serial := st.sent[m]
	st.sent[m]++
	n.kernel.Schedule(e.At.Add(n.host.Span(f.Receiver, f.Period)), des.Deliver, f.AskAs, n.target, e.Member, e.Arg)
	if !n.host.Listening(f.Receiver, m) {
		return
	}
	n.Requests++
	if at, ok := n.travel(flow, m, serial, &st.request, true); ok {
		request := serial & (1<<requestBits - 1)
		n.kernel.Schedule(at, des.Deliver, f.AskAs, n.target, e.Member, asked|uint64(flow)<<requestBits|request)
	}
}

// Send sends a message with the values that the flow's cells now show.
func (n *Network) Send(flow, member int) {
	st := &n.state[flow]
	serial := st.sent[member]
	st.sent[member]++
	n.send(flow, member, serial)
}

// send sends the message, or the answer to the request, of the number.
func (n *Network) send(flow, member int, serial uint64) {
	f, st := &n.Flows[flow], &n.state[flow]
	n.Sent++
	now := n.kernel.Now()
	for i := range f.Pairs { // told, whether it arrives or not
		if p := &f.Pairs[i]; p.Point >= 0 {
			n.store.Points[f.point(p, member)].Hear(n.store.V[p.From.At(member)], now)
		}
	}
	at, ok := n.travel(flow, member, serial, &st.message, false)
	if !ok {
		return
	}
	if st.ordered {
		at = max(at, st.last[member])
		st.last[member] = at
	}
	id := n.pool.take(len(f.Pairs))
	msg := &n.pool.messages[id]
	msg.flow, msg.influence, msg.meddled = int32(flow), n.disturbance(flow), 0
	values := n.pool.values[msg.block : int(msg.block)+len(f.Pairs)]
	for i := range f.Pairs {
		p := &f.Pairs[i]
		slot := p.From.At(member)
		x := n.store.V[slot]
		msg.influence |= n.store.Stamp(slot).Influence
		if p.Point >= 0 {
			point := &n.store.Points[f.point(p, member)]
			x = point.Fold(x, now)
			msg.influence |= point.Roots()
			if point.Layers() > 0 {
				msg.meddled = int32(point.Top()) + 1
			}
		}
		values[i] = x
	}
	n.kernel.Schedule(at, des.Deliver, f.SendAs, n.target, uint32(member), arrives|uint64(id))
}

// travel draws the fate of the message or the request of a number: when it
// arrives, or that it is lost.
func (n *Network) travel(flow, member int, serial uint64, l *luck, request bool) (at vtime.Time, arrives bool) {
	f, st := &n.Flows[flow], &n.state[flow]
	delay := vtime.Duration(0)
	for hop := range f.Path {
		link := &f.Path[hop]
		// One occurrence for each hop of each message.
		occurrence := serial*uint64(len(f.Path)) + uint64(hop)
		delay += link.Latency
		if link.Jitter > 0 {
			delay += vtime.Duration(float64(float64(link.Jitter) * l.jitter.Member(member).Float64(occurrence)))
		}
		if link.Loss > 0 && l.loss.Member(member).Float64(occurrence) < link.Loss {
			n.Lost++
			return 0, false
		}
	}
	for i := range st.disturbed {
		d := &st.disturbed[i]
		if d.Only > 0 && n.Flows[flow].Teller(member) != d.Only-1 {
			continue
		}
		key := d.message
		if request {
			key = d.request
		}
		if d.Loss > 0 && (d.Loss >= 1 || key.Member(member).Float64(serial) < d.Loss) {
			d.Effects++
			n.Lost++
			n.miss(flow, member, &d.Disturbance)
			return 0, false
		}
		if d.Delay > 0 {
			d.Effects++
			delay += d.Delay
			n.miss(flow, member, &d.Disturbance)
		}
	}
	return n.kernel.Now().Add(max(delay, 1)), true
}

// miss notes that an injection keeps a message from who should hear it, who is
// under its influence so.
func (n *Network) miss(flow, member int, d *Disturbance) {
	f := &n.Flows[flow]
	for i := range f.Pairs {
		n.store.Taint(f.Pairs[i].To.At(member), d.Roots)
	}
	n.state[flow].meddled[member] = int32(d.Place) + 1
	n.host.Missed(f.Receiver, member, d.Roots)
}

// Meddled returns the place of the step that is behind what a member was told
// last, or was not told since.
func (n *Network) Meddled(flow, member int) (place int, ok bool) {
	place = int(n.state[flow].meddled[member]) - 1
	return place, place >= 0
}

// arrive writes a message's values to the cells that hear them.
func (n *Network) arrive(id uint32, member int) {
	msg := n.pool.messages[id]
	f := &n.Flows[msg.flow]
	if n.host.Listening(f.Receiver, member) {
		n.Delivered++
		n.state[msg.flow].meddled[member] = msg.meddled
		n.store.By, n.store.Influence = f.By, msg.influence
		for i := range f.Pairs {
			p := &f.Pairs[i]
			n.store.Set(p.To.At(member), n.pool.values[int(msg.block)+i])
			if p.News.Slot > signal.Clock {
				news := p.News.At(member)
				n.store.Set(news, n.store.V[news]+1)
			}
		}
		n.host.Delivered(f.Receiver, member, msg.influence)
	} else {
		n.Lost++
	}
	n.pool.give(id, len(f.Pairs))
}

// Disturb makes an injection act on a flow's messages; Calm ends that.
func (n *Network) Disturb(flow int, d Disturbance) {
	user := n.Flows[flow].user()
	n.state[flow].disturbed = append(n.state[flow].disturbed, disturbance{
		d, rng.New(n.seed, d.Name, user), rng.New(n.seed, d.Name, "requests of "+user),
	})
}

// Calm ends the disturbance by a part of a step and returns how many messages it
// touched.
func (n *Network) Calm(flow int, place, part uint32) (effects uint64) {
	list := n.state[flow].disturbed
	for i := range list {
		if list[i].Place == place && list[i].Part == part {
			effects = list[i].Effects
			n.state[flow].disturbed = append(list[:i], list[i+1:]...)
			return effects
		}
	}
	return 0
}

// Disturbed returns how many messages of a flow the disturbance by a part of a
// step has touched so far.
func (n *Network) Disturbed(flow int, place, part uint32) uint64 {
	list := n.state[flow].disturbed
	for i := range list {
		if list[i].Place == place && list[i].Part == part {
			return list[i].Effects
		}
	}
	return 0
}

func (n *Network) disturbance(flow int) (m signal.Mask) {
	for i := range n.state[flow].disturbed {
		m |= n.state[flow].disturbed[i].Roots
	}
	return m
}
