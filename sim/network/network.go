package network

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Host is told what arrives. Members are counted among all of a system.
type Host interface {
	// Delivered says that a message's values were written to the device's cells.
	Delivered(device int32, member int, influence signal.Mask)
	// Carried says that a message of a flow that Carries something was delivered, with this value, and,
	// of a Dated flow, when it was sent first.
	Carried(what int32, member int, value float64, sent vtime.Time, influence signal.Mask)
	// Strayed says that a message of a Dated flow, which was sent first at a time, does not come.
	Strayed(what int32, sent vtime.Time)
	// Missed says that an injection kept a message from the device.
	Missed(device int32, member int, influence signal.Mask)
	// Span returns how long a span of the device's own clock takes.
	Span(device int32, d vtime.Duration) vtime.Duration
}

// A Network carries the messages of a run. Make one with New.
type Network struct {
	Counts
	*Book

	kernel  *des.Kernel
	store   *signal.Store
	host    Host
	down    []uint16 // by member of the system: it neither hears nor answers
	seed    uint64
	target  uint32
	routes  []route
	lanes   []lane // of all flows
	fates   []fate
	outbox  []parcel
	pool    pool
	serials uint64 // handlers whose telling is told apart

	disturbed []disturbance

	// Watcher is told of the messages of Watched flows, Gate asks the guards of
	// receivers, Warden those of senders; each may be nil.
	Watcher Watcher
	Gate    Gate
	Warden  Warden

	tap     Tap
	ear     Ear // of plain messages, nil where nobody listens so
	extras  []extra
	equal   int // extras that do not depend on who listens
	queues  []queue
	streams []stream
	poured  []int32 // queues that streams pass
	queueAt map[Hop]int32
	// passages are shared by the flows that travel alike.
	passages map[string]*passage
	sways    [][]int32    // queues, by the device whose messages pass them
	order    []vtime.Time // when the last message came to the end of each leg
	shown    []float64    // what subscribers were told last
	sessions []session
	newest   []uint64      // the numbers of what was heard last, plus 1
	asking   []signal.Mask // by lane: the influence of requests; nil where none can wait

	offer   check.Offer // the one that is judged
	objects []int32
	offered []float64
	seen    Packet // by the tap
	holds   int32  // place of the step that delays or loses the message that departs, plus 1

	// Beside says what of a device with work comes to it as a rate, in place of messages; it may be nil.
	Beside func(work int32) Load
	// AsRate says how long a member of the system was on the air with what it tells as a rate; it may be nil.
	AsRate func(member int) vtime.Duration

	crews  []crew
	desks  []desk
	airs   []air
	gauges []gauge    // by Book.Gauges
	since  vtime.Time // when the answer was asked for that is sent; Never where none is
}

// A route is all of a flow that each of its messages needs, in one cache line.
type route struct {
	latency vtime.Duration // of the path, without luck
	lane    int32          // of the receiver's member 0
	pair, n int32          // its values: where they begin, how many
	hears   int32          // the receiver's member 0 among all of the system
	tells   int32          // the sender's
	one     int32          // the only member of the sender that tells, or -1
	fate    int32          // of what is not plain
	extra   int32          // of what needs an envelope, or -1
	device  int32          // the receiver
	sendAs  des.Source
	by      signal.Writer
	carries int32 // Flow.Carries
	plain   bool  // its messages know nothing but latency
	gathers bool
	ordered bool // they cannot overtake one another
}

// teller returns the member of the sender that tells a member of the receiver.
func (r *route) teller(m int) int {
	if r.one >= 0 {
		return int(r.one)
	}
	return m
}

// hearer returns the member of the receiver that hears the message of a number.
func (r *route) hearer(m int) int {
	if r.gathers {
		return 0
	}
	return m
}

// A lane is what a flow remembers of one member of its receiver.
type lane struct {
	sent    uint64     // messages or requests so far, which number their luck
	last    vtime.Time // latest arrival
	told    uint64     // by which handler last, by its serial
	meddled int32      // place of the step behind what it hears, plus 1
	unsent  uint32     // of sent, requests that nobody sent
}

// A fate is the chance of a flow.
type fate struct {
	message, request luck
	lucky            bool // a link draws from chance
	plain            bool // nothing but injections makes it more than plain
	disturbed        int  // injections that act on it
}

// luck is the chance of all messages of a flow, or of all requests.
type luck struct{ loss, jitter rng.Key }

