package queueing_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// Behind a link that takes a constant time, who has constant times as well waits for the slower one alone.
func TestBehindWithConstantTimes(t *testing.T) {
	for _, load := range []float64{0.3, 0.5, 0.8, 0.9} {
		alone := load / (2 * (1 - load))
		require.Equal(t, 1.0, queueing.Behind(0, load, 0), "nothing before it")
		for _, link := range []float64{0.1, 0.3, 0.5, 0.8, 0.9, 1} {
			want := 0.0
			if link < load {
				want = 1 - link/(2*(1-link))*(link/load)/alone
			}
			require.InDelta(t, want, queueing.Behind(link, load, 0), 1e-12, "%v %v", link, load)
		}
	}
}

// Behind a link that is never idle it is D/M/1: exactly s/(1-s) services, where s = exp(-(1-s)/load).
func TestBehindAFullLink(t *testing.T) {
	for _, load := range []float64{0.3, 0.5, 0.8, 0.9} {
		s := 0.5
		for range 500 {
			s = math.Exp(-(1 - s) / load)
		}
		require.InDelta(t, 1+s/(1-s), 1+queueing.Behind(1, load, 1)*load/(1-load), 0.01*(1+s/(1-s)), "mean stay at %v", load)
	}
}

// The mean stay behind a link is that of a simulated tandem: of exponential times but for 1.5 %, of others
// but for 5 %, and 8 % where both are used at 0.9. At random it would be 140 % too long there.
func TestBehindAsSimulated(t *testing.T) {
	trials.Long(t)
	key := rng.New(7, "tandem", "times")
	worst := 0.0
	near := func(float64) float64 { return 0.015 }
	far := func(load float64) float64 {
		if load < 0.9 {
			return 0.05
		}
		return 0.08
	}
	for _, law := range []struct {
		name      string
		variation float64
		within    func(load float64) float64
		time      func(i uint64) float64
	}{
		{"exponential", 1, near, func(i uint64) float64 { return key.Exponential(2*i + 1) }},
		{"lognormal", 0.25, far, func(i uint64) float64 {
			return math.Exp(key.Normal(2*i+1)*math.Sqrt(math.Log(1.25)) - math.Log(1.25)/2)
		}},
		{"uniform", 1.0 / 3, far, func(i uint64) float64 { return 2 * key.Float64(2*i+1) }},
	} {
		for _, load := range []float64{0.3, 0.5, 0.8, 0.9} {
			for _, link := range []float64{0.1, 0.3, 0.5, 0.8, 0.95} {
				const n = 1_000_000
				at, first, second, sum := 0.0, 0.0, 0.0, 0.0 // the mean service time is 1
				for i := range uint64(n) {
					at += key.Exponential(2*i) / load
					first = math.Max(at, first) + link/load
					wait := math.Max(0, second-first)
					second = first + wait + law.time(i)
					sum += wait
				}
				stay := 1 + sum/n
				alone := load / (1 - load) * (1 + law.variation) / 2
				got := 1 + alone*queueing.Behind(link, load, law.variation)
				worst = math.Max(worst, math.Abs(got/stay-1))
				t.Logf("%s, link %v, load %v: %.4f, simulated %.4f (%+.2f %%); at random %.4f", law.name, link, load, got, stay, 100*(got/stay-1), 1+alone)
				require.InEpsilon(t, stay, got, law.within(load), fmt.Sprint(law.name, link, load))
			}
		}
	}
	t.Logf("worst %.2f %%", 100*worst)
}
