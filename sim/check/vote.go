package check

import "math"

// Vote is two out of three: three objects say the same, each in messages of its own,
// and what is offered must be within Tolerance of the median of what the three were
// offered last (before that, of what their cells hold). A message that does not pass
// votes as well, so that two that move together are believed again. Where fewer than
// three are known there is nothing to compare. Clamp takes the median, also for what is not a
// number, which does not vote.
type Vote struct {
	Objects   [3]int32
	Tolerance float64
}

// Kind implements Check.
func (Vote) Kind() Kind { return KindVote }

func (v Vote) wrong(g *Guard, _ *Rule) string {
	a, b, c := v.Objects[0], v.Objects[1], v.Objects[2]
	switch {
	case g.unknown(v.Objects[:]):
		return "an object that votes is none of the guard's"
	case a == b || b == c || a == c:
		return "an object votes twice"
	}
	return notNegative(v.Tolerance, "the tolerance")
}

func (Vote) remembers() bool { return true }

func (v Vote) build(s *State, g *guard) any {
	w := &vote{v, len(s.ballots)}
	s.ballots = append(s.ballots, make([]ballot, 3*g.members())...)
	return w
}

// A ballot is what an object was offered last.
type ballot struct {
	x    float64
	cast bool
}

type vote struct {
	Vote
	first int
}

// place returns which of the three an object is, -1 where none.
func (v *vote) place(object int32) int {
	for k, x := range v.Objects {
		if x == object {
			return k
		}
	}
	return -1
}

// message lets all values of a message vote before one of them is judged.
func (v *vote) message(c *call) bool {
	for i, x := range c.o.Values {
		if k := v.place(c.o.Objects[i]); k >= 0 && finite(x) && !c.isHeld(i) {
			c.s.ballots[v.first+3*c.m+k] = ballot{x, true}
		}
	}
	return true
}

func (v *vote) value(c *call, i int, x float64) bool {
	if v.place(c.o.Objects[i]) < 0 {
		return true
	}
	a, b, d := v.stands(c, 0), v.stands(c, 1), v.stands(c, 2)
	median := max(min(a, b), min(max(a, b), d))
	if math.IsNaN(median) {
		return c.unlessFinite(x)
	}
	off := math.Abs(x - median)
	if off <= v.Tolerance {
		return true
	}
	return c.fail(median, off, v.Tolerance)
}

// stands returns what one of the three says, NaN where that is unknown.
func (v *vote) stands(c *call, k int) float64 {
	if b := &c.s.ballots[v.first+3*c.m+k]; b.cast {
		return b.x
	}
	if o := c.g.object(v.Objects[k]); o != nil && o.Slot > 0 {
		if x := c.v[at(o.Slot, o.Stride, c.m)]; finite(x) {
			return x
		}
	}
	return nan
}

func (v *vote) forget(c *call) { clear(c.s.ballots[v.first+3*c.m:][:3]) }
