package check

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
)

// Cusum wants the residuals of a value, r = y - ŷ as those of Residual, not to add
// up (the nonparametric cumulative sum of Page, Biometrika 41, 1954, one for each
// object):
//
//	S = max(0, S + |r| - Bias) <= Threshold
//
// A lie that is small enough for a Residual is found when it lasts. S goes on while
// it is above, so it takes as long to sink as the lie was bad; only a Reset of the
// guard makes it 0. A value that is not finite fails and leaves S alone. Clamp
// brings a value to ŷ ± Bias.
//
// ŷ starts from what was accepted last, lies included: what creeps by no more than
// Bias from one message to the next is never found. Where a model says itself what it
// expects it is, if it lasts.
type Cusum struct {
	Rate            signal.Function // nil: it stays as it is
	Expected        signal.Function // as that of Residual
	Bias, Threshold float64
}

// Kind implements Check.
func (Cusum) Kind() Kind { return KindCusum }

func (x Cusum) wrong(*Guard, *Rule) string {
	if w := notNegative(x.Bias, "the bias"); w != "" {
		return w
	}
	return notNegative(x.Threshold, "the threshold")
}

func (Cusum) remembers() bool { return true }

func (x Cusum) build(s *State, g *guard) any {
	return &cusum{x.Bias, x.Threshold, model{x.Rate, x.Expected, newCourser(s, g)}}
}

type cusum struct {
	bias, threshold float64
	model
}

func (x *cusum) value(c *call, i int, y float64) bool {
	expected, p, known := x.expects(c, c.o.Objects[i])
	if !known {
		return c.unlessFinite(y)
	}
	r := math.Abs(y - expected)
	if !finite(r) {
		return c.fail(nan, r, x.threshold)
	}
	p.sum = max(0, p.sum+(r-x.bias))
	if p.sum <= x.threshold {
		return true
	}
	return c.fail(nearest(y, expected-x.bias, expected+x.bias), p.sum, x.threshold)
}
