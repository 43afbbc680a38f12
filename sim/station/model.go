package station

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/rng"
)

// Unlimited is the room of a class of which as many as like can wait.
const Unlimited = math.MaxInt

// MostServers and MostClasses are how many there can be.
const (
	MostServers = 1 << 20
	MostClasses = 64
)

// A Model is a station but for its state.
type Model struct {
	Servers int
	Service Service
	Classes []Class // in the order in which they are served; there is at least one
	Key     rng.Key // of the service times
}

// A Class is what all messages of a priority have in common.
type Class struct {
	Room  int // places to wait, those being served not included; 0 is none
	Limit Bucket
	Bytes int // of those who wait, at most; 0: as many as there are places for
}

// A Message is one that comes to a station.
type Message struct {
	ID    uint64 // says, with the station's key, how long it is served
	Size  int32  // bytes
	Class int32  // index in Model.Classes
	Tag   uint64 // whatever who offers it wants back with it
}

// Valid returns what is wrong with a model, if anything.
func (m *Model) Valid() error {
	if m.Servers < 1 || m.Servers > MostServers {
		return fmt.Errorf("a station with %d servers: it has from 1 to %d", m.Servers, MostServers)
	}
	if len(m.Classes) < 1 || len(m.Classes) > MostClasses {
		return fmt.Errorf("a station with %d classes of messages: it has from 1 to %d", len(m.Classes), MostClasses)
	}
	for i, c := range m.Classes {
		if c.Room < 0 {
			return fmt.Errorf("class %d has room for %d to wait: it is 0 or more", i, c.Room)
		}
		if c.Bytes < 0 {
			return fmt.Errorf("class %d has room for %d bytes to wait: it is 0 or more", i, c.Bytes)
		}
		if err := c.Limit.Valid(); err != nil {
			return fmt.Errorf("class %d: %w", i, err)
		}
	}
	return m.Service.Valid()
}
