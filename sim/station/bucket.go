package station

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Bucket limits what of a class gets to the queue: in any t seconds at most Burst + Rate*t
// bytes. The zero Bucket limits nothing.
type Bucket struct{ Burst, Rate float64 }

// Valid returns what is wrong with a bucket, if anything.
func (b Bucket) Valid() error {
	if fits := func(x float64) bool { return x >= 0 && x < 1<<62 }; !fits(b.Burst) || !fits(b.Rate) {
		return fmt.Errorf("a token bucket of %v bytes and %v a second: neither is negative", b.Burst, b.Rate)
	}
	return nil
}

// tokens is what is in a bucket that was full at the start.
type tokens struct {
	spent float64 // of the burst, at since
	since vtime.Time
}

// take takes so many bytes out, if they are there.
func (t *tokens) take(b Bucket, now vtime.Time, bytes float64) bool {
	if b == (Bucket{}) {
		return true
	}
	spent := max(0, t.spent-float64(b.Rate*float64(now-t.since))/1e9) + bytes
	if spent > b.Burst {
		return false
	}
	t.spent, t.since = spent, now
	return true
}

func (t *tokens) archive(a *snapshot.Archive) {
	snapshot.Float(a, &t.spent)
	snapshot.Int(a, &t.since)
}
