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

// before reports whether e comes before f in the total order.
func (e *Event) before(f *Event) bool {
	return e.At < f.At || e.At == f.At && e.Order < f.Order
}
