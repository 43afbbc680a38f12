package check

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Fresh wants a message that was not heard before and is not old.
//
// By the counter: it must be greater than all that the rule let pass on the lane;
// with Slack it may also be up to so much less than the greatest, where it was not
// used before, for networks in which messages overtake one another (the window of
// RFC 4303, appendix A2). By the age: what the message says of when it was sent is
// at most Window from now, before or after.
//
// A rule takes note of a counter as soon as the message passes it. Before a rule
// that authenticates, anybody can use up the counters of others.
type Fresh struct {
	Counter bool
	Slack   uint8          // at most 63
	Window  vtime.Duration // 0: of any age
}

// Kind implements Check.
func (Fresh) Kind() Kind { return KindFresh }

func (f Fresh) wrong(g *Guard, _ *Rule) string {
	switch {
	case !f.Counter && f.Window <= 0:
		return "it looks at neither the counter nor the age"
	case f.Slack > 63:
		return "more than 63 counters back are not remembered"
	case f.Slack > 0 && !f.Counter:
		return "there is slack for a counter that it does not look at"
	case f.Counter && g.Lanes <= 0:
		return "the guard has no lane on which counters grow"
	case f.Window < 0:
		return "the window is less than no time"
	}
	return ""
}

// A series is the counters seen of a lane.
type series struct {
	high uint64
	seen uint64 // bit k: high-k was seen; 0: nothing was
}

func (f Fresh) build(s *State, g *guard) any {
	w := &freshness{Fresh: f, first: len(s.series), lanes: g.Lanes}
	if f.Counter {
		s.series = append(s.series, make([]series, g.members()*int(g.Lanes))...)
	}
	return w
}

func (f Fresh) remembers() bool { return f.Counter }

type freshness struct {
	Fresh
	first int
	lanes int32
}

func (f *freshness) message(c *call) bool {
	if f.Window > 0 {
		if age := c.o.At.Sub(c.o.Sent); age > f.Window || age < -f.Window {
			return c.fail(nan, vtime.Seconds(age), vtime.Seconds(f.Window))
		}
	}
	if !f.Counter {
		return true
	}
	if uint32(c.o.Lane) >= uint32(f.lanes) {
		return c.fail(nan, float64(c.o.Counter), nan)
	}
	x := &c.s.series[f.first+c.m*int(f.lanes)+int(c.o.Lane)]
	if !x.take(c.o.Counter, f.Slack) {
		return c.fail(nan, float64(c.o.Counter), float64(x.high))
	}
	return true
}

// take uses a counter, if it is fresh.
func (x *series) take(counter uint64, slack uint8) bool {
	switch {
	case x.seen == 0:
		x.high, x.seen = counter, 1
	case counter > x.high:
		x.high, x.seen = counter, x.seen<<min(counter-x.high, 64)|1
	default:
		back := x.high - counter
		if back > uint64(slack) || x.seen>>back&1 != 0 {
			return false
		}
		x.seen |= 1 << back
	}
	return true
}

var nan = math.NaN()
