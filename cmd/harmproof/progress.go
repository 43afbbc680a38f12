package main

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/harmproof/harmproof/sim/vtime"
)

// patience is how long a run takes before a person wants to know how far it is.
const patience = time.Second

// A bar shows how far a run is: simulated time, speed, time left. It appears on a
// terminal only, and only for a run that takes a while. This is the one place
// that looks at a clock.
//
// It is one line that is written over: a library for it would be a tenth of what
// the first run on a new machine has to compile.
type bar struct {
	*app
	name  string
	end   vtime.Time
	now   func() time.Time
	began time.Time
	drawn time.Time // when last
}

func newBar(a *app, name string, end vtime.Time, now func() time.Time) *bar {
	return &bar{app: a, name: name, end: end, now: now, began: now()}
}

// How often the bar is drawn, and how long it is.
const (
	refresh = 200 * time.Millisecond
	length  = 16
)

// reached is told how far the run is.
func (b *bar) reached(at vtime.Time) {
	now := b.now()
	if !b.terminal || now.Sub(b.began) < patience || now.Sub(b.drawn) < refresh {
		return
	}
	b.drawn = now
	share := min(1, at.Seconds()/b.end.Seconds())
	full := int(share * length)
	fmt.Fprintf(b.err, "\r%s  [%s%s] %2.0f%%\x1b[K", b.message(at),
		strings.Repeat("#", full), strings.Repeat(".", length-full), 100*share)
}

// message is what stands before the bar.
func (b *bar) message(at vtime.Time) string {
	took := b.now().Sub(b.began).Seconds()
	speed := at.Seconds() / took
	left := "-"
	if speed > 0 {
		left = time.Duration((b.end - at).Seconds() / speed * 1e9).Round(time.Second).String()
	}
	return fmt.Sprintf("%s  %s of %s  %s x real time  %s left", cut(b.name, 24), coarse(at), coarse(b.end), rounded(speed), left)
}

// stop takes the bar off the screen.
func (b *bar) stop() {
	if !b.drawn.IsZero() {
		fmt.Fprint(b.err, "\r\x1b[K")
	}
}

// coarse writes a time to the second, of days to the hour.
func coarse(t vtime.Time) string {
	if t < vtime.Time(vtime.Day) {
		return time.Duration(t).Round(time.Second).String()
	}
	return fmt.Sprintf("%dd%02dh", t/vtime.Time(vtime.Day), t%vtime.Time(vtime.Day)/vtime.Time(vtime.Hour))
}

// rounded writes a factor to two digits.
func rounded(x float64) string {
	if x <= 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return "-"
	}
	unit := math.Pow(10, math.Floor(math.Log10(x))-1)
	if unit < 1 {
		return fmt.Sprintf("%.2g", x)
	}
	return fmt.Sprintf("%.0f", math.Round(x/unit)*unit)
}
