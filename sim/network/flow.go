package network

import (
	"strconv"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Cell is a cell of each member of a device: Slot + m*Stride.
type Cell struct {
	Slot   signal.Slot
	Stride int32
}

// At returns the cell of member m.
func (c Cell) At(m int) signal.Slot { return c.Slot + signal.Slot(c.Stride)*signal.Slot(m) }

// A Pair is one value of a flow: where it is told and where it is heard.
type Pair struct {
	From, To Cell
	// News is a cell that counts the messages heard. There is none where its Slot
	// is 0, which is the clock's, or less.
	News Cell
	// Point is the first of the store's points, one for each member of the
	// sender, that fold the value for this receiver alone, or -1.
	Point int32
}

// A Flow is all that one device tells another.
type Flow struct {
	Sender, Receiver     int32      // devices
	SenderAt, ReceiverAt int32      // their members 0, among all members of the system
	SendAs, AskAs        des.Source // whose counters number its messages and its polls
	Count                int32      // members of the receiver, each with a message of its own
	// Member is the one member of the sender that tells, or -1: each member tells
	// the receiver's member of its number, or the only one tells all.
	Member int32
	// Broadcast says that the sender has one member and tells all.
	Broadcast bool
	By        signal.Writer
	// Period is how often the receiver asks; 0 where the sender tells of its own
	// accord.
	Period vtime.Duration
	Path   *Path

	first, n int32 // its values in the book
}

// A Path is the links that messages travel, shared by all flows that take them.
type Path []Link

// A Book lists the flows of a system.
type Book struct {
	Flows []Flow
	// Name returns the name of a device.
	Name func(device int32) string

	pairs []Pair
}

// Reserve makes room for so many flows with so many values.
func (b *Book) Reserve(flows, values int) {
	b.Flows, b.pairs = make([]Flow, 0, flows), make([]Pair, 0, values)
}

// Add adds a flow that has no values yet.
func (b *Book) Add(f Flow) {
	f.first, f.n = int32(len(b.pairs)), 0
	b.Flows = append(b.Flows, f)
}

// Carry adds a value to the flow that was added last.
func (b *Book) Carry(p Pair) {
	b.pairs = append(b.pairs, p)
	b.Flows[len(b.Flows)-1].n++
}

// Pairs returns the values of a flow.
func (b *Book) Pairs(f *Flow) []Pair { return b.pairs[f.first : f.first+f.n] }

// user names a flow as a user of chance: all flows between two devices apart.
func (b *Book) user(f *Flow) string {
	name := b.Name(f.Sender) + ">" + b.Name(f.Receiver)
	if f.Member >= 0 {
		name += "[" + strconv.Itoa(int(f.Member)) + "]"
	}
	if f.Period > 0 {
		name += " every " + f.Period.String()
	}
	return name
}

// Teller returns the member of the sender that tells the receiver's member m.
func (f *Flow) Teller(m int) int {
	switch {
	case f.Member >= 0:
		return int(f.Member)
	case f.Broadcast:
		return 0
	}
	return m
}

// A Disturbance is what an injection does to the messages of a flow while it
// lasts. Those of one flow act one after the other, each with luck of its own.
type Disturbance struct {
	Name string // of the step, which its luck goes by
	// Place is the step's place in the file, Part the operation's in the step.
	Place, Part uint32
	Loss        float64        // probability that a message is lost; 1 blocks
	Delay       vtime.Duration // more
	Only        int            // the sender's member, from 1 on, that it is about; 0: all
	By          signal.Writer
	Roots       signal.Mask
	// Effects counts the messages it lost or delayed.
	Effects uint64
}

// Counts is what became of the messages of a run.
type Counts struct {
	Sent      uint64 // messages told, and answers to requests
	Requests  uint64 // of polls
	Delivered uint64 // of Sent
	Lost      uint64 // of Sent and Requests, on their way or because nobody was there
}
