package quantile_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/tally"
	"github.com/harmproof/harmproof/sim/vtime"
)

// delays draws delays of all sizes, many of them alike.
func delays() *rapid.Generator[[]vtime.Duration] {
	of := rapid.Custom(func(t *rapid.T) vtime.Duration {
		octave := rapid.IntRange(0, 62).Draw(t, "octave")
		return vtime.Duration(rapid.Int64Range(0, 1<<octave|(1<<octave-1)).Draw(t, "delay"))
	})
	return rapid.SliceOfN(rapid.OneOf(of, rapid.SampledFrom([]vtime.Duration{0, 1, 63, 64, 127, 128, 129, math.MaxInt64})), 0, 200)
}

// exact is the order statistic, with the rank of a quantile in whole thousandths.
func exact(sorted []vtime.Duration, thousandths int) vtime.Duration {
	n := len(sorted)
	return sorted[max(1, (n*thousandths+999)/1000)-1]
}

// requireWithin wants what is told of a delay to be within the stated error.
func requireWithin(t require.TestingT, want, got vtime.Duration) {
	require.LessOrEqual(t, math.Abs(float64(got)-float64(want)), quantile.Error*float64(want), "%d for %d", got, want)
	if want < 128 {
		require.Equal(t, want, got)
	}
}

func filled(list []vtime.Duration) *quantile.Sketch {
	s := new(quantile.Sketch)
	for _, d := range list {
		s.Add(d)
	}
	return s
}

func kept(s interface{ Archive(*snapshot.Archive) }) []byte {
	a := snapshot.New(0)
	s.Archive(a)
	return a.Bytes()
}

// A sketch tells every quantile within its error, and the rest exactly.
func TestAgainstOrderStatistics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := delays().Draw(t, "delays")
		s := filled(list)
		require.Equal(t, uint64(len(list)), s.Count())
		if len(list) == 0 {
			require.Zero(t, s.Quantile(0.5)+s.Min()+s.Max())
			require.Zero(t, s.Mean())
			return
		}
		var sum tally.Sum
		mean := 0.0
		for _, d := range list {
			sum.Add(uint64(d))
			mean += float64(d) / float64(len(list)) / 1e9
		}
		slices.Sort(list)
		require.Equal(t, sum, s.Sum())
		require.InDelta(t, mean, s.Mean(), 1e-12*mean)
		require.Equal(t, list[0], s.Min())
		require.Equal(t, list[len(list)-1], s.Max())
		require.Equal(t, s.Min(), s.Quantile(0))
		require.Equal(t, s.Max(), s.Quantile(1))
		for k := range 1001 {
			requireWithin(t, exact(list, k), s.Quantile(float64(k)/1000))
		}
	})
}

// Merging is having had all, to the byte, in any order.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := delays().Draw(t, "a"), delays().Draw(t, "b")
		left, right := filled(a), filled(b)
		left.Merge(right)
		right.Merge(filled(a))
		want := kept(filled(slices.Concat(a, b)))
		require.Equal(t, want, kept(left))
		require.Equal(t, want, kept(right))
	})
}

// A tracker always knows what a sketch would find.
func TestTracker(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.OneOf(rapid.Float64Range(0, 1), rapid.SampledFrom([]float64{0, 0.5, 0.99, 1})).Draw(t, "q")
		follow, err := quantile.NewTracker(q)
		require.NoError(t, err)
		require.Zero(t, follow.Value())
		for i, d := range delays().Draw(t, "delays") {
			follow.Add(d)
			require.Equal(t, follow.Sketch().Quantile(q), follow.Value())
			if i%50 == 7 {
				again, err := quantile.NewTracker(q)
				require.NoError(t, err)
				again.Archive(snapshot.Of(kept(follow)))
				require.Equal(t, follow, again)
				follow = again
			}
		}
	})
	for _, q := range []float64{-0.1, 1.1, math.NaN()} {
		_, err := quantile.NewTracker(q)
		require.ErrorContains(t, err, "from 0 to 1")
	}
}

// A quantile that is no number, or out of range, is told as its nearest end.
func TestOdd(t *testing.T) {
	s := filled([]vtime.Duration{5, -7, 9})
	require.Equal(t, vtime.Duration(0), s.Min(), "less than nothing counts as nothing")
	require.Equal(t, vtime.Duration(0), s.Quantile(math.NaN()))
	require.Equal(t, vtime.Duration(0), s.Quantile(-3))
	require.Equal(t, vtime.Duration(9), s.Quantile(math.Inf(1)))
	hundred := new(quantile.Sketch)
	for i := range 100 {
		hundred.Add(vtime.Duration(i + 1))
	}
	require.Equal(t, vtime.Duration(7), hundred.Quantile(0.07), "though 0.07*100 is more than 7")
}

// What is kept comes back; what is damaged is an error and never a panic.
func TestKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := filled(delays().Draw(t, "delays"))
		data := kept(s)
		again := filled([]vtime.Duration{1, 2, 3})
		a := snapshot.Of(data)
		again.Archive(a)
		a.Done()
		require.NoError(t, a.Err())
		require.Equal(t, s, again)
		data[rapid.IntRange(0, len(data)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		again.Archive(snapshot.Of(data))
		again.Quantile(0.5)
		track, err := quantile.NewTracker(0.9)
		require.NoError(t, err)
		track.Archive(snapshot.Of(data[:rapid.IntRange(0, len(data)).Draw(t, "cut")]))
		track.Add(17)
		require.Equal(t, track.Sketch().Quantile(0.9), track.Value())
	})
}

// some are delays as a queue makes them.
func some() []vtime.Duration {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]vtime.Duration, 1<<16)
	for i := range list {
		list[i] = vtime.Duration(r.ExpFloat64() * 5e6)
	}
	return list
}

func TestNothingAllocated(t *testing.T) {
	list := some()
	s, track := filled(list), new(quantile.Tracker)
	for _, d := range list {
		track.Add(d)
	}
	i := 0
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		s.Add(list[i])
		track.Add(list[i])
		i++
	}))
}

func BenchmarkAdd(b *testing.B) {
	list, s := some(), new(quantile.Sketch)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.Add(list[i%len(list)])
	}
}

func BenchmarkTracker(b *testing.B) {
	list := some()
	s, _ := quantile.NewTracker(0.99)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.Add(list[i%len(list)])
	}
}

func BenchmarkQuantile(b *testing.B) {
	s := filled(some())
	for b.Loop() {
		s.Quantile(0.99)
	}
}
