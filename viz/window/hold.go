package window

import (
	"time"

	"github.com/harmproof/harmproof/viz/draw"
)

// How soon after another, and how near, a press is its double.
const (
	soon = 400 * time.Millisecond
	near = 6 // pixels
)

// A presses remembers the last press of the button.
type presses struct {
	when  time.Duration
	where draw.Point
	armed bool
}

// double reports whether a press is the second of two.
func (p *presses) double(now time.Duration, at draw.Point) bool {
	d := at.Minus(p.where)
	second := p.armed && now-p.when <= soon && max(d.X, -d.X) <= near && max(d.Y, -d.Y) <= near
	*p = presses{now, at, !second}
	return second
}

// When a key that is held counts again, and how often from then on.
const (
	delay  = 400 * time.Millisecond
	period = 40 * time.Millisecond
)

// A repeats remembers when each of the silent keys counts again.
type repeats [len(silent)]time.Duration

// due reports whether a key counts now.
func (r *repeats) due(i int, held, pressed bool, now time.Duration) bool {
	switch {
	case pressed:
		r[i] = now + delay
		return true
	case held && r[i] > 0 && now >= r[i]:
		r[i] = now + period
		return true
	case !held:
		r[i] = 0
	}
	return false
}
