package truth

import (
	"slices"

	"github.com/harmproof/harmproof/sim/monitor/formula"
)

// A Value is what is known of a truth.
type Value int8

// The values.
const (
	False   Value = -1
	Unknown Value = 0
	True    Value = 1
)

// String returns the value in words.
func (v Value) String() string { return [...]string{"false", "unknown", "true"}[v+1] }

// A Run has a value from an instant on, up to the next run.
type Run struct {
	From  formula.Instant
	Value Value
}

// A piece has a value from an instant up to another one, without that. If it moves, its
// end moves on with time as long as no atom changes.
type piece struct {
	from, to formula.Instant
	value    Value
	moves    bool
}

// A span is a run of a course.
type span struct {
	from  formula.Instant
	moved uint32 // of what is unknown: the epoch in which it last began at an end that moves
	value Value
}

// A course is what is known of a node: spans, each up to the next one, the last without
// an end; neighbours differ. The spans before the head are dropped.
type course struct {
	spans []span
	head  int
	most  int                // how many spans there may be before somebody looks whether all are needed
	fresh []piece            // what became known in this step
	first [2]formula.Instant // when it was first false and first true
}

// find returns the span that an instant is in; the first one for what is dropped.
func (c *course) find(at formula.Instant) int {
	k := len(c.spans) - 1
	for near := max(c.head, k-6); k > near; k-- {
		if !at.Before(c.spans[k].from) {
			return k
		}
	}
	lo := c.head // the span is in [lo, k]
	for lo < k {
		if mid := (lo + k + 1) / 2; at.Before(c.spans[mid].from) {
			k = mid - 1
		} else {
			lo = mid
		}
	}
	return lo
}

// before returns the span that has the instants just before one.
func (c *course) before(at formula.Instant) int {
	k := c.find(at)
	if k > c.head && c.spans[k].from == at {
		k--
	}
	return k
}

// end is where a span ends.
func (c *course) end(k int) formula.Instant {
	if k+1 < len(c.spans) {
		return c.spans[k+1].from
	}
	return formula.Never
}

// moving reports whether a span ends where it does because time has come so far.
func (c *course) moving(k int, epoch uint32) bool {
	return k+1 < len(c.spans) && c.spans[k+1].value == Unknown && c.spans[k+1].moved == epoch
}

// piece returns a span.
func (c *course) piece(k int, epoch uint32) piece {
	return piece{c.spans[k].from, c.end(k), c.spans[k].value, c.moving(k, epoch)}
}

// fill makes known what a piece says, which lies in the unknown span k, and returns the
// span that what follows is in. moved is the epoch for what stays unknown there.
func (c *course) fill(k int, p *piece, moved uint32) int {
	a, b, v := p.from, p.to, p.value
	left, right := a == c.spans[k].from, b == c.end(k)
	joins := left && k > c.head && c.spans[k-1].value == v
	if joins && !right {
		c.spans[k].from, c.spans[k].moved = b, moved
		return k
	}
	meets := right && k+1 < len(c.spans) && c.spans[k+1].value == v
	switch {
	case joins && meets:
		return c.remove(k, 2) - 1
	case joins:
		return c.remove(k, 1)
	case meets && left:
		c.spans[k+1].from = a
		return c.remove(k, 1)
	case meets:
		c.spans[k+1].from = a
		return k + 1
	case left && right:
		c.spans[k].value = v
		return k + 1
	case left:
		k = c.insert(k, span{from: a, value: v})
		c.spans[k+1].from, c.spans[k+1].moved = b, moved
		return k + 1
	}
	k = c.insert(k+1, span{from: a, value: v})
	if !right {
		k = c.insert(k+1, span{from: b, value: Unknown, moved: moved}) - 1
	}
	return k + 1
}

// insert inserts a span before span k and returns where it is. It moves the shorter part.
func (c *course) insert(k int, s span) int {
	if c.head > 0 && k-c.head < len(c.spans)-k {
		copy(c.spans[c.head-1:], c.spans[c.head:k])
		c.head--
		c.spans[k-1] = s
		return k - 1
	}
	if len(c.spans) == cap(c.spans) && c.head > len(c.spans)/2 {
		c.spans = c.spans[:copy(c.spans, c.spans[c.head:])]
		k -= c.head
		c.head = 0
	}
	c.spans = append(c.spans, s)
	if k < len(c.spans)-1 {
		copy(c.spans[k+1:], c.spans[k:])
		c.spans[k] = s
	}
	return k
}

// remove removes n spans from span k on, and returns where what followed them is.
func (c *course) remove(k, n int) int {
	if k-c.head < len(c.spans)-k-n {
		copy(c.spans[c.head+n:], c.spans[c.head:k])
		c.head += n
		return k + n
	}
	c.spans = slices.Delete(c.spans, k, k+n)
	return k
}
