package outbreak

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// scannedFrom is one host that scans a class of so many, none of which does anything.
func scannedFrom(n int32, hazard float64) *Model {
	m := lone(1)
	m.Classes[0].Scanners = []Scanner{{Rate: 2 * hazard * float64(n), Targets: []Target{{Class: 1, Share: 0.5, Gate: -1, Barrier: -1}}}}
	m.Classes = append(m.Classes, Class{Name: "cameras", First: 1, Count: n, Cleaned: -1, Open: []Opening{{Share: 1, Until: vtime.Never}}})
	return m
}

// Hosts that are open in part, from the start until they are patched one by one, each meet
// their hazard so long as they are: the share infected is its integral, and each host is
// infected or not by itself.
func TestPatchesInTurn(t *testing.T) {
	trials.Long(t)
	const n, hazard, share, until, over = 40_000, 0.2, 0.6, 3.0, 5.0
	m := scannedFrom(n, hazard)
	m.Classes[1].Open[0] = Opening{Share: share, Until: at(until), Over: vtime.FromSeconds(over)}
	o := begun(m, 1, 1)
	runTo(o, at(until))
	requireShare(t, share*-math.Expm1(-hazard*until), o.Infected(1), n, "before the first patch")
	runTo(o, at(1000))
	open := math.Exp(-hazard*until) * -math.Expm1(-hazard*over) / (hazard * over)
	requireShare(t, share*(1-open), o.Infected(1), n, "in the end")
	for h := int32(1); h <= n; h++ {
		require.Less(t, o.hosts[h].since, at(until+over))
		require.Equal(t, o.opens(h, 1, 0, 0), o.opens(h, 1, 0, at(until)-1))
		require.False(t, o.opens(h, 1, 0, at(until+over)))
	}
	open1, open2 := 0, 0
	for h := int32(1); h <= n; h++ {
		if o.opens(h, 1, 0, 0) {
			open1++
		}
		if o.opens(h, 1, 0, at(until+over/4)) {
			open2++
		}
	}
	requireShare(t, share, open1, n, "open at the start")
	requireShare(t, share*3/4, open2, n, "open after a quarter of the patches")
}

// Scanners for malware clean hosts in turn from when they know it; what is cleaned is not
// infected again, and what comes later is not let in, which is counted.
func TestScannersForMalware(t *testing.T) {
	const n, known, cleaned, staggered = 5000, 20.0, 10.0, 40.0
	m := scannedFrom(n, 1)
	m.Known = at(known)
	m.Classes[1].Cleaned, m.Classes[1].Staggered = vtime.FromSeconds(cleaned), vtime.FromSeconds(staggered)
	o := begun(m, 1, 1)
	runTo(o, at(known+cleaned))
	require.Equal(t, n, o.Infected(1))
	var times []float64
	for o.Infected(1) > 0 {
		now := o.Next()
		o.Advance(now)
		for _, news := range o.News {
			require.Equal(t, Immune, o.StateOf(news.Host))
			if news.Kind == Found {
				require.Equal(t, now, o.Walls()[news.Wall].Found.First)
				continue
			}
			require.Equal(t, Left, news.Kind)
			times = append(times, (now.Seconds()-known-cleaned)/staggered)
		}
	}
	requireDistribution(t, times, func(x float64) float64 { return min(max(x, 0), 1) }, "cleaned")
	require.Equal(t, uint64(n), o.Tally(1).Ever)

	then := o.Walls()[0]
	runTo(o, at(known+cleaned+2*staggered))
	now := o.Walls()[0]
	require.Greater(t, now.Hits, then.Hits)
	require.Equal(t, now.Hits-then.Hits, now.Found.Hits-then.Found.Hits, "each is stopped")

	late := begun(m, 1, 0)
	late.Advance(at(100))
	require.False(t, late.Release(1, 0, at(100)), "what is known is not let in")
	require.Equal(t, Clean, late.StateOf(1))
	require.Zero(t, late.Tally(1).Ever)
}

