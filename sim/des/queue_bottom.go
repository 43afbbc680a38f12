package des

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

const (
	// A bucket of at most smallLen events is sorted into the bottom as it is.
	smallLen = 32
	// From bottomLen events on, inserting another one costs more than a rung. The
	// gap to smallLen has several pushes pay for each new rung.
	bottomLen = 48
)

// least is peek where the bottom is empty or the heap is not.
func (q *Queue) least() bool {
	if q.head == len(q.run) && len(q.spill) == 0 {
		if q.n == 0 {
			return false
		}
		q.fill()
	}
	if len(q.spill) == 0 || q.head < len(q.run) && q.run[q.head].before(q.spill[0]) {
		return true
	}
	if q.head == 0 { // make the gap that Pop leaves
		q.run, q.head = slices.Insert(q.run, 0, record{}), 1
	}
	q.head--
	q.run[q.head] = q.spill.pop()
	return true
}

// insert puts e at its place in run. It goes from the end, because most timers are
// set to later than what is pending already; but among many timers a message is
// due sooner than half of them, and then it is shorter from the front, into the
// gap that Pop left. Either way beats a binary search in so short a run: the CPU
// guesses one branch wrong instead of several.
func (q *Queue) insert(e record) {
	live := q.run[q.head:]
	if half := len(live) / 2; half > 8 && q.head > 0 && e.before(live[half]) {
		q.head--
		live, i := q.run[q.head:], 0
		for ; live[i+1].before(e); i++ {
			live[i] = live[i+1]
		}
		live[i] = e
		return
	}
	if len(q.run) == cap(q.run) {
		q.run, q.head = slices.Grow(q.run[:copy(q.run, live)], bottomLen), 0
	}
	run, i := q.run[:len(q.run)+1], len(q.run)
	for ; i > q.head && e.before(run[i-1]); i-- {
		run[i] = run[i-1]
	}
	run[i] = e
	q.run = run
}

// overflow takes e when run is full. It spreads the bottom over a new rung, unless
// that would not help, as one instant cannot be divided, or would not pay, as
// fewer events came than would have to be moved: then e goes into the heap.
func (q *Queue) overflow(e record) {
	if q.depth == 0 {
		q.last = vtime.Never
	}
	live := q.run[q.head:]
	if q.flat || q.now == q.last || q.depth == maxRungs || len(q.spill)+bottomLen < len(live) {
		q.spill.push(e)
		return
	}
	// The rung starts now and not with the least event, or else pushes that come
	// ever earlier would make a rung of every bottom.
	q.least()
	start := min(q.now, q.run[q.head].at, e.at)
	live = q.run[q.head:]
	var b bucket
	for i := range live {
		q.chunks.add(&b, live[i])
	}
	for i := range q.spill {
		q.chunks.add(&b, q.spill[i])
	}
	q.chunks.add(&b, e)
	q.run, q.head, q.spill = q.run[:0], 0, q.spill[:0]
	q.spread(b, start)
}

// load sorts the events of b into the empty bottom.
func (q *Queue) load(b bucket) {
	q.raw = q.raw[:0]
	for c, events := range q.chunks.of(b) {
		q.raw = append(q.raw, events...)
		q.chunks.release(c)
	}
	q.head = 0
	if len(q.raw) > smallLen {
		sortLong(q.raw)
		q.run, q.raw = q.raw, q.run
		return
	}
	q.run = grow(q.run[:0], len(q.raw))
	sortShort(q.run, q.raw)
}

// sortShort sorts at most smallLen events of raw into sorted. It counts for each
// how many come before it, which is its place. That takes more comparisons than
// insertion, but insertion has a branch for each that is wrongly guessed, and
// here the outcome is the borrow of a subtraction of 128 bits.
func sortShort(sorted, raw []record) {
	const sign = 1 << 63 // orders signed numbers as unsigned ones
	var place [smallLen]uint8
	for i := range raw {
		at, order, n := uint64(raw[i].at)^sign, raw[i].order, i
		for j := range raw[:i] {
			f := &raw[j]
			_, less := bits.Sub64(order, f.order, 0)
			_, less = bits.Sub64(at, uint64(f.at)^sign, less)
			place[j] += uint8(less)
			n -= int(less)
		}
		place[i] = uint8(n)
	}
	for i := range raw {
		sorted[place[i]] = raw[i]
	}
}

// sortLong sorts events in place.
func sortLong(events []record) {
	slices.SortFunc(events, func(e, f record) int {
		if e.at != f.at {
			return cmp.Compare(e.at, f.at)
		}
		return cmp.Compare(e.order, f.order)
	})
}
