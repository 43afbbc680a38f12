package arm

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// A brake is how an arm decelerates: by even + slope v.
type brake struct{ even, slope float64 }

// Shares of v0 T that a stop can have, and how near to one half counts as even.
const (
	leastShare = 0.05
	mostShare  = 0.95
	evenShare  = 1e-9
)

// braking is the brake that stops within a distance and a time from a speed on.
func braking(speed, distance, time float64) brake {
	share := distance / float64(speed*time)
	if math.Abs(share-0.5) < evenShare {
		return brake{even: speed / time}
	}
	k := bend(share)
	slope := k / time
	return brake{even: float64(slope*speed) / detmath.Expm1(k), slope: slope}
}

// bend is the k of a share: 1/k - 1/(e^k - 1), which falls from 1 to 0.
func bend(share float64) float64 {
	low, high := -40., 40. // where the share is 0.025 from its ends
	for range 200 {
		if k := (low + high) / 2; shareOf(k) > share {
			low = k
		} else {
			high = k
		}
	}
	return (low + high) / 2
}

func shareOf(k float64) float64 {
	if math.Abs(k) < 1e-5 { // the next term of the series is k^3/720
		return 0.5 - k/12
	}
	return 1/k - 1/detmath.Expm1(k)
}

// at is the deceleration at a speed.
func (b brake) at(speed float64) float64 { return b.even + float64(b.slope*speed) }

// time is how long a stop takes from a speed on.
func (b brake) time(speed float64) float64 {
	if b.slope == 0 {
		return speed / b.even
	}
	return detmath.Log1p(float64(b.slope*speed)/b.even) / b.slope
}

// distance is how far it goes meanwhile.
func (b brake) distance(speed float64) float64 {
	if b.slope == 0 {
		return float64(speed*speed) / float64(2*b.even)
	}
	return (speed - float64(b.even*b.time(speed))) / b.slope
}
