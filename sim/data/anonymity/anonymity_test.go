package anonymity

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/rng"
)

// Tables counted by hand. Quasi-identifiers are a postcode and an age, as generalised.
func TestByHand(t *testing.T) {
	for _, test := range []struct {
		name                    string
		codes, ages, sensitive  []int32
		k, l                    int32
		unique, average         float64
		entropy, equal, ordered float64
	}{
		{
			// Four classes: 3, 1, 2 and 1 rows. Values: {a a b}, {c}, {a a}, {b}. All seven: a 4/7, b 2/7,
			// c 1/7. The class {c} is farthest: 1 - 1/7; in order, from c: (2*4/7 + 2/7) / 2 = 5/7. Two rows
			// of seven are alone.
			name:  "four classes",
			codes: []int32{1, 1, 2, 1, 2, 3, 2}, ages: []int32{20, 20, 20, 20, 30, 30, 30},
			sensitive: []int32{0, 0, 2, 1, 0, 1, 0},
			k:         1, l: 1, unique: 2. / 7, average: 4. / 7, entropy: 1, equal: 6. / 7, ordered: 5. / 7,
		},
		{
			// The 4-anonymous table of patients of Machanavajjhala et al.: in three classes of four
			// {heart heart viral viral}, {cancer heart viral viral}, {cancer x 4}. So l is 1, the entropy
			// that of one value. All twelve: heart 3, viral 4, cancer 5. Equal: 1 - 5/12. In the order
			// heart, viral, cancer: from cancer (2*3 + 1*4)/12 / 2 = 5/12, from {h h v v} P = 3/12, 7/12 and
			// Q = 1/2, 1: (3/12 + 5/12)/2 = 1/3.
			name:  "4-anonymous patients",
			codes: []int32{130, 130, 130, 130, 1485, 1485, 1485, 1485, 130, 130, 130, 130},
			ages:  []int32{0, 0, 0, 0, 4, 4, 4, 4, 3, 3, 3, 3}, sensitive: []int32{0, 0, 1, 1, 2, 0, 1, 1, 2, 2, 2, 2},
			k: 4, l: 1, average: 3. / 12, entropy: 1, equal: 7. / 12, ordered: 5. / 12,
		},
		{
			// Their 3-diverse one: {heart viral cancer cancer}, {cancer heart viral viral}, {heart viral
			// cancer cancer}. The entropy of (1/4, 1/4, 1/2) is 1.5 ln 2, so l is 2^1.5. Farthest is the
			// class with two of viral, 4/12: 1/2 - 1/3 = 1/6; of cancer it has 1/4, all have 5/12: in
			// order P = 3/12, 7/12, Q = 3/12, 9/12: 2/12 / 2 = 1/12.
			name:  "3-diverse patients",
			codes: []int32{1305, 1305, 1305, 1305, 1485, 1485, 1485, 1485, 1306, 1306, 1306, 1306},
			ages:  []int32{4, 4, 4, 4, 5, 5, 5, 5, 4, 4, 4, 4}, sensitive: []int32{0, 1, 2, 2, 2, 0, 1, 1, 0, 1, 2, 2},
			k: 4, l: 3, average: 3. / 12, entropy: math.Pow(2, 1.5), equal: 1. / 6, ordered: 1. / 12,
		},
		{
			// The salaries of Li et al., 3 to 11 thousand: {3 4 5}, {6 8 11}, {7 9 10}. The paper has 0.375
			// for the first and 0.167 for the second class. Equal: 3*(1/3 - 1/9) = 2/3.
			name:  "salaries",
			codes: []int32{476, 476, 476, 4790, 4790, 4790, 476, 476, 476},
			ages:  []int32{2, 2, 2, 4, 4, 4, 3, 3, 3}, sensitive: []int32{3, 4, 5, 6, 11, 8, 7, 9, 10},
			k: 3, l: 3, average: 3. / 9, entropy: 3, equal: 2. / 3, ordered: 0.375,
		},
		{
			// All alike, with one value: as anonymous as can be, and not diverse at all.
			name: "one class", codes: []int32{7, 7, 7}, ages: []int32{-1, -1, -1}, sensitive: []int32{5, 5, 5},
			k: 3, l: 1, average: 1. / 3, entropy: 1,
		},
		{name: "nobody"},
	} {
		t.Run(test.name, func(t *testing.T) {
			table := &Table{Quasi: [][]int32{test.codes, test.ages}, Sensitive: test.sensitive, Rows: len(test.codes)}
			c := table.Classes()
			require.Equal(t, test.k, c.K())
			require.Equal(t, test.unique, c.Unique())
			require.Equal(t, test.average, c.Average())
			require.Equal(t, test.l, c.Diversity(test.sensitive))
			if test.k > 0 {
				require.Equal(t, 1/float64(test.k), c.Prosecutor())
			}
			require.InDelta(t, test.entropy, c.EntropyDiversity(test.sensitive), 1e-12)
			require.InDelta(t, test.equal, c.Closeness(test.sensitive), 1e-12)
			require.InDelta(t, test.ordered, c.OrderedCloseness(test.sensitive), 1e-12)
		})
	}
}

