package des

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A delay is how much later than now the i-th event is pushed.
type delay func(r *rand.Rand, i uint64) vtime.Time

var delays = map[string]delay{
	"exponential": exponential,
	"heavy tail":  pareto,
	"mixed":       mixed,
	"together":    atOneTime,
	"at once":     atOnce,
	"next":        func(r *rand.Rand, _ uint64) vtime.Time { return vtime.Time(r.IntN(3)) },
	"clusters":    func(r *rand.Rand, _ uint64) vtime.Time { return vtime.Time(r.IntN(4)*1e12 + r.IntN(100)) },
	"ever later":  func(_ *rand.Rand, i uint64) vtime.Time { return vtime.Time(i) },
	"ever nearer": func(_ *rand.Rand, i uint64) vtime.Time { return 1<<50 - vtime.Time(i)*1000 },
	// all magnitudes alike: the worst for buckets of one width
	"magnitudes": func(r *rand.Rand, _ uint64) vtime.Time { return 1<<r.IntN(62) + vtime.Time(r.IntN(2)) },
	"far":        func(r *rand.Rand, _ uint64) vtime.Time { return vtime.Never - vtime.Time(r.IntN(2)*r.IntN(1000)) },
}

// A pair is a queue and what it should hold.
type pair struct {
	q     Queue
	model []Event // sorted, the least last
	now   vtime.Time
	order uint64
}

func latestFirst(e, f Event) int {
	return cmp.Or(cmp.Compare(f.At, e.At), cmp.Compare(f.Order, e.Order))
}

func (p *pair) push(at vtime.Time) {
	p.order++
	e := Event{At: at, Order: p.order * scramble, Target: uint32(p.order), Member: 7, Arg: ^p.order}
	p.q.Push(e)
	i, _ := slices.BinarySearchFunc(p.model, e, latestFirst)
	p.model = slices.Insert(p.model, i, e)
}

func (p *pair) pop(t require.TestingT) {
	last := len(p.model) - 1
	require.Equal(t, p.model[last], p.q.Pop())
	p.now, p.model = p.model[last].At, p.model[:last]
}

// check compares everything that can be seen without changing the order of what is
// done, and then what cannot be seen.
func (p *pair) check(t require.TestingT) {
	require.Equal(t, len(p.model), p.q.Len())
	want := slices.Clone(p.model)
	slices.Reverse(want)
	got := p.q.Append([]Event{{Arg: 5}})
	require.Equal(t, Event{Arg: 5}, got[0])
	require.Empty(t, cmp.Or(len(want)-len(got[1:]), slices.Compare(keys(want), keys(got[1:]))), "Append")
	checkInside(t, &p.q)
}

func (p *pair) peek(t require.TestingT) {
	at, ok := p.q.Next()
	if len(p.model) == 0 {
		require.False(t, ok)
		_, ok = p.q.Peek()
		require.False(t, ok)
		return
	}
	require.True(t, ok)
	require.Equal(t, p.model[len(p.model)-1].At, at)
	e, ok := p.q.Peek()
	require.True(t, ok)
	require.Equal(t, p.model[len(p.model)-1], e)
}

func keys(events []Event) []uint64 {
	k := make([]uint64, 0, 2*len(events))
	for _, e := range events {
		k = append(k, uint64(e.At), e.Order)
	}
	return k
}

// checkInside checks the invariants: every event is in its part of time, the parts
// do not overlap, and no chunk is lost.
func checkInside(t require.TestingT, q *Queue) {
	inRange := func(events []record, from, to vtime.Time) {
		for _, e := range events {
			if e.at < from || e.at > to {
				require.Fail(t, "an event out of its range", "%v not in %v to %v", e.at, from, to)
			}
		}
	}
	n, used := len(q.run)-q.head+len(q.spill), 0
	if q.depth > 0 {
		inRange(q.run[q.head:], -1<<63, q.last)
		inRange(q.spill, -1<<63, q.last)
		require.Equal(t, vtime.Never, q.rungs[0].last)
	}
	require.True(t, slices.IsSortedFunc(q.run[q.head:], func(e, f record) int { return latestFirst(f.event(), e.event()) }))
	from := q.last
	for i := q.depth - 1; i >= 0; i-- {
		r := &q.rungs[i]
		for k := r.cur; k <= r.n; k++ {
			to := r.last
			if k < r.n {
				to = r.end(k + 1)
			}
			b := q.buckets[r.base+k]
			for _, events := range q.chunks.of(b) {
				inRange(events, from+1, to)
				used++
			}
			n += int(b.n)
			from = to
		}
		require.Equal(t, r.last, from)
	}
	require.Equal(t, q.Len(), n)
	require.Equal(t, len(q.chunks.link), used+q.chunks.nfree, "chunks in use and free")
}

