package outbreak

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// worm is a population of hosts that scan 2^32 addresses at random.
func worm(n int32, rate float64) *Model {
	return &Model{
		Name: "worm", Ends: vtime.Never, Known: vtime.Never, Run: vtime.Never,
		Vectors: []Vector{{Name: "hole"}},
		Classes: []Class{{
			Name: "hosts", Count: n, Cleaned: -1,
			Open:     []Opening{{Share: 1, Until: vtime.Never}},
			Scanners: []Scanner{{Rate: rate, Targets: []Target{{Share: float64(n) / (1 << 32), Gate: -1, Barrier: -1}}}},
		}},
	}
}

// fast is a worm that infects k others a second while almost nobody is infected.
func fast(n int32, k float64) *Model { return worm(n, k/float64(n)*(1<<32)) }

// begun returns an outbreak that the first so many hosts of the first class have.
func begun(m *Model, seed uint64, n int) *Outbreak {
	o := New(m, seed)
	o.Start()
	for i := range n {
		o.Release(0, i, 0)
	}
	return o
}

// until runs an outbreak until so many are infected, and returns when; Never where that
// does not come to be.
func until(o *Outbreak, n int) vtime.Time {
	now := vtime.Time(0)
	for o.Infected(0) < n {
		if now = o.Next(); now == vtime.Never {
			break
		}
		o.Advance(now)
	}
	return now
}

// runTo does all that happens up to a time.
func runTo(o *Outbreak, end vtime.Time) {
	for o.Next() <= end {
		o.Advance(o.Next())
	}
}

func at(seconds float64) vtime.Time { return vtime.Time(vtime.FromSeconds(seconds)) }

// births is the chain of a worm: i infected hosts infect another one at K i (N - i) / N.
func births(n int, k float64) chain {
	c := chain{make([]float64, n+1), make([]float64, n+1)}
	for i := range n + 1 {
		c.up[i] = k * float64(i) * float64(n-i) / float64(n)
	}
	return c
}

// passage returns the exact mean and standard deviation of how long a chain of births takes.
func (c chain) passage(from, to int) (mean, sd float64) {
	for i := from; i < to; i++ {
		mean, sd = mean+1/c.up[i], sd+1/(c.up[i]*c.up[i])
	}
	return mean, math.Sqrt(sd)
}

// For few hosts, how many are infected at a time is distributed as the chain of births says:
// early, half way, late.
func TestFewHostsFollowTheBirthChain(t *testing.T) {
	const n, k, runs = 40, 1.0, 4000
	m := fast(n, k)
	for _, seconds := range []float64{1, 3, 5, 7} {
		want, counts := births(n, k).after(1, seconds), make([]int, n+1)
		var sample []float64
		for seed := range uint64(runs) {
			o := begun(m, seed, 1)
			runTo(o, at(seconds))
			counts[o.Infected(0)]++
			sample = append(sample, float64(o.Infected(0)))
		}
		requireMean(t, mean(want), 0, sample, "infected on average")
		requireCounts(t, want, counts, "infected")
	}
}

// For many hosts the mean follows the logistic curve, begun with enough of them for chance to
// even out.
func TestManyHostsFollowTheLogisticCurve(t *testing.T) {
	trials.Long(t)
	const n, first, k, runs = 20_000, 200, 1.0, 30
	m := fast(n, k)
	for _, share := range []float64{0.1, 0.5, 0.9} {
		seconds := (math.Log(n/float64(first)-1) + math.Log(share/(1-share))) / k
		var sample []float64
		for seed := range uint64(runs) {
			o := begun(m, seed, first)
			runTo(o, at(seconds))
			sample = append(sample, float64(o.Infected(0)))
		}
		requireMean(t, share*n, 0, sample, "infected")
	}
}

// The time to a number of infected hosts is a sum of exponential times; to 90 % from one host
// its mean is later than the logistic curve's (ln(N-1) + ln 9) / K by Euler's constant over K:
// so much does the luck of the first few hosts cost on average.
func TestTimesToShares(t *testing.T) {
	trials.Long(t)
	const n, k, runs, euler = 500, 0.08155, 1500, 0.5772156649
	m, c := fast(n, k), births(n, k)
	for _, share := range []float64{0.1, 0.5, 0.9} {
		want, sd := c.passage(1, int(share*n))
		var sample []float64
		for seed := range uint64(runs) {
			sample = append(sample, until(begun(m, seed, 1), int(share*n)).Seconds())
		}
		requireMean(t, want, sd, sample, "time")
	}
	mean90, _ := births(75_000, k).passage(1, 67_500)
	require.InDelta(t, (math.Log(75_000-1)+math.Log(9)+euler)/k, mean90, 1e-4*mean90)
}

// The first crossing from a zone whose I hosts are infected into another comes after
// 1 / (epsilon beta I) on average, and is exponential.
func TestFirstCrossing(t *testing.T) {
	const inside, epsilon, beta, runs = 25, 0.01, 0.4, 3000
	m := fast(inside, beta)
	away := m.Classes[0]
	away.Name, away.First, away.Scanners = "away", inside, nil
	m.Classes = append(m.Classes, away)
	own := m.Classes[0].Scanners[0].Targets[0]
	across := own
	across.Class, across.Share = 1, own.Share*epsilon
	m.Classes[0].Scanners[0].Targets = []Target{own, across}
	var sample []float64
	for seed := range uint64(runs) {
		o := begun(m, seed, inside)
		for o.Infected(1) == 0 {
			o.Advance(o.Next())
		}
		sample = append(sample, o.Tally(1).First.Seconds())
	}
	mean := 1 / (epsilon * beta * inside)
	requireMean(t, mean, mean, sample, "first crossing")
	requireDistribution(t, sample, exponential(mean), "first crossing")
}
