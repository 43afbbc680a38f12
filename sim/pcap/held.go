package pcap

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// mostHeld is how many messages and arrivals are held back. Beyond that the first is
// written without what becomes of it.
const mostHeld = 1 << 16

// A key tells messages on their way apart.
type key struct {
	flow     int
	number   uint64
	response bool
}

// An event is a message that was sent, or that arrived, before it is written.
type event struct {
	key
	at      vtime.Time
	arrival bool
	settled bool // what becomes of it is known
	refusal network.Refusal
	lost    string
	comment []byte
	values  []float64
}

// held is events in the order of time: what becomes of a message is part of what is
// said where it is sent, so it waits for that, and all that comes later waits for it.
type held struct {
	queue []*event
	begin int            // in queue
	open  map[key]*event // messages that are not settled
	free  []*event
}

// add returns a new event at the end.
func (h *held) add() *event {
	var e *event
	if last := len(h.free) - 1; last >= 0 {
		e = h.free[last]
		h.free = h.free[:last]
		*e = event{comment: e.comment[:0], values: e.values[:0]}
	} else {
		e = &event{}
	}
	if h.begin > len(h.queue)/2 {
		h.queue, h.begin = append(h.queue[:0], h.queue[h.begin:]...), 0
	}
	h.queue = append(h.queue, e)
	return e
}

// first returns the first event if it is settled, or if there are more than so many.
func (h *held) first(most int) *event {
	if n := len(h.queue) - h.begin; n == 0 || n <= most && !h.queue[h.begin].settled {
		return nil
	}
	return h.queue[h.begin]
}

// drop takes the first event away.
func (h *held) drop() {
	e := h.queue[h.begin]
	h.begin++
	if !e.settled {
		delete(h.open, e.key)
	}
	h.free = append(h.free, e)
}
