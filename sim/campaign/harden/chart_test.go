package harden

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// aChart is a small chart at random, with what its barriers cost.
func aChart(t *rapid.T) (c *chart, costs []int64) {
	n := rapid.IntRange(2, 6).Draw(t, "hosts")
	barriers := rapid.IntRange(1, 6).Draw(t, "barriers")
	c = &chart{hosts: []string{""}, goals: []int{n}}
	for i := range n {
		c.hosts = append(c.hosts, string(rune('a'+i)))
	}
	c.ways = append(c.ways, way{0, 1, 0})
	for range rapid.IntRange(1, 14).Draw(t, "ways") {
		from, to := rapid.IntRange(1, n).Draw(t, "from"), rapid.IntRange(1, n).Draw(t, "to")
		if from != to {
			c.ways = append(c.ways, way{from, to, Mask(rapid.IntRange(0, 1<<barriers-1).Draw(t, "closers"))})
		}
	}
	c.sort()
	for range barriers {
		costs = append(costs, int64(rapid.IntRange(0, 9).Draw(t, "cost"))*1_000_000)
	}
	return c, costs
}

// What a least cut costs is no more than the cheapest of all sets that leave no way, there is
// one where there is such a set, and closing its ways leaves none.
func TestCutAgainstAllSets(t *testing.T) {
	parted := 0
	rapid.Check(t, func(t *rapid.T) {
		c, costs := aChart(t)
		h := hitting{costs: costs, names: make([]string, len(costs)), usable: all(len(costs))}
		cheapest := int64(-1)
		for m := range all(len(costs)) + 1 {
			if cost := h.cost(m); !c.open(m) && (cheapest < 0 || cost < cheapest) {
				cheapest = cost
			}
		}
		cut, bound, ok := c.cut(costs, h.usable)
		require.Equal(t, cheapest >= 0, ok)
		if !ok {
			return
		}
		parted++
		require.LessOrEqual(t, bound, cheapest)
		for _, w := range cut {
			h.cuts = append(h.cuts, w.closers)
		}
		m, ok := h.solve()
		require.True(t, ok)
		require.False(t, c.open(m))
	})
	require.NotZero(t, parted)
}

// Where each barrier closes one way, a least cut is what the cheapest set costs.
func TestCutIsExactWhereBarriersCloseOneWayEach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _ := aChart(t)
		var costs []int64
		for i := range c.ways {
			c.ways[i].closers = 0
			if c.ways[i].from > 0 && len(costs) < 10 {
				c.ways[i].closers = Mask(0).with(len(costs))
				costs = append(costs, int64(rapid.IntRange(0, 9).Draw(t, "price"))*1_000_000)
			}
		}
		c.sort()
		h := hitting{costs: costs}
		_, bound, ok := c.cut(costs, all(len(costs)))
		for m := range all(len(costs)) + 1 {
			require.True(t, !ok || c.open(m) || h.cost(m) >= bound)
		}
		if ok {
			require.True(t, slices.ContainsFunc(slices.Collect(func(yield func(Mask) bool) {
				for m := range all(len(costs)) + 1 {
					if !yield(m) {
						return
					}
				}
			}), func(m Mask) bool { return !c.open(m) && h.cost(m) == bound }))
		}
	})
}

// What every way passes is what no way does without.
func TestPassedAgainstLeavingOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _ := aChart(t)
		goal := c.goals[0]
		if !c.open(0) {
			return
		}
		var want []string
		for n := 2; n < len(c.hosts); n++ {
			without := &chart{hosts: c.hosts, goals: c.goals, ways: slices.DeleteFunc(slices.Clone(c.ways), func(w way) bool { return w.from == n || w.to == n })}
			if n != goal && !without.open(0) {
				want = append(want, c.hosts[n])
			}
		}
		require.ElementsMatch(t, want, c.passed(goal))
	})
}
