package queueing

import (
	"errors"

	"github.com/harmproof/harmproof/sim/detmath"
)

// Refused is the share of messages that find no room in M/M/c with so many servers and so many places to
// wait (M/M/c/K, where K is both together), for a load in erlangs.
//
// A place more makes of a share p the share r p / (1 + r p), where r is the load of each server: from what
// Erlang's B says of no place on, that is p r^n / (1 + p (r + ... + r^n)) for n places.
func Refused(servers, places int, load float64) (float64, error) {
	if err := several(servers, 1); err != nil {
		return 0, err
	}
	if places < 0 {
		return 0, errors.New("less than no place to wait")
	}
	p, err := ErlangB(servers, load)
	if err != nil || p == 0 || places == 0 {
		return p, err
	}
	r, n := load/float64(servers), float64(places)
	if r == 1 {
		return p / (1 + float64(n*p)), nil
	}
	if r > 1 { // both parts over r^n, which may be too large a number
		last := detmath.Exp(float64(-n * detmath.Log(r)))
		return p / (last + float64(p*float64(r*(1-last)))/(r-1)), nil
	}
	x := float64(n * detmath.Log(r))
	return float64(p*detmath.Exp(x)) / (1 + float64(float64(p*r)*-detmath.Expm1(x))/(1-r)), nil
}
