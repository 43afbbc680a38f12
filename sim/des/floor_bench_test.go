package des

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A floor is what a loop does that was written by hand for one pattern: the typed
// queue and a switch; no sources, no phases, no world, no handlers, nothing that
// is called through an interface.
type floor struct {
	Queue
	tape    *tape
	counter uint64
}

func (f *floor) later(now vtime.Time, to, arg uint64) {
	f.counter++
	f.push(record{now.Add(f.tape.next()), f.counter, to, arg})
}

func (f *floor) next() record {
	f.peek()
	return f.pop()
}

type holdFloor struct{ floor }

func newHoldFloor(n int, t *tape) *holdFloor {
	f := &holdFloor{floor{tape: t}}
	for m := range uint64(n) {
		f.later(0, m, 0)
	}
	return f
}

func (f *holdFloor) run(work int) uint64 {
	for range work {
		e := f.next()
		f.later(e.at, e.to, 0)
	}
	return uint64(work)
}

// A shuffledFloor has a source in the order: what is measured is how the queue
// does with many ties out of order.
type shuffledFloor struct {
	holdFloor
	sources *[drawn]Source
}

func (f *shuffledFloor) run(work int) uint64 {
	for range work {
		e := f.next()
		f.counter++
		at := e.at.Add(f.tape.next())
		f.push(record{at, uint64(f.sources[f.tape.i%drawn])<<counterBits | f.counter, e.to, 0})
	}
	return uint64(work)
}

// A timerFloor has deferred deadlines. Events with the argument 1 are theirs.
type timerFloor struct {
	floor
	timers []deadline
	wait   vtime.Duration
	cancel bool // requests, else watchdogs
}

func newTimerFloor(n int, t *tape, wait vtime.Duration, cancel bool) *timerFloor {
	f := &timerFloor{floor: floor{tape: t}, wait: wait, cancel: cancel}
	for m := range uint64(n) {
		f.timers = append(f.timers, deadline{at: vtime.Never, pending: vtime.Never})
		f.counter++
		f.push(record{firstBeat(uint32(m)), f.counter, m, 0})
	}
	return f
}

func (f *timerFloor) run(work int) uint64 {
	done := 0
	for done < work {
		e := f.next()
		d := &f.timers[e.to]
		switch e.arg {
		case 0:
			done++
			f.counter++
			d.at, d.order = e.at.Add(f.wait), f.counter
			if d.at < d.pending {
				f.wake(d, e.to)
			}
			if f.cancel {
				f.later(e.at, e.to, 2)
			} else {
				f.later(e.at, e.to, 0)
			}
		case 1:
			if d.order == e.order && d.at == e.at {
				panic("a timer was due")
			}
			if d.pending = vtime.Never; d.at < vtime.Never {
				f.wake(d, e.to)
			}
		default:
			done++
			d.at = vtime.Never
			f.later(e.at, e.to, 0)
		}
	}
	return uint64(done)
}

func (f *timerFloor) wake(d *deadline, to uint64) {
	d.pending, d.place = d.at, d.order
	f.push(record{d.at, d.order, to, 1})
}

type singleFloor struct {
	floor
	busy   bool
	queued int
}

func newSingleFloor() *singleFloor {
	f := &singleFloor{floor: floor{tape: newTape(exponentially)}}
	f.later(0, 0, 0)
	return f
}

func (f *singleFloor) run(work int) uint64 {
	for done := 0; done < work; {
		e := f.next()
		switch {
		case e.arg == 0:
			done++
			f.later(e.at, 0, 0)
			if f.busy {
				f.queued++
				break
			}
			f.busy = true
			f.serve(e.at)
		case f.queued == 0:
			f.busy = false
		default:
			f.queued--
			f.serve(e.at)
		}
	}
	return uint64(work)
}

func (f *singleFloor) serve(now vtime.Time) {
	f.counter++
	f.push(record{now.Add(f.tape.next() * 4 / 5), f.counter, 0, 1})
}

func (f *floor) pending() int { return f.Len() }

// against runs both by turns, so that noise hits both, and prints the median of
// each and how fast the kernel is as a part of its floor.
func against(b *testing.B, kernel, floor worker) {
	const turns = 9
	var ns [2][]float64
	both := []worker{kernel, floor}
	for _, w := range both {
		w.run(3*w.pending() + 1000) // into the steady state
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range turns {
		for i, w := range both {
			start := b.Elapsed()
			done := w.run(b.N/turns + 1)
			ns[i] = append(ns[i], float64((b.Elapsed()-start).Nanoseconds())/float64(max(done, 1)))
		}
	}
	for i := range ns {
		slices.Sort(ns[i])
	}
	k, f := ns[0][turns/2], ns[1][turns/2]
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(k, "ns/event")
	b.ReportMetric(f, "floor-ns/event")
	b.ReportMetric(f/k, "x-floor")
}

func BenchmarkHold(b *testing.B) {
	for _, n := range []int{1, 10, 100, 10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			against(b, newHolding(n, newTape(exponentially)), newHoldFloor(n, newTape(exponentially)))
		})
	}
}

func BenchmarkHeavyTail(b *testing.B) {
	for _, n := range []int{100, 10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			against(b, newHolding(n, newTape(heavily)), newHoldFloor(n, newTape(heavily)))
		})
	}
}

// Devices that tick together, most often in the order of their sources.
func BenchmarkTogether(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			against(b, newHolding(n, newTape(together)), newHoldFloor(n, newTape(together)))
		})
		b.Run(fmt.Sprintf("shuffled/%d", n), func(b *testing.B) {
			kernel := newShuffling(n, newTape(together))
			against(b, kernel, &shuffledFloor{*newHoldFloor(n, newTape(together)), &kernel.sources})
		})
	}
}

// Heartbeats with one period, and with one that wanders by a tenth.
func BenchmarkWatchdog(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			t := newTape(together)
			against(b, newWatching(n, t), newTimerFloor(n, t, watchdogWait, false))
		})
		b.Run(fmt.Sprintf("jittered/%d", n), func(b *testing.B) {
			against(b, newWatching(n, newTape(jittered)), newTimerFloor(n, newTape(jittered), watchdogWait, false))
		})
	}
}

// Everything is cancelled.
func BenchmarkCancelled(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			against(b, newRequesting(n), newTimerFloor(n, newTape(exponentially), requestWait, true))
		})
	}
}

// The queue M/M/1, by customer: two events and two delays each.
func BenchmarkSingleServer(b *testing.B) { against(b, newServing(), newSingleFloor()) }

// The heap that takes little memory, beside the ladder: bytes that live, for each
// event that is pending.
func BenchmarkMemory(b *testing.B) {
	const n = 1_000_000
	for _, options := range [][]Option{nil, {Compact(n)}} {
		b.Run([]string{"ladder", "compact"}[len(options)], func(b *testing.B) {
			t := newTape(exponentially)
			before := live()
			h := newHolding(n, t, options...)
			h.run(3 * n)
			bytes := float64(live()-before) / float64(h.Pending())
			b.ResetTimer()
			h.run(b.N)
			b.ReportMetric(bytes, "B/pending")
		})
	}
}

func live() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
