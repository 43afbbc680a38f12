package places

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/rng"
)

// requireMean wants the mean of a sample in its 99.9 % confidence interval.
func requireMean(t *testing.T, want float64, sample []float64) {
	t.Helper()
	n, sum, squares := float64(len(sample)), 0.0, 0.0
	for _, x := range sample {
		sum += x
	}
	for _, x := range sample {
		squares += (x - sum/n) * (x - sum/n)
	}
	require.InDelta(t, want, sum/n, 3.65*math.Sqrt(squares/(n-1)/n), "of %d", len(sample)) // Student, 30 and more
}

// anywhere is traces of people who are in a random cell each hour, and seen there now and then.
func anywhere(t *testing.T, people, hours, cells int32, seen float64, where, when rng.Key) *Traces {
	column := make([]int32, people*hours)
	for i := range column {
		if column[i] = int32(where.Float64(uint64(i)) * float64(cells)); when.Float64(uint64(i)) >= seen {
			column[i] = Nowhere
		}
	}
	traces, err := Column(people, hours, column)
	require.NoError(t, err)
	return traces
}

// Unicity of people who go anywhere is (1 - c^-p)^(n-1).
func TestIndependent(t *testing.T) {
	const people, cells = 150, 8
	for points := 1; points <= 4; points++ {
		var sample []float64
		for town := range 40 {
			x := anywhere(t, people, 20, cells, 1, rng.Key(town), rng.Key(1)).Index()
			sample = append(sample, x.Unicity(points, rng.Key(1000+town)))
		}
		want := math.Pow(1-math.Pow(cells, -float64(points)), people-1)
		require.InEpsilon(t, want, Independent(people, cells, points), 1e-12)
		if points == 1 {
			want = 0 // 2e-9
			for _, x := range sample {
				require.Zero(t, x)
			}
			continue
		}
		requireMean(t, want, sample)
	}
}

// Two lists of the same people, who go anywhere and are seen by either now and then. Of n hours in which
// the first saw somebody the second shares Bin(n, b) with them and Bin(n, b/c) with everybody else.
// They are found, with the chance of 1 over those who share as many.
func TestPseudonyms(t *testing.T) {
	const people, hours, cells, a, b = 60, 24, 4, 0.5, 0.6
	want := 0.0
	for n := range hours + 1 {
		below, all := 0.0, 0.0
		for k := range n + 1 {
			f := binomial(n, k, b/cells)
			if all = below + f; k > 0 {
				tied := (math.Pow(all, people) - math.Pow(below, people)) / (people * f)
				want += binomial(hours, n, a) * binomial(n, k, b) * tied
			}
			below = all
		}
	}
	var sample []float64
	for town := range 60 {
		mine := anywhere(t, people, hours, cells, a, rng.Key(town), rng.Key(100+town))
		m := anywhere(t, people, hours, cells, b, rng.Key(town), rng.Key(200+town)).Index().Matcher(0)
		found := 0.0
		for person := range int32(people) {
			found += m.Confidence(mine.Of(person), person) / people
		}
		sample = append(sample, found)
	}
	t.Logf("found: %.4f", want)
	requireMean(t, want, sample)
}

func binomial(n, k int, p float64) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return math.Exp(a - b - c + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
}

