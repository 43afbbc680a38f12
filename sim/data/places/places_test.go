package places

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/rng"
)

// drawn is traces of a few people in few places, so that many meet.
func drawn(t *rapid.T) *Traces {
	b := NewBuilder()
	for range rapid.IntRange(0, 8).Draw(t, "people") {
		for range rapid.IntRange(0, 12).Draw(t, "points") {
			b.Add(rapid.Int32Range(0, 5).Draw(t, "hour"), rapid.Int32Range(0, 8).Draw(t, "cell"))
		}
		b.Next()
	}
	traces, err := b.Traces()
	require.NoError(t, err)
	return traces
}

// together is who was at all of some points, found by looking at everybody.
func (t *Traces) together(points []Point) (people []int32) {
	for person := range t.People() {
		if !slices.ContainsFunc(points, func(p Point) bool { return !slices.Contains(t.Of(person), p) }) {
			people = append(people, person)
		}
	}
	return people
}

// An index finds whom looking at everybody finds.
func TestIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		traces := drawn(t)
		x := traces.Index()
		for hour := range int32(7) {
			for cell := range int32(9) {
				require.ElementsMatch(t, traces.together([]Point{At(hour, cell)}), x.At(At(hour, cell)))
			}
		}
		for person := range traces.People() {
			points := slices.Clone(traces.Of(person))
			require.True(t, slices.IsSorted(points))
			require.Len(t, slices.Compact(points), len(traces.Of(person)))
			if len(points) > 0 && rapid.Bool().Draw(t, "elsewhere") {
				points[0] = At(rapid.Int32Range(0, 9).Draw(t, "hour"), 3)
			}
			require.EqualValues(t, len(traces.together(points)), x.Matches(points))
		}
	})
}

// Long lists are sorted digit by digit, as short ones are by comparing.
func TestSortKeys(t *testing.T) {
	keys := make([]uint64, 1<<17)
	for i := range keys {
		keys[i] = rng.Key(3).Uint64(uint64(i)) >> (i % 50) &^ 0xffff0000
	}
	want := slices.Sorted(slices.Values(keys))
	sortKeys(keys)
	require.Equal(t, want, keys)
}

// With all points of everybody there is no chance: who shares the trace of others, or has a part of
// it, is not told apart. With fewer, unicity is what the picked points give.
func TestUnicity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		traces := drawn(t)
		x, key := traces.Index(), rng.New(rapid.Uint64().Draw(t, "seed"), "points", "")
		for _, n := range []int{0, 1, 3, 100} {
			alone, asked := 0.0, 0.0
			for person := range traces.People() {
				own := traces.Of(person)
				picked := pick(own, n, key.Member(int(person)), nil)
				require.Len(t, picked, min(n, len(own)))
				require.Len(t, slices.Compact(slices.Sorted(slices.Values(picked))), len(picked))
				for _, p := range picked {
					require.Contains(t, own, p)
				}
				if len(own) > 0 {
					asked++
					if len(traces.together(picked)) == 1 {
						alone++
					}
				}
			}
			require.Equal(t, alone/max(asked, 1), x.Unicity(n, key))
		}
	})
}

// Every set of points is as likely as any other.
func TestPick(t *testing.T) {
	own, counts := []Point{10, 20, 30, 40, 50}, map[[2]Point]float64{}
	const draws = 20000
	for i := range draws {
		p := slices.Sorted(slices.Values(pick(own, 2, rng.Key(5).Member(i), nil)))
		counts[[2]Point{p[0], p[1]}]++
	}
	require.Len(t, counts, 10)
	chi := 0.0
	for _, n := range counts {
		chi += (n - draws/10) * (n - draws/10) / (draws / 10)
	}
	require.Less(t, chi, 27.88) // 99.9 % of chi squared with 9 degrees of freedom
}

// A match is what shares most, found by comparing with everybody.
func TestMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mine, others := drawn(t), drawn(t)
		crowd := rapid.IntRange(0, 4).Draw(t, "crowd")
		m := others.Index().Matcher(crowd)
		for person := range mine.People() {
			requireMatch(t, m, others, mine.Of(person), crowd)
		}
	})
}

func requireMatch(t *rapid.T, m *Matcher, others *Traces, trace []Point, crowd int) {
	best, shared := Match{Best: -1}, make([]int32, others.People())
	for other := range others.People() {
		for _, p := range trace {
			if slices.Contains(others.Of(other), p) && (crowd == 0 || len(others.together([]Point{p})) <= crowd) {
				shared[other]++
			}
		}
		switch n := shared[other]; {
		case n > best.Shared:
			best = Match{n, other, 1}
		case n > 0 && n == best.Shared:
			best.Candidates++
		}
	}
	require.Equal(t, best, m.Match(trace))
	for other := range others.People() {
		want := 0.0
		if best.Shared > 0 && shared[other] == best.Shared {
			want = 1 / float64(best.Candidates)
		}
		require.Equal(t, want, m.Confidence(trace, other))
	}
}

// Who cannot be told apart finely cannot be told apart coarsely.
func TestCoarser(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fine := drawn(t)
		hours, block := rapid.Int32Range(1, 4).Draw(t, "hours"), rapid.Int32Range(1, 3).Draw(t, "block")
		region := Blocks(3, block)
		coarse, err := fine.Coarser(hours, region)
		require.NoError(t, err)
		x, y := fine.Index(), coarse.Index()
		for person := range fine.People() {
			points := pick(fine.Of(person), 2, rng.Key(person), nil)
			var blurred []Point
			for _, p := range points {
				blurred = append(blurred, At(p.Hour()/hours, region(p.Cell())))
			}
			require.GreaterOrEqual(t, y.Matches(blurred), x.Matches(points))
		}
	})
	var regions []int32
	for cell := range int32(25) { // five cells wide, in blocks of two
		regions = append(regions, Blocks(5, 2)(cell))
	}
	require.Equal(t, []int32{0, 0, 1, 1, 2, 0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 3, 3, 4, 4, 5, 6, 6, 7, 7, 8}, regions)
}

func TestColumn(t *testing.T) {
	traces, err := Column(2, 3, []int32{4, Nowhere, 4, 7, 7, 7})
	require.NoError(t, err)
	require.Equal(t, []Point{At(0, 4), At(2, 4)}, traces.Of(0))
	require.Equal(t, []Point{At(0, 7), At(1, 7), At(2, 7)}, traces.Of(1))
	require.Equal(t, 5, traces.Len())
	for _, wrong := range []struct {
		people, hours int32
		cells         []int32
		want          string
	}{
		{2, 3, make([]int32, 5), "5 cells are not those of 2 people in 3 hours"},
		{-1, -1, make([]int32, 1), "1 cells are not those of -1 people"},
		{1, 1, []int32{-2}, "hour 0, cell -2: hours go from 0 to 1048575, cells to 16777215"},
		{1, 1, []int32{MaxCells}, "cell 16777216"},
	} {
		_, err := Column(wrong.people, wrong.hours, wrong.cells)
		require.ErrorContains(t, err, wrong.want)
	}
	_, err = (&Town{People: 1, Side: 5000}).Traces(1)
	require.ErrorContains(t, err, "a town of 5000 cells in a row: it may have from 1 to 4096")
	_, err = (&Town{People: 1, Side: 5, Seen: 2}).Traces(1)
	require.ErrorContains(t, err, "a town where 2 of the hours are seen")
}
