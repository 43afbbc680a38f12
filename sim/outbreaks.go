package sim

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An Outbreak is how far a malware came.
type Outbreak struct {
	Malware string
	Hosts   []OutbreakHost // in the order of the file
	Zones   []Crossing     // that it came to, in the order of time
	Spared  []string       // other zones, in which hosts of it are
	Stops   []OutbreakStop // in the order of time
	// Actuator is the first device on which it was that moves something in the world, or
	// commands one that does (Commands; empty where it moves something itself). At is when;
	// Never where it was on none.
	Actuator, Commands string
	At                 vtime.Time
	Infected           int // hosts at the end, what people carry left out
}

// An OutbreakHost is a host, or a population, and what became of it.
type OutbreakHost struct {
	Name    string
	Device  bool // it is one, and not what people carry
	Count   int
	Zone    string
	First   vtime.Time // that it was infected; Never
	From    string     // the host that it had it from; empty where it was released there
	By      string     // the vector, or the habit
	Most    int
	Now     int
	Ever    uint64
	Way     []string // by which hosts it came
	Barrier string
}

// A Crossing is the first time that a malware came to a zone.
type Crossing struct {
	Zone, Host, From, By string
	At                   vtime.Time
}

// An OutbreakStop is what a barrier stopped.
type OutbreakStop struct {
	Barrier, Reason string
	From, To, By    string
	Hits            uint64
	First           vtime.Time
}

// HostNews is a line of the story about a host.
type HostNews struct {
	Malware, Host, From, By string
	Kind                    outbreak.NewsKind
	Barrier, Reason         string // of what was stopped
	Actuator                bool
	Commands                string // what the host commands, that moves things
}

// maxWay is how many hosts a way shows at most.
const maxWay = 64

// outbreakResults says how far all malware came.
func (w *world) outbreakResults() (list []Outbreak) {
	for i := range w.infections {
		o, m := &w.infections[i], &w.plan.malware[i]
		r := Outbreak{Malware: m.Name, At: vtime.Never}
		for c := range m.Classes {
			r.add(w.outbreakHost(o, m, c))
			t := o.Tally(c)
			if m.moves[c].moves && t.First < r.At {
				r.Actuator, r.Commands, r.At = m.Classes[c].Name, m.moves[c].commands, t.First
			}
			if !m.Classes[c].Carrier {
				r.Infected += int(t.Now)
			}
		}
		r.spare()
		for k := range o.Walls() {
			r.stop(m, &o.Walls()[k])
		}
		list = append(list, r)
	}
	return list
}

func (w *world) outbreakHost(o *infection, m *malware, c int) OutbreakHost {
	class, t := &m.Classes[c], o.Tally(c)
	h := OutbreakHost{
		Name: class.Name, Device: !class.Carrier, Count: int(class.Count), First: t.First, Most: int(t.Most), Now: int(t.Now), Ever: t.Ever,
	}
	if len(class.Zones) > 0 {
		h.Zone = m.Zones[class.Zones[0]]
	}
	if t.First < vtime.Never {
		h.From, h.By = m.hostName(t.From), m.viaName(t.Via)
		for _, l := range o.Way(t.Host, maxWay) {
			h.Way = append(h.Way, m.hostName(l.Host))
		}
	}
	return h
}

// add adds a host, and its zone where it is the first one there.
func (r *Outbreak) add(h OutbreakHost) {
	r.Hosts = append(r.Hosts, h)
	if h.Zone == "" || h.First == vtime.Never {
		return
	}
	at := len(r.Zones)
	for i := range r.Zones {
		if z := &r.Zones[i]; z.Zone == h.Zone {
			if h.First < z.At {
				*z = Crossing{h.Zone, h.Name, h.From, h.By, h.First}
			}
			at = -1
		}
	}
	if at >= 0 {
		r.Zones = append(r.Zones, Crossing{h.Zone, h.Name, h.From, h.By, h.First})
	}
	for i := len(r.Zones) - 1; i > 0; i-- {
		if r.Zones[i].At < r.Zones[i-1].At {
			r.Zones[i], r.Zones[i-1] = r.Zones[i-1], r.Zones[i]
		}
	}
}

// spare lists the zones of hosts to which it never came.
func (r *Outbreak) spare() {
	for i := range r.Hosts {
		zone := r.Hosts[i].Zone
		if zone != "" && !slices.Contains(r.Spared, zone) && !slices.ContainsFunc(r.Zones, func(c Crossing) bool { return c.Zone == zone }) {
			r.Spared = append(r.Spared, zone)
		}
	}
}

// stop adds what a barrier stopped on one way.
func (r *Outbreak) stop(m *malware, wall *outbreak.Wall) {
	if wall.Barrier < 0 || wall.Hits == 0 {
		return
	}
	s := OutbreakStop{
		Barrier: m.Barriers[wall.Barrier], Reason: m.Reasons[wall.Barrier], Hits: wall.Hits, First: wall.First,
		From: m.Classes[wall.From].Name, To: m.Classes[wall.To].Name, By: m.wallName(wall),
	}
	at := len(r.Stops)
	for at > 0 && r.Stops[at-1].First > s.First {
		at--
	}
	r.Stops = append(r.Stops, s)
	copy(r.Stops[at+1:], r.Stops[at:])
	r.Stops[at] = s
}

// hostName names a host; empty is nobody.
func (m *malware) hostName(host int32) string {
	if host < 0 || int(host) >= m.Model.Hosts() {
		return ""
	}
	class := &m.Classes[m.ClassOf(host)]
	if class.Count == 1 {
		return class.Name
	}
	return fmt.Sprintf("%s[%d]", class.Name, host-class.First)
}

func (m *malware) viaName(v outbreak.Via) string {
	if c := v.Contact(); c >= 0 && int(c) < len(m.Contacts) {
		return m.Contacts[c].Name
	}
	if k := v.Vector(); k >= 0 && int(k) < len(m.Vectors) {
		return m.Vectors[k].Name
	}
	return ""
}

func (m *malware) wallName(wall *outbreak.Wall) string {
	if wall.Contact >= 0 {
		return m.Contacts[wall.Contact].Name
	}
	return m.Vectors[wall.Vector].Name
}

// hostNews names what the story says of hosts.
func (w *world) hostNews() (list []HostNews) {
	for _, c := range w.caughts {
		m := &w.plan.malware[c.malware]
		n := HostNews{Malware: m.Name, Host: m.hostName(c.host), From: m.hostName(c.from), By: m.viaName(c.via), Kind: c.kind}
		if walls := w.infections[c.malware].Walls(); c.kind == outbreak.Stopped && int(c.wall) < len(walls) {
			wall := &walls[c.wall]
			n.Host, n.Barrier, n.Reason = m.Classes[wall.To].Name, m.Barriers[wall.Barrier], m.Reasons[wall.Barrier]
		} else {
			moves := m.moves[m.ClassOf(c.host)]
			n.Actuator, n.Commands = moves.moves, moves.commands
		}
		list = append(list, n)
	}
	return list
}
