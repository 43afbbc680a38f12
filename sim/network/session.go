package network

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// handshakes is how many round trips it takes to open a session of OPC UA: the channel,
// the session, and who it is for.
const handshakes = 3

// A session is what both ends of an OPC UA connection remember of each other. It is open
// from the start; where nothing gets through for the flow's Session it is over, and
// opened anew once the way is back: that takes its time, and who has subscribed is told
// everything again, since a new session knows of no values told before.
//
// A subscription is kept alive at each interval, which takes no bandwidth; a poll by its
// answers. What is lost by chance is sent again beneath it, as far as that is concerned.
type session struct {
	contact   vtime.Time  // when it was kept alive last
	opening   bool        // it is being opened anew
	influence signal.Mask // of what kept it from being kept alive
}

// hold returns the session in which a flow tells a member, or nil.
func (n *Network) hold(x *extra, member int) *session {
	if x.session < 0 {
		return nil
	}
	return &n.sessions[int(x.session)+member]
}

// resume opens the session of a member anew if it is over, and reports whether the
// message that leaves now is to wait for that.
func (n *Network) resume(s *session, f *Flow) bool {
	if s != nil && !s.opening && n.kernel.Now().Sub(s.contact) > f.Session {
		s.opening = true
		n.Opened++
	}
	return s != nil && s.opening
}

// introduce makes a message wait until its session is open. Whoever kept it from being
// kept alive has a hand in that.
func (n *Network) introduce(t *transit, delay vtime.Duration) vtime.Duration {
	t.m.influence |= n.hold(t.x, t.member).influence
	return delay + 2*handshakes*t.r.latency
}

// touch notes that something got through.
func (n *Network) touch(t *transit) {
	s := n.hold(t.x, t.member)
	if s == nil {
		return
	}
	if s.contact = n.kernel.Now(); s.opening { // later than it would be
		s.opening = false
		return
	}
	s.influence = n.disturbance(t.flow)
}

// cut reports whether an injection lets nothing of a flow to a member through.
func (n *Network) cut(flow, member int) bool {
	for i := range n.disturbed {
		d := &n.disturbed[i]
		if d.flow == flow && d.Loss >= 1 && (d.Only == 0 || n.Flows[flow].Teller(member) == d.Only-1) {
			return true
		}
	}
	return false
}

// keepAlive is what becomes of the session of a subscription at the end of an interval.
// It reports whether anything can be told in it, nothing where it is over and the way is
// cut, and whether it is being opened anew.
func (n *Network) keepAlive(t *transit) (open, opening bool) {
	s := n.hold(t.x, t.member)
	switch f := &n.Flows[t.flow]; {
	case s == nil:
		return true, false
	case n.cut(t.flow, t.member):
		s.influence |= n.disturbance(t.flow)
		return n.kernel.Now().Sub(s.contact) <= f.Session, false
	case n.resume(s, f):
		return true, true
	}
	n.touch(t)
	return true, false
}

// rest keeps a session open while one of its ends is down: what that does is not known
// here.
func (n *Network) rest(r *route, member int) {
	if r.extra >= 0 {
		if s := n.hold(&n.extras[r.extra], member); s != nil {
			s.contact = n.kernel.Now()
		}
	}
}

func (s *session) archive(a *snapshot.Archive) {
	snapshot.Int(a, &s.contact)
	snapshot.Bool(a, &s.opening)
	snapshot.Int(a, &s.influence)
}
