package link

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

func made(t require.TestingT, m Model) *Linker {
	l, err := New(m)
	require.NoError(t, err)
	return l
}

// The search that tries everything learns the same, to the last bit, whatever came and went.
func TestBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawn(t)
		l := made(t, m)
		for range 4 {
			change(t, l, 30)
			reads := drawnReads(t, &m)
			for p := range m.People {
				require.Equal(t, l.brute(reads, p).learn(), l.Learn(reads, p, nil), "person %d", p)
			}
		}
	})
}

// Whoever reads more learns no less, and so does everybody when a store has more about a person
// than before, or there are more rules.
func TestMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawn(t)
		l := made(t, m)
		change(t, l, 20)
		reads, more := drawnReads(t, &m), drawnReads(t, &m)
		for s := range more {
			more[s] |= reads[s]
		}
		person := rapid.Int32Range(0, m.People-1).Draw(t, "person")
		before := l.Learn(reads, person, nil)
		after := l.Learn(more, person, nil)
		fewer := m
		fewer.Rules = m.Rules[:len(m.Rules)/2]
		without := made(t, fewer)
		copy(without.records, l.records)
		least := without.Learn(reads, person, nil)
		for a := range before {
			require.LessOrEqual(t, before[a], after[a])
			require.LessOrEqual(t, least[a], before[a])
			require.LessOrEqual(t, after[a], 1.0)
		}
	})
}

// No order of stores matters, not even to the last bit.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawn(t)
		l := made(t, m)
		change(t, l, 20)
		n := len(m.Stores)
		numbers := make([]int32, n)
		for i := range numbers {
			numbers[i] = int32(i)
		}
		numbers = rapid.Permutation(numbers).Draw(t, "order")
		other := m
		other.Stores = make([]Store, n)
		reads := drawnReads(t, &m)
		mixed := make([]uint64, n)
		for i, old := range numbers {
			other.Stores[i], mixed[i] = m.Stores[old], reads[old]
		}
		other.Rules = slices.Clone(m.Rules)
		slices.Reverse(other.Rules)
		if m.Together != nil {
			other.Together = func(from, to, person int32) float64 { return m.Together(numbers[from], numbers[to], person) }
		}
		if m.Series != nil {
			other.Series = func(store, attribute, person int32) (vtime.Duration, vtime.Duration) {
				return m.Series(numbers[store], attribute, person)
			}
		}
		o := made(t, other)
		for p := range m.People {
			for i, old := range numbers {
				if h := l.Held(old, p); h != 0 {
					o.Put(int32(i), p, h)
				}
			}
		}
		for p := range m.People {
			require.Equal(t, l.Learn(reads, p, nil), o.Learn(mixed, p, nil))
		}
	})
}

// A recipe can be followed: what a step needs is at hand by then. Its steps are as sure as the
// answer; where rules have several premises joins that these share count once for each in the
// answer, unless a common record was better.
func TestRecipes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawn(t)
		l := made(t, m)
		change(t, l, 20)
		reads := drawnReads(t, &m)
		for p := range m.People {
			sure := l.Learn(reads, p, nil)
			for a := range int32(len(sure)) {
				r := l.Recipe(reads, p, a)
				require.Equal(t, sure[a], r.Sure)
				product := follow(t, l, r, reads, p, a)
				if len(m.Rules) == 0 {
					require.InEpsilon(t, 1+sure[a], 1+product, 1e-12)
				}
				require.GreaterOrEqual(t, product, sure[a]*(1-1e-12))
				require.Len(t, l.Text(r, p), len(r.Steps))
			}
		}
	})
}

func follow(t *rapid.T, l *Linker, r Recipe, reads []uint64, person, wanted int32) float64 {
	if len(r.Steps) == 0 {
		require.Zero(t, r.Sure)
		return 0
	}
	product, at, known := 1.0, uint64(0), uint64(0)
	for i, s := range r.Steps {
		product *= s.Sure
		switch s.Kind {
		case Read:
			require.NotZero(t, l.Held(s.Store, person)&reads[s.Store]&(1<<s.Attribute))
			require.True(t, at == 0 || at>>s.Store&1 != 0, "step %d of %+v", i, r.Steps)
			known |= 1 << s.Attribute
			at |= 1 << s.Store
		case ByKey, ByTraits, Together:
			require.True(t, at == 0 || at>>s.With&1 != 0, "step %d of %+v", i, r.Steps)
			at |= 1<<s.Store | 1<<s.With
			if s.Kind == ByTraits {
				require.NotEmpty(t, s.Traits)
				require.Equal(t, 1/float64(s.Alike), s.Sure)
			}
		case Inferred:
			for _, p := range l.m.Rules[s.Rule].From {
				require.NotZero(t, known&(1<<p.Attribute), "step %d of %+v", i, r.Steps)
			}
			known |= 1 << s.Attribute
		}
	}
	require.NotZero(t, known&(1<<wanted))
	return product
}

// Classes that are followed are as large as those that are counted, and who is touched by a change
// is everybody whose answer it changes.
func TestTouched(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawn(t)
		l := made(t, m)
		change(t, l, 30)
		reads := drawnReads(t, &m)
		var before [][]float64
		for p := range m.People {
			before = append(before, l.Learn(reads, p, nil))
		}
		c := l.Clone()
		s, changed := rapid.Int32Range(0, int32(len(m.Stores))-1).Draw(t, "store"), rapid.Int32Range(0, m.People-1).Draw(t, "person")
		c.Put(s, changed, rapid.Uint64Range(0, 63).Draw(t, "attributes"))
		touched := map[int32]bool{}
		c.Touched(s, changed, func(p int32) { touched[p] = true })
		for p := range m.People {
			require.Equal(t, before[p], l.Learn(reads, p, nil), "a clone goes its own way")
			if !touched[p] {
				require.Equal(t, before[p], c.Learn(reads, p, nil))
			}
			for i := range l.shapes[s] {
				table, needs := l.table(l.shapes[s][i].by)
				require.Equal(t, l.count(s, p, table.Quasi, needs), l.size(s, p, l.shapes[s][i].by))
			}
			require.Equal(t, l.Holders(p)>>s&1 != 0, l.Held(s, p) != 0)
		}
	})
}

// Beyond so many shapes classes are counted, which gives the same.
func TestCounted(t *testing.T) {
	m := Model{People: 50, Stores: []Store{{Name: "s"}}}
	for i := range 10 {
		column := make([]int32, m.People)
		for p := range column {
			column[p] = int32(3 * rng.Key(i).Float64(uint64(p)))
		}
		m.Attributes = append(m.Attributes, Attribute{Name: "a", Levels: [][]int32{column}})
	}
	l := made(t, m)
	for p := range m.People {
		l.Put(0, p, rng.Key(99).Uint64(uint64(p))|rng.Key(98).Uint64(uint64(p)))
	}
	for set := 1; set < 1<<10; set++ {
		by := levels(0)
		for trait := range 10 {
			by = by.with(trait, levels(set>>trait&1))
		}
		table, needs := l.table(by)
		require.Equal(t, l.count(0, 7, table.Quasi, needs), l.size(0, 7, by))
	}
	require.Len(t, l.shapes[0], maxShapes)
	touched := 0
	l.Touched(0, 7, func(int32) { touched++ })
	require.EqualValues(t, m.People+1, touched)
}
