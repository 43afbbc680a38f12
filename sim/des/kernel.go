package des

import (
	"fmt"

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

// place returns the first order of a phase and a source.
func place(p Phase, s Source) uint64 {
	return uint64(p)<<(counterBits+sourceBits) | uint64(s)<<counterBits
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
	running  record
	due      uint8            // the phases that have events in here, as bits
	here     [phases][]record // due at (now, round), beyond the queue's
	next     [phases][]record // due at (now, round+1)
	waiting  int              // events in next
	handlers []Handler
	counters []uint64 // by source
	world    World

	timing    uint32 // the target of timers' events
	deadlines []deadline
	owners    []owner // of the deadlines
	stale     int     // events in the queue of timers that have a nearer one

	asked uint64   // Instants when Run last asked whether to go on
	loop  []Source // of the events in the last rounds of a livelock
}

// An Option changes how a kernel is made.
type Option func(k *Kernel)

// Compact makes a kernel take as little memory as it can, with room for so many
// pending events from the start: 32 bytes for each. It is slower with more than a
// few dozen of them, some four times with a million. The order is the same.
func Compact(events int) Option {
	return func(k *Kernel) { k.queue.compact(events) }
}

// New returns a kernel at time 0 with so many sources.
func New(w World, sources int, options ...Option) (*Kernel, error) {
	if sources > MaxSources {
		return nil, fmt.Errorf("%d sources of events, at most %d can be ordered", sources, MaxSources)
	}
	k := &Kernel{world: w, counters: make([]uint64, sources), timing: noTimers}
	for _, o := range options {
		o(k)
	}
	return k, nil
}

// Register adds a handler and returns the target that reaches it.
func (k *Kernel) Register(h Handler) (target uint32) {
	k.handlers = append(k.handlers, h)
	return uint32(len(k.handlers) - 1)
}

// Wrap puts a handler around each of the handlers. That of timers only hands on.
func (k *Kernel) Wrap(around func(h Handler) Handler) {
	for i, h := range k.handlers {
		if uint32(i) != k.timing {
			k.handlers[i] = around(h)
		}
	}
}

// Now returns the virtual time.
func (k *Kernel) Now() vtime.Time { return k.now }

// Round returns n of the superdense instant (t, n).
func (k *Kernel) Round() uint32 { return k.round }

// Phase returns the phase that runs.
func (k *Kernel) Phase() Phase { return k.phase }

// Running returns the event that is handled, or was last.
func (k *Kernel) Running() Event { return k.running.event() }

// Waiting reports whether a further round of this time is to come.
func (k *Kernel) Waiting() bool { return k.waiting > 0 }

// Pending returns how many events wait.
func (k *Kernel) Pending() int {
	n := k.queue.Len() - k.stale + k.waiting
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
	return place(p, s) | c
}

// Schedule makes an event pending. At the current time it runs in this round
// where its phase is still to come, else in the next.
func (k *Kernel) Schedule(at vtime.Time, p Phase, s Source, target, member uint32, arg uint64) {
	e := record{at, k.Reserve(p, s), address(target, member), arg}
	if at > k.now { // as schedule has it, which is not inlined
		k.queue.push(e)
		return
	}
	k.scheduleNow(e)
}

// ScheduleAs makes an event with a reserved order pending. An event in the past
// is a bug in the simulator and panics.
func (k *Kernel) ScheduleAs(e Event) { k.schedule(pack(e)) }

func (k *Kernel) schedule(e record) {
	if e.at > k.now {
		k.queue.push(e)
		return
	}
	k.scheduleNow(e)
}

func (k *Kernel) scheduleNow(e record) {
	p := phaseOf(e.order)
	switch {
	case e.at < k.now:
		panic(fmt.Sprintf("des: event for %v scheduled at %v", e.at, k.now))
	case !k.inside:
		k.queue.push(e)
	case p > k.phase:
		k.here[p] = append(k.here[p], e)
		k.due |= 1 << p
	default:
		k.next[p] = append(k.next[p], e)
		k.waiting++
	}
}
