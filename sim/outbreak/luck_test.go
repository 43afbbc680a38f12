package outbreak

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// withOthers returns a model with a class more that is open to nothing, a gate and two contacts
// more, put in at drawn places before what there is.
func withOthers(t *rapid.T, m *Model) *Model {
	n, habits := *m, Schedule{Every: vtime.Second, Chance: 0.5}
	k := rapid.IntRange(0, len(m.Classes)).Draw(t, "place")
	class := func(c int32) int32 {
		if int(c) >= k {
			c++
		}
		return c
	}
	n.Classes = slices.Insert(slices.Clone(m.Classes), k, Class{Name: "other", Count: 5, Open: make([]Opening, len(m.Vectors))})
	next := int32(0)
	for i := range n.Classes {
		c := &n.Classes[i]
		c.First, next = next, next+c.Count
		c.Scanners = slices.Clone(c.Scanners)
		for s := range c.Scanners {
			c.Scanners[s].Targets = slices.Clone(c.Scanners[s].Targets)
			for j := range c.Scanners[s].Targets {
				target := &c.Scanners[s].Targets[j]
				target.Class = class(target.Class)
				if target.Gate >= 0 {
					target.Gate++
				}
			}
		}
	}
	n.Gates = slices.Insert(slices.Clone(m.Gates), 0, Gate{Name: "other", Schedule: habits, For: vtime.Second / 2})
	n.Contacts = slices.Clone(m.Contacts)
	for i := range n.Contacts {
		n.Contacts[i].A, n.Contacts[i].B = class(n.Contacts[i].A), class(n.Contacts[i].B)
	}
	all := []int32{0}
	n.Contacts = slices.Insert(n.Contacts, 0,
		Contact{Name: "other", Schedule: habits, A: int32(k), B: class(0), Vectors: all, Barrier: -1},
		Contact{Name: "another", Schedule: habits, A: class(0), B: int32(k), Vectors: all, Barrier: 3})
	return &n
}

func storyTo(o *Outbreak, end vtime.Time) (lines []string) {
	for o.Next() <= end {
		now := o.Next()
		o.Advance(now)
		lines = append(lines, tell(o, now)...)
	}
	return lines
}

// A class that never gets infected, contacts that pass nothing and a gate before which nobody
// waits change nothing about all others, wherever they are put in.
func TestOthersChangeNobodysLuck(t *testing.T) {
	end := vtime.Time(5 * vtime.Minute)
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		s := drawStart(t, m)
		require.Equal(t, storyTo(s.of(t, m), end), storyTo(s.of(t, withOthers(t, m)), end))
	})
}

// How long the first host takes to infect the second is its own luck: what the second does
// then changes nothing about when the first strikes next.
func TestVictimsDoNotChangeWhoStrikesThem(t *testing.T) {
	strikes := func(reboots float64) (times []vtime.Time) {
		m := lone(2)
		m.Classes[0].Scanners = []Scanner{{Rate: 1, Targets: []Target{{Class: 1, Share: 1, Gate: -1, Barrier: -1}}}}
		m.Classes[1].Reboots = reboots
		m.Classes[1].Scanners = []Scanner{{Rate: 3, Targets: []Target{{Class: 0, Share: 1, Gate: -1, Barrier: -1}}}}
		o := begun(m, 5, 1)
		for len(times) < 50 {
			before := o.Walls()[0].Hits
			now := o.Next()
			if o.Advance(now); o.Walls()[0].Hits > before {
				times = append(times, now)
			}
		}
		return times
	}
	require.Equal(t, strikes(0), strikes(2))
}

// What is told, what hosts are and what is counted are one.
func TestBooksBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		s := drawStart(t, m)
		o := s.of(t, m)
		infected := make([]bool, m.Hosts())
		most, ever, left := make([]int32, len(m.Classes)), make([]uint64, len(m.Classes)), make([]uint64, len(m.Classes))
		count := func() {
			for _, n := range o.News {
				switch n.Kind {
				case Caught:
					require.False(t, infected[n.Host])
					infected[n.Host] = true
					ever[n.Class]++
				case Left:
					require.True(t, infected[n.Host])
					infected[n.Host] = false
					left[n.Class]++
				}
				most[n.Class] = max(most[n.Class], int32(ever[n.Class]-left[n.Class]))
			}
		}
		count()
		last := vtime.Time(0)
		for range 200 {
			now := o.Next()
			if now == vtime.Never {
				break
			}
			require.GreaterOrEqual(t, now, last)
			last = now
			o.Advance(now)
			count()
			for c := range m.Classes {
				tally := o.Tally(c)
				require.Equal(t, [3]uint64{ever[c], left[c], uint64(most[c])}, [3]uint64{tally.Ever, tally.Left, uint64(tally.Most)})
				require.Equal(t, int32(ever[c]-left[c]), tally.Now)
			}
		}
		for h := range infected {
			require.Equal(t, infected[h], o.StateOf(int32(h)) == Infected)
			requireWay(t, o, int32(h), last)
		}
	})
}

// requireWay wants a way to be one: each from the one before, none before its cause, and the
// host last.
func requireWay(t *rapid.T, o *Outbreak, h int32, now vtime.Time) {
	way := o.Way(h, 100)
	require.Equal(t, h, way[len(way)-1].Host)
	require.LessOrEqual(t, way[len(way)-1].At, now)
	for i := 1; i < len(way); i++ {
		require.Equal(t, way[i-1].Host, way[i].From)
		require.LessOrEqual(t, way[i-1].At, way[i].At)
	}
	require.Equal(t, way[max(0, len(way)-2):], o.Way(h, 2))
}

// Habits of one name have each their own chance.
func TestNamesakesHaveTheirOwnChance(t *testing.T) {
	const runs = 4000
	both, first := 0, 0
	for seed := range uint64(runs) {
		m := habit(Schedule{Chance: 0.5}, 10)
		m.Contacts = append(m.Contacts, m.Contacts[0])
		m.Contacts[1].A, m.Contacts[1].B = 0, 2
		m.Classes = append(m.Classes, single(2))
		o := begun(m, seed, 1)
		runTo(o, 10)
		first += o.Infected(1)
		both += o.Infected(1) * o.Infected(2)
	}
	requireShare(t, 0.5, first, runs, "the one")
	requireShare(t, 0.25, both, runs, "both")
}