func TestQueueAgainstSortedSlice(t *testing.T) {
	names := make([]string, 0, len(delays))
	for name := range delays {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		p := &pair{}
		if rapid.Bool().Draw(t, "compact") {
			p.q.compact(10)
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		count := rapid.OneOf(rapid.IntRange(1, 4), rapid.IntRange(40, 60), rapid.IntRange(1, 400))
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) { p.check(t) },
			"push": func(t *rapid.T) {
				delay := delays[rapid.SampledFrom(names).Draw(t, "delay")]
				for range count.Draw(t, "n") {
					p.push(p.now.Add(vtime.Duration(delay(r, p.order))))
				}
			},
			"pop": func(t *rapid.T) {
				for range min(count.Draw(t, "n"), len(p.model)) {
					p.pop(t)
				}
			},
			"hold": func(t *rapid.T) {
				delay := delays[rapid.SampledFrom(names).Draw(t, "delay")]
				for range count.Draw(t, "n") {
					if len(p.model) > 0 {
						p.pop(t)
					}
					p.push(p.now.Add(vtime.Duration(delay(r, p.order))))
				}
			},
			"peek": func(t *rapid.T) { p.peek(t) },
			"clear": func(t *rapid.T) {
				if rapid.IntRange(0, 9).Draw(t, "really") == 0 {
					p.q.Clear()
					p.model, p.now = nil, 0
				}
			},
			"push earlier": func(t *rapid.T) { // than it should be
				for range count.Draw(t, "n") {
					p.push(vtime.Time(r.Int64N(1 + int64(p.now>>1))))
				}
			},
		})
		for len(p.model) > 0 {
			p.pop(t)
		}
		p.peek(t)
	})
}

// Long runs get to where short random ones do not: many rungs, the heap, and
// buckets that fill while they wait.
func TestQueueAgainstHeap(t *testing.T) {
	for name, delay := range delays {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(3, 4))
			var q Queue
			var h heap
			order := uint64(0)
			push := func(now vtime.Time) {
				order++
				e := Event{At: now.Add(vtime.Duration(delay(r, order))), Order: order * scramble, Arg: order}
				q.Push(e)
				h.push(pack(e))
			}
			for range 20_000 {
				push(0)
			}
			for i := 0; len(h) > 0; i++ {
				e, f := h.pop().event(), q.Pop()
				if e != f {
					require.Equal(t, e, f, "event %d", i)
				}
				for range r.IntN(3) {
					if i < 60_000 {
						push(e.At)
					}
				}
				if i%10_000 == 0 {
					checkInside(t, &q)
				}
			}
			checkInside(t, &q)
			require.Zero(t, q.Len())
		})
	}
}

func TestQueueEmpty(t *testing.T) {
	var q Queue
	_, ok := q.Next()
	require.False(t, ok)
	_, ok = q.Peek()
	require.False(t, ok)
	require.Zero(t, q.Len())
	require.Empty(t, q.Append(nil))
	require.Panics(t, func() { q.Pop() })
	q.Clear()
	q.Push(Event{At: vtime.Never, Arg: 1})
	require.Equal(t, Event{At: vtime.Never, Arg: 1}, q.Pop())
	require.Panics(t, func() { q.Pop() })
}

// Equal keys are a bug of the kernel, which must get them back to find it.
func TestQueueKeepsEqualKeys(t *testing.T) {
	var q Queue
	for i := range 1000 {
		q.Push(Event{At: vtime.Time(i % 10 * 1000), Order: 1, Arg: uint64(i)})
	}
	seen := map[uint64]bool{}
	for q.Len() > 0 {
		seen[q.Pop().Arg] = true
	}
	require.Len(t, seen, 1000)
}

// To look at what is next and then push something earlier narrows the bottom a
// little each time. The ladder must not grow without end.
func TestQueueDepthIsBounded(t *testing.T) {
	p := &pair{}
	deepest := 0
	for at, step := vtime.Time(1<<55), vtime.Time(1<<40); at > step; at -= at/50 + 1 {
		for range bottomLen + 1 {
			p.push(at + vtime.Time(p.order%8))
		}
		p.peek(t)
		deepest = max(deepest, p.q.depth)
	}
	require.Equal(t, maxRungs, deepest, "the test does not test what it should")
	p.check(t)
	for len(p.model) > 0 {
		p.pop(t)
	}
}

func TestQueueDoesNotAllocate(t *testing.T) {
	for _, name := range []string{"exponential", "heavy tail", "mixed", "together", "at once", "clusters", "next"} {
		for _, n := range []int{1, 40, 5000} {
			r := rand.New(rand.NewPCG(5, 6))
			var q Queue
			order := uint64(0)
			push := func(now vtime.Time) {
				order++
				q.Push(Event{At: now + delays[name](r, order), Order: order * scramble})
			}
			for range n {
				push(0)
			}
			hold := func() {
				for range 1000 {
					push(q.Pop().At)
				}
			}
			for range 100 {
				hold()
			}
			require.Zero(t, testing.AllocsPerRun(20, hold), "%s, %d pending", name, n)
		}
	}
}

// What a burst needs is kept for the next one, and no more.
func TestQueueMemoryFollowsHighWater(t *testing.T) {
	var q Queue
	size := func() int {
		return cap(q.run) + cap(q.raw) + cap(q.spill) + cap(q.chunks.events) + cap(q.buckets)/4
	}
	burst := func() {
		now := q.now
		for i := range uint64(100_000) {
			q.Push(Event{At: now + vtime.Time(i*scramble>>34), Order: i})
		}
		for q.Len() > 0 {
			q.Pop()
		}
	}
	for range 3 {
		burst()
	}
	first := size()
	require.Less(t, first, 300_000, "slots for 100 000 events")
	for range 20 {
		burst()
	}
	require.Equal(t, first, size())
	q.Clear()
	burst()
	require.Equal(t, first, size())
}
