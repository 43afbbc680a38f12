package queueing

import (
	"fmt"
	"math"
)

// MostServers is how many servers a formula takes: each is a step of Erlang's recursion.
const MostServers = 1 << 20

// ErlangB is the share of messages that find all servers busy where none can wait, and so
// are lost (M/G/c/c, whatever the service times). The load is in erlangs.
func ErlangB(servers int, load float64) (float64, error) {
	if err := several(servers, 0); err != nil {
		return 0, err
	}
	if err := natural("offered load", load); err != nil {
		return 0, err
	}
	if load == 0 && servers > 0 {
		return 0, nil
	}
	b := 1.0
	for n := 1; n <= servers; n++ {
		x := float64(load * b)
		b = x / (float64(n) + x)
	}
	return b, nil
}

// ErlangC is the share of messages that have to wait where all can (M/M/c). Where the
// servers cannot keep up it is 1.
func ErlangC(servers int, load float64) (float64, error) {
	if err := several(servers, 1); err != nil {
		return 0, err
	}
	b, err := ErlangB(servers, load)
	if err != nil {
		return 0, err
	}
	c := float64(servers)
	if load >= c {
		return 1, nil
	}
	return float64(c*b) / (c - float64(load*(1-b))), nil
}

// MMc is so many servers with exponential service times, each of which serves at a rate.
func MMc(arrival, service float64, servers int) (Steady, error) {
	if err := rates(arrival, service); err != nil {
		return Steady{}, err
	}
	mean := 1 / service
	return many(arrival, mean, float64(2*float64(mean*mean)), arrival/service, servers)
}

// MGc is so many servers whose service times have a mean and a second moment. There is no
// closed form: this is Lee and Longton's approximation, the wait of M/M/c times half of
// what the second moment is of the mean squared. It is exact for one server, and for
// exponential times.
func MGc(arrival, mean, second float64, servers int) (Steady, error) {
	if err := moments(mean, second); err != nil {
		return Steady{}, err
	}
	if err := natural("arrival rate", arrival); err != nil {
		return Steady{}, err
	}
	return many(arrival, mean, second, float64(arrival*mean), servers)
}

// many is the state of so many servers with a load in erlangs.
func many(arrival, mean, second, load float64, servers int) (Steady, error) {
	queued, err := ErlangC(servers, load)
	if err != nil {
		return Steady{}, err
	}
	c, wait := float64(servers), math.Inf(1)
	if load < c {
		wait = float64(queued*second) / float64(2*float64(mean*(c-load)))
	}
	return waiting(arrival, mean, load/c, wait), nil
}

// MMcc is so many servers without room to wait (Erlang's loss system).
func MMcc(arrival, service float64, servers int) (Steady, error) {
	if err := rates(arrival, service); err != nil {
		return Steady{}, err
	}
	if err := several(servers, 1); err != nil {
		return Steady{}, err
	}
	load := arrival / service
	loss, err := ErlangB(servers, load)
	c := float64(servers)
	s := Steady{Load: load / c, Loss: loss, L: float64(load * (1 - loss)), W: 1 / service}
	s.Busy = s.L / c
	return s, err
}

// several checks how many servers there are.
func several(servers, least int) error {
	if servers >= least && servers <= MostServers {
		return nil
	}
	return fmt.Errorf("%d servers: there are from %d to %d", servers, least, MostServers)
}
