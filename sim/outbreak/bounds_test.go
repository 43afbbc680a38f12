package outbreak

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// habit is a model of two hosts that meet by a schedule.
func habit(s Schedule, run vtime.Time) *Model {
	m := lone(2)
	m.Run = run
	m.Contacts = []Contact{{Name: "stick", Schedule: s, A: 0, B: 1, Vectors: []int32{0}, Barrier: -1}}
	return m
}

// A habit has as many turns as lie within the run, one where it does not come again; one
// without a chance has none, however often it could be and however long the run is.
func TestHabitsEndWithTheRun(t *testing.T) {
	second := vtime.Time(vtime.Second)
	turns := func(s Schedule, run vtime.Time) int {
		o := New(habit(s, run), 1)
		for o.Start(); o.Next() != vtime.Never; {
			o.Advance(o.Next())
		}
		return int(o.done[0])
	}
	require.Equal(t, 11, turns(Schedule{Every: vtime.Second, Chance: 1}, 10*second))
	require.Equal(t, 10, turns(Schedule{First: 1, Every: vtime.Second, Chance: 1}, 10*second))
	require.Equal(t, 11, turns(Schedule{Every: vtime.Second, Spread: vtime.Hour, Chance: 1}, 10*second))
	require.Equal(t, 1, turns(Schedule{First: 3, Chance: 1}, vtime.Never))
	require.Equal(t, 1, turns(Schedule{First: 3, Chance: 1e-9}, vtime.Never))
	require.Zero(t, turns(Schedule{First: 11 * second, Every: vtime.Second, Chance: 1}, 10*second))
	require.Zero(t, turns(Schedule{Every: 1}, vtime.Never))
	require.Equal(t, 2, turns(Schedule{First: 5, Every: vtime.Duration(vtime.Never / 2), Chance: 1}, vtime.Never-1))
}

// Turns of a habit that is spread over more than the time between them come one after the
// other, never before their time.
func TestHabitsDoNotGoBack(t *testing.T) {
	m := habit(Schedule{Every: vtime.Second, Spread: 20 * vtime.Second, Chance: 0.8}, vtime.Time(vtime.Hour))
	o := New(m, 1)
	o.Start()
	now, k := vtime.Time(0), uint64(0)
	for ; o.Next() != vtime.Never; k = o.done[0] {
		require.GreaterOrEqual(t, o.Next(), vtime.Time(max(0, int64(o.done[0])-1))*vtime.Time(vtime.Second))
		now = max(now, o.Next())
		o.Advance(now)
		require.Greater(t, o.done[0], k)
	}
	require.Equal(t, uint64(3601), o.done[0])
}

// What would be beyond the range of time never comes: not around its end, and not at once.
func TestTimesDoNotOverflow(t *testing.T) {
	const most = vtime.Duration(math.MaxInt64)
	late := vtime.Never - 1000
	for _, s := range []Scanner{{Rate: 1e-300}, {Rate: 1e-9}, {Every: most}, {Every: vtime.Hour}, {Every: 1}} {
		for _, share := range []float64{5e-324, 1e-18, 1e-9, 1} {
			for _, u := range []float64{0x1p-54, 0.5, 1 - 0x1p-53} {
				for _, from := range []vtime.Time{0, vtime.Time(vtime.Hour), late, vtime.Never} {
					at := s.next(from, newReach(share), u)
					require.True(t, at > from || at == vtime.Never, "%v %v %v %v: %v", s, share, u, from, at)
				}
			}
		}
		require.Equal(t, vtime.Never, s.next(0, newReach(0), 0.5))
	}
	for _, u := range []float64{0x1p-54, 0.5, 1 - 0x1p-54} {
		require.True(t, part(most, u) >= 0)
	}
	require.Equal(t, 5*vtime.Second, part(10*vtime.Second, 0.5))

	m := habit(Schedule{First: late, Every: most, Spread: most, Chance: 1}, vtime.Never-1)
	m.Dwells, m.Removes, m.Known = most, most, late
	m.Gates = []Gate{{Name: "door", Schedule: Schedule{First: late - 5, Every: 2, Chance: 1}, For: most}}
	for i := range m.Classes {
		c := &m.Classes[i]
		c.Cleaned, c.Staggered, c.Reboots = most, most, 1e-300
		c.Open[0] = Opening{Share: 1, Until: late, Over: most}
		c.Scanners = []Scanner{{Every: most, Targets: []Target{{Class: 1, Share: 0.1, Gate: 0, Barrier: -1, Delay: most}}}}
	}
	m.Vectors[0].Takes = vtime.Second
	o := New(m, 1)
	o.Start()
	require.True(t, o.Release(0, 0, late-10))
	for now := vtime.Time(0); o.Next() != vtime.Never; {
		require.GreaterOrEqual(t, o.Next(), now)
		now = o.Next()
		o.Advance(now)
	}
	require.Zero(t, o.Infected(1))
}

// A scanner whose every try hits takes as many instants as it tries, and never the same one
// twice; so does one that tries at random faster than the clock can tell.
func TestEveryTryIsAnInstant(t *testing.T) {
	for _, s := range []Scanner{{Every: 1}, {Rate: 1e30}} {
		m := lone(2)
		s.Targets = []Target{{Class: 1, Share: 1, Gate: -1, Barrier: -1}}
		m.Classes[0].Scanners = []Scanner{s}
		o := begun(m, 1, 1)
		for now := range vtime.Time(1000) {
			require.Equal(t, now+1, o.Next())
			o.Advance(o.Next())
		}
		require.Equal(t, uint64(1000), o.Walls()[0].Hits)
	}
}

// Malware that has ended does nothing more, on whomever it is put.
func TestNothingAfterTheEnd(t *testing.T) {
	m := habit(Schedule{First: 10, Every: 10, Chance: 1}, 1000)
	m.Ends = 10
	m.Classes[0].Scanners = []Scanner{{Every: 5, Targets: []Target{{Class: 1, Share: 1, Gate: -1, Barrier: 2}}}}
	o := begun(m, 1, 1)
	runTo(o, 1000)
	require.Equal(t, uint64(1), o.Walls()[0].Hits)
	require.Equal(t, vtime.Time(5), o.Walls()[0].First)
	require.Zero(t, o.Walls()[1].Hits)
	require.Zero(t, o.Infected(1))
}
