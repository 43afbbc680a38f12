package des

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/harmproof/harmproof/sim/vtime"
)

// scramble makes orders come out of order, and keeps them distinct.
const scramble = 0x9e3779b97f4a7c15

// A heapQueue is what the ladder is measured against.
type heapQueue struct{ heap }

func (q *heapQueue) peek() bool { return len(q.heap) > 0 }

// holdBoth benchmarks the HOLD model with both: n events pending, and each one that is
// popped pushes one that is later by a delay. The time of drawing it is included
// (exponential: 5 ns). Orders are step apart.
func holdBoth(b *testing.B, n int, d delay, step uint64) {
	b.Run(fmt.Sprintf("ladder/%d", n), func(b *testing.B) { holdIn(b, &Queue{}, n, d, step) })
	b.Run(fmt.Sprintf("heap/%d", n), func(b *testing.B) { holdIn(b, &heapQueue{}, n, d, step) })
}

func holdIn[Q interface {
	*Queue | *heapQueue
	push(record)
	peek() bool
	pop() record
}](b *testing.B, q Q, n int, d delay, step uint64) {
	r := rand.New(rand.NewPCG(1, 2))
	order := uint64(0)
	for range n {
		order += step
		q.push(record{at: d(r, order), order: order})
	}
	run := func(times int) {
		for range times {
			q.peek()
			e := q.pop()
			order += step
			e.at += d(r, order)
			e.order = order
			q.push(e)
		}
	}
	run(2*n + 1000) // into the steady state
	b.ReportAllocs()
	b.ResetTimer()
	run(b.N)
}

func exponential(r *rand.Rand, _ uint64) vtime.Time { return vtime.Time(r.ExpFloat64() * 1e9) }

// pareto has the shape 1.1: one delay in 10 000 is over 4000 times the least.
func pareto(r *rand.Rand, _ uint64) vtime.Time {
	return vtime.Time(min(1e6*math.Pow(1-r.Float64(), -1/1.1), 1e15))
}

// mixed has nine messages to a timer.
func mixed(r *rand.Rand, _ uint64) vtime.Time {
	if r.Uint32()%10 > 0 {
		return vtime.Time(1e6 + r.Uint32()%1024)
	}
	return exponential(r, 0)
}

// atOneTime makes all events fall on one instant, again and again.
func atOneTime(*rand.Rand, uint64) vtime.Time { return 1e9 }

// atOnce makes all events fall on one instant for ever.
func atOnce(*rand.Rand, uint64) vtime.Time { return 0 }

func BenchmarkQueueHold(b *testing.B) {
	for _, n := range []int{1, 10, 30, 100, 10_000, 1_000_000} {
		holdBoth(b, n, exponential, scramble)
	}
}

func BenchmarkQueueHeavyTail(b *testing.B) {
	for _, n := range []int{100, 10_000, 1_000_000} {
		holdBoth(b, n, pareto, scramble)
	}
}

func BenchmarkQueueMixed(b *testing.B) {
	for _, n := range []int{10, 40, 10_000} {
		holdBoth(b, n, mixed, scramble)
	}
}

func BenchmarkQueueBurst(b *testing.B) { holdBoth(b, 100_000, atOneTime, scramble) }

// Devices that tick together push in the order they were popped in.
func BenchmarkQueueBurstInOrder(b *testing.B) { holdBoth(b, 100_000, atOneTime, 1) }

func BenchmarkQueueOneInstant(b *testing.B) { holdBoth(b, 100_000, atOnce, scramble) }
