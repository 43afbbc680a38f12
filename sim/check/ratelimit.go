package check

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// RateLimit wants messages no faster than a token bucket gives tokens: it holds at
// most Burst, is full at the start, and gets one each Every. A message that passes
// takes one. So in a time t at most Burst + t/Every pass, and who sends at a rate
// p from a full bucket is heard for Burst/(p - 1/Every).
//
// The bucket is kept as the generic cell rate algorithm does (ITU-T I.371), as the
// time at which it will be full: whole nanoseconds, so that a sender exactly at the
// rate is never refused by rounding.
type RateLimit struct {
	Every     vtime.Duration // see Interval
	Burst     int64
	PerSender bool // a bucket for each claimed sender, else one for all
}

// Interval returns the time between tokens that come at a rate (1/s), rounded up so
// that they never come faster, except for the rounding of the rate itself.
func Interval(rate float64) vtime.Duration {
	ns := math.Ceil(1e9 / rate)
	if near := math.Round(1e9 / rate); math.Abs(1e9/rate-near) <= float64(near*0x1p-51) {
		ns = near
	}
	if ns >= math.MaxInt64 {
		return math.MaxInt64
	}
	return vtime.Duration(ns)
}

// Kind implements Check.
func (RateLimit) Kind() Kind { return KindRateLimit }

func (r RateLimit) wrong(*Guard, *Rule) string {
	switch {
	case r.Every <= 0:
		return "tokens must come at a time from one another"
	case r.Burst < 1:
		return "a bucket that holds no token lets nothing pass"
	case r.Burst > math.MaxInt64/2/int64(r.Every):
		return "the bucket takes longer to fill than any run"
	}
	return ""
}

func (RateLimit) remembers() bool { return true }

func (r RateLimit) build(s *State, g *guard) any {
	w := &limiter{every: vtime.Time(r.Every), room: vtime.Time(r.Every) * vtime.Time(r.Burst), first: len(s.arrivals), each: 1, per: r.PerSender}
	if r.PerSender {
		w.each = len(g.senders) + 1
	}
	s.arrivals = append(s.arrivals, make([]vtime.Time, g.members()*w.each)...)
	return w
}

type limiter struct {
	every, room vtime.Time
	first, each int
	per         bool
}

func (l *limiter) message(c *call) bool {
	i := l.first + c.m*l.each
	if l.per {
		i += int(c.sender)
	}
	full := max(c.s.arrivals[i], c.o.At)
	if left := l.room - (full - c.o.At); left < l.every {
		return c.fail(nan, float64(left)/float64(l.every), 1)
	}
	c.s.arrivals[i] = full + l.every
	return true
}
