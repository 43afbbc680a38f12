package expression

import (
	"testing"

	"github.com/harmproof/harmproof/sim/signal"
)

// keeping keeps the extremes of every cell in one of its own.
type keeping struct {
	*world
	asked int
}

// Extreme implements Keeper.
func (k *keeping) Extreme(signal.Slot, int32, bool) (signal.Slot, bool) {
	k.asked++
	k.column = append(k.column, 77)
	return signal.Slot(len(k.column) - 1), true
}

// The extreme of a signal of all members is read where it is kept. What is computed of it, or changes with time, is not
// kept; and what reads it still hears of each member.
func TestKept(t *testing.T) {
	for text, want := range map[string]float64{`max(drive.speed)`: 77, `min(drive.speed)`: 77, `max(-drive.speed)`: -1, `sum(drive.speed)`: 10} {
		k := &keeping{world: newWorld()}
		e, errs := Number(text, nil, k)
		if len(errs) > 0 {
			t.Fatal(text, errs)
		}
		if got := e.Eval(k.column, 0); got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
		if len(e.Reads) != 1 || e.Reads[0].Count != fleetSize {
			t.Errorf("%s reads %v", text, e.Reads)
		}
		if (want == 77) != (k.asked == 1) {
			t.Errorf("%s asked %d times for what is kept", text, k.asked)
		}
	}
}
