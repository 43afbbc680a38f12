package outbreak

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

const hour = vtime.Hour

// laptop is a server whose malware tries a laptop that is there for eight hours a day, from
// nine o'clock on.
func laptop(s Scanner, share float64) *Model {
	m := lone(2)
	m.Run = vtime.Time(1000 * vtime.Day)
	m.Gates = []Gate{{Name: "office", Schedule: Schedule{First: vtime.Time(9 * hour), Every: vtime.Day, Chance: 1}, For: 8 * hour}}
	s.Targets = []Target{{Class: 1, Share: share, Gate: 0, Barrier: -1}}
	m.Classes[0].Scanners = []Scanner{s}
	return m
}

// there returns for how long the laptop has been there by a time, and whether it is.
func there(now vtime.Time) (vtime.Duration, bool) {
	today := vtime.Duration(now)%vtime.Day - 9*hour
	return vtime.Duration(now)/vtime.Day*8*hour + min(max(today, 0), 8*hour), today >= 0 && today <= 8*hour
}

// Tried at random, how long the laptop has been there when it is infected is exponential, and
// it is infected only while it is there.
func TestHazardOnlyWhileTheGateIsOpen(t *testing.T) {
	const runs, mean = 3000, 30 * 3600.0
	m := laptop(Scanner{Rate: 100 / mean}, 0.01)
	var sample []float64
	for seed := range uint64(runs) {
		o := begun(m, seed, 1)
		runTo(o, m.Run)
		spent, in := there(o.Tally(1).First)
		require.True(t, in)
		sample = append(sample, spent.Seconds())
	}
	requireDistribution(t, sample, exponential(mean), "hours there")
}

// Tried at a fixed rate, the times of tries do not depend on when the laptop comes: it is hit
// at one of them, and the number of those that it was there for is geometric.
func TestFixedRateKeepsItsTimesThroughAGate(t *testing.T) {
	trials.Long(t)
	const runs, share = 3000, 0.15
	for _, every := range []vtime.Duration{37 * vtime.Minute, 5 * hour, vtime.Day + hour/2} {
		m := laptop(Scanner{Every: every}, share)
		counts, want := make([]int, 80), make([]float64, 80)
		for seed := range uint64(runs) {
			o := begun(m, seed, 1)
			runTo(o, m.Run)
			first, tries := o.Tally(1).First, 0
			require.Zero(t, vtime.Duration(first)%every)
			for now := vtime.Time(0).Add(every); now <= first; now = now.Add(every) {
				// A try when the gate turns meets it as it was: at nine it is shut, at five open.
				if spent, in := there(now); in && (spent%(8*hour) != 0 || vtime.Duration(now)%vtime.Day == 17*hour) {
					tries++
				}
			}
			require.Positive(t, tries)
			counts[min(tries, len(counts)-1)]++
		}
		for i := 1; i < len(want); i++ {
			want[i] = share * math.Pow(1-share, float64(i-1))
		}
		requireCounts(t, want, counts, "tries while it was there, every "+every.String())
	}
}

// Gates that open again while they are open stay so until the last of them ends; one that
// opens for no time at all lets nothing through.
func TestGatesThatOverlap(t *testing.T) {
	m := laptop(Scanner{Rate: 1}, 1)
	m.Run = vtime.Time(3 * vtime.Day)
	m.Gates[0].For = vtime.Day
	o := begun(m, 1, 1)
	runTo(o, m.Run)
	require.InDelta(t, 9*3600+5, o.Tally(1).First.Seconds(), 5)
	m.Gates[0].For = 0
	o = begun(m, 1, 1)
	runTo(o, m.Run)
	require.Equal(t, vtime.Never, o.Tally(1).First)
}

// A stick goes from one host to another now and then: the number of days until it does is
// geometric, the time of day is uniform.
func TestChanceAndSpreadOfContacts(t *testing.T) {
	const runs, chance = 3000, 0.3
	m := lone(2)
	m.Run = vtime.Time(1000 * vtime.Day)
	m.Contacts = []Contact{{
		Name: "stick", A: 1, B: 0, Vectors: []int32{0}, Barrier: -1,
		Schedule: Schedule{First: vtime.Time(8 * hour), Every: vtime.Day, Spread: 4 * hour, Chance: chance},
	}}
	counts, want := make([]int, 40), make([]float64, 40)
	var times []float64
	for seed := range uint64(runs) {
		o := begun(m, seed, 1)
		for o.Infected(1) == 0 {
			o.Advance(o.Next())
		}
		first := vtime.Duration(o.Tally(1).First)
		counts[min(int(first/vtime.Day), 39)]++
		times = append(times, float64(first%vtime.Day-8*hour)/float64(4*hour))
		require.Equal(t, byContact(0, 0), o.Tally(1).Via)
	}
	for i := range want {
		want[i] = chance * math.Pow(1-chance, float64(i))
	}
	requireCounts(t, want, counts, "days until the stick is passed")
	requireDistribution(t, times, func(x float64) float64 { return min(max(x, 0), 1) }, "time of day")
}

// From a host malware is passed on only once it has dwelt there; a carrier passes it on at
// once, and takes as long to get it as its vector does.
func TestDwellingAndCarrying(t *testing.T) {
	m := lone(3)
	m.Run = vtime.Time(vtime.Day)
	m.Dwells = 90 * vtime.Minute
	m.Vectors[0].Takes = vtime.Minute
	m.Classes[1].Carrier = true
	meets := func(name string, a, b int32, first vtime.Duration) Contact {
		return Contact{Name: name, A: a, B: b, Vectors: []int32{0}, Barrier: -1, Schedule: Schedule{First: vtime.Time(first), Every: hour, Chance: 1}}
	}
	m.Contacts = []Contact{meets("in", 0, 1, 10*vtime.Minute), meets("out", 1, 2, 11*vtime.Minute)}
	o := begun(m, 1, 1)
	runTo(o, m.Run)
	// 0:10 and 1:10 are too early for host 0. Infected at 2:11 exactly, the carrier passes it on
	// in the same minute: what lands at an instant is there before who meets at it.
	require.Equal(t, vtime.Time(2*hour+11*vtime.Minute), o.Tally(1).First)
	require.Equal(t, vtime.Time(2*hour+12*vtime.Minute), o.Tally(2).First)
}

// What scans begins to do so when it has dwelt, takes its way, and then lands.
func TestDelaysAddUp(t *testing.T) {
	m := lone(2)
	m.Dwells, m.Vectors[0].Takes = 10*vtime.Second, 3*vtime.Second
	m.Classes[0].Scanners = []Scanner{{Every: 4 * vtime.Second, Targets: []Target{{Class: 1, Share: 1, Delay: 500 * vtime.Millisecond, Gate: -1, Barrier: -1}}}}
	o := begun(m, 1, 1)
	runTo(o, at(14))
	require.Equal(t, Landing, o.StateOf(1))
	require.Equal(t, at(17.5), o.heap.time(o.lifeEntry(1, 1)))
	runTo(o, at(17.5))
	require.Equal(t, Infected, o.StateOf(1))
	require.Equal(t, []Link{{0, -1, Via{}, 0}, {1, 0, byVector(0), at(17.5)}}, o.Way(1, 10))
}
