package rng

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDrawsDependOnNothingButTheirKey(t *testing.T) {
	k := New(7, "gauge", "noise")
	want := k.Normal(17)
	for i := range uint64(100) {
		k.Normal(i)
	}
	assert.Equal(t, want, New(7, "gauge", "noise").Normal(17))
	seen := map[uint64]string{}
	for seed := range uint64(20) {
		for _, user := range []string{"a", "b", "ab", ""} {
			for _, purpose := range []string{"noise", "ab", "b", ""} {
				for m := range 5 {
					for i := range uint64(20) {
						name := fmt.Sprint(seed, user, "/", purpose, m, i)
						x := New(seed, user, purpose).Member(m).Uint64(i)
						assert.Emptyf(t, seen[x], "%s collides", name)
						seen[x] = name
					}
				}
			}
		}
	}
}

// The moments of 200 000 draws lie within five standard errors of the theory.
func TestMoments(t *testing.T) {
	const n = 200_000
	k := New(1, "moments", "test")
	var u, g, g2, e, lag float64
	last := 0.0
	for i := range uint64(n) {
		x := k.Normal(i)
		u, g, g2, e = u+k.Float64(i), g+x, g2+x*x, e+k.Exponential(i)
		lag += x * last
		last = x
	}
	root := math.Sqrt(n)
	assert.InDelta(t, 0.5, u/n, 5/math.Sqrt(12)/root)
	assert.InDelta(t, 0, g/n, 5/root)
	assert.InDelta(t, 1, g2/n, 5*math.Sqrt2/root)
	assert.InDelta(t, 1, e/n, 5/root)
	assert.InDelta(t, 0, lag/n, 5/root)
}

// Chi-square over 256 bins of the highest and of the lowest bits.
func TestBitsAreUniform(t *testing.T) {
	const n = 1 << 18
	k := New(3, "bits", "test")
	var high, low [256]float64
	for i := range uint64(n) {
		x := k.Uint64(i)
		high[x>>56]++
		low[x&255]++
	}
	for _, bins := range [][256]float64{high, low} {
		chi, mean := 0.0, float64(n)/256
		for _, c := range bins {
			chi += (c - mean) * (c - mean) / mean
		}
		assert.InDelta(t, 255, chi, 5*math.Sqrt(2*255))
	}
}

func BenchmarkNormal(b *testing.B) {
	k := New(1, "bench", "noise")
	for i := range b.N {
		sink += k.Normal(uint64(i))
	}
}

var sink float64
