package des

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// blank is a World without state.
type blank struct{}

func (blank) Commit(Phase)  {}
func (blank) Settle() error { return nil }

// A holder is the HOLD model with handlers: each event schedules one that is
// later by an exponential delay.
type holder struct {
	k      *Kernel
	delays []vtime.Duration // drawn beforehand: what is measured is the kernel
	next   uint32
	target uint32
}

const drawn = 1 << 12

func newHolder(k *Kernel, pending int) *holder {
	h := &holder{k: k, delays: make([]vtime.Duration, drawn)}
	key := rng.New(1, "hold", "delay")
	for i := range h.delays {
		h.delays[i] = vtime.Duration(key.Exponential(uint64(i)) * 1e9)
	}
	h.target = k.Register(h)
	for i := range pending {
		h.again(uint32(i))
	}
	return h
}

func (h *holder) again(member uint32) {
	d := h.delays[h.next%drawn]
	h.next++
	h.k.Schedule(h.k.Now().Add(d), React, Source(member&63), h.target, member, 0)
}

func (h *holder) Handle(e Event) { h.again(e.Member) }

func BenchmarkKernelHold(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000, 10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			k, err := New(blank{}, 64)
			require.NoError(b, err)
			newHolder(k, n)
			step := vtime.Duration(1e9 / float64(n)) // between events, on average
			run := func(events int) {
				require.NoError(b, k.Run(k.Now().Add(step*vtime.Duration(events)), nil))
			}
			run(2*n + 1000)
			b.ReportAllocs()
			b.ResetTimer()
			before := k.Events
			run(b.N)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(k.Events-before), "ns/event")
		})
	}
}
