package queueing

import (
	"errors"

	"github.com/harmproof/harmproof/sim/detmath"
)

// MM1K is M/M/1 with room for k messages, that being served included; who finds them there
// is lost.
func MM1K(arrival, service float64, k int) (Steady, error) {
	if err := rates(arrival, service); err != nil {
		return Steady{}, err
	}
	if k < 1 {
		return Steady{}, errors.New("a queue with room for no message: it has room for 1 at least, that being served")
	}
	load := arrival / service
	s := Steady{Load: load}
	if load == 0 {
		s.W = 1 / service
		return s, nil
	}
	n := float64(k)
	if load <= 1 {
		s.Loss, s.L = truncated(load, n)
		s.Busy = float64(load * (1 - s.Loss))
	} else { // the same seen from the places that are free
		empty, free := truncated(1/load, n)
		s.L, s.Busy = n-free, 1-empty
		s.Loss = 1 - s.Busy/load
	}
	passed := float64(service * s.Busy)
	s.W = s.L / passed
	s.Lq = max(0, s.L-s.Busy)
	s.Wq = s.Lq / passed
	return s, nil
}

// truncated returns of the distribution p(i) ~ ratio^i over 0...n the last probability and
// the mean, for a ratio up to 1.
//
// The mean is (n+1) h((n+1)x) - h(x) with x the logarithm of the ratio and h(x) =
// 1/(1-exp(-x)) - 1/x, which does not cancel near 1 as the common form does.
func truncated(ratio, n float64) (last, mean float64) {
	if ratio == 1 {
		return 1 / (n + 1), float64(n / 2)
	}
	x := detmath.Log1p(ratio - 1)
	if ratio < 0.5 {
		x = detmath.Log(ratio)
	}
	y := float64((n + 1) * x)
	all := -detmath.Expm1(y) // 1 - ratio^(n+1)
	last = float64(float64((1-ratio)*detmath.Exp(float64(n*x))) / all)
	if ratio < 0.5 {
		return last, ratio/(1-ratio) - float64((n+1)*detmath.Exp(y))/all
	}
	return last, float64((n+1)*tilt(y)) - tilt(x)
}

// tilt is 1/(1-exp(-x)) - 1/x, by its series near 0.
func tilt(x float64) float64 {
	if x > -0.1 {
		x2 := float64(x * x)
		s := 1.0/30240 - float64(x2/1209600)
		s = -1.0/720 + float64(x2*s)
		s = 1.0/12 + float64(x2*s)
		return 0.5 + float64(x*s)
	}
	return -1/detmath.Expm1(-x) - 1/x
}
