package network

import (
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Fate is what became of a message.
type Fate uint8

// The fates.
const (
	Arrived    Fate = iota
	Lost            // on its way by chance or by an injection, or nobody was there
	Dropped         // because too much waited for a link
	Blocked         // by a rule, a diode, or the range of radio, before it was sent
	Refused         // by the guard of its receiver
	NeedsLogin      // to pass a conduit, which its sender has no credentials for
)

// String returns the fate as people say it.
func (f Fate) String() string {
	return nameOf([]string{"arrived", "lost", "dropped", "blocked", "refused", "needs login"}, int(f))
}

// A Watcher is told what becomes of the messages of flows that are Watched.
type Watcher interface {
	// Resolved is told of the message of a number; where is the link on which it
	// ended, -1 where that is none; influence is what could have mattered to that.
	Resolved(flow int32, member int, serial uint64, fate Fate, where int32, influence signal.Mask)
}

// A Gate asks the guards of receivers.
type Gate interface {
	// Admit decides about a message at the door of its receiver. It may change the
	// values that are offered and hold some of them, and adds to the offer's influence
	// whatever else its answer depends on. The offer is valid during the call.
	Admit(flow int32, member int, o *check.Offer) (accept bool)
}

// A Warden decides whether a message of a Warded flow may be sent at all: whoever hands
// something on may ask whether its receiver may have it now.
type Warden interface {
	// Allow decides about the next message to a member, and says what its answer depends on.
	Allow(flow int32, member int) (ok bool, influence signal.Mask)
}

// A Packet is a message as it is seen on the wire.
type Packet struct {
	Flow    int32
	Member  int // of the receiver
	Serial  uint64
	Request bool // of a poll
	Again   uint8
	At      vtime.Time
	Began   vtime.Time // when it was sent last; of a request At
	Bytes   int32
	// Changed is the step that has the last word in its values for this receiver alone,
	// Held the one that delays or loses it, by their places; -1 where there is none.
	Changed, Held int32
	// Values are those that it carries, valid during the call; none for a request.
	Values []float64
}

// A Tap sees every message, for captures. What it does must not touch the run.
type Tap interface {
	Sent(p *Packet)
	// Gone says what became of it; where is the link on which it ended, or -1. What is
	// Blocked or NeedsLogin was not Sent before.
	Gone(p *Packet, fate Fate, where int32)
}

// An Ear hears of messages that need nothing but time, where they leave: they get no
// envelope for it. What it does must not touch the run.
type Ear interface {
	// Passed tells of a message that leaves now, or of a request, and when it arrives;
	// vtime.Never where it is lost on its way.
	Passed(flow int32, member int, request bool, arrives vtime.Time)
	// Deserted tells of a message that has come when nobody was there.
	Deserted(flow int32, member int)
	// Tap is told of all others.
	Tap
}
