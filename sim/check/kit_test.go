package check

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A bench is one guard over a column, where what is accepted is written at once.
type bench struct {
	*State
	v []float64
	n uint64
}

func newBench(t testing.TB, g Guard) *bench {
	t.Helper()
	require.Empty(t, g.Mistakes())
	return &bench{State: NewState([]Guard{g}), v: make([]float64, 32)}
}

func (b *bench) frame() *signal.Frame { return &signal.Frame{V: b.v} }

// judge judges an offer and writes what is accepted.
func (b *bench) judge(o *Offer) Decision {
	d := b.Judge(0, 0, o, b.frame())
	if d.Accept {
		g := b.guards[0]
		for i, x := range o.Values {
			if o.Held == nil || !o.Held[i] {
				b.v[g.Objects[o.Objects[i]].Slot] = x
			}
		}
	}
	return d
}

// tell offers a value of an object after so many seconds.
func (b *bench) tell(seconds float64, object int32, x float64) Decision {
	b.n++
	at := vtime.Time(vtime.FromSeconds(seconds))
	return b.judge(&Offer{At: at, Sent: at, Counter: b.n, Claimed: 1, Objects: []int32{object}, Values: []float64{x}})
}

// objects are objects with cells from 1 on.
func objects(n int) (list []Object) {
	for i := range n {
		list = append(list, Object{Name: string(rune('a' + i)), Slot: signal.Slot(1 + i)})
	}
	return list
}