// The second class of the salaries, whose distance the paper prints too.
func TestSecondSalaries(t *testing.T) {
	column := []int32{3, 4, 5, 6, 11, 8, 7, 9, 10}
	v := ranks(column)
	require.InDelta(t, 0.167, v.ordered(3, v.heaps([]int32{3, 4, 5}, nil)), 0.0005)
}

func TestBands(t *testing.T) {
	require.Equal(t, []int32{-2, -1, -1, 0, 0, 1, 2}, Bands([]int32{-11, -10, -1, 0, 9, 10, 25}, 10))
	require.Equal(t, []int32{-1, 5}, Bands([]int32{-1, 5}, 0))
}

// drawn is a table with columns of few ordinals.
func drawn(t *rapid.T) *Table {
	n := rapid.IntRange(0, 40).Draw(t, "rows")
	column := func(most int32) []int32 {
		return rapid.SliceOfN(rapid.Int32Range(-1, most), n, n).Draw(t, "column")
	}
	table := &Table{Rows: n, Sensitive: column(6)}
	for range rapid.IntRange(0, 3).Draw(t, "columns") {
		table.Quasi = append(table.Quasi, column(2))
	}
	return table
}

// only returns the table of some rows.
func (t *Table) only(rows []int32) *Table {
	pick := func(column []int32) (picked []int32) {
		for _, r := range rows {
			picked = append(picked, column[r])
		}
		return picked
	}
	s := &Table{Rows: len(rows), Sensitive: pick(t.Sensitive)}
	for _, q := range t.Quasi {
		s.Quasi = append(s.Quasi, pick(q))
	}
	return s
}

// alike counts the rows that are like one, itself included.
func (t *Table) alike(row int32) (n int32) {
	for other := range int32(t.Rows) {
		if !slices.ContainsFunc(t.Quasi, func(q []int32) bool { return q[other] != q[row] }) {
			n++
		}
	}
	return n
}

// Classes are what comparing every row with every other gives.
func TestClasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawn(t)
		c := table.Classes()
		k, alone, classes := int32(0), 0, 0.0
		for row := range int32(table.Rows) {
			n := table.alike(row)
			require.Equal(t, n, c.Size(c.Of[row]))
			require.Contains(t, c.Members(c.Of[row]), row)
			if k == 0 || n < k {
				k = n
			}
			if n == 1 {
				alone++
			}
			classes += 1 / float64(n)
		}
		require.Equal(t, k, c.K())
		require.InDelta(t, classes, float64(c.Len()), 1e-9)
		require.Equal(t, share(int32(alone), int32(table.Rows)), c.Unique())
	})
}

// A coarser column makes no class smaller.
func TestCoarser(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fine := drawn(t)
		coarse := &Table{Rows: fine.Rows}
		for _, q := range fine.Quasi {
			coarse.Quasi = append(coarse.Quasi, Bands(q, 2))
		}
		require.GreaterOrEqual(t, coarse.Classes().K(), fine.Classes().K())
		require.LessOrEqual(t, coarse.Classes().Unique(), fine.Classes().Unique())
	})
}

// Whatever came and went, Present says what Classes says of those who are there.
func TestPresent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawn(t)
		p := table.Present()
		for range rapid.IntRange(0, 60).Draw(t, "changes") {
			if table.Rows == 0 {
				break
			}
			row := rapid.Int32Range(0, int32(table.Rows)-1).Draw(t, "row")
			if rapid.Bool().Draw(t, "comes") {
				p.Add(row)
			} else {
				p.Remove(row)
			}
			requireAlike(t, table, p)
		}
		requireAlike(t, table, p)
		other := p.Clone()
		p.Clear()
		requireAlike(t, table, p)
		requireAlike(t, table, other)
	})
}

