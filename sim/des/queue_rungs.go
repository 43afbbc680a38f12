package des

import (
	"iter"
	"math/bits"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// maxRungs bounds the depth of the ladder. A rung made of a bucket is at least 8
// times finer than the one the bucket is from, so that 21 would divide all of time
// into nanoseconds. Only an adversary gets to maxRungs; from there on sorting and
// the heap do the work, in O(log n).
const maxRungs = 20

// A rung divides the time from start to last into n buckets of 1<<shift
// nanoseconds, and one more for the rest. Both ends are part of it: there is no
// instant after Never to serve as the end that is not.
type rung struct {
	start, last vtime.Time
	shift       uint
	n           int
	base        int // where its buckets begin in Queue.buckets
	cur         int // those before it are done
}

// find returns where in Queue.buckets the bucket of t is.
func (r *rung) find(t vtime.Time) int {
	return r.base + int(min(uint64(t-r.start)>>(r.shift&63), uint64(r.n)))
}

// end returns the last instant of the first i buckets.
func (r *rung) end(i int) vtime.Time {
	span := uint64(i)<<(r.shift&63) - 1
	return r.start + vtime.Time(min(span, uint64(r.last-r.start)))
}

// fill moves the next events into the empty bottom. There must be some.
func (q *Queue) fill() {
	for {
		b := q.take()
		if b.n <= smallLen || q.depth == maxRungs {
			q.load(b)
			return
		}
		start := vtime.Never
		for _, events := range q.chunks.of(b) {
			for i := range events {
				start = min(start, events[i].at)
			}
		}
		if start == q.last { // one instant
			q.load(b)
			return
		}
		q.spread(b, start)
	}
}

// take removes the next bucket that is not empty, and the rungs that are done.
// The bottom then lasts until the end of that bucket.
func (q *Queue) take() bucket {
	for {
		r := &q.rungs[q.depth-1]
		for r.cur < r.n {
			b := q.buckets[r.base+r.cur]
			r.cur++
			if b.n > 0 {
				q.last = r.end(r.cur)
				return b
			}
		}
		rest := q.buckets[r.base+r.n]
		q.last = r.last
		q.buckets = q.buckets[:r.base]
		q.depth--
		if rest.n > 0 {
			return rest
		}
	}
}

// spread moves the events of b, none of them before start, to a new rung. It takes
// over the time from start to the end of the bottom, which must be empty.
func (q *Queue) spread(b bucket, start vtime.Time) {
	// How many bits does the time since start have, for three quarters of them?
	var events [65]uint32
	for _, chunk := range q.chunks.of(b) {
		for i := range chunk {
			events[bits.Len64(uint64(chunk[i].at-start))]++
		}
	}
	width, sum := 0, events[0]
	for sum < b.n-b.n/4 {
		width++
		sum += events[width]
	}
	// The leading ones tell the bucket, with some 4 to 8 events in each: enough to
	// share the cost of a bucket, and few enough to sort at once if they bunch up.
	leading := min(width, bits.Len32(b.n/8))
	r := rung{start: start, last: q.last, shift: uint(width - leading), n: 1 << leading, base: len(q.buckets)}
	q.buckets = grow(q.buckets, r.n+1)
	clear(q.buckets[r.base:])
	q.rungs[q.depth] = r
	q.depth++
	q.last = start - 1
	for c, chunk := range q.chunks.of(b) {
		for i := range chunk {
			q.chunks.add(&q.buckets[r.find(chunk[i].at)], chunk[i])
		}
		q.chunks.release(c)
	}
}

// A bucket is an unsorted list of n events. They lie in a ring of chunks, all full
// but the last, tail. What is first in is first out, because devices that tick
// together are in order then, and to sort what is sorted is cheap.
type bucket struct {
	tail uint32
	n    uint32
}

// chunkLen is a power of two; 8 events are 4 cache lines.
const chunkLen = 8

// The chunks are the memory of all buckets. There are no pointers in it for the
// garbage collector to follow, and a chunk that comes free serves any bucket.
//
// With very many events they are out of the cache, while buckets and links are
// in it. So an event is added without reading a chunk, and chunks are read
// without waiting for one to tell where the next one is.
type chunks struct {
	events []record // chunk c is events[c*chunkLen:][:chunkLen]
	link   []uint32 // the next chunk in the ring, or the next free one
	free   uint32   // the first free chunk
	nfree  int
}

// add appends e to b.
func (s *chunks) add(b *bucket, e record) {
	slot := b.n % chunkLen
	if slot == 0 {
		s.extend(b)
	}
	s.events[int(b.tail)*chunkLen+int(slot)] = e
	b.n++
}

// extend appends a chunk to b.
func (s *chunks) extend(b *bucket) {
	c := s.free
	if s.nfree > 0 {
		s.free = s.link[c]
		s.nfree--
	} else {
		c = uint32(len(s.link))
		s.link = append(s.link, 0)
		s.events = grow(s.events, chunkLen)
	}
	if b.n == 0 {
		s.link[c] = c
	} else {
		s.link[c] = s.link[b.tail]
		s.link[b.tail] = c
	}
	b.tail = c
}

// release frees chunk c. The last one freed is the first one used again, as it
// still is in the cache.
func (s *chunks) release(c uint32) {
	s.link[c] = s.free
	s.free = c
	s.nfree++
}

// of yields the chunks of b and the events in them. The one at hand may be
// released.
func (s *chunks) of(b bucket) iter.Seq2[uint32, []record] {
	return func(yield func(uint32, []record) bool) {
		if b.n == 0 {
			return
		}
		c := s.link[b.tail]
		for left := int(b.n); left > 0; left -= chunkLen {
			next := s.link[c]
			if !yield(c, s.events[int(c)*chunkLen:][:min(left, chunkLen)]) {
				return
			}
			c = next
		}
	}
}

// grow makes s longer by n, by whatever the memory there holds.
func grow[T any](s []T, n int) []T {
	return slices.Grow(s, n)[:len(s)+n]
}
