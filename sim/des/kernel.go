package des

import (
	"cmp"
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
	// loopRounds is in how many rounds at the end of a livelock the sources are
	// noted that keep it going.
	loopRounds = 100
	// stopInstants is after how many instants Run asks whether to go on.
	stopInstants = 4096
)

// A Source is whose counter an event is numbered by. Sources are ranked by
// their number.
type Source uint32

// OrderOf returns the phase and the source in an event's order.
func OrderOf(order uint64) (Phase, Source) {
	return phaseOf(order), Source(order >> counterBits & (MaxSources - 1))
}

func phaseOf(order uint64) Phase { return Phase(order >> (counterBits + sourceBits)) }

// A Handler acts on the events of its target.
type Handler interface {
	Handle(e Event)
}

// A World is what the kernel moves through time.
type World interface {
	// Commit shows what was written in the phase.
	Commit(p Phase)
	// Settle looks at the settled instant. An error ends the run there.
	Settle() error
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
	asked    uint64   // Instants when Run last asked whether to go on
	loop     []Source // of the events in the last rounds of a livelock
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

// Wrap puts a handler around each of the handlers.
func (k *Kernel) Wrap(around func(h Handler) Handler) {
	for i, h := range k.handlers {
		k.handlers[i] = around(h)
	}
}

// Now returns the virtual time.
func (k *Kernel) Now() vtime.Time { return k.now }

// Round returns n of the superdense instant (t, n).
func (k *Kernel) Round() uint32 { return k.round }

// Phase returns the phase that runs.
func (k *Kernel) Phase() Phase { return k.phase }

// Running returns the event that is handled, or was last.
func (k *Kernel) Running() Event { return k.running }

// Waiting reports whether a further round of this time is to come.
func (k *Kernel) Waiting() bool { return k.waiting > 0 }

// Pending returns how many events wait.
func (k *Kernel) Pending() int {
	n := k.queue.Len() + k.waiting
	for p := range k.here {
		n += len(k.here[p])
	}
	return n
}

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
	if e.At <= k.now {
		k.scheduleNow(e)
		return
	}
	k.queue.Push(e)
}

func (k *Kernel) scheduleNow(e Event) {
	p := phaseOf(e.Order)
	switch {
	case e.At < k.now:
		panic(fmt.Sprintf("des: event for %v scheduled at %v", e.At, k.now))
	case !k.inside:
		k.queue.Push(e)
	case p > k.phase:
		k.here[p] = append(k.here[p], e)
	default:
		k.next[p] = append(k.next[p], e)
		k.waiting++
	}
}

// settled marks the time between the last phase of a round and the next round.
const settled = phases

// A LivelockError says that one virtual time would not end.
type LivelockError struct {
	At vtime.Time
	// Sources are those whose events keep it going, in order.
	Sources []Source
}

// Error implements error.
func (e *LivelockError) Error() string {
	return fmt.Sprintf("time stands still at %v: %d rounds at one instant (livelock)", e.At, MaxRounds)
}

// Run handles all events up to and including until, and leaves now there. Every
// few thousand instants it asks stop whether to go on. It may be called again, to
// go on from there.
func (k *Kernel) Run(until vtime.Time, stop func() error) error {
	for {
		e := k.queue.Peek()
		if e == nil || e.At > until {
			break
		}
		k.now, k.inside = e.At, true
		err := k.instant(phaseOf(e.Order))
		k.inside = false
		if err != nil {
			return err
		}
		if stop != nil && k.Instants-k.asked >= stopInstants {
			k.asked = k.Instants
			if err := stop(); err != nil {
				return err
			}
		}
	}
	k.now = max(k.now, until)
	return nil
}

// instant runs every round of the current time. Only the first one finds events
// in the queue, first those of the phase head: what is scheduled for the current
// time never enters it.
func (k *Kernel) instant(head Phase) error {
	k.round, k.loop = 0, k.loop[:0]
	for p := range phases {
		switch {
		case len(k.here[p]) > 0:
			head = k.merge(p, head)
		case p == head:
			head = k.stream(p)
		}
	}
	for {
		k.phase = settled
		k.Instants++
		if err := k.world.Settle(); err != nil {
			return err
		}
		if k.waiting == 0 {
			return nil
		}
		if k.round++; k.round >= MaxRounds {
			return k.livelock()
		}
		k.here, k.next, k.waiting = k.next, k.here, 0
		for p := range phases {
			if len(k.here[p]) > 0 {
				k.run(p)
			}
		}
	}
}

// stream handles the events of a phase straight from the queue. It returns the
// phase of the next event there, or settled where that is of another time.
func (k *Kernel) stream(p Phase) (head Phase) {
	k.phase = p
	for {
		e := k.queue.Pop()
		k.running = e
		k.Events++
		k.handlers[e.Target].Handle(e)
		next := k.queue.Peek()
		if next == nil || next.At != k.now {
			head = settled
			break
		}
		if next.Order == e.Order {
			clash(&e)
		}
		if head = phaseOf(next.Order); head != p {
			break
		}
	}
	k.world.Commit(p)
	return head
}

// merge handles the events of a phase from both the queue and the phases before.
// It returns what stream does.
func (k *Kernel) merge(p, head Phase) Phase {
	for head == p {
		k.here[p] = append(k.here[p], k.queue.Pop())
		if e := k.queue.Peek(); e != nil && e.At == k.now {
			head = phaseOf(e.Order)
		} else {
			head = settled
		}
	}
	k.run(p)
	return head
}

// run handles the events of a phase that are not in the queue, and commits.
func (k *Kernel) run(p Phase) {
	k.phase = p
	due := k.here[p]
	if len(due) > 1 {
		arrange(due)
	}
	k.here[p] = due[:0]
	for i := range due {
		k.running = due[i]
		k.Events++
		k.handlers[due[i].Target].Handle(due[i])
	}
	if k.round >= MaxRounds-loopRounds {
		for i := range due {
			_, s := OrderOf(due[i].Order)
			k.loop = append(k.loop, s)
		}
	}
	k.world.Commit(p)
}

// arrange brings the events of a phase into order, most often finding them so.
func arrange(due []Event) {
	for i := 1; i < len(due); i++ {
		if due[i].Order > due[i-1].Order {
			continue
		}
		slices.SortFunc(due, func(a, b Event) int { return cmp.Compare(a.Order, b.Order) })
		for i := 1; i < len(due); i++ {
			if due[i].Order == due[i-1].Order {
				clash(&due[i])
			}
		}
		return
	}
}

// clash reports two events with one key: a bug in the simulator.
func clash(e *Event) {
	panic(fmt.Sprintf("des: two events with the key (%v, %#x)", e.At, e.Order))
}

// livelock names the sources that took part in the last rounds, and those that
// would go on.
func (k *Kernel) livelock() error {
	err := &LivelockError{At: k.now, Sources: k.loop}
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
