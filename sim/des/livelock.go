package des

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A LivelockError says that one virtual time would not end.
type LivelockError struct {
	At vtime.Time
	// Sources are those whose events keep it going, in order.
	Sources []Source
}

// Error implements error.
func (e *LivelockError) Error() string {
	return fmt.Sprintf("time stands still at %v: %d rounds at one instant (livelock)", e.At, MaxRounds)
}

// livelock names the sources that took part in the last rounds, and those that
// would go on.
func (k *Kernel) livelock() error {
	err := &LivelockError{At: k.now, Sources: k.loop}
	for p := range k.next {
		for _, e := range k.next[p] {
			_, s := OrderOf(e.order)
			err.Sources = append(err.Sources, s)
		}
	}
	slices.Sort(err.Sources)
	err.Sources = slices.Compact(err.Sources)
	return err
}