// Malware that removes itself does so on time, from each host, for good.
func TestRemovesItself(t *testing.T) {
	const n = 500
	m := scannedFrom(n, 1)
	m.Removes = 3 * vtime.Second
	o := begun(m, 1, 1)
	since := map[int32]vtime.Time{0: 0}
	for o.Next() != vtime.Never {
		now := o.Next()
		o.Advance(now)
		for _, news := range o.News {
			if news.Kind == Caught {
				require.NotContains(t, since, news.Host)
				since[news.Host] = now
			} else {
				require.Equal(t, since[news.Host].Add(m.Removes), now)
			}
		}
	}
	requireShare(t, -math.Expm1(-3), len(since)-1, n, "infected within three seconds")
	require.Zero(t, o.Infected(1))
}

// How long a host has it until it reboots is exponential; malware that lasts stays.
func TestReboots(t *testing.T) {
	const n, mean = 3000, 50.0
	m := scannedFrom(n, 0)
	m.Classes[1].Reboots = 1 / mean
	var times []float64
	o := New(m, 1)
	for i := range n {
		require.True(t, o.Release(1, i, 0))
	}
	for o.Infected(1) > 0 {
		times = append(times, o.Next().Seconds())
		o.Advance(o.Next())
	}
	requireDistribution(t, times, exponential(mean), "time to a reboot")
	m.Lasts = true
	o = New(m, 1)
	require.True(t, o.Release(1, 0, 0))
	require.Equal(t, vtime.Never, o.Next())
}

// Which of its hosts a class is hit at is uniform, which class in proportion to its share of
// those behind open gates.
func TestTargetsInProportion(t *testing.T) {
	const n, runs = 8, 8000
	m := scannedFrom(n, 1)
	other, shut := m.Classes[1], m.Classes[1]
	other.Name, other.First, other.Count = "pumps", 1+n, 2
	shut.Name, shut.First, shut.Count = "laptops", 3+n, 1
	m.Classes = append(m.Classes, other, shut)
	m.Gates = []Gate{{Name: "office", Schedule: Schedule{First: vtime.Never, Chance: 1}}}
	m.Classes[0].Scanners[0].Targets = []Target{
		{Class: 3, Share: 0.5, Gate: 0, Barrier: -1}, {Class: 1, Share: 0.03, Gate: -1, Barrier: -1},
		{Class: 2, Share: 0, Gate: -1, Barrier: -1}, {Class: 2, Share: 0.01, Gate: -1, Barrier: 7}, {Class: 3, Share: 0.2, Gate: 0, Barrier: -1},
	}
	members, through, stopped := make([]int, n), 0, 0
	for seed := range uint64(runs) {
		o, told := begun(m, seed, 1), 0
		for o.Infected(1) == 0 {
			o.Advance(o.Next())
			for _, news := range o.News {
				if news.Kind == Stopped {
					told++
					require.Equal(t, News{Kind: Stopped, Class: 2, Host: -1, From: 0, Via: byVector(0), Wall: 3}, news)
				}
			}
		}
		members[o.Tally(1).Host-1]++
		through += int(o.walls[1].Hits)
		stopped += int(o.walls[3].Hits)
		require.Equal(t, o.walls[3].Hits > 0, told == 1)
		for _, shut := range []int{0, 2, 4} {
			require.Zero(t, o.walls[shut].Hits)
		}
		require.Zero(t, o.Tally(2).Ever)
	}
	// Each run ends with its first hit that comes through.
	require.Equal(t, runs, through)
	sd := math.Sqrt(runs * (1.0 / 3) * (4.0 / 3))
	require.InDelta(t, runs/3.0, float64(stopped), z999*sd)
	want := make([]float64, n)
	for i := range want {
		want[i] = 1.0 / n
	}
	requireCounts(t, want, members, "members")
}
