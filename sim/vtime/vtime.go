// Package vtime is virtual time: int64 nanoseconds since the start of a run.
//
// The range is about 292 years. Nothing below cmd reads a wall clock.
package vtime

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A Time is an instant, in nanoseconds since the start of the run.
type Time int64

// A Duration is a span of virtual time, in nanoseconds.
type Duration = time.Duration

// Never is later than every instant of a run.
const Never Time = math.MaxInt64

// Units of time.
const (
	Nanosecond  = time.Nanosecond
	Microsecond = time.Microsecond
	Millisecond = time.Millisecond
	Second      = time.Second
	Minute      = time.Minute
	Hour        = time.Hour
	Day         = 24 * Hour
	Week        = 7 * Day
)

// Add returns t+d, or Never where that would overflow.
func (t Time) Add(d Duration) Time {
	if s := t + Time(d); d <= 0 || s >= t {
		return s
	}
	return Never
}

// Sub returns t-u.
func (t Time) Sub(u Time) Duration { return Duration(t - u) }

// Seconds returns t in seconds.
func (t Time) Seconds() float64 { return Seconds(Duration(t)) }

// Seconds returns d in seconds, correctly rounded up to 104 days: an integral
// number of seconds is exact.
func Seconds(d Duration) float64 { return float64(d) / 1e9 }

// FromSeconds returns the span nearest to s seconds. NaN gives 0; what is out
// of range gives the nearest end of it.
func FromSeconds(s float64) Duration {
	switch ns := math.Round(float64(s * 1e9)); {
	case ns >= math.MaxInt64:
		return math.MaxInt64
	case ns <= math.MinInt64:
		return math.MinInt64
	case math.IsNaN(ns):
		return 0
	default:
		return Duration(ns)
	}
}

// String returns t as people write it, to the millisecond and further only
// where there is more: "12m49.348s", "0m00.000s", "1d02h03m04.000s".
func (t Time) String() string {
	if t == Never {
		return "never"
	}
	sign := ""
	if t < 0 {
		sign, t = "-", -t
	}
	ns := int64(t)
	days, ns := ns/int64(Day), ns%int64(Day)
	hours, ns := ns/int64(Hour), ns%int64(Hour)
	minutes, ns := ns/int64(Minute), ns%int64(Minute)
	seconds, ns := ns/int64(Second), ns%int64(Second)
	fraction := strings.TrimRight(fmt.Sprintf("%09d", ns), "0")
	for len(fraction) < 3 {
		fraction += "0"
	}
	head := strconv.FormatInt(minutes, 10)
	switch {
	case days > 0:
		head = fmt.Sprintf("%dd%02dh%02d", days, hours, minutes)
	case hours > 0:
		head = fmt.Sprintf("%dh%02d", hours, minutes)
	}
	return fmt.Sprintf("%s%sm%02d.%ss", sign, head, seconds, fraction)
}

// Short returns t to the millisecond, rounded to the nearest.
func (t Time) Short() string {
	if t == Never {
		return t.String()
	}
	const ms = Time(Millisecond)
	return ((t + ms/2) / ms * ms).String()
}

// Shortest writes a duration as a scenario does: "20m", "3m50s", "1h0m0.001s", "2d12h".
func Shortest(d Duration) string {
	days, text := "", ""
	if d >= Day {
		days, d = strconv.FormatInt(int64(d/Day), 10)+"d", d%Day
	}
	if d != 0 || days == "" {
		text = d.String()
	}
	if cut, ok := strings.CutSuffix(text, "m0s"); ok {
		text = cut + "m"
	}
	if cut, ok := strings.CutSuffix(text, "h0m"); ok {
		text = cut + "h"
	}
	return days + text
}

// units of a written duration, longest spelling first where one begins another.
var units = []struct {
	symbol string
	span   Duration
}{
	{"ns", Nanosecond}, {"us", Microsecond}, {"µs", Microsecond}, {"ms", Millisecond},
	{"min", Minute}, {"s", Second}, {"m", Minute}, {"h", Hour}, {"d", Day}, {"w", Week},
}

// errDuration says what a duration looks like.
var errDuration = errors.New("a duration is a number and a unit, such as 200ms, 5s, 3m50s, 1.5h, 2d or 1w")

// ParseDuration reads a duration such as "200ms", "3m50s", "1.5 h" or "2w".
// Blanks between the parts are allowed; a sign is not.
func ParseDuration(text string) (Duration, error) {
	rest := strings.ReplaceAll(strings.TrimSpace(text), " ", "")
	if rest == "0" {
		return 0, nil
	}
	total, last := Duration(0), Duration(math.MaxInt64)
	for rest != "" {
		n := 0
		for n < len(rest) && (rest[n] == '.' || rest[n] >= '0' && rest[n] <= '9') {
			n++
		}
		value, err := strconv.ParseFloat(rest[:n], 64)
		if err != nil {
			return 0, errDuration
		}
		span, width := unitOf(rest[n:])
		if width == 0 || span >= last {
			return 0, errDuration
		}
		part := math.Round(float64(value * float64(span)))
		if part >= math.MaxInt64-float64(total) {
			return 0, errors.New("that is longer than 292 years, the longest run")
		}
		total, last, rest = total+Duration(part), span, rest[n+width:]
	}
	if last == math.MaxInt64 {
		return 0, errDuration
	}
	return total, nil
}

func unitOf(text string) (span Duration, width int) {
	for _, u := range units {
		if strings.HasPrefix(text, u.symbol) {
			return u.span, len(u.symbol)
		}
	}
	return 0, 0
}
