package network

import (
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
}

// A Network carries the messages of a run. Make one with New.
type Network struct {
	Counts
	Flows []Flow

	kernel *des.Kernel
	store  *signal.Store
	host   Host
	target uint32
	state  []flowState
	pool   pool
}

// flowState is what a flow remembers.
type flowState struct {
	loss, jitter rng.Key
	sent         []uint64     // by member: messages so far, which number its luck
	last         []vtime.Time // by member: latest arrival, of ordered flows
	ordered      bool
	disturbed    []Disturbance
}

// The kinds of events, in the upper half of Event.Arg.
const (
	arrives uint64 = iota << 32 // lower half: the message
	asks                        // lower half: the flow, whose period is over
	asked                       // lower half: the flow, whose sender is asked
)

// New returns a network; it registers itself with the kernel.
func New(flows []Flow, k *des.Kernel, s *signal.Store, h Host, seed uint64) *Network {
	n := &Network{Flows: flows, kernel: k, store: s, host: h, state: make([]flowState, len(flows))}
	n.target = k.Register(n)
	for i := range flows {
		f, st := &flows[i], &n.state[i]
		user := f.SenderName + ">" + f.ReceiverName
		st.loss, st.jitter = rng.New(seed, user, "loss"), rng.New(seed, user, "jitter")
		st.sent, st.last = make([]uint64, f.Count), make([]vtime.Time, f.Count)
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
	index, m := uint32(e.Arg), int(e.Member)
	switch e.Arg &^ 0xffffffff {
	case arrives:
		n.arrive(index, m)
	case asks:
		f := &n.Flows[index]
		n.kernel.Schedule(e.At.Add(f.Period), des.Deliver, f.AskAs, n.target, e.Member, e.Arg)
		if n.host.Listening(f.Receiver, m) {
			n.Requests++
			if at, ok := n.travel(int(index), m); ok {
				n.kernel.Schedule(at, des.Deliver, f.AskAs, n.target, e.Member, asked|uint64(index))
			}
		}
	case asked:
		if f := &n.Flows[index]; n.host.Listening(f.Sender, f.Teller(m)) {
			n.Send(int(index), m)
		}
	}
}

// Send sends a message with the values that the flow's cells now show.
func (n *Network) Send(flow, member int) {
	f := &n.Flows[flow]
	n.Sent++
	at, ok := n.travel(flow, member)
	if !ok {
		return
	}
	if st := &n.state[flow]; st.ordered {
		at = max(at, st.last[member])
		st.last[member] = at
	}
	id := n.pool.take(len(f.Pairs))
	msg := &n.pool.messages[id]
	msg.flow, msg.influence = int32(flow), n.disturbance(flow)
	values := n.pool.values[msg.block : int(msg.block)+len(f.Pairs)]
	for i := range f.Pairs {
		p := &f.Pairs[i]
		slot := p.From.At(member)
		x := n.store.V[slot]
		msg.influence |= n.store.Stamp(slot).Influence
		if p.Point >= 0 {
			point := &n.store.Points[p.Point]
			x = point.Fold(x, n.kernel.Now())
			msg.influence |= point.Roots()
		}
		values[i] = x
	}
	n.kernel.Schedule(at, des.Deliver, f.SendAs, n.target, uint32(member), arrives|uint64(id))
}

// travel draws the fate of one message of a flow: when it arrives, or that it
// is lost.
func (n *Network) travel(flow, member int) (at vtime.Time, arrives bool) {
	f, st := &n.Flows[flow], &n.state[flow]
	serial := st.sent[member]
	st.sent[member]++
	delay := vtime.Duration(0)
	for hop := range f.Path {
		l := &f.Path[hop]
		// One occurrence for each hop of each message.
		occurrence := serial*16 + uint64(hop)
		delay += l.Latency
		if l.Jitter > 0 {
			delay += vtime.Duration(float64(l.Jitter) * st.jitter.Member(member).Float64(occurrence))
		}
		if l.Loss > 0 && st.loss.Member(member).Float64(occurrence) < l.Loss {
			n.Lost++
			return 0, false
		}
	}
	for i := range st.disturbed {
		d := &st.disturbed[i]
		if d.Loss > 0 && (d.Loss >= 1 || st.loss.Member(member).Float64(serial*16+15) < d.Loss) {
			d.Effects++
			n.Lost++
			return 0, false
		}
		if d.Delay > 0 {
			d.Effects++
			delay += d.Delay
		}
	}
	return n.kernel.Now().Add(max(delay, 1)), true
}

// arrive writes a message's values to the cells that hear them.
func (n *Network) arrive(id uint32, member int) {
	msg := n.pool.messages[id]
	f := &n.Flows[msg.flow]
	if n.host.Listening(f.Receiver, member) {
		n.Delivered++
		n.store.By, n.store.Influence = f.By, msg.influence
		for i := range f.Pairs {
			p := &f.Pairs[i]
			n.store.Set(p.To.At(member), n.pool.values[int(msg.block)+i])
			if p.News.Slot >= 0 {
				n.store.Set(p.News.At(member), n.store.V[p.News.At(member)]+1)
			}
		}
		n.host.Delivered(f.Receiver, member, msg.influence)
	} else {
		n.Lost++
	}
	n.pool.give(id, len(f.Pairs))
}

// Disturb makes an injection act on a flow's messages; Calm ends that and
// returns how many messages it touched.
func (n *Network) Disturb(flow int, d Disturbance) {
	n.state[flow].disturbed = append(n.state[flow].disturbed, d)
}

// Calm ends the disturbance of a place in the file.
func (n *Network) Calm(flow int, place uint32) (effects uint64) {
	list := n.state[flow].disturbed
	for i := range list {
		if list[i].Place == place {
			effects = list[i].Effects
			n.state[flow].disturbed = append(list[:i], list[i+1:]...)
			return effects
		}
	}
	return 0
}

// Disturbed returns how many messages of a flow the disturbance of a place has
// touched so far.
func (n *Network) Disturbed(flow int, place uint32) (effects uint64) {
	for _, d := range n.state[flow].disturbed {
		if d.Place == place {
			effects += d.Effects
		}
	}
	return effects
}

func (n *Network) disturbance(flow int) (m signal.Mask) {
	for i := range n.state[flow].disturbed {
		m |= n.state[flow].disturbed[i].Roots
	}
	return m
}
