package main

import (
	"fmt"
	"math"
	"time"

	"github.com/jedib0t/go-pretty/v6/progress"

	"github.com/harmproof/harmproof/sim/vtime"
)

// patience is how long a run takes before a person wants to know how far it is.
const patience = time.Second

// A bar shows how far a run is: simulated time, speed, time left. It appears on a
// terminal only, and only for a run that takes a while. This is the one place
// that looks at a clock.
type bar struct {
	*app
	name    string
	end     vtime.Time
	now     func() time.Time
	began   time.Time
	writer  progress.Writer
	tracker *progress.Tracker
	done    chan struct{}
}

func newBar(a *app, name string, end vtime.Time, now func() time.Time) *bar {
	return &bar{app: a, name: name, end: end, now: now, began: now()}
}

// reached is told how far the run is.
func (b *bar) reached(at vtime.Time) {
	if !b.terminal || b.now().Sub(b.began) < patience {
		return
	}
	if b.writer == nil {
		b.start()
	}
	b.tracker.UpdateMessage(b.message(at))
	b.tracker.SetValue(min(int64(at), int64(b.end)-1))
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

// start begins to draw.
func (b *bar) start() {
	b.writer = progress.NewWriter()
	b.writer.SetOutputWriter(b.err)
	b.writer.SetTerminalWidth(columns - 1)
	b.writer.SetTrackerLength(16)
	b.writer.SetTrackerPosition(progress.PositionRight)
	b.writer.SetUpdateFrequency(200 * time.Millisecond)
	style := b.writer.Style()
	style.Visibility = progress.StyleVisibility{Percentage: true, Tracker: true}
	style.Options.PercentFormat = "%2.0f%%"
	style.Options.Separator = "  "
	b.tracker = &progress.Tracker{Total: int64(b.end), AutoStopDisabled: true}
	b.writer.AppendTracker(b.tracker)
	b.done = make(chan struct{})
	go func() {
		defer close(b.done)
		b.writer.Render()
	}()
}

// stop takes the bar off the screen.
func (b *bar) stop() {
	if b.writer == nil {
		return
	}
	for !b.writer.IsRenderInProgress() {
		time.Sleep(time.Millisecond)
	}
	b.writer.Stop()
	<-b.done
	fmt.Fprint(b.err, "\x1b[A\x1b[2K\r")
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
