package plant

import (
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Switch is something that a rate computes of the time and of what rests, and
// that may jump: a condition as 0 or 1, a remainder, a rounding. Steps end there.
type Switch struct {
	Bounds signal.Enclosure
	Member int32
}

// upToSwitch returns how much of a step after the present one ends before the first
// jump of a switch: nothing but a step of a nanosecond leads over one.
func (p *Plant) upToSwitch(island int, span vtime.Duration) vtime.Duration {
	list := p.Islands[island].Switches
	if len(list) == 0 {
		return span
	}
	p.box.V = p.v
	p.box.Clear()
	p.box.Add(signal.Clock)
	c := cutter{p: p, list: list, boxes: cuts}
	from := p.run[island].t1
	if at, ok := c.first(from, from.Add(span)); ok {
		return max(1, vtime.Duration(at-from)-1)
	}
	return span
}

// cuts is how many spans are enclosed for one step.
const cuts = 512

type cutter struct {
	p     *Plant
	list  []Switch
	boxes int
}

// first returns the first jump in (from, to].
func (c *cutter) first(from, to vtime.Time) (vtime.Time, bool) {
	if c.boxes--; c.boxes < 0 || !c.mayJump(from, to) {
		return 0, false
	}
	if to-from == 1 {
		return to, c.jumps(from, to)
	}
	half := from + (to-from)/2
	if at, ok := c.first(from, half); ok {
		return at, true
	}
	return c.first(half, to)
}

// mayJump reports whether a switch may jump in a span.
func (c *cutter) mayJump(from, to vtime.Time) bool {
	for i := range c.list {
		if !c.of(i, from, to).Sloped() {
			return true
		}
	}
	return false
}

// jumps reports whether a switch that may jump has not the same value at two times.
func (c *cutter) jumps(a, b vtime.Time) bool {
	for i := range c.list {
		if !c.of(i, a, b).Sloped() && c.of(i, a, a).Lo != c.of(i, b, b).Lo {
			return true
		}
	}
	return false
}

// of is the bounds of a switch over a span.
func (c *cutter) of(i int, from, to vtime.Time) interval.Range {
	c.p.box.Put(0, interval.Range{Lo: from.Seconds(), Hi: to.Seconds(), Down: 1, Up: 1})
	return c.list[i].Bounds(&c.p.box, int(c.list[i].Member))
}
