package outbreak

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// chance is the luck of a class's hosts, by purpose. It goes by the names of the malware
// and of the class, so that the luck of a host is the same whatever other classes there are.
type chance struct{ gap, choice, victim, leave, patch rng.Key }

func newChance(seed uint64, malware, class string) chance {
	key := func(purpose string) rng.Key { return rng.New(seed, class, malware+"."+purpose) }
	return chance{gap: key("gap"), choice: key("choice"), victim: key("victim"), leave: key("leave"), patch: key("patch")}
}

// reach is how likely an attempt of a scanner reaches somebody, behind the gates that are open.
type reach struct {
	sum float64
	log float64 // of the probability that one reaches nobody
}

func newReach(sum float64) reach { return reach{sum, detmath.Log1p(-min(sum, 1))} }

// next returns when a scanner reaches somebody next, seen from one of its attempts or, where
// they are made at random, from any time; u is a uniform draw.
func (s *Scanner) next(from vtime.Time, r reach, u float64) vtime.Time {
	if r.sum <= 0 {
		return vtime.Never
	}
	if s.Every == 0 {
		return later(from, float64(-detmath.Log(u)/float64(s.Rate*min(r.sum, 1))*1e9))
	}
	n := 1 + math.Floor(detmath.Log(u)/r.log)
	if beyond(from, float64(n*float64(s.Every))) {
		return vtime.Never
	}
	return from.Add(vtime.Duration(n) * s.Every)
}

// later returns a time so many nanoseconds later, Never where that is beyond all runs.
func later(from vtime.Time, gap float64) vtime.Time {
	if beyond(from, gap) {
		return vtime.Never
	}
	return from.Add(max(1, vtime.Duration(gap)))
}

// beyond reports whether so many nanoseconds from a time on no run is left.
func beyond(from vtime.Time, gap float64) bool {
	return from == vtime.Never || !(gap < float64(vtime.Never-max(from, 0))/2)
}

// part returns a part of a duration, as a uniform draw says.
func part(d vtime.Duration, u float64) vtime.Duration {
	if x := float64(float64(d) * u); x < 1<<63 {
		return vtime.Duration(x)
	}
	return d
}
