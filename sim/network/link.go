package network

import "github.com/harmproof/harmproof/sim/vtime"

// DefaultLatency is what a message takes within a zone, or where there are no
// zones.
const DefaultLatency = vtime.Millisecond

// DefaultQueue is how many bytes may wait for a link whose Queue is 0.
const DefaultQueue = 64 << 10

// A Link is how a zone's own network, a conduit or a device's port carries
// messages.
type Link struct {
	Name      string
	Latency   vtime.Duration // at least
	Jitter    vtime.Duration // uniformly up to so much more
	Loss      float64        // probability, 0 to 1
	Unordered bool           // messages may overtake one another
	// Bandwidth is in bit/s; 0 is without limit. All messages in one direction share
	// it: those of a conduit and of a port each way apart, those of a zone together.
	Bandwidth float64
	// Queue is how many bytes may wait in one direction; 0 means DefaultQueue.
	Queue int
	// Priority names devices and signals whose messages go first; nobody where it is empty.
	Priority []string
	// Radio makes it channels of LoRa, nil where it is none.
	Radio *Radio
	// Shared says that both directions share the bandwidth, as in a zone's network.
	Shared bool
}

// Shares reports whether messages on it matter to one another.
func (l *Link) Shares() bool { return l.Bandwidth > 0 || l.Radio != nil }

// room returns how many bytes may wait in one direction.
func (l *Link) room() int {
	if l.Queue > 0 {
		return l.Queue
	}
	return DefaultQueue
}

// A Hop is a link that a message takes, and in which direction: that of a conduit
// is from an earlier zone of its Joins to a later one, that of a port from its
// device to the zone's network. A zone's own network has one direction.
type Hop struct {
	Link int32 // index in Topology.Links
	Back bool  // against the direction
}

// Size returns how many bytes a message of so many values has on the wire where
// nobody says otherwise: Ethernet, IP and TCP headers, four bytes of address and
// function, eight for each value, and at least the least frame of Ethernet.
func Size(values int) int32 { return int32(max(64, 14+20+20+4+8*values)) }
