package des

import "github.com/harmproof/harmproof/sim/vtime"

// An Event is a pending event as data: 32 bytes, no pointers. Events are ordered
// by At, then by Order; two events never have equal keys.
type Event struct {
	At vtime.Time
	// Order is phase (2 bits), source (20 bits) and the source's own counter (42
	// bits), so that comparing it compares all three.
	Order uint64
	// Target names the handler; Member the member of a device with a count.
	Target uint32
	Member uint32
	// Arg is the handler's own: an index into a pool, a deadline, a number.
	Arg uint64
}

// A record is an Event in four words. The compiler keeps a struct in registers if
// it has at most four fields. An Event has five: it would be put together in
// memory word by word and then copied in halves, and a CPU that loads what was
// stored in smaller parts waits until they have left its store buffer, for longer
// than all else takes that a push does.
type record struct {
	at    vtime.Time
	order uint64
	to    uint64 // target and, in the upper half, member
	arg   uint64
}

func pack(e Event) record {
	return record{at: e.At, order: e.Order, to: address(e.Target, e.Member), arg: e.Arg}
}

func address(target, member uint32) uint64 { return uint64(member)<<32 | uint64(target) }

// event returns r as others see it.
func (r record) event() Event {
	return Event{At: r.at, Order: r.order, Target: uint32(r.to), Member: uint32(r.to >> 32), Arg: r.arg}
}

// before reports whether r comes before s in the total order.
func (r record) before(s record) bool {
	return r.at < s.at || r.at == s.at && r.order < s.order
}
