package quantile

import (
	"fmt"
	"math/bits"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Tracker is a sketch that keeps one of its quantiles up to date.
//
// It knows in which bucket the quantile is and how many delays are below that. With one more
// delay either grows by one at most, so the quantile moves by one bucket that is not empty, if
// at all; which that is the bits of used ones tell at once.
type Tracker struct {
	sketch     Sketch
	quantile   float64
	at, column int
	below      uint64 // delays in lower buckets
}

// NewTracker returns a tracker of a quantile: 0.99 for the 99th percentile.
func NewTracker(quantile float64) (*Tracker, error) {
	if !(quantile >= 0 && quantile <= 1) {
		return nil, fmt.Errorf("a quantile of %v: it is from 0 to 1, 0.99 for the 99th percentile", quantile)
	}
	return &Tracker{quantile: quantile}, nil
}

// Sketch returns the sketch, to read from.
func (t *Tracker) Sketch() *Sketch { return &t.sketch }

// Add takes a delay. Less than nothing counts as nothing.
func (t *Tracker) Add(d vtime.Duration) {
	d = max(0, d)
	at, column := place(d)
	t.sketch.note(d, at, column)
	if t.sketch.count == 1 {
		t.at, t.column = at, column
		return
	}
	if at < t.at || at == t.at && column < t.column {
		t.below++
	}
	switch k := rank(t.quantile, t.sketch.count); {
	case t.below >= k:
		t.down()
	case t.below+t.here() < k:
		t.up()
	}
}

// Value returns the quantile, what Sketch().Quantile would; 0 if there is no delay.
func (t *Tracker) Value() vtime.Duration {
	return t.sketch.value(rank(t.quantile, t.sketch.count), t.at, t.column)
}

// here is how many delays are in the bucket.
func (t *Tracker) here() uint64 { return t.sketch.rows[t.at].counts[t.column] }

// up goes to the next bucket that is not empty; there is one.
func (t *Tracker) up() {
	t.below += t.here()
	higher := t.sketch.rows[t.at].used &^ (1<<(t.column+1) - 1)
	if higher == 0 {
		t.at = bits.TrailingZeros64(t.sketch.used &^ (1<<(t.at+1) - 1))
		higher = t.sketch.rows[t.at].used
	}
	t.column = bits.TrailingZeros64(higher)
}

// down goes to the one before.
func (t *Tracker) down() {
	lower := t.sketch.rows[t.at].used & (1<<t.column - 1)
	if lower == 0 {
		t.at = bits.Len64(t.sketch.used&(1<<t.at-1)) - 1
		lower = t.sketch.rows[t.at].used
	}
	t.column = bits.Len64(lower) - 1
	t.below -= t.here()
}

// Archive archives the delays; where the quantile is follows from them.
func (t *Tracker) Archive(a *snapshot.Archive) {
	t.sketch.Archive(a)
	if a.Reading() {
		t.find()
	}
}

// find looks for the quantile from the beginning.
func (t *Tracker) find() {
	t.at, t.column, t.below = 0, 0, 0
	if t.sketch.count == 0 {
		return
	}
	t.at = bits.TrailingZeros64(t.sketch.used)
	t.column = bits.TrailingZeros64(t.sketch.rows[t.at].used)
	for k := rank(t.quantile, t.sketch.count); t.below+t.here() < k; {
		t.up()
	}
}
