package signal

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/interval"
)

// A box knows the cells that were added last, few or many, and of all others what
// is in the column.
func TestBox(t *testing.T) {
	v := make([]float64, 2000)
	for i := range v {
		v[i] = -float64(i)
	}
	b := &Box{V: v}
	rapid.Check(t, func(t *rapid.T) {
		b.Clear()
		moves := map[Slot]bool{}
		for _, slot := range rapid.SliceOfNDistinct(rapid.Int32Range(0, 1999), 0, 300, rapid.ID).Draw(t, "slots") {
			moves[Slot(slot)] = true
			b.Add(Slot(slot))
			b.Put(b.Len()-1, interval.Point(float64(slot)+0.5))
		}
		for slot := range Slot(2000) {
			want := v[slot]
			if moves[slot] {
				want = float64(slot) + 0.5
			}
			require.Equal(t, interval.Point(want), b.Of(slot))
		}
	})
}
