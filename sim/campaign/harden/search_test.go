package harden

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The set that is found is the first of all sets in the order of cost, size and name that
// hits all cuts, holds no set that is kept and is none that was refused or barred.
func TestSolveFindsTheFirstOfAllSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "barriers")
		masks := func(name string, most int) []Mask {
			return rapid.SliceOfN(rapid.Map(rapid.IntRange(1, 1<<n-1), func(m int) Mask { return Mask(m) }), 0, most).Draw(t, name)
		}
		h := hitting{usable: Mask(rapid.IntRange(0, 1<<n-1).Draw(t, "usable")), cuts: masks("cuts", 6), held: masks("held", 3), refused: map[Mask]bool{}}
		for i := range n {
			h.names = append(h.names, fmt.Sprintf("b%d", (i*7)%n))
			h.costs = append(h.costs, int64(rapid.IntRange(0, 4).Draw(t, "cost")))
		}
		for _, m := range masks("refused", 3) {
			h.refused[m] = true
		}
		for _, low := range masks("low", 3) {
			h.barred = append(h.barred, span{low, low | Mask(rapid.IntRange(0, 1<<n-1).Draw(t, "high"))})
		}
		var all []Mask
		for m := range Mask(1 << n) {
			fine := m.within(h.usable) && !h.refused[m] &&
				!slices.ContainsFunc(h.cuts, func(c Mask) bool { return c&m == 0 }) &&
				!slices.ContainsFunc(h.held, func(held Mask) bool { return held.within(m) }) &&
				!slices.ContainsFunc(h.barred, func(s span) bool { return s.low&^m == 0 && m&^s.high == 0 })
			if fine {
				all = append(all, m)
			}
		}
		got, ok := h.solve()
		require.Equal(t, len(all) > 0, ok)
		if ok {
			first := slices.MinFunc(all, h.compare)
			require.Zero(t, h.compare(first, got), "%b is before %b", first, got)
		}
	})
}

// All proper subsets are listed, each once; of a large set those that lack one barrier.
func TestSubsets(t *testing.T) {
	list, unknown := subsetsOf(0b1011)
	require.False(t, unknown)
	require.Equal(t, []Mask{0, 0b1, 0b10, 0b11, 0b1000, 0b1001, 0b1010}, list)
	list, unknown = subsetsOf(0b111111)
	require.True(t, unknown)
	require.Len(t, list, 6)
}
