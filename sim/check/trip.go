package check

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// latch trips a guard.
func (s *State) latch(g *guard, m int, now vtime.Time, d *Decision) {
	k := &g.keeps[m]
	k.tripped, k.by, k.since = true, d.Rule, now
	d.Safe = true
	s.set(g, m, g.Tripped, 1, d)
}

// Trip trips a guard for a reason that is no rule's; the decision says so.
func (s *State) Trip(guard int32, member int, now vtime.Time, influence signal.Mask) Decision {
	g, k := &s.guards[guard], s.keep(guard, member)
	k.influence |= influence
	d := Decision{
		Reaction: Trip, Rule: -1, Object: -1, Measured: math.NaN(), Limit: math.NaN(),
		Influence: k.influence, Latched: k.tripped,
	}
	if !k.tripped {
		s.latch(g, member, now, &d)
	}
	return d
}

// Reset unlatches a guard and lets it begin anew: sums, courses, votes and what
// waits for a second person are forgotten, and the time of watchdogs starts now.
// Counters that were seen and the fill of rate limits stay.
func (s *State) Reset(guard int32, member int, now vtime.Time, influence signal.Mask) {
	g, k := &s.guards[guard], s.keep(guard, member)
	k.influence |= influence
	k.tripped, k.by, k.since = false, 0, 0
	s.set(g, member, g.Tripped, 0, &Decision{Influence: k.influence})
	offer := Offer{At: now, Claimed: -1}
	c := &call{s: s, g: g, k: k, o: &offer, m: member}
	for i := range g.rules {
		if r := &g.rules[i]; r.forgets != nil {
			c.rule = r
			r.forgets.forget(c)
		}
	}
}
