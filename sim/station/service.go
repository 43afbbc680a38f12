package station

import (
	"errors"
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Service says how long messages are served. The zero Service takes no time.
type Service struct {
	law    law
	a, b   float64 // nanoseconds; of lognormal the mean of the logarithm and its deviation
	chance float64 // of b
	octet  float64 // nanoseconds more for each byte
}

// A law is a distribution of service times.
type law uint8

const (
	constant law = iota
	exponential
	uniform
	twoPoint
	lognormal
)

// Constant is the same time for all.
func Constant(d vtime.Duration) Service { return Service{law: constant, a: float64(d)} }

// Exponential is memoryless, with a mean.
func Exponential(mean vtime.Duration) Service { return Service{law: exponential, a: float64(mean)} }

// Uniform is anything from low to high, equally likely.
func Uniform(low, high vtime.Duration) Service {
	return Service{law: uniform, a: float64(low), b: float64(high)}
}

// TwoPoint is one time usually and another one with a chance: a cache that misses.
func TwoPoint(usual, rare vtime.Duration, chance float64) Service {
	return Service{law: twoPoint, a: float64(usual), b: float64(rare), chance: chance}
}

// Lognormal has a mean and a coefficient of variation, the deviation as a share of the mean.
func Lognormal(mean vtime.Duration, variation float64) Service {
	spread := detmath.Log1p(float64(variation * variation))
	return Service{law: lognormal, a: detmath.Log(float64(mean)) - float64(spread/2), b: detmath.Sqrt(spread)}
}

// PerByte is the service with the time beside that the bytes of a message take, at so many a
// second.
func (s Service) PerByte(rate float64) Service {
	s.octet = 1e9 / rate
	return s
}

// Valid returns what is wrong with a service, if anything.
func (s Service) Valid() error {
	fits := func(x float64) bool { return x >= 0 && x < 1<<62 }
	switch {
	case !fits(s.octet):
		return errors.New("a service has a rate of bytes that is not more than 0")
	case s.law == lognormal && !(s.a < 50 && s.a > -50 && s.b < 10):
		return errors.New("a lognormal service has a mean that is not more than 0, or a variation that is negative or beyond all measure")
	case s.law != lognormal && (!fits(s.a) || !fits(s.b)):
		return errors.New("a service takes less than no time")
	case s.law == uniform && s.b < s.a:
		return errors.New("a uniform service goes from more to less: write the lower time first")
	case !(s.chance >= 0 && s.chance <= 1):
		return fmt.Errorf("a service has a rare time with chance %v: it is from 0 to 1", s.chance)
	}
	return nil
}

// Moments returns the mean of the service times of messages of a size, in seconds, and the
// mean of their squares.
func (s Service) Moments(size int) (mean, second float64) {
	a, b, variance := s.a, s.b, 0.0
	switch s.law {
	case constant:
		mean = a
	case exponential:
		mean, variance = a, float64(a*a)
	case uniform:
		mean, variance = a+float64((b-a)/2), float64(float64((b-a)*(b-a))/12)
	case twoPoint:
		mean = a + float64(s.chance*(b-a))
		variance = float64(float64(s.chance*(1-s.chance)) * float64((b-a)*(b-a)))
	case lognormal:
		mean = detmath.Exp(a + float64(float64(b*b)/2))
		variance = float64(float64(mean*mean) * detmath.Expm1(float64(b*b)))
	}
	mean += float64(s.octet * float64(size))
	second = variance + float64(mean*mean)
	return mean / 1e9, second / 1e18
}

// time returns how long a message is served.
func (s *Service) time(key rng.Key, m Message) vtime.Duration {
	ns := s.a
	switch s.law {
	case exponential:
		ns = float64(s.a * key.Exponential(m.ID))
	case uniform:
		ns += float64((s.b - s.a) * key.Float64(m.ID))
	case twoPoint:
		if key.Float64(m.ID) < s.chance {
			ns = s.b
		}
	case lognormal:
		ns = detmath.Exp(s.a + float64(s.b*key.Normal(m.ID)))
	}
	ns = math.Round(ns + float64(s.octet*float64(m.Size)))
	if !(ns < 1<<62) {
		return 1 << 62
	}
	return vtime.Duration(ns)
}
