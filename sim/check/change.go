package check

import "math"

// Change wants a value that changed no faster than Limit (per second) since the last
// one that was accepted:
//
//	|new - old| <= Limit dt
//
// with dt the time between their arrivals. The first value is taken on trust. What is
// not a number fails. Clamp goes as far as is allowed.
type Change struct{ Limit float64 }

// Kind implements Check.
func (Change) Kind() Kind { return KindChange }

func (x Change) wrong(*Guard, *Rule) string { return notNegative(x.Limit, "the limit") }

func notNegative(x float64, what string) string {
	if !(x >= 0) || !finite(x) {
		return what + " must be a number that is not negative"
	}
	return ""
}

func (Change) remembers() bool { return true }

func (x Change) build(s *State, g *guard) any { return &changes{x.Limit, newCourser(s, g)} }

type changes struct {
	limit float64
	courser
}

func (x *changes) value(c *call, i int, y float64) bool {
	p := x.of(c, c.o.Objects[i])
	if p == nil || !p.known {
		return c.unlessFinite(y)
	}
	dt := p.since(c.o.At)
	most, step := float64(x.limit*dt), math.Abs(y-p.y)
	if step <= most && finite(y) {
		return true
	}
	return c.fail(nearest(y, p.y-most, p.y+most), step/dt, x.limit)
}

// unlessFinite passes a value that can be held against nothing.
func (c *call) unlessFinite(y float64) bool { return finite(y) || c.fail(nan, y, nan) }
