package outbreak

import (
	"slices"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A State is what a host is.
type State uint8

// The states of a host.
const (
	Clean   State = iota
	Landing       // it was hit, and is not yet infected
	Infected
	Immune // open to nothing any more
)

// An Outbreak is the state of one run of a model. Make one with New.
type Outbreak struct {
	*Model
	// News is what happened in the last Advance. It is not kept.
	News []News

	state   []State  // by host, as what follows
	draws   []uint32 // of times of hits, and of hits
	hosts   []host
	entries []entries // by class
	chance  []chance  // by class
	heap    heap
	reach   [][]reach // by class and scanner
	open    []bool    // by gate
	habits  []rng.Key // by contact, then by gate
	done    []uint64  // as habits: occurrences of its schedule
	tally   []Tally   // by class
	down    []int32   // hosts that are, in order
	walls   []Wall    // by class, scanner and target, then by contact there and back
	wall    [][]int32 // by class and scanner: the place of its first target in walls
}

// host is what is kept of how a host came to be infected last, also after it is clean.
type host struct {
	since  vtime.Time // when it was hit; once infected, since when
	parent int32      // the host that it has it from; -1
	via    Via
	passed uint16 // of what people carry: hosts that it went to from there
	leaves leaving
}

// leaving is how a host will leave the infected state.
type leaving uint8

const (
	stays leaving = iota
	reboots
	cleaned
	removed
	spent // a carrier from which it went to as many hosts as it goes to
)

// entries says where the pending times of a class's hosts lie: for each host its
// scanners in order, then when it lands or leaves.
type entries struct{ first, each int32 }

// New returns an outbreak in which nobody is infected. Its chance is that of the seed.
func New(m *Model, seed uint64) *Outbreak {
	n := m.Hosts()
	o := &Outbreak{Model: m, state: make([]State, n), draws: make([]uint32, n), hosts: make([]host, n)}
	for i := range o.hosts {
		o.hosts[i].parent = -1
	}
	o.layClasses(seed)
	o.layHabits(seed)
	o.weigh()
	return o
}

// layClasses lays out what is kept by class, and the entries of hosts.
func (o *Outbreak) layClasses(seed uint64) {
	m, next := o.Model, int32(0)
	o.tally = make([]Tally, len(m.Classes))
	for c := range m.Classes {
		class := &m.Classes[c]
		each := int32(len(class.Scanners)) + 1
		o.entries = append(o.entries, entries{next, each})
		next += each * class.Count
		o.chance = append(o.chance, newChance(seed, m.Name, class.Name))
		o.reach, o.wall = append(o.reach, make([]reach, len(class.Scanners))), append(o.wall, nil)
		for s := range class.Scanners {
			o.wall[c] = append(o.wall[c], int32(len(o.walls)))
			for _, t := range class.Scanners[s].Targets {
				vector, by := class.Scanners[s].Vector, t.Barrier
				if by < 0 {
					by = m.Classes[t.Class].shut(vector)
				}
				o.walls = append(o.walls, newWall(int32(c), t.Class, vector, -1, by))
			}
		}
		o.tally[c] = Tally{First: vtime.Never, Host: -1}
	}
	o.heap.init(int(next) + len(m.Contacts) + 2*len(m.Gates))
}

// layHabits lays out what is kept by contact and by gate. Their chance goes by their names
// alone, and for those of one name by their order: people come and go as they do, whatever
// malware there is.
func (o *Outbreak) layHabits(seed uint64) {
	m := o.Model
	for i := range m.Contacts {
		k := &m.Contacts[i]
		o.walls = append(o.walls,
			newWall(k.A, k.B, -1, int32(i), m.shutFrom(k, k.B)),
			newWall(k.B, k.A, -1, int32(i), m.shutFrom(k, k.A)))
		namesakes := before(i, func(j int) bool { return m.Contacts[j].Name == k.Name })
		o.habits = append(o.habits, rng.New(seed, k.Name, "contact").Member(namesakes))
	}
	for i := range m.Gates {
		namesakes := before(i, func(j int) bool { return m.Gates[j].Name == m.Gates[i].Name })
		o.habits = append(o.habits, rng.New(seed, m.Gates[i].Name, "gate").Member(namesakes))
	}
	o.open, o.done = make([]bool, len(m.Gates)), make([]uint64, len(o.habits))
}

// before counts those before i of which something holds.
func before(i int, holds func(j int) bool) (n int) {
	for j := range i {
		if holds(j) {
			n++
		}
	}
	return n
}

// Start schedules what goes by the calendar.
func (o *Outbreak) Start() {
	for i := range o.Contacts {
		o.await(i, o.contactEntry(i), &o.Contacts[i].Schedule)
	}
	for i := range o.Gates {
		o.await(len(o.Contacts)+i, o.gateEntry(i), &o.Gates[i].Schedule)
	}
}

func (o *Outbreak) contactEntry(i int) int32 {
	return int32(len(o.heap.place) - len(o.Contacts) - 2*len(o.Gates) + i)
}
func (o *Outbreak) gateEntry(i int) int32 { return int32(len(o.heap.place) - 2*len(o.Gates) + 2*i) }

// weigh sums the shares of all targets behind open gates.
func (o *Outbreak) weigh() {
	for c := range o.Classes {
		for s := range o.Classes[c].Scanners {
			sum := 0.0
			for i := range o.Classes[c].Scanners[s].Targets {
				if t := &o.Classes[c].Scanners[s].Targets[i]; t.Gate < 0 || o.open[t.Gate] {
					sum += t.Share
				}
			}
			o.reach[c][s] = newReach(sum)
		}
	}
}

// Next returns when something happens next; Never where nothing does.
func (o *Outbreak) Next() vtime.Time { return o.heap.least() }

// Advance does all that is due by now, and tells it in News.
func (o *Outbreak) Advance(now vtime.Time) {
	o.News = o.News[:0]
	for o.heap.least() <= now {
		o.happen(o.heap.order[0].entry, now)
	}
}

// Release puts the malware on a host, as if by nobody. It reports whether it was not
// there and can be.
func (o *Outbreak) Release(class, member int, now vtime.Time) bool {
	o.News = o.News[:0]
	h := o.Classes[class].First + int32(member)
	if s := o.state[h]; s == Infected || s == Immune || o.halted(h) || o.found(h, class, now) {
		return false
	}
	o.infect(h, -1, Via{}, now)
	return true
}

// StateOf returns what a host is.
func (o *Outbreak) StateOf(host int32) State { return o.state[host] }

// Infected returns how many hosts of a class are.
func (o *Outbreak) Infected(class int) int { return int(o.tally[class].Now) }

// Way returns how a host came to be infected last, from the first host to itself:
// at most limit of its last links. It begins later where a host on it was infected again
// since: how it came to be before is not kept.
func (o *Outbreak) Way(host int32, limit int) (way []Link) {
	at := vtime.Never
	for h := host; h >= 0 && len(way) < limit && o.hosts[h].since <= at; h = o.hosts[h].parent {
		at = o.hosts[h].since
		way = append(way, Link{Host: h, From: o.hosts[h].parent, Via: o.hosts[h].via, At: at})
	}
	slices.Reverse(way)
	return way
}
