package queueing

import (
	"fmt"
	"math"
)

// A TokenBucket limits what passes in any t seconds to Burst + Rate*t. Burst is in bits, or
// whatever else is counted, and Rate in those a second.
type TokenBucket struct{ Burst, Rate float64 }

// Valid returns what is wrong with a bucket, if anything.
func (b TokenBucket) Valid() error {
	if err := natural("allowed burst", b.Burst); err != nil {
		return fmt.Errorf("token bucket: %w", err)
	}
	if err := natural("allowed rate", b.Rate); err != nil {
		return fmt.Errorf("token bucket: %w", err)
	}
	return nil
}

// Bound is the most that passes in so many seconds.
func (b TokenBucket) Bound(seconds float64) float64 { return b.Burst + float64(b.Rate*max(0, seconds)) }

// Lasts is how many seconds a source that sends at a peak rate fits into a full bucket: for
// ever, +Inf, where the peak is not above the bucket's rate.
func (b TokenBucket) Lasts(peak float64) float64 {
	if !(peak > b.Rate) {
		return math.Inf(1)
	}
	return b.Burst / (peak - b.Rate)
}

// Delay bounds the seconds that what passed the bucket waits for a server of a rate: +Inf
// where that is below the bucket's.
func (b TokenBucket) Delay(server float64) float64 {
	switch {
	case !(server >= b.Rate):
		return math.Inf(1)
	case b.Burst == 0:
		return 0
	}
	return b.Burst / server
}
