package signal

import "github.com/harmproof/harmproof/sim/vtime"

// A Tape records what a signal told and plays it back, looped. It keeps the last
// Span of what it heard, at most MaxTape values.
type Tape struct {
	Span    vtime.Duration
	times   []vtime.Time
	values  []float64
	first   int
	stop    vtime.Time // the end of the recording, once stopped
	stopped bool
	cut     bool
}

// MaxTape is how many values a tape keeps.
const MaxTape = 1 << 20

// Record hears a value.
func (t *Tape) Record(now vtime.Time, x float64) {
	if t.stopped {
		return
	}
	t.times, t.values = append(t.times, now), append(t.values, x)
	// Keep the last value from before the window: it holds where the window begins.
	for t.first+1 < len(t.times) && t.times[t.first+1] <= now.Add(-t.Span) {
		t.first++
	}
	if len(t.times)-t.first > MaxTape {
		t.first, t.cut = t.first+1, true
	}
	if t.first > len(t.times)/2 && t.first > 1024 {
		n := copy(t.times, t.times[t.first:])
		copy(t.values, t.values[t.first:])
		t.times, t.values, t.first = t.times[:n], t.values[:n], 0
	}
}

// Stop ends the recording. A tape that is stopped stays as it is: it can be
// played many times.
func (t *Tape) Stop(now vtime.Time) {
	if !t.stopped {
		t.stop, t.stopped = now, true
	}
}

// Cut reports whether the window held more values than a tape keeps.
func (t *Tape) Cut() bool { return t.cut }

// Play returns the value of so long after the beginning of the recorded window,
// looped; otherwise where nothing was recorded.
func (t *Tape) Play(after vtime.Duration, otherwise float64) float64 {
	if len(t.times) == t.first {
		return otherwise
	}
	span := min(t.Span, t.stop.Sub(0))
	at := t.stop.Add(-span)
	if span > 0 {
		at = at.Add(after % span)
	}
	lo, hi := t.first, len(t.times)-1
	for lo < hi { // the last one not after at
		mid := (lo + hi + 1) / 2
		if t.times[mid] <= at {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return t.values[lo]
}