// Four points tell at least 95 % of the people of a town apart, by hours and antennas, as de Montjoye
// et al. found of 1.5 million people, and two points more than half. By coarser hours and regions
// they tell fewer.
func TestFourPoints(t *testing.T) {
	people := int32(9200)
	if testing.Short() {
		people = 4600
	}
	w := NewTown(people, 720)
	traces, err := w.Traces(rng.New(1, "town", ""))
	require.NoError(t, err)
	x := traces.Index()
	perMonth := float64(traces.Len()) / float64(people)
	require.InDelta(t, 114, perMonth, 3.29*math.Sqrt(114*(1-w.Seen)/float64(people)))
	t.Logf("%d people, %.0f for each antenna, %.1f points a month", people, float64(people)/float64(w.Side*w.Side), perMonth)
	before := 0.0
	for points := 1; points <= 5; points++ {
		u := x.Unicity(points, rng.New(1, "points", ""))
		t.Logf("%d points: %.4f", points, u)
		require.Greater(t, u, before-1e-9)
		if before = u; points == 4 {
			require.GreaterOrEqual(t, u, 0.95)
		}
	}
	require.Greater(t, x.Unicity(2, rng.New(1, "points", "")), 0.4)
	for _, way := range [][][2]int32{{{4, 1}, {24, 1}}, {{1, 2}, {1, 4}}, {{2, 2}, {4, 3}}} {
		finer := x.Unicity(4, rng.New(1, "points", ""))
		for _, r := range way {
			coarse, err := traces.Coarser(r[0], Blocks(w.Side, r[1]))
			require.NoError(t, err)
			u := coarse.Index().Unicity(4, rng.New(1, "points", ""))
			t.Logf("4 points by %d h and %d x %d antennas: %.4f", r[0], r[1], r[1], u)
			require.Less(t, u, finer)
			finer = u
		}
	}
}

// Where every hour is recorded random points are mostly of nights at home, which neighbours share.
func TestEveryHour(t *testing.T) {
	w := NewTown(4600, 7*24)
	unicity := func() float64 {
		traces, err := w.Traces(rng.New(1, "town", ""))
		require.NoError(t, err)
		return traces.Index().Unicity(4, rng.New(1, "points", ""))
	}
	seldom := unicity()
	w.Seen = 1
	always := unicity()
	t.Logf("4 points: %.4f by calls, %.4f by all hours", seldom, always)
	require.Less(t, always, seldom)
}

// People of a town are at home at night and at work in office hours, and explore as often as they
// should: the number of places they know grows by a chain with the chance 0.6 S^-0.21.
func TestTown(t *testing.T) {
	w := NewTown(1000, 1)
	w.Side = 9
	late := map[int32]int{}
	for person := range 100 {
		l := w.newLife(rng.New(1, "life", "").Member(person))
		late[l.late]++
		for hour := range int32(14 * 24) {
			cell := l.move(hour)
			require.True(t, cell >= 0 && cell < 81)
			if h := hour % 24; h < 7 || h > 21 {
				require.Equal(t, l.home, cell)
			} else if hour/24%7 < 5 && h >= 11 && h < 17 {
				require.Equal(t, l.work, cell)
			}
		}
	}
	require.Len(t, late, 3)
	const moves = 300
	w.Side = 1500 // so wide that hardly anybody explores what they know
	var sample []float64
	for person := range 100 {
		l := w.newLife(rng.New(2, "life", "").Member(person))
		l.move(0)
		for i := range uint64(moves) {
			l.now = l.jump(l.now, 0.001, rng.Key(person).Float64(i)) // from where nobody knows the neighbours
			if l.now = l.leisure(i * draws); !l.places[l.now] {
				l.places[l.now] = true
				l.known++
			}
			l.been = append(l.been, l.now)
		}
		sample = append(sample, l.known)
	}
	requireMean(t, known(moves, 0.6, 0.21), sample)
}

// known is the expected number of places after some moves, by the chain.
func known(moves int, rho, gamma float64) (mean float64) {
	chance := []float64{0, 1}
	for range moves {
		chance = append(chance, 0)
		for s := len(chance) - 1; s > 1; s-- {
			up := chance[s-1] * rho * math.Pow(float64(s-1), -gamma)
			stays := chance[s]
			if s < len(chance)-1 {
				stays *= 1 - rho*math.Pow(float64(s), -gamma)
			}
			chance[s] = stays + up
		}
		chance[1] *= 1 - rho
	}
	for s, c := range chance {
		mean += float64(s) * c
	}
	return mean
}