func requireAlike(t *rapid.T, table *Table, p *Present) {
	var there []int32
	for row := range int32(table.Rows) {
		if p.Holds(row) {
			there = append(there, row)
		}
	}
	now := table.only(there)
	c := now.Classes()
	require.EqualValues(t, len(there), p.Rows())
	require.EqualValues(t, c.Len(), p.Len())
	require.Equal(t, c.K(), p.K())
	require.Equal(t, c.Unique(), p.Unique())
	require.Equal(t, c.Prosecutor(), p.Prosecutor())
	require.Equal(t, c.Average(), p.Average())
	require.Equal(t, c.Diversity(now.Sensitive), p.Diversity())
	for i, row := range there {
		require.Equal(t, now.alike(int32(i)), p.Size(row))
		require.Contains(t, p.Alike(row), row)
	}
}

// Distances are those of moving earth: both heaps are made of equal grains, as many as rows times
// rows, and grain by grain the lowest goes to the lowest place.
func TestDistances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawn(t)
		c := table.Classes()
		equal, ordered := 0.0, 0.0
		m := len(slices.Compact(slices.Sorted(slices.Values(table.Sensitive))))
		all := ranks(table.Sensitive).rank
		for class := range int32(c.Len()) {
			var mine []int32
			for _, row := range c.Members(class) {
				mine = append(mine, all[row])
			}
			p, q := grains(all, len(mine)), grains(mine, len(all))
			far, same := 0.0, map[int32]float64{}
			for i := range p {
				far += math.Abs(float64(p[i] - q[i]))
				same[p[i]]++
				same[q[i]]--
			}
			stays := 0.0
			for _, d := range same {
				stays += math.Abs(d) / 2
			}
			equal = max(equal, stays/float64(len(p)))
			if m > 1 {
				ordered = max(ordered, far/float64(len(p))/float64(m-1))
			}
		}
		require.InDelta(t, equal, c.Closeness(table.Sensitive), 1e-12)
		require.InDelta(t, ordered, c.OrderedCloseness(table.Sensitive), 1e-12)
	})
}

func grains(of []int32, times int) (list []int32) {
	for _, x := range of {
		list = append(list, slices.Repeat([]int32{x}, times)...)
	}
	slices.Sort(list)
	return list
}

// Entropy l-diversity is between 1 and distinct l-diversity, and both agree where every value of
// a class is as frequent as any other.
func TestEntropy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawn(t)
		if table.Rows == 0 {
			return
		}
		c := table.Classes()
		l, h := float64(c.Diversity(table.Sensitive)), c.EntropyDiversity(table.Sensitive)
		require.LessOrEqual(t, h, l*(1+1e-12))
		require.GreaterOrEqual(t, h, 1.0)
		even := &Table{Rows: 2 * table.Rows}
		for i := range even.Rows {
			even.Sensitive = append(even.Sensitive, int32(i/2))
		}
		require.InDelta(t, float64(table.Rows), even.Classes().EntropyDiversity(even.Sensitive), 1e-9)
	})
}

// A postcode with 8486 people, who have one of two sexes and were born on any day of 78 years: the
// closed form, and towns that are drawn. The share of who is alone has the mean (1 - 1/m)^(n-1); its
// variance follows from how often two are alone, (1 - 1/m)(1 - 2/m)^(n-2).
func TestUniform(t *testing.T) {
	const n, m, towns = 8486.0, 2 * 365 * 78.0, 40
	require.InDelta(t, 0.862, Uniform(n, m), 0.0005)
	one, two := math.Pow(1-1/m, n-1), (1-1/m)*math.Pow(1-2/m, n-2)
	require.InDelta(t, one, Uniform(n, m), 1/m) // their logarithms differ by 1/m - n/(2 m^2) and less
	sd := math.Sqrt((one*(1-one) + (n-1)*(two-one*one)) / n)
	mean := 0.0
	for town := range towns {
		sex, born := rng.New(1, "sex", "").Member(town), rng.New(1, "born", "").Member(town)
		table := &Table{Rows: n, Quasi: [][]int32{make([]int32, n), make([]int32, n)}}
		for i := range uint64(n) {
			table.Quasi[0][i] = int32(2 * sex.Float64(i))
			table.Quasi[1][i] = int32(365 * 78 * born.Float64(i))
		}
		mean += table.Classes().Unique() / towns
	}
	t.Logf("P(unique): %.4f by e^(-n/m), %.4f of %d drawn towns of %.0f people", Uniform(n, m), mean, towns, n)
	require.InDelta(t, one, mean, 3.29*sd/math.Sqrt(towns))
}
