package des

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Queue is the future event list: a priority queue of events in their total
// order. The zero value is an empty queue.
//
// It is a ladder queue (Tang, Goh and Thng, 2005). Only the nearest events are
// kept sorted, in the bottom. Later ones lie unsorted in the buckets of rungs.
// When the bottom is empty, the next bucket is sorted into it, or, if it is long,
// first spread over the finer buckets of a new rung. So an event is moved a few
// times in its life, however many are pending: a push and a pop cost O(1) on
// average, and O(log n) where n events share one instant.
//
//	     bottom            rungs[1]                  rungs[0]
//	|..............|.....|.....|....rest....|.......|.......|....rest....>
//	now         last                                                 Never
//
// Three things are not in the paper. Buckets are 2^k nanoseconds wide, so that
// finding one is a shift. A rung is made as fine as three quarters of its events
// allow and has one last bucket for the rest, so that a few far-away events do
// not make all buckets useless; in rungs[0] that is the paper's "top". And a heap
// takes what is pushed into an instant that has many events already, which no
// rung can divide.
//
// What is pushed should not be earlier than what was popped. The kernel sees to
// that; here it is legal, but slow.
//
// A queue that is compact has no rungs: the bottom overflows into the heap, which
// then holds all but a few events.
type Queue struct {
	n   int        // events pending
	now vtime.Time // of the event popped last

	// The bottom holds all events up to last: in run[head:], sorted, and in spill.
	last  vtime.Time
	head  int
	run   []record
	raw   []record // what run is sorted from
	spill heap

	// The rungs, each nearer and finer than the one before it. They come and go
	// as a stack, and so do their buckets.
	depth   int
	rungs   [maxRungs]rung
	buckets []bucket

	chunks chunks // what the buckets hold

	flat bool // no rungs: the heap takes what the bottom does not
}

// compact makes the empty queue one that is a heap, but for the few events of the
// bottom, and takes no more memory than what is pending, with room for n events.
func (q *Queue) compact(n int) {
	q.flat, q.spill = true, make(heap, 0, n)
}

// Len returns the number of pending events.
func (q *Queue) Len() int { return q.n }

// Push adds e.
func (q *Queue) Push(e Event) { q.push(pack(e)) }

func (q *Queue) push(e record) {
	q.n++
	if e.at > q.last && q.depth > 0 {
		i := q.depth - 1
		for e.at > q.rungs[i].last { // not beyond rungs[0], which lasts for ever
			i--
		}
		q.chunks.add(&q.buckets[q.rungs[i].find(e.at)], e)
		return
	}
	if len(q.run)-q.head < bottomLen {
		q.insert(e)
		return
	}
	q.overflow(e)
}

// Pop removes the least event and returns it. It panics if there is none.
func (q *Queue) Pop() Event {
	q.peek()
	return q.pop().event()
}

// Peek returns the least event, false if there is none.
func (q *Queue) Peek() (Event, bool) {
	if !q.peek() {
		return Event{}, false
	}
	return q.run[q.head].event(), true
}

// peek brings the least event to run[head], where it is most often. It reports
// whether there is one. That it is apart from pop lets both be inlined.
func (q *Queue) peek() bool {
	return q.head < len(q.run) && len(q.spill) == 0 || q.least()
}

// front returns the event that peek found.
func (q *Queue) front() record { return q.run[q.head] }

// drop removes e, the event that peek found.
func (q *Queue) drop(e record) {
	q.head++
	q.n--
	q.now = e.at
}

// pop removes the event that peek found and returns it.
func (q *Queue) pop() record {
	e := q.front()
	q.drop(e)
	return e
}

// Next returns the time of the least event, false if there is none.
func (q *Queue) Next() (vtime.Time, bool) {
	if q.peek() {
		return q.run[q.head].at, true
	}
	return 0, false
}

// Clear makes the queue as good as new. It keeps the memory.
func (q *Queue) Clear() {
	*q = Queue{
		run:     q.run[:0],
		raw:     q.raw[:0],
		spill:   q.spill[:0],
		buckets: q.buckets[:0],
		chunks:  chunks{events: q.chunks.events[:0], link: q.chunks.link[:0]},
		flat:    q.flat,
	}
}

// Append appends the pending events to dst, in their order. They stay pending.
func (q *Queue) Append(dst []Event) []Event {
	old := len(dst)
	dst = slices.Grow(dst, q.n)
	add := func(events []record) {
		for i := range events {
			dst = append(dst, events[i].event())
		}
	}
	add(q.run[q.head:])
	add(q.spill)
	for _, r := range q.rungs[:q.depth] {
		for _, b := range q.buckets[r.base+r.cur : r.base+r.n+1] {
			for _, events := range q.chunks.of(b) {
				add(events)
			}
		}
	}
	slices.SortFunc(dst[old:], func(e, f Event) int {
		return cmp.Or(cmp.Compare(e.At, f.At), cmp.Compare(e.Order, f.Order))
	})
	return dst
}