// The kinds of events, in the upper bits of Event.Arg.
const (
	arrives uint64 = iota << 62 // below: the message
	asks                        // below: the flow, whose period is over
	asked                       // below: the flow, whose sender is asked, and which request it is
	passes                      // below: the message that has come to a queue, or is sent again
)

// The widths of the parts of an asked event.
const (
	requestBits = 36
	flowBits    = 26
	maxFlows    = 1 << flowBits
)

// New returns a network; it registers itself with the kernel. down says of every
// member of the system, by counting, why it neither hears nor answers: not at all
// where it is 0.
func New(b *Book, k *des.Kernel, s *signal.Store, h Host, down []uint16, seed uint64) *Network {
	if len(b.Flows) > maxFlows {
		panic(fmt.Sprintf("network: %d flows, at most %d", len(b.Flows), maxFlows))
	}
	n := &Network{
		Book: b, kernel: k, store: s, host: h, down: down, seed: seed,
		routes: make([]route, len(b.Flows)), queueAt: map[Hop]int32{}, passages: map[string]*passage{}, since: vtime.Never,
	}
	n.target = k.Register(n)
	n.open()
	lanes := int32(0)
	for i := range b.Flows {
		f := &b.Flows[i]
		n.routes[i] = n.route(f, lanes)
		if !n.isPlain(f) {
			n.equip(&n.routes[i], f, i)
		}
		lanes += f.Count
	}
	n.lanes, n.equal = make([]lane, lanes), len(n.extras)
	n.install()
	if len(n.queues)+len(n.crews) > 0 {
		n.asking = make([]signal.Mask, lanes)
	}
	return n
}

// route compiles a flow.
func (n *Network) route(f *Flow, lane int32) route {
	r := route{
		lane: lane, pair: f.first, n: f.n, hears: f.ReceiverAt, tells: f.SenderAt, carries: f.Carries, gathers: f.Gathers,
		one: -1, fate: -1, extra: -1, device: f.Receiver, sendAs: f.SendAs, by: f.By, plain: true, ordered: true,
	}
	if f.Member >= 0 || f.Broadcast {
		r.one = max(f.Member, 0)
	}
	lucky := false
	for _, h := range f.Path.Hops {
		l := &n.Links[h.Link]
		r.latency += l.Latency
		r.ordered = r.ordered && !l.Unordered
		lucky = lucky || l.Jitter > 0 || l.Loss > 0
	}
	r.plain = !lucky
	for _, p := range n.Pairs(f) {
		r.plain = r.plain && p.Point < 0
	}
	if !r.plain || f.Period > 0 {
		n.fated(&r, f, lucky)
	}
	return r
}

// fated gives a route a fate.
func (n *Network) fated(r *route, f *Flow, lucky bool) {
	user := n.user(f)
	r.fate = int32(len(n.fates))
	n.fates = append(n.fates, fate{
		message: luck{rng.New(n.seed, user, "loss"), rng.New(n.seed, user, "jitter")},
		request: luck{rng.New(n.seed, user, "request loss"), rng.New(n.seed, user, "request jitter")},
		lucky:   lucky, plain: r.plain,
	})
}

// Start schedules the first poll of every polled flow, at time 0.
func (n *Network) Start() {
	if slices.ContainsFunc(n.Gauges, func(g Gauge) bool { return !g.Kind.Times() }) {
		n.kernel.Schedule(n.Until, des.Deliver, n.Observer, n.target, 0, passes|over)
	}
	for i := range n.Flows {
		if f := &n.Flows[i]; f.Period > 0 {
			for m := range f.Count {
				source := f.AskAs
				if f.Subscribed {
					source = f.SendAs
				}
				n.kernel.Schedule(0, des.Deliver, source, n.target, uint32(m), asks|uint64(i))
			}
		}
	}
}

// Target is the target of the network's events.
func (n *Network) Target() uint32 { return n.target }

// Handle implements des.Handler.
func (n *Network) Handle(e des.Event) {
	rest := e.Arg &^ (3 << 62)
	switch e.Arg - rest {
	case arrives:
		n.arrive(uint32(rest), int(e.Member))
	case asks:
		switch f := &n.Flows[rest]; {
		case f.Silent:
			n.flood(int(rest))
		case f.Subscribed:
			n.publish(e, int(rest))
		default:
			n.ask(e, int(rest))
		}
	case asked:
		n.answer(int(rest>>requestBits), int(e.Member), rest&(1<<requestBits-1))
	default:
		n.pass(rest, int(e.Member))
	}
}
