// Package rng is chance by key: every draw is a pure function of (seed, user,
// purpose, occurrence), never of the order in which things were drawn. So a
// sensor's 17th sample has its noise whatever else happens, a re-run without one
// injection leaves the luck of everybody else alone, and there is no generator
// state to save.
//
// The function is two rounds of the SplitMix64 finaliser (Steele, Lea, Flood,
// "Fast splittable pseudorandom number generators", OOPSLA 2014) over key and
// counter, a counter-based generator in the sense of Salmon et al. (SC 2011).
package rng

import (
	"math/bits"

	"github.com/harmproof/harmproof/sim/detmath"
)

// A Key names a stream of chance: all its draws are told apart by occurrence.
type Key uint64

// New returns the key of one user's one purpose in the run with the seed.
func New(seed uint64, user, purpose string) Key {
	h := mix(seed + golden)
	h = text(h, user)
	return Key(mix(text(h^golden, purpose)))
}

// Member returns the key of member m of a device with a count.
func (k Key) Member(m int) Key {
	if m == 0 {
		return k
	}
	return Key(mix(uint64(k) ^ mix(uint64(m)*golden)))
}

// Uint64 returns the 64 bits of the occurrence.
func (k Key) Uint64(occurrence uint64) uint64 {
	x := mix(uint64(k) + occurrence*golden)
	return mix(x ^ bits.RotateLeft64(uint64(k), 32))
}

// Float64 returns a number in the open interval (0, 1), in steps of 2^-53.
func (k Key) Float64(occurrence uint64) float64 {
	return float64((float64(k.Uint64(occurrence)>>11) + 0.5) * 0x1p-53)
}

// Normal returns a draw from the standard normal distribution, by inversion, so
// that one occurrence uses one draw.
func (k Key) Normal(occurrence uint64) float64 {
	return detmath.NormQuantile(k.Float64(occurrence))
}

// Exponential returns a draw from the exponential distribution with mean 1.
func (k Key) Exponential(occurrence uint64) float64 {
	return -detmath.Log(k.Float64(occurrence))
}

const golden = 0x9e3779b97f4a7c15 // 2^64 divided by the golden ratio, odd

// mix is the finaliser of SplitMix64: every input bit changes about half of the
// output bits.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// text folds a string and its length into h.
func text(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3 // FNV-1a
	}
	return mix(h ^ uint64(len(s)))
}
