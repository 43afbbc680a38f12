package formula

import "github.com/harmproof/harmproof/sim/vtime"

// An Instant is superdense: a time, and a round of it.
type Instant struct {
	At    vtime.Time
	Round int32
}

// Before reports whether the instant is earlier than another.
func (i Instant) Before(j Instant) bool { return i.At < j.At || i.At == j.At && i.Round < j.Round }

// After returns the first instant of the time after the instant's.
func (i Instant) After() Instant { return Instant{At: i.At.Add(1)} }

// Never is later than all instants.
var Never = Instant{At: vtime.Never}
