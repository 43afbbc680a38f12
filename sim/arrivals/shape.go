package arrivals

import (
	"errors"
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Shape is how arrivals are spread over time.
type Shape interface {
	// Valid returns what is wrong with the shape, if anything.
	Valid() error
	// next returns the arrival after those that a source has had, Never if that was the last.
	next(s *Source) vtime.Time
}

// Periodic comes every so often, for the first time at First: each time up to Jitter later, which
// is not handed on to the next one. With Scatter the source is late by a constant time too, up to
// that, so that many do not come together.
type Periodic struct {
	First   vtime.Time
	Every   vtime.Duration
	Jitter  vtime.Duration
	Scatter vtime.Duration
}

// Poisson comes at random with a rate, in arrivals a second, from Start on.
type Poisson struct {
	Start vtime.Time
	Rate  float64
}

// Burst comes once, within Over after Start, with the density of Beta(3,4): most likely at two
// fifths of it.
type Burst struct {
	Start vtime.Time
	Over  vtime.Duration // 0 is the 10 s of 3GPP
}

// Flood comes at random with a rate that rises from nothing at Start to Peak, in arrivals a second,
// in a straight line over Ramp, and then decays exponentially: to 1/e of what it was in Decay.
type Flood struct {
	Start       vtime.Time
	Peak        float64
	Ramp, Decay vtime.Duration
}

// BurstOver is the time over which a Burst comes where nothing else is said (3GPP TR 37.868).
const BurstOver = 10 * vtime.Second

// Valid returns what is wrong with the shape, if anything.
func (p Periodic) Valid() error {
	switch {
	case p.First < 0 || p.Jitter < 0 || p.Scatter < 0:
		return errors.New("periodic arrivals have a first time, a jitter and a scatter that are not negative")
	case p.Every <= 0:
		return fmt.Errorf("periodic arrivals every %v: it is more than 0", p.Every)
	case p.Jitter > p.Every:
		return fmt.Errorf("periodic arrivals every %v with a jitter of %v: they would overtake each other, so it is at most the period", p.Every, p.Jitter)
	}
	return nil
}

// Valid returns what is wrong with the shape, if anything.
func (p Poisson) Valid() error { return valid("Poisson arrivals", p.Start, p.Rate) }

// Valid returns what is wrong with the shape, if anything.
func (b Burst) Valid() error {
	if b.Over < 0 {
		return fmt.Errorf("a burst over %v: it is not negative", b.Over)
	}
	return valid("a burst", b.Start, 0)
}

// Valid returns what is wrong with the shape, if anything.
func (f Flood) Valid() error {
	if f.Ramp < 0 || f.Decay < 0 {
		return fmt.Errorf("a flood with a ramp of %v and a decay of %v: neither is negative", f.Ramp, f.Decay)
	}
	return valid("a flood", f.Start, f.Peak)
}

func valid(what string, start vtime.Time, rate float64) error {
	if start < 0 {
		return fmt.Errorf("%s from %v on: a run begins at 0", what, start)
	}
	if !(rate >= 0 && rate <= 1e9) {
		return fmt.Errorf("%s with a rate of %v a second: it is from 0 to 1e9", what, rate)
	}
	return nil
}

// Expected returns how many arrivals of the flood there are on average, in all.
func (f Flood) Expected() float64 {
	return float64(f.Peak * (float64(vtime.Seconds(f.Ramp)/2) + vtime.Seconds(f.Decay)))
}

// after returns the time, in seconds after Start, by which so many arrivals are expected: +Inf
// if they never are.
func (f Flood) after(expected float64) float64 {
	ramp, decay := vtime.Seconds(f.Ramp), vtime.Seconds(f.Decay)
	if f.Peak == 0 {
		return math.Inf(1)
	}
	x := expected / f.Peak
	if x < float64(ramp/2) {
		return detmath.Sqrt(float64(2 * float64(ramp*x)))
	}
	if x -= float64(ramp / 2); x < decay {
		return ramp - float64(decay*detmath.Log1p(-x/decay))
	}
	return math.Inf(1)
}
