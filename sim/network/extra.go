package network

import (
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// maxAgain is how often a message is sent again at most.
const maxAgain = 5

// An extra is what a flow needs whose messages are more than values that arrive
// after a while: they wait in queues, are judged, watched or injected, or the like.
// Each of them has an envelope.
type extra struct {
	there, back *passage // of messages; of requests, nil where there are none
	needs       []uint64 // credentials for the path
	blocked     bool
	waits       bool // for links with a bandwidth
	guard       int32
	claims      int32
	order       int32 // the first of its legs in Network.order, by member
	shown       int32 // the first of its values in Network.shown, by member; -1
	session     int32 // of member 0 among Network.sessions, -1 where it has none
	newest      int32 // where Network.newest has the number of what member 0 heard last, plus 1
	flood       des.Timer
	stream      int32      // among Network.streams, of a Stream
	luck        [2]rng.Key // of messages and of requests, where a current leaves no room

	timed  bool    // how long its messages take is noted
	gauges []int32 // that show it

	delays *quantile.Sketch // state: of timed ones; nil where none came
	bears  uint64           // state: credentials that its messages bear
	every  vtime.Duration
	roots  signal.Mask // of the flood
}

// isPlain reports whether a flow needs no extra.
func (n *Network) isPlain(f *Flow) bool {
	if f.Path.Blocked != "" || len(f.Path.Needs) > 0 || f.Guard >= 0 || f.Watched || f.Silent || f.Subscribed || f.Session > 0 || f.Warded ||
		f.QoS > 0 || f.Dated || f.n == 0 || len(f.Gauges) > 0 || f.Door.Work > 0 || f.AskDoor.Work > 0 {
		return false
	}
	for _, h := range f.Path.Hops {
		if n.Links[h.Link].Shares() {
			return false
		}
	}
	return true
}

// equip gives a route an extra.
func (n *Network) equip(r *route, f *Flow, flow int) {
	bytes, request := f.Bytes, f.Asks
	if bytes <= 0 {
		bytes = Size(int(f.n))
	}
	if request <= 0 {
		request = Size(0)
	}
	x := extra{
		there: n.passage(f.Path, f.Asked(), bytes, f.Door), needs: f.Path.Needs, blocked: f.Path.Blocked != "",
		guard: f.Guard, gauges: f.Gauges, claims: f.Claims, bears: f.Bears, order: int32(len(n.order)), shown: -1, session: -1,
	}
	n.sway(f.Sender, x.there)
	n.attend(x.there, f, flow)
	if f.Asked() || f.QoS > 0 { // who asks, or confirms, has a hand in what is sent
		n.sway(f.Receiver, x.there)
	}
	if x.claims < 0 {
		x.claims = f.Sender
	}
	if f.Asked() {
		x.back = n.passage(f.Path, false, request, f.AskDoor)
		n.sway(f.Receiver, x.back)
		n.attend(x.back, f, flow)
	}
	if legs := len(x.there.legs); legs > 1 && r.ordered {
		n.order = append(n.order, make([]vtime.Time, legs*int(f.Count))...)
	}
	if f.Subscribed {
		x.shown = int32(len(n.shown))
		n.shown = append(n.shown, make([]float64, int(f.n*f.Count))...)
	}
	if f.Session > 0 {
		x.session = int32(len(n.sessions))
		n.sessions = append(n.sessions, make([]session, f.Count)...)
	}
	if f.QoS > 0 {
		x.newest = int32(len(n.newest))
		n.newest = append(n.newest, make([]uint64, f.Count)...)
	}
	if f.Silent {
		x.flood = n.kernel.NewTimer(des.Deliver, f.SendAs, n.target, 0, asks|uint64(flow))
	}
	if f.Stream {
		x.stream = n.stream(flow, x.there)
	}
	if x.waits = x.there.waits() || x.back != nil && x.back.waits(); x.waits {
		user := n.user(f)
		x.luck = [2]rng.Key{rng.New(n.seed, user, "room"), rng.New(n.seed, user, "request room")}
		x.timed = f.Asked()
	}
	r.extra = int32(len(n.extras))
	n.extras = append(n.extras, x)
}

// Listen has a tap see every message. Call it before the run begins or goes on.
func (n *Network) Listen(t Tap) {
	n.tap = t
	before := len(n.extras)
	for i := range n.routes {
		if r := &n.routes[i]; r.extra < 0 {
			n.equip(r, &n.Flows[i], i)
		}
	}
	n.unseal(before)
}

// Overhear has an ear hear of every message. Call it before the run begins or goes on.
func (n *Network) Overhear(e Ear) { n.tap, n.ear = e, e }

// Bear says which credentials the messages of a flow bear from now on.
func (n *Network) Bear(flow int, credentials uint64) {
	if r := &n.routes[flow]; r.extra >= 0 {
		n.extras[r.extra].bears = credentials
	}
}

// stopped reports whether the messages of a flow cannot be sent, and counts one.
// values are those that it would have carried, where the flow's cells do not say so.
func (n *Network) stopped(r *route, flow, member int, values []float64) bool {
	x := &n.extras[r.extra]
	fate := Arrived
	switch {
	case x.blocked:
		fate = Blocked
	default:
		for _, need := range x.needs {
			if need&x.bears == 0 {
				fate = NeedsLogin
			}
		}
	}
	if fate == Arrived {
		return n.withheld(r, flow, member)
	}
	n.Blocked++
	n.missed(r, member, n.kernel.Now(), 0)
	if n.tap != nil {
		n.barred(r, flow, member, values, fate)
	}
	n.resolve(flow, member, n.lanes[int(r.lane)+member].sent, fate, -1, 0)
	n.strays(flow, n.kernel.Now())
	return true
}

// withheld reports whether who sends a message keeps it to himself, and counts one.
func (n *Network) withheld(r *route, flow, member int) bool {
	if n.Warden == nil || !n.Flows[flow].Warded {
		return false
	}
	ok, influence := n.Warden.Allow(int32(flow), member)
	n.silence(r, member, influence)
	if !ok {
		n.Blocked++
	}
	return !ok
}

// resolve tells the watcher of a message, where it wants to know.
func (n *Network) resolve(flow, member int, serial uint64, fate Fate, where int32, influence signal.Mask) {
	if n.Watcher != nil && n.Flows[flow].Watched {
		n.Watcher.Resolved(int32(flow), member, serial, fate, where, influence)
	}
}

func (x *extra) archive(a *snapshot.Archive) {
	snapshot.Int(a, &x.bears)
	snapshot.Int(a, &x.every)
	snapshot.Int(a, &x.roots)
	some := x.delays != nil
	if snapshot.Bool(a, &some); !some {
		return
	}
	if a.Reading() {
		x.delays = new(quantile.Sketch)
	}
	x.delays.Archive(a)
}
