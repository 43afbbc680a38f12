package queueing

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// MM1 is one server with exponential service times, which serves at a rate.
func MM1(arrival, service float64) (Steady, error) {
	if err := rates(arrival, service); err != nil {
		return Steady{}, err
	}
	mean, load := 1/service, arrival/service
	return waiting(arrival, mean, load, pollaczek(arrival, load, float64(2*float64(mean*mean)))), nil
}

// MD1 is one server that takes the same time, 1/service, for every message.
func MD1(arrival, service float64) (Steady, error) {
	if err := rates(arrival, service); err != nil {
		return Steady{}, err
	}
	mean, load := 1/service, arrival/service
	return waiting(arrival, mean, load, pollaczek(arrival, load, float64(mean*mean))), nil
}

// MG1 is one server whose service times have a mean and a second moment, the mean of their
// squares (Pollaczek and Khinchine).
func MG1(arrival, mean, second float64) (Steady, error) {
	if err := moments(mean, second); err != nil {
		return Steady{}, err
	}
	if err := natural("arrival rate", arrival); err != nil {
		return Steady{}, err
	}
	load := float64(arrival * mean)
	return waiting(arrival, mean, load, pollaczek(arrival, load, second)), nil
}

// moments checks a mean and a second moment, which is at least the mean's square but for
// its rounding.
func moments(mean, second float64) error {
	if err := positive("mean service time", mean); err != nil {
		return err
	}
	if least := float64(mean * mean); second >= float64(least*(1-1e-12)) && !math.IsInf(second, 1) {
		return nil
	}
	return fmt.Errorf("a second moment of %v for service times of mean %v: it is finite and at least the mean squared", second, mean)
}

// pollaczek is the mean wait of M/G/1.
func pollaczek(arrival, load, second float64) float64 {
	if load >= 1 {
		return math.Inf(1)
	}
	return float64(arrival*second) / float64(2*(1-load))
}

// SojournBeyond is the probability that a message is in M/M/1 longer than so many seconds.
// Where the server cannot keep up it is 1.
func SojournBeyond(arrival, service, seconds float64) (float64, error) {
	if err := rates(arrival, service); err != nil {
		return 0, err
	}
	if err := natural("time", seconds); err != nil {
		return 0, err
	}
	if arrival >= service {
		return 1, nil
	}
	return detmath.Exp(float64(-(service - arrival) * seconds)), nil
}

// SojournQuantile is the time that a share q of the messages is in M/M/1 at most: of 0.99 the
// 99th percentile. Where the server cannot keep up it is +Inf.
func SojournQuantile(arrival, service, q float64) (float64, error) {
	if err := rates(arrival, service); err != nil {
		return 0, err
	}
	switch {
	case !(q >= 0 && q < 1):
		return 0, fmt.Errorf("a quantile of %v: it is from 0 to less than 1", q)
	case arrival >= service:
		return math.Inf(1), nil
	}
	return -detmath.Log1p(-q) / (service - arrival), nil
}
