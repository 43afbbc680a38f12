package view

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

const (
	violationBegan = trace.ViolationBegan
	violationEnded = trace.ViolationEnded
)

// A span is a span of time.
type span struct{ from, to vtime.Time }

func (s span) length() float64 { return float64(s.to - s.from) }

// x is where a time is in a strip of pixels.
func (s span) x(at vtime.Time, left, width float32) float32 {
	return left + float32(float64(at-s.from)/math.Max(1, s.length()))*width
}

// at is the time at a place of a strip.
func (s span) at(x, left, width float32) vtime.Time {
	return s.from + vtime.Time(s.length()*float64((x-left)/max(1, width)))
}

// shortest is the least span that is looked at.
const shortest = vtime.Time(vtime.Microsecond)

// zoomed is the span that is a factor longer and keeps a time at its place, within all.
func (s span) zoomed(factor float64, keep vtime.Time, all span) span {
	length := math.Max(float64(shortest), math.Min(all.length(), s.length()*factor))
	part := float64(keep-s.from) / math.Max(1, s.length())
	from := vtime.Time(float64(keep) - part*length)
	return span{from, from + vtime.Time(length)}.within(all)
}

// within moves a span into another one.
func (s span) within(all span) span {
	length := min(s.to-s.from, all.to-all.from)
	from := max(all.from, min(all.to-length, s.from))
	return span{from, from + length}
}

// ticks are the steps of a time axis, in seconds.
var ticks = [...]float64{1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5,
	1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 2 * 86400, 5 * 86400,
	10 * 86400, 20 * 86400, 50 * 86400, 100 * 86400, 1000 * 86400, 10_000 * 86400, 100_000 * 86400}

// tick is the least step of which at most so many fit.
func (s span) tick(most float32) vtime.Time {
	for _, t := range ticks {
		if s.length()/1e9/t <= float64(most) {
			return vtime.Time(t * 1e9)
		}
	}
	return vtime.Time(ticks[len(ticks)-1] * 1e9)
}

// brief writes a time no finer than a step of an axis.
func brief(at, step vtime.Time) string {
	s := int64(at) / 1e9
	switch {
	case at == 0:
		return "0"
	case step >= vtime.Time(24*vtime.Hour):
		return fmt.Sprintf("%dd", s/86400)
	case step >= vtime.Time(vtime.Hour):
		if s < 86400 {
			return fmt.Sprintf("%dh", s/3600)
		}
		return fmt.Sprintf("%dd%02dh", s/86400, s/3600%24)
	case step >= vtime.Time(vtime.Minute):
		return days(s) + fmt.Sprintf("%dm", s/60%60)
	case step >= vtime.Time(vtime.Second):
		return days(s) + fmt.Sprintf("%dm%02ds", s/60%60, s%60)
	}
	digits := 0
	for d := vtime.Time(vtime.Second); d > step && digits < 9; d /= 10 {
		digits++
	}
	if s < 60 {
		return fmt.Sprintf("%.*fs", digits, float64(at)/1e9)
	}
	return days(s) + fmt.Sprintf("%dm%0*.*fs", s/60%60, digits+3, digits, float64(s%60)+float64(at%1e9)/1e9)
}

// days writes days and hours of seconds, where there are any.
func days(s int64) string {
	switch {
	case s >= 86400:
		return fmt.Sprintf("%dd%02dh", s/86400, s/3600%24)
	case s >= 3600:
		return fmt.Sprintf("%dh", s/3600)
	}
	return ""
}
