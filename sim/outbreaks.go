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
	Name   string
	Device bool // it is one, and not what people carry
	Count  int
	Zones  []string   // that it is in
	First  vtime.Time // that it was infected; Never
	From   string     // the host that it had it from; empty where it was released there
	By     string     // the vector, or the habit
	// Technique is that of the vector, also at a habit: an id of ATT&CK for ICS, or "".
	Technique string
	Most      int
	Now       int
	Ever      uint64
	Way       []string // by which hosts it came
	Barrier   string
}

// A Crossing is the first time that a malware came to a zone.
type Crossing struct {
	Zone, Host, From, By, Technique string
	At                              vtime.Time
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
	for _, z := range class.Zones {
		h.Zones = append(h.Zones, m.Zones[z])
	}
	if t.First < vtime.Never {
		h.From, h.By, h.Technique = m.hostName(t.From), m.viaName(t.Via), m.technique(t.Via)
		for _, l := range o.Way(t.Host, maxWay) {
			h.Way = append(h.Way, m.hostName(l.Host))
		}
	}
	return h
}

// add adds a host, and its zones where it is the first one there.
func (r *Outbreak) add(h OutbreakHost) {
	r.Hosts = append(r.Hosts, h)
	for _, zone := range h.Zones {
		if h.First < vtime.Never {
			r.cross(Crossing{zone, h.Name, h.From, h.By, h.Technique, h.First})
		}
	}
}

// cross adds that a host of a zone was infected, in the order of time; the first of each
// zone stays.
func (r *Outbreak) cross(c Crossing) {
	same := func(z Crossing) bool { return z.Zone == c.Zone }
	if i := slices.IndexFunc(r.Zones, same); i >= 0 {
		if r.Zones[i].At <= c.At {
			return
		}
		r.Zones = slices.Delete(r.Zones, i, i+1)
	}
	at := len(r.Zones)
	for at > 0 && r.Zones[at-1].At > c.At {
		at--
	}
	r.Zones = slices.Insert(r.Zones, at, c)
}

// spare lists the zones of hosts to which it never came.
func (r *Outbreak) spare() {
	for i := range r.Hosts {
		for _, zone := range r.Hosts[i].Zones {
			if !slices.Contains(r.Spared, zone) && !slices.ContainsFunc(r.Zones, func(c Crossing) bool { return c.Zone == zone }) {
				r.Spared = append(r.Spared, zone)
			}
		}
	}
}

// stop adds what was stopped on one way, or at its end, in the order of time.
func (r *Outbreak) stop(m *malware, wall *outbreak.Wall) {
	counts := []outbreak.Count{outbreak.Stopped: wall.Count, outbreak.Patched: wall.Patched, outbreak.Found: wall.Found}
	for kind, n := range counts {
		if n.Hits == 0 || kind == int(outbreak.Stopped) && wall.Barrier < 0 {
			continue
		}
		s := OutbreakStop{Hits: n.Hits, First: n.First, From: m.Classes[wall.From].Name, To: m.Classes[wall.To].Name, By: m.wallName(wall)}
		s.Barrier, s.Reason = m.stopper(outbreak.NewsKind(kind), wall)
		at := len(r.Stops)
		for at > 0 && r.Stops[at-1].First > s.First {
			at--
		}
		r.Stops = slices.Insert(r.Stops, at, s)
	}
}

// stopper names what stops a malware on a way, or at its end, and says how.
func (m *malware) stopper(kind outbreak.NewsKind, wall *outbreak.Wall) (by, why string) {
	host := m.Classes[wall.To].Name
	switch {
	case kind == outbreak.Patched:
		return "patch-" + host, host + " is patched against " + m.wallName(wall)
	case kind == outbreak.Found:
		return "antivirus-" + host, "the antivirus of " + host + " knows " + m.Name
	}
	return m.Barriers[wall.Barrier], m.Reasons[wall.Barrier]
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

// technique is that of the vector of a way, or "".
func (m *malware) technique(v outbreak.Via) string {
	if k := v.Vector(); k >= 0 && int(k) < len(m.Vectors) {
		return m.Vectors[k].Technique
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
		if walls := w.infections[c.malware].Walls(); c.kind >= outbreak.Stopped && int(c.wall) < len(walls) {
			wall := &walls[c.wall]
			n.Kind, n.Host = outbreak.Stopped, m.Classes[wall.To].Name
			n.Barrier, n.Reason = m.stopper(c.kind, wall)
		} else {
			moves := m.moves[m.ClassOf(c.host)]
			n.Actuator, n.Commands = moves.moves, moves.commands
		}
		list = append(list, n)
	}
	return list
}
