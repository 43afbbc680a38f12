package sim

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A ConflictError says that two handlers of a device set one signal to different
// values at one instant.
type ConflictError struct {
	Signal string
	A, B   string // the handlers
	At     vtime.Time
}

// Error implements error.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s and %s both set %s at %v, to different values; let one rule set it", e.A, e.B, e.Signal, e.At)
}

// conflict ends the run where two handlers of one device contradict one another.
func (w *world) conflict(slot signal.Slot, a, b signal.Writer) {
	x, y := w.plan.writer(a), w.plan.writer(b)
	if x.kind != wroteHandler || y.kind != wroteHandler || w.err != nil {
		return
	}
	w.err = &ConflictError{w.plan.Signals.At(slot).Path(), x.what, y.what, w.kernel.Now()}
}

// A NotFiniteError says that a signal became NaN or infinite.
type NotFiniteError struct {
	Signal string
	Value  float64
	At     vtime.Time
}

// Error implements error.
func (e *NotFiniteError) Error() string {
	return fmt.Sprintf("%s became %v at %v (a division by 0, or a root or a logarithm of less than 0?)", e.Signal, e.Value, e.At)
}

// notFinite ends the run where a signal is no number any more.
func (w *world) notFinite(slot signal.Slot, value float64) {
	if w.err == nil && w.digest.shows(slot) {
		w.err = &NotFiniteError{w.plan.Signals.At(slot).Path(), value, w.kernel.Now()}
	}
}
