package outbreak

import "github.com/harmproof/harmproof/sim/vtime"

// A Model is one malware and all that it can get at, compiled. It never changes.
type Model struct {
	Name     string
	Classes  []Class // their hosts lie one class after the other
	Vectors  []Vector
	Contacts []Contact
	Gates    []Gate
	Run      vtime.Time // when runs end: no habit is looked at beyond it
	// Lasts says that it survives a reboot.
	Lasts bool
	// Dwells is how long a host has it before it spreads from there.
	Dwells vtime.Duration
	// Removes is after how long on a host it removes itself; 0: never.
	Removes vtime.Duration
	// Ends is when it stops spreading; Never where it does not.
	Ends vtime.Time
	// Known is when scanners for malware begin to know it; Never where they do not.
	Known vtime.Time
}

// A Vector is a way in which a malware gets onto a host.
type Vector struct {
	Name  string
	Takes vtime.Duration // from a hit to being on the host
	// For is how long it spreads by this from a host on which it is; 0: always. What people
	// carry passes it on regardless.
	For vtime.Duration
	// AtMost is to how many hosts it goes from what people carry, which it is then gone
	// from; 0: any.
	AtMost uint16
	// Technique is what others call it (an id of ATT&CK for ICS), or "".
	Technique string
}

// A Class is hosts that are alike.
type Class struct {
	Name  string  // unlike any other class's: their chance goes by it
	First int32   // host
	Count int32   // at least 1
	Zones []int32 // for the report
	// Carrier says that it only carries what is put on it.
	Carrier bool
	// Open is by vector when its hosts are open to it.
	Open []Opening
	// Shut is by vector what keeps a host that is never open to it from being so, an index
	// as Target.Barrier; -1 where that is nothing, and for all where it is nil.
	Shut     []int32
	Scanners []Scanner
	// Reboots is how often one of its hosts reboots, per second; Hardens the share of
	// reboots after which a host is open to nothing any more.
	Reboots, Hardens float64
	// Cleaned is the time from Model.Known until its scanner for malware knows and looks;
	// negative where it has none. Hosts differ by up to Staggered.
	Cleaned, Staggered vtime.Duration
}

// An Opening is when hosts of a class are open to a vector: a share of them from the
// start, each until it is patched. The zero value is never.
type Opening struct {
	Share float64
	Until vtime.Time     // from when on hosts are patched; Never
	Over  vtime.Duration // by when all are
}

// A Scanner is how an infected host of a class tries others by one vector.
type Scanner struct {
	Vector  int32
	Every   vtime.Duration // between two attempts; 0: at random, Rate per second
	Rate    float64
	Targets []Target // their shares come to 1 at most
}

// A Target is a class of hosts that an attempt can hit.
type Target struct {
	Class int32
	// Share is the probability that an attempt reaches one of the class, any of them
	// alike, and works where it does.
	Share float64
	Delay vtime.Duration // of the way there
	// Gate must be open for there to be a way at all; -1 where there is none.
	Gate int32
	// Barrier is what stops it on its way, -1 where nothing does (an index of names that
	// the maker of the model keeps).
	Barrier int32
}

// A Contact brings a host of one class and one of another together, the first members
// of each, at the times of a schedule.
type Contact struct {
	Name string // its chance goes by it
	Schedule
	A, B    int32   // classes
	Vectors []int32 // by which what is on the one can pass to the other
	Barrier int32   // what keeps it from passing; -1
}

// A Schedule is when something happens: at First, and every so often after it. Its turns come
// one after the other, so one that is spread over more than Every may make the next ones late.
type Schedule struct {
	First  vtime.Time
	Every  vtime.Duration // 0: once
	Spread vtime.Duration // each time up to so much later, at random
	Chance float64        // that it happens, each time
}

// A Gate is open for a while from each time of a schedule on.
type Gate struct {
	Name string // its chance goes by it
	Schedule
	For vtime.Duration
}

// shut returns what keeps a vector from hosts of a class that are never open to it; -1.
func (c *Class) shut(vector int32) int32 {
	if c.Shut == nil {
		return -1
	}
	return c.Shut[vector]
}

// shutFrom returns what stops all that could pass to a class at a contact: on its way, or
// there; -1.
func (m *Model) shutFrom(k *Contact, to int32) int32 {
	by := k.Barrier
	for _, v := range k.Vectors {
		switch class := &m.Classes[to]; {
		case k.Barrier >= 0 || class.Open[v].Share == 0:
		case class.shut(v) < 0:
			return -1
		case by < 0:
			by = class.shut(v)
		}
	}
	return by
}

// Hosts returns how many hosts there are.
func (m *Model) Hosts() int {
	n := 0
	for i := range m.Classes {
		n += int(m.Classes[i].Count)
	}
	return n
}

// ClassOf returns the class of a host.
func (m *Model) ClassOf(host int32) int {
	lo, hi := 0, len(m.Classes)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; m.Classes[mid].First <= host {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}
