package check

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
)

// Residual wants a value near what a model expects:
//
//	|y - ŷ| <= Tolerance,  ŷ = last accepted y + dt Rate
//
// with dt the time since that one arrived, and Rate (per second) as it is now, which
// is Euler's rule: exact where it was constant since. The first value is taken on
// trust. What is not a number fails. Clamp brings a value to ŷ ± Tolerance.
//
// Where a model says itself what it expects, ŷ is that, from the first value on: nothing
// that was accepted before moves it.
type Residual struct {
	Rate      signal.Function // nil: it stays as it is
	Expected  signal.Function // in place of all that; nil: none
	Tolerance float64
}

// Kind implements Check.
func (Residual) Kind() Kind { return KindResidual }

func (r Residual) wrong(*Guard, *Rule) string { return notNegative(r.Tolerance, "the tolerance") }

func (Residual) remembers() bool { return true }

func (r Residual) build(s *State, g *guard) any {
	return &residual{r.Tolerance, model{r.Rate, r.Expected, newCourser(s, g)}}
}

// A model expects values.
type model struct {
	rate, expected signal.Function
	courser
}

// expects returns what is expected of an object now.
func (x *model) expects(c *call, object int32) (y float64, p *course, known bool) {
	p = x.of(c, object)
	if x.expected != nil && p != nil {
		return x.expected(c.v, c.m), p, true
	}
	if p == nil || !p.known {
		return 0, p, false
	}
	if y = p.y; x.rate != nil {
		y += float64(p.since(c.o.At) * x.rate(c.v, c.m))
	}
	return y, p, true
}

type residual struct {
	tolerance float64
	model
}

func (x *residual) value(c *call, i int, y float64) bool {
	expected, _, known := x.expects(c, c.o.Objects[i])
	if !known {
		return c.unlessFinite(y)
	}
	r := math.Abs(y - expected)
	if r <= x.tolerance {
		return true
	}
	return c.fail(nearest(y, expected-x.tolerance, expected+x.tolerance), r, x.tolerance)
}
