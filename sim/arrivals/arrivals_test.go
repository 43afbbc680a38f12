package arrivals_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/arrivals"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// times returns at most n arrivals.
func times(t require.TestingT, s arrivals.Shape, key rng.Key, n int) (list []vtime.Time) {
	source, err := arrivals.From(s, key)
	require.NoError(t, err)
	for range n {
		at := source.Next()
		if at == vtime.Never {
			break
		}
		list = append(list, at)
	}
	return list
}

// kolmogorov is the quantile at level 0.001 of Kolmogorov's distribution.
const kolmogorov = 1.9495

// distance is the greatest distance of a sample from a distribution, as a multiple of what chance
// makes it in one of a thousand samples.
func distance(list []float64, below func(x float64) float64) float64 {
	slices.Sort(list)
	d, n := 0.0, float64(len(list))
	for i, x := range list {
		f := below(x)
		d = max(d, f-float64(i)/n, float64(i+1)/n-f)
	}
	return d * math.Sqrt(n) / kolmogorov
}

var device = rng.New(5, "meter", "arrivals")

func TestPoisson(t *testing.T) {
	list := times(t, arrivals.Poisson{Start: vtime.Time(vtime.Hour), Rate: 50}, device, 20_000)
	var gaps []float64
	last := vtime.Time(vtime.Hour)
	for _, at := range list {
		gaps, last = append(gaps, vtime.Seconds(at.Sub(last))), at
	}
	require.Less(t, distance(gaps, func(x float64) float64 { return -math.Expm1(-50 * x) }), 1.0)
	require.Greater(t, distance(gaps, func(x float64) float64 { return -math.Expm1(-52 * x) }), 1.0, "the test can tell")
}

// beta34 is the distribution function of Beta(3,4).
func beta34(x float64) float64 { return x * x * x * (20 - 45*x + 36*x*x - 10*x*x*x) }

// 30 000 devices come over 10 s in the shape of 3GPP TR 37.868.
func TestBurst(t *testing.T) {
	var list []float64
	for i := range 30_000 {
		at := times(t, arrivals.Burst{Start: vtime.Time(vtime.Minute)}, device.Member(i), 3)
		require.Len(t, at, 1)
		list = append(list, vtime.Seconds(at[0].Sub(vtime.Time(vtime.Minute)))/10)
	}
	require.Less(t, distance(list, beta34), 1.0)
	require.Greater(t, distance(list, func(x float64) float64 { return x }), 10.0)
	mean := 0.0
	for _, x := range list {
		mean += x / 30_000
	}
	require.InDelta(t, 3.0/7, mean, 3.2905*math.Sqrt(12.0/49/8/30_000))
	peak := 0 // arrivals in the best 100 ms: the density is 60 x^2 (1-x)^3, 2.0736 at 2/5
	for i := range list {
		end, _ := slices.BinarySearch(list, list[i]+0.01)
		peak = max(peak, end-i)
	}
	require.InDelta(t, 30_000*2.0736*0.01, float64(peak), 5*math.Sqrt(622))
}

func TestFlood(t *testing.T) {
	f := arrivals.Flood{Start: vtime.Time(vtime.Minute), Peak: 100, Ramp: 20 * vtime.Second, Decay: 60 * vtime.Second}
	require.Equal(t, 7000.0, f.Expected())
	whole := func(x float64) float64 { // of the expected ones by then
		if x < 20 {
			return 100 * x * x / 40 / 7000
		}
		return (1000 - 6000*math.Expm1(-(x-20)/60)) / 7000
	}
	total, n := 0.0, 200.0
	var list []float64
	for i := range int(n) {
		at := times(t, f, device.Member(i), 1e6)
		require.True(t, slices.IsSorted(at))
		total += float64(len(at))
		for _, a := range at {
			list = append(list, a.Seconds()-60)
		}
	}
	require.InDelta(t, 7000, total/n, 3.2905*math.Sqrt(7000/n))
	require.Less(t, distance(list, whole), 1.0)
	require.Greater(t, distance(list, func(x float64) float64 { return whole(x * 0.98) }), 1.0, "the test can tell")
	require.Empty(t, times(t, arrivals.Flood{Ramp: 5}, device, 3))
}

