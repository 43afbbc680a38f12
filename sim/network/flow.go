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
	// Object is the value's number among the objects of the receiver's guard, plus 1;
	// 0 where it is none of them.
	Object int32
}

// A Flow is all that one device tells another.
type Flow struct {
	Sender, Receiver     int32      // devices
	SenderAt, ReceiverAt int32      // their members 0, among all members of the system
	SendAs, AskAs        des.Source // whose counters number its messages and its polls
	Count                int32      // members of the receiver, each with a message of its own; Gathers: of the sender
	// Member is the one member of the sender that tells, or -1: each member tells
	// the receiver's member of its number, or the only one tells all.
	Member int32
	// Broadcast says that the sender has one member and tells all.
	Broadcast bool
	// Gathers says that the receiver has one member and is told by all of the sender's:
	// Count is how many these are, and messages are numbered by them.
	Gathers bool
	// Carries is what its messages bring beside values: a number of the Host's, not 0.
	Carries int32
	// Dated says that what its messages bring goes by when they were sent.
	Dated bool
	// Apart tells flows between the same devices from one another, from 1 on; 0 where there is
	// one.
	Apart int32
	By    signal.Writer
	// Period is how often the receiver asks; 0 where the sender tells of its own
	// accord.
	Period vtime.Duration
	// Subscribed makes Period the sender's: so often it looks at its values, and sends
	// them if one has changed since it did last.
	Subscribed bool
	// Silent flows send only what is injected.
	Silent bool
	// Stream flows are Silent, and have a rate in place of messages: Surge.
	Stream bool
	// Watched flows have the network's Watcher told what becomes of each message.
	Watched bool
	// Warded flows have the network's Warden asked before each message.
	Warded bool
	// Path leads from who begins to the other one: from the receiver where it asks,
	// else from the sender. Its hops are numbered among the book's links.
	Path *Path

	Protocol Protocol
	Verb     Verb
	Security Security
	// Session is how long a session of OPC UA stays open while nothing gets through; 0
	// where it is never over.
	Session vtime.Duration
	// QoS is that of MQTT. With 1 a message that was lost is sent again after Retry,
	// maxAgain times at most; with 2 it is handed over only once it was confirmed that
	// it is the only one, a further round trip later.
	QoS   uint8
	Retry vtime.Duration
	// Topic is what its messages are about where those about other things between the
	// same devices are messages of their own: with a broker.
	Topic string
	Bytes int32 // on the wire, of a message; 0: Size of its values
	Asks  int32 // of a request; 0: Size of none

	// Door is where its messages wait to be served before they are handed over, AskDoor where its
	// requests do before they are answered.
	Door, AskDoor Door
	// Gauges of the book show how long its messages take.
	Gauges []int32

	Claims int32  // the device that its messages say they are from; -1: the sender
	Bears  uint64 // credentials that its messages bear at the start
	Guard  int32  // the receiver's guard, -1: none
	Lane   int32  // of the guard: the series of numbers that its messages say they are of
	// Objects are those of the guard that its messages are about without carrying a
	// value for them.
	Objects []int32

	first, n int32 // its values in the book
}

// Asked reports whether the receiver asks for the messages.
func (f *Flow) Asked() bool { return f.Period > 0 && !f.Subscribed }

// A Book lists the flows of a system.
type Book struct {
	Flows []Flow
	// Links are those that the hops of paths name: Topology.Links.
	Links []Link
	// Name returns the name of a device.
	Name   func(device int32) string
	Works  []Work
	Gauges []Gauge
	// Observer is the source of what only looks, and of links that let some go first; Until is
	// when the run ends.
	Observer des.Source
	Until    vtime.Time

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
	if f.Topic != "" {
		name += " about " + f.Topic
	}
	if f.Period > 0 {
		name += " every " + vtime.Shortest(f.Period)
	}
	if f.Subscribed {
		name += " subscribed"
	}
	if f.Apart > 0 {
		name += " apart " + strconv.Itoa(int(f.Apart))
	}
	if f.Silent {
		name += " injected"
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

// Hearer returns the member of the receiver that hears the message of a number.
func (f *Flow) Hearer(m int) int {
	if f.Gathers {
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

// Counts is what became of the messages of a run. Of those that were sent, all were
// delivered, refused or lost, or are under way; a message that is sent again is one.
type Counts struct {
	Sent      uint64 // messages told, and answers to requests
	Requests  uint64 // of polls
	Delivered uint64 // of Sent
	Lost      uint64 // of Sent and Requests, on their way or because nobody was there; Dropped included
	Dropped   uint64 // of Lost, because too much waited for a link
	Refused   uint64 // of Sent, by the guard of the receiver
	Blocked   uint64 // messages and requests that were not sent, because they cannot pass or lack a login
	Again     uint64 // how often a message was sent again
	Opened    uint64 // sessions of OPC UA that were opened anew
}
