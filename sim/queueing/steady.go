package queueing

import (
	"fmt"
	"math"
)

// A Steady is the stationary state of a queue.
type Steady struct {
	Load float64 // what comes, as a share of what all servers could serve
	L    float64 // mean number of messages there
	Lq   float64 // mean number that wait
	W    float64 // mean time that a message is there, seconds
	Wq   float64 // mean time that it waits, seconds
	Loss float64 // share of the messages that find no room
	Busy float64 // share of the time that a server works
}

// Little returns how many are there on average, if they come at a rate and stay so long:
// L = rate * stay, whatever the arrivals, the service and the order.
func Little(rate, stay float64) float64 { return float64(rate * stay) }

// waiting returns the state of a queue that loses nothing and whose messages wait so long.
func waiting(rate, mean, load, wait float64) Steady {
	s := Steady{Load: load, Wq: wait, Busy: min(1, load), W: wait + mean}
	if rate > 0 {
		s.Lq, s.L = Little(rate, s.Wq), Little(rate, s.W)
	}
	return s
}

// rates checks the rates of a queue: of arrivals, and of one server.
func rates(arrival, service float64) error {
	if err := natural("arrival rate", arrival); err != nil {
		return err
	}
	return positive("service rate", service)
}

// natural checks that a number is finite and not negative.
func natural(what string, x float64) error {
	if x >= 0 && !math.IsInf(x, 1) {
		return nil
	}
	return fmt.Errorf("an %s of %v: it is a finite number, 0 or more", what, x)
}

// positive checks that a number is finite and more than 0.
func positive(what string, x float64) error {
	if x > 0 && !math.IsInf(x, 1) {
		return nil
	}
	return fmt.Errorf("a %s of %v: it is a finite number, more than 0", what, x)
}
