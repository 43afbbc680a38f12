package queueing

import "github.com/harmproof/harmproof/sim/detmath"

// Behind is how much less long messages wait that a link before, which takes the same time for each of
// them, has spread out: as a share of how long they wait where they come at random, from 0 to 1.
// Link and load are how much is asked of what the link and the server can do, and variation is the
// squared coefficient of variation of the service times, 0 where these are the same for all as well.
//
// For constant service times it is exact: those wait for the slower one of both alone, as they would
// without the other (H. D. Friedman, Reduction methods for tandem queueing systems, Operations Research 13,
// 1965). Behind a link that is never idle it is D/G/1, by the approximation of W. Kraemer and
// M. Langenbach-Belz (1976). In between there is no closed form: what is here is fitted to simulated
// tandems, with the link used from 0.1 to 0.95 and the server from 0.3 to 0.9. The mean stay is that of these
// but for 1.5 % where service times are exponential. Of others (uniform; lognormal with a deviation of a
// half) it is within 5 %, and 8 % where the server is used at 0.9.
func Behind(link, load, variation float64) float64 {
	if !(link > 0 && load > 0 && load < 1 && variation >= 0) {
		return 1
	}
	link = min(1, link)
	alone := float64(float64(load/(1-load)*(1+variation)) / 2) // in mean service times
	spread := float64(detmath.Cbrt(variation) / 2)
	waits := func(link float64) float64 { // for a link that is no slower than the server
		ratio := link / load
		before := float64(link / (2 * (1 - link)) * ratio) // in mean service times of the server
		return max(0, alone-float64(before*max(0, 1-float64(spread*ratio))))
	}
	switch {
	case link <= load:
		return min(1, waits(link)/alone)
	case variation == 0:
		return 0
	}
	even := float64(float64(load/(1-load)*variation) / 2)
	even = float64(even * detmath.Exp(float64(-2*(1-load))/float64(3*float64(load*variation)))) // D/G/1
	power := float64((1.9 - float64(1.1*load)) * detmath.Pow(min(1, variation), -max(0, 1.9-float64(2.05*load))))
	part := detmath.Pow((1-link)/(1-load), power)
	return min(1, (even+float64(part*max(0, waits(load)-even)))/alone)
}
