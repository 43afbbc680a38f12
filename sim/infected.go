package sim

import (
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// MaxFollowed is how many hosts of a class a Recorder is told of one by one; of larger
// populations the malware's signals tell how many have it.
const MaxFollowed = 1000

// A Contagion is where a malware can be, and by which ways it gets there.
type Contagion struct {
	Name  string // of the malware, and of its device
	Hosts []ContagionHost
	Ways  []string // its vectors, then people's habits
}

// A ContagionHost is a host, or a population of hosts that are alike.
type ContagionHost struct {
	Name   string
	Device string // that it is, or empty of what people carry
	Count  int
	Slot   signal.Slot // how many of them are infected
}

// An Infection is that a malware came to a host, or left it.
type Infection struct {
	At               vtime.Time
	Malware          int // as Contagions has them
	Host, Member     int
	From, FromMember int  // the host that it had it from, and which of them; -1
	Way              int  // by which it came; -1 where it was released there, or left
	On               bool // it came
}

// Contagions describes all malware.
func (p *Plan) Contagions() (list []Contagion) {
	for i := range p.malware {
		m := &p.malware[i]
		c := Contagion{Name: m.Name}
		for k := range m.Classes {
			class := &m.Classes[k]
			c.Hosts = append(c.Hosts, ContagionHost{class.Name, m.Devices[k], int(class.Count), m.slots[k]})
		}
		for k := range m.Vectors {
			c.Ways = append(c.Ways, m.Vectors[k].Name)
		}
		for k := range m.Contacts {
			c.Ways = append(c.Ways, m.Contacts[k].Name)
		}
		list = append(list, c)
	}
	return list
}

// tellHost tells the recorder of a host.
func (w *world) tellHost(i int, n *outbreak.News, now vtime.Time) {
	m := &w.plan.malware[i]
	class := &m.Classes[n.Class]
	if class.Count > MaxFollowed {
		return
	}
	x := Infection{
		At: now, Malware: i, Host: int(n.Class), Member: int(n.Host - class.First), From: -1, FromMember: -1, Way: m.way(n.Via), On: n.Kind == outbreak.Caught,
	}
	if n.From >= 0 {
		x.From = m.ClassOf(n.From)
		x.FromMember = int(n.From - m.Classes[x.From].First)
	}
	w.record.Infected(&x)
}

// way numbers a way; -1 is none.
func (m *malware) way(v outbreak.Via) int {
	if c := v.Contact(); c >= 0 {
		return len(m.Vectors) + int(c)
	}
	return int(v.Vector())
}

// tellHosts tells the recorder of all hosts that are infected, in a run that goes on.
func (w *world) tellHosts(now vtime.Time) {
	for i := range w.infections {
		o := &w.infections[i]
		for c := range o.Classes {
			class := &o.Classes[c]
			if class.Count > MaxFollowed {
				continue
			}
			for h := class.First; h < class.First+class.Count; h++ {
				if o.StateOf(h) != outbreak.Infected {
					continue
				}
				n := outbreak.News{Kind: outbreak.Caught, Class: int32(c), Host: h, From: -1}
				if way := o.Way(h, 1); len(way) > 0 {
					n.From, n.Via = way[0].From, way[0].Via
				}
				w.tellHost(i, &n, now)
			}
		}
	}
}