func TestPeriodic(t *testing.T) {
	p := arrivals.Periodic{First: 100, Every: 1000, Jitter: 400}
	var late []float64
	for k, at := range times(t, p, device, 20_000) {
		late = append(late, float64(at)-100-1000*float64(k))
	}
	require.Less(t, distance(late, func(x float64) float64 { return math.Floor(x+1) / 400 }), 1.0, "jitter is uniform and does not add up")
	p = arrivals.Periodic{Every: vtime.Hour, Scatter: vtime.Hour}
	var first []float64
	for i := range 20_000 {
		at := times(t, p, device.Member(i), 2)
		require.Equal(t, vtime.Hour, at[1].Sub(at[0]))
		first = append(first, at[0].Seconds()/3600)
	}
	require.Less(t, distance(first, func(x float64) float64 { return x }), 1.0)
	require.Len(t, times(t, arrivals.Periodic{Every: vtime.Duration(vtime.Never) / 2}, device, 9), 2, "there is an end of time")
}

// shape draws one of any kind.
func shape(t *rapid.T) arrivals.Shape {
	d := func(least int, name string) vtime.Duration {
		return vtime.Duration(rapid.IntRange(least, 1e9).Draw(t, name))
	}
	start, rate := vtime.Time(d(0, "start")), rapid.Float64Range(0, 1e4).Draw(t, "rate")
	every := d(1, "every")
	return rapid.SampledFrom([]arrivals.Shape{
		arrivals.Periodic{First: start, Every: every, Jitter: every / 2, Scatter: d(0, "scatter")},
		arrivals.Poisson{Start: start, Rate: rate},
		arrivals.Burst{Start: start, Over: d(0, "over")},
		arrivals.Flood{Start: start, Peak: rate, Ramp: d(0, "ramp"), Decay: d(0, "decay")},
	}).Draw(t, "shape")
}

// Arrivals are in order, depend on the key alone, and go on after being kept.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, key := shape(t), rng.New(rapid.Uint64().Draw(t, "seed"), "a", "arrivals")
		list := times(t, s, key, 100)
		require.True(t, slices.IsSorted(list))
		a, err := arrivals.From(s, key)
		require.NoError(t, err)
		other, err := arrivals.From(s, key.Member(1))
		require.NoError(t, err)
		for _, at := range list {
			other.Next() // changes nobody's luck
			require.Equal(t, at, a.Next())
			archive := snapshot.New(0)
			a.Archive(archive)
			again, err := arrivals.From(s, key)
			require.NoError(t, err)
			r := snapshot.Of(archive.Bytes())
			again.Archive(r)
			r.Done()
			require.NoError(t, r.Err())
			require.Equal(t, a, again)
			a = again
		}
		require.Equal(t, uint64(len(list)), a.Had())
		if len(list) < 100 {
			require.Equal(t, vtime.Never, a.Next())
			require.Equal(t, vtime.Never, a.Next())
		}
	})
}

func TestMistakes(t *testing.T) {
	for name, s := range map[string]arrivals.Shape{
		"more than 0":  arrivals.Periodic{},
		"overtake":     arrivals.Periodic{Every: 1, Jitter: 2},
		"not negative": arrivals.Periodic{Every: 1, Scatter: -1},
		"rate of":      arrivals.Poisson{Rate: math.NaN()},
		"begins at 0":  arrivals.Poisson{Start: -1},
		"burst":        arrivals.Burst{Over: -1},
		"flood":        arrivals.Flood{Ramp: -1},
	} {
		_, err := arrivals.From(s, device)
		require.ErrorContains(t, err, name)
	}
}

func BenchmarkPoisson(b *testing.B) {
	s, _ := arrivals.From(arrivals.Poisson{Rate: 1000}, device)
	b.ReportAllocs()
	for b.Loop() {
		s.Next()
	}
}
