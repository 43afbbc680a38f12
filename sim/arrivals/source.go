package arrivals

import (
	"math"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Source is the arrivals of a device.
type Source struct {
	shape Shape
	key   rng.Key
	had   uint64     // arrivals
	last  vtime.Time // the time of the latest one, of Poisson
	mass  float64    // arrivals expected by then, of Flood
}

// From returns the arrivals of a shape. The key is that of the device.
func From(shape Shape, key rng.Key) (Source, error) {
	if err := shape.Valid(); err != nil {
		return Source{}, err
	}
	return Source{shape: shape, key: key}, nil
}

// Next returns the time of the next arrival, Never if there is none within any run.
func (s *Source) Next() vtime.Time {
	at := s.shape.next(s)
	if at != vtime.Never {
		s.had++
	}
	return at
}

// Had returns how many arrivals there have been: the number of the next one.
func (s *Source) Had() uint64 { return s.had }

// Archive archives which arrivals there have been.
func (s *Source) Archive(a *snapshot.Archive) {
	snapshot.Int(a, &s.had)
	snapshot.Int(a, &s.last)
	snapshot.Float(a, &s.mass)
	if a.Reading() && (s.last < 0 || !(s.mass >= 0)) {
		a.Fail("a source whose latest arrival was at %v", s.last)
		s.last, s.mass = 0, 0
	}
}

func (p Periodic) next(s *Source) vtime.Time {
	if s.had >= uint64(vtime.Never)/uint64(p.Every) {
		return vtime.Never
	}
	late := part(p.Scatter, s.key.Float64(0)) // of which all occurrences are late
	at := p.First.Add(vtime.Duration(s.had) * p.Every).Add(late)
	return at.Add(part(p.Jitter, s.key.Float64(1+s.had)))
}

func (p Poisson) next(s *Source) vtime.Time {
	if p.Rate == 0 {
		return vtime.Never
	}
	at := later(max(s.last, p.Start), s.key.Exponential(s.had)/p.Rate)
	s.last = at
	return at
}

// next draws Beta(3,4) as what it is, the third of six uniform draws in their order.
func (b Burst) next(s *Source) vtime.Time {
	if s.had > 0 {
		return vtime.Never
	}
	var least [3]float64 // of the draws, in order
	for i := range least {
		least[i] = 1
	}
	for k := range uint64(6) {
		u := s.key.Float64(k)
		for i := range least {
			if u < least[i] {
				u, least[i] = least[i], u
			}
		}
	}
	over := b.Over
	if over == 0 {
		over = BurstOver
	}
	return b.Start.Add(part(over, least[2]))
}

func (f Flood) next(s *Source) vtime.Time {
	mass := s.mass + s.key.Exponential(s.had)
	at := later(f.Start, f.after(mass))
	if at != vtime.Never {
		s.mass = mass
	}
	return at
}

// part returns a part of a duration.
func part(d vtime.Duration, share float64) vtime.Duration {
	return min(d, vtime.Duration(math.Min(float64(float64(d)*share), 1<<62)))
}

// later returns the time so many seconds later.
func later(at vtime.Time, seconds float64) vtime.Time {
	if !(seconds < 9e9) {
		return vtime.Never
	}
	return at.Add(vtime.FromSeconds(seconds))
}
