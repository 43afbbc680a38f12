package des

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Phase is a part of an instant.
type Phase uint8

// The phases of an instant, in their order.
const (
	Inject  Phase = iota // injections apply and revert
	Deliver              // messages arrive
	React                // devices act
	Plant                // continuous state goes on
	phases
)

// String returns the name of the phase.
func (p Phase) String() string {
	return [...]string{"inject", "deliver", "react", "plant"}[p&3]
}

// The widths of the parts of Event.Order.
const (
	counterBits = 42
	sourceBits  = 20

	// MaxSources is how many sources the total order can tell apart.
	MaxSources = 1 << sourceBits
	// MaxRounds is how often one virtual time may be gone through before the
	// kernel calls it a livelock.
	MaxRounds = 1000
)

// A Source is whose counter an event is numbered by. Sources are ranked by
// their number.
type Source uint32

// OrderOf returns the phase and the source in an event's order.
func OrderOf(order uint64) (Phase, Source) {
	return Phase(order >> (counterBits + sourceBits)), Source(order >> counterBits & (MaxSources - 1))
}

// A Handler acts on the events of its target.
type Handler interface {
	Handle(e Event)
}

// A World is what the kernel moves through time.
type World interface {
	// Commit shows what was written in the phase.
	Commit(p Phase)
	// Settle looks at the settled instant.
	Settle()
}

// Stats counts what a kernel did.
type Stats struct {
	Events   uint64 // handled
	Instants uint64 // settled (t, n)
}

// A Kernel runs events in their total order. Make one with New.
type Kernel struct {
	Stats

	queue    Queue
	now      vtime.Time
	round    uint32
	phase    Phase
	inside   bool // an instant is being run
	running  Event
	here     [phases][]Event // due at (now, round), beyond the queue's
	next     [phases][]Event // due at (now, round+1)
	waiting  int             // events in next
	handlers []Handler
	counters []uint64
	world    World
}

// New returns a kernel at time 0 with so many sources.
func New(w World, sources int) (*Kernel, error) {
	if sources > MaxSources {
		return nil, fmt.Errorf("%d sources of events, at most %d can be ordered", sources, MaxSources)
	}
	return &Kernel{world: w, counters: make([]uint64, sources)}, nil
}

// Register adds a handler and returns the target that reaches it.
func (k *Kernel) Register(h Handler) (target uint32) {
	k.handlers = append(k.handlers, h)
	return uint32(len(k.handlers) - 1)
}

// Now returns the virtual time.
func (k *Kernel) Now() vtime.Time { return k.now }

// Round returns n of the superdense instant (t, n).
func (k *Kernel) Round() uint32 { return k.round }

// Phase returns the phase that runs.
func (k *Kernel) Phase() Phase { return k.phase }

// Running returns the event that is handled, or was last.
func (k *Kernel) Running() Event { return k.running }

// Pending returns how many events wait.
func (k *Kernel) Pending() int { return k.queue.Len() }

// Reserve takes the source's next place in the order for an event that may be
// scheduled later with ScheduleAs: a deadline that is put off keeps the place it
// would have had if it had been cancelled and scheduled anew.
func (k *Kernel) Reserve(p Phase, s Source) (order uint64) {
	c := k.counters[s]
	k.counters[s] = c + 1
	return uint64(p)<<(counterBits+sourceBits) | uint64(s)<<counterBits | c
}

// Schedule makes an event pending. At the current time it runs in this round
// where its phase is still to come, else in the next.
func (k *Kernel) Schedule(at vtime.Time, p Phase, s Source, target, member uint32, arg uint64) {
	k.ScheduleAs(Event{At: at, Order: k.Reserve(p, s), Target: target, Member: member, Arg: arg})
}

// ScheduleAs makes an event with a reserved order pending. An event in the past
// is a bug in the simulator and panics.
func (k *Kernel) ScheduleAs(e Event) {
	if e.At < k.now {
		panic(fmt.Sprintf("des: event for %v scheduled at %v", e.At, k.now))
	}
	if e.At > k.now || !k.inside {
		k.queue.Push(e)
		return
	}
	p, _ := OrderOf(e.Order)
	if p > k.phase {
		k.here[p] = append(k.here[p], e)
		return
	}
	k.next[p] = append(k.next[p], e)
	k.waiting++
}

// settled marks the time between the last phase of a round and the next round.
const settled = phases

// A LivelockError says that one virtual time would not end.
type LivelockError struct {
	At      vtime.Time
	Sources []Source // those with events still waiting, in order
}

// Error implements error.
func (e *LivelockError) Error() string {
	return fmt.Sprintf("time stands still at %v: %d rounds at one instant (livelock)", e.At, MaxRounds)
}

// Run handles all events up to and including until, and leaves now there. Every
// few thousand instants it asks stop whether to go on.
func (k *Kernel) Run(until vtime.Time, stop func() error) error {
	for {
		at, ok := k.queue.Next()
		if !ok || at > until {
			break
		}
		k.now = at
		if err := k.instant(); err != nil {
			return err
		}
		if k.Instants&4095 == 0 && stop != nil {
			if err := stop(); err != nil {
				return err
			}
		}
	}
	k.now = max(k.now, until)
	return nil
}

// instant runs every round of the current time.
func (k *Kernel) instant() error {
	k.round, k.inside = 0, true
	defer func() { k.inside = false }()
	for {
		for p := range phases {
			k.run(p)
		}
		k.phase = settled
		k.Instants++
		k.world.Settle()
		if k.waiting == 0 {
			k.phase = 0
			return nil
		}
		if k.round++; k.round >= MaxRounds {
			return k.livelock()
		}
		k.here, k.next, k.waiting = k.next, k.here, 0
		k.phase = 0
	}
}

// run handles the events of a phase and commits. Only the first round of a time
// finds events in the queue: what is scheduled for the current time never enters
// it.
func (k *Kernel) run(p Phase) {
	k.phase = p
	due := k.here[p]
	if k.round == 0 {
		for e := k.queue.Peek(); e != nil && e.At == k.now && Phase(e.Order>>(counterBits+sourceBits)) == p; e = k.queue.Peek() {
			due = append(due, k.queue.Pop())
		}
	}
	if len(due) == 0 {
		return
	}
	if len(due) > 1 {
		k.sort(due)
	}
	k.here[p] = due[:0]
	for i := range due {
		k.running = due[i]
		k.handlers[due[i].Target].Handle(due[i])
	}
	k.Events += uint64(len(due))
	k.world.Commit(p)
}

// sort brings the events of a phase into order, most often finding them so.
func (k *Kernel) sort(due []Event) {
	for i := 1; i < len(due); i++ {
		if due[i].Order > due[i-1].Order {
			continue
		}
		slices.SortFunc(due, func(a, b Event) int {
			if a.Order == b.Order {
				panic(fmt.Sprintf("des: two events with the key (%v, %#x)", a.At, a.Order))
			}
			if a.Order < b.Order {
				return -1
			}
			return 1
		})
		return
	}
}

func (k *Kernel) livelock() error {
	err := &LivelockError{At: k.now}
	for p := range k.next {
		for _, e := range k.here[p] {
			_, s := OrderOf(e.Order)
			err.Sources = append(err.Sources, s)
		}
	}
	for p := range k.next {
		for _, e := range k.next[p] {
			_, s := OrderOf(e.Order)
			err.Sources = append(err.Sources, s)
		}
	}
	slices.Sort(err.Sources)
	err.Sources = slices.Compact(err.Sources)
	return err
}
