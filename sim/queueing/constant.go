package queueing

import (
	"errors"
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// BusyFor is the share of messages that are lost where a server takes the same time for each of them, they
// come at random, and one that would have to wait for longer than so many times that turns away (M/D/1 with
// bounded work). The load may be more than what the server can serve.
//
// Below the bound the work that is there is distributed as without one, but for a factor, since what crosses a
// level upwards comes from below it: P(work <= x) = p H(x), where
//
//	H(x) = sum over k = 0 ... floor(x) of (load (k-x))^k / k! exp(load (x-k))
//
// is the formula of A. K. Erlang (1909) for M/D/1 but for its factor, and p = 1 - load (1 - loss) the
// share of the time that nobody is there; so loss = 1 - H / (1 + load H). The terms of the sum cancel: from
// terms times on it is the sum of the residues of 1/(s - load + load exp(-s)), its transform, at its two real
// poles, which leaves out less than 1e-12 of it.
func BusyFor(load, times float64) (float64, error) {
	if err := natural("offered load", load); err != nil {
		return 0, err
	}
	if !(times >= 0) {
		return 0, errors.New("a message that waits for less than no time")
	}
	if load == 0 {
		return 0, nil
	}
	// Room for so many that chance is less than the rounding of a number: it falls with each by more than this.
	if fall := float64(2*math.Abs(1-load)) / max(1, load); math.IsInf(times, 1) || float64(fall*times) > 40 {
		return max(0, 1-1/load), nil
	}
	if times < terms && float64(load*times) < terms {
		h := levels(load, times)
		return max(0, 1-h/(1+float64(load*h))), nil
	}
	return beyondTerms(load, times), nil
}

// terms is how many service times the sum is used for.
const terms = 16

// levels is H.
func levels(load, times float64) (sum float64) {
	for k := 0.0; k <= times; k++ {
		term := detmath.Exp(float64(load * (times - k)))
		for i := 1.0; i <= k; i++ {
			term = float64(term*float64(load*(k-times))) / i
		}
		sum += term
	}
	return sum
}

// beyondTerms is the loss by the two real poles: 0, and the other root s of s = load (1 - exp(-s)), which is
// of the sign of load - 1.
func beyondTerms(load, times float64) float64 {
	if math.Abs(load-1) < 1e-6 { // both poles are one
		h := float64(2*times) + 2.0/3
		return 1 - h/(1+float64(load*h))
	}
	s := root(load)
	residue := 1 / (1 - float64(load*detmath.Exp(-s)))
	if load < 1 {
		// 1 - H/(1 + load H) = (1 - H (1-load)) / (1 + load H), where H (1-load) is 1 less a little
		little := float64(float64(-residue*(1-load)) * detmath.Exp(float64(s*times)))
		return little / (1 + float64(load*(1-little))/(1-load))
	}
	// with the larger exponential taken out of both
	small := detmath.Exp(float64(-s * times))
	h := residue - small/(load-1)
	return 1 - h/(small+float64(load*h))
}

// root is the root of s = load (1 - exp(-s)) that is not 0.
func root(load float64) float64 {
	f := func(s float64) float64 { return s + float64(load*detmath.Expm1(-s)) }
	low, high := 1e-9, load // of load > 1: f(low) < 0 < f(high)
	if load < 1 {
		low, high = -1e-9, -2.0 // f(low) < 0 < f(high): for s < 0 the exponential wins
		for f(high) < 0 {
			high = float64(2 * high)
		}
	}
	for range 200 {
		middle := float64((low + high) / 2)
		if middle == low || middle == high {
			break
		}
		if f(middle) < 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return float64((low + high) / 2)
}
