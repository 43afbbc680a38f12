package inject

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An Intruder is an attacker as declared: where it stands at the start, what it
// holds and knows.
type Intruder struct {
	Name  string
	At    []int32 // devices, by rank
	Holds uint64  // credentials
	Knows []int32 // devices that it has heard of
}

// A Footing is what a step that is not assumed must get past: it acts from a
// foothold, with what its attacker knows and holds by then.
type Footing struct {
	Intruder int32
	At       int32 // the device that it acts from
	Target   int32 // the device that it is about, or -1
	// Blocked says why it can never work from there; By is what stops it, in a word.
	Blocked, By string
	// Patched is from when on the weakness that it uses is gone; Never, or 0, where it is not
	// or it uses none.
	Patched vtime.Time
	// Wants are credentials of which it needs one; 0 where it needs none.
	Wants uint64
	// Session says that it needs one at the target, by an earlier login.
	Session bool
	// Takes is how long it takes before anything comes of it; Slowed is the check that
	// makes it so long, where one does.
	Takes  vtime.Duration
	Slowed string
}

// Gains is what an attacker has of an operation that came through.
type Gains struct {
	Device      int32 // that it is about
	Known       bool  // it has heard of the device
	Session     bool  // it is logged in there
	Foothold    bool  // it can act from there, with what the device holds
	Credentials uint64
}

// A Stop says what stopped a step: By in a word, which expectations name, and Why
// for people.
type Stop struct{ By, Why string }

// intruder is what an attacker has at a time.
type intruder struct {
	footholds, knows, sessions devices
	credentials                uint64
	influence                  signal.Mask // the steps that it owes it to
}

// devices is a set of devices by rank.
type devices []uint64

func newDevices(n int) devices { return make(devices, (n+63)/64) }

func (d devices) has(i int32) bool { return d[i/64]&(1<<(i%64)) != 0 }

func (d devices) add(i int32) { d[i/64] |= 1 << (i % 64) }

// newIntruders gives every attacker what it has at the start. A device that it
// stands on is known to it, and what the device holds is its own.
func newIntruders(e *Earned) []intruder {
	states, n := make([]intruder, len(e.Intruders)), len(e.Holdings)
	for i := range e.Intruders {
		s := &states[i]
		*s = intruder{newDevices(n), newDevices(n), newDevices(n), e.Intruders[i].Holds, 0}
		for _, d := range e.Intruders[i].At {
			s.gain(Gains{Device: d, Foothold: true}, e)
		}
		for _, d := range e.Intruders[i].Knows {
			s.knows.add(d)
		}
	}
	return states
}

// gain adds what came of an operation, and returns what of it is new. Who can act
// from a device knows whom that talks to, and holds what it holds.
func (s *intruder) gain(g Gains, e *Earned) Gains {
	if g.Foothold {
		g.Credentials |= e.Holdings[g.Device]
	}
	about := g.Known || g.Session || g.Foothold
	fresh := Gains{
		Device: g.Device, Known: about && !s.knows.has(g.Device), Session: g.Session && !s.sessions.has(g.Device),
		Foothold: g.Foothold && !s.footholds.has(g.Device), Credentials: g.Credentials &^ s.credentials,
	}
	if about {
		s.knows.add(g.Device)
	}
	if g.Session {
		s.sessions.add(g.Device)
	}
	if g.Foothold {
		s.footholds.add(g.Device)
		for _, peer := range e.Peers[g.Device] {
			s.knows.add(peer)
		}
	}
	s.credentials |= g.Credentials
	return fresh
}

// none reports whether nothing was gained.
func (g *Gains) none() bool { return *g == Gains{Device: g.Device} }

func (s *intruder) archive(a *snapshot.Archive) {
	for _, set := range []*devices{&s.footholds, &s.knows, &s.sessions} {
		for i := range *set {
			snapshot.Int(a, &(*set)[i])
		}
	}
	snapshot.Int(a, &s.credentials)
	snapshot.Int(a, &s.influence)
}

// Earned is all that the timeline needs of attackers and of what they stand on.
type Earned struct {
	Intruders []Intruder
	Holdings  []uint64  // credentials by device
	Peers     [][]int32 // by device: those that it talks to
	// Device and Credential return names, for people.
	Device     func(rank int32) string
	Credential func(mask uint64) string
}

// refused says why a step cannot be taken now, if it cannot.
func (t *Timeline) refused(f *Footing) (Stop, bool) {
	s, name := &t.intruders[f.Intruder], t.earned.Intruders[f.Intruder].Name
	at := t.earned.Device(f.At)
	switch {
	case !s.footholds.has(f.At):
		return Stop{"foothold", name + " has no foothold on " + at}, true
	case f.Target >= 0 && !s.knows.has(f.Target):
		return Stop{"knowledge", name + " has not heard of " + t.earned.Device(f.Target)}, true
	case f.Blocked != "":
		return Stop{f.By, f.Blocked}, true
	case f.Patched > 0 && f.Patched <= t.kernel.Now():
		return Stop{"patch", t.earned.Device(f.Target) + " is patched by then"}, true
	case f.Session && !s.sessions.has(f.Target) && !s.footholds.has(f.Target):
		return Stop{"session", name + " is not logged in at " + t.earned.Device(f.Target)}, true
	case f.Wants != 0 && s.credentials&f.Wants == 0:
		return Stop{"credential", name + " does not hold " + t.earned.Credential(f.Wants)}, true
	}
	return Stop{}, false
}

// Bears returns the credentials that messages of a step bear: those that its
// attacker holds by now.
func (t *Timeline) Bears(step int) uint64 {
	if f := t.Steps[step].Footing; f != nil {
		return t.intruders[f.Intruder].credentials
	}
	return 0
}
