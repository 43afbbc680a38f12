package device

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Rater is a device that may tell as a rate what others tell message by message: it sends none, and
// whoever takes in what it tells counts them.
type Rater interface {
	// Rate returns how often each member tells something, nil where it tells by messages.
	Rate() *Rate
}

// A Rate is how often something is told.
type Rate struct {
	Every   vtime.Duration // period
	InStep  bool           // all members tell at the same times
	Random  bool           // at random times, so often on average
	Rejoins vtime.Duration // after it was down, it tells something within so long
}

// RateOf returns the rate of a device, nil where it has none.
func RateOf(d Device) *Rate {
	if r, ok := d.(Rater); ok {
		return r.Rate()
	}
	return nil
}

// WasDown is how much later than it was due a reading is, as a share of its period, of a device
// that was down meanwhile: more than a clock goes wrong.
const WasDown = 0.01

// RejoinDraws is how many draws Rejoin takes.
const RejoinDraws = 6

// Rejoining reports whether a reading that is so late comes as a device rejoins.
func (r *Rate) Rejoining(late vtime.Duration) bool {
	return r.Rejoins > 0 && vtime.Seconds(late) > float64(WasDown*vtime.Seconds(r.Every))
}

// Rejoin draws how long after it was down a device tells its first reading: the third of six uniform
// draws is distributed as Beta(3, 4).
func (r *Rate) Rejoin(draw func() float64) vtime.Duration {
	var draws [RejoinDraws]float64
	for i := range draws {
		draws[i] = draw()
	}
	slices.Sort(draws[:])
	return max(1, vtime.Duration(float64(draws[2]*float64(r.Rejoins))))
}
