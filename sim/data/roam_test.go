package data

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/data/places"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// movers is a town in which a store knows illness and, by the hour, where everybody is, and another one
// who some people were that were somewhere now and then. Points are of the first store's unicity.
func movers(people, side int32, anywhere bool, when vtime.Duration, wide, points int32) *Model {
	m := &Model{
		Populations: []Population{{Name: "resident", Count: people, Moves: &Moves{Side: side, Cell: 1000, Hours: 24 * 40, Anywhere: anywhere}}},
		Attributes: []Attribute{
			{Name: "name", Kind: Identifier, Trait: true}, {Name: "illness", Kind: Sensitive, Trait: true, Values: 2}, {Name: "movement"}, {Name: "visits"},
		},
		Stores: []Store{{Name: "diary", Key: "app", First: 0, Count: 2}, {Name: "bonus", Key: "policy", First: 2, Count: 2}},
		Shelves: []Shelf{
			{Store: 0, Attribute: 1, Bytes: 1, Purpose: -1, Share: 1},
			{Store: 0, Attribute: 2, Bytes: 1, Purpose: -1, Fine: vtime.Hour, When: when, Where: wide},
			{Store: 1, Attribute: 0, Bytes: 1, Purpose: -1, Share: 1},
			{Store: 1, Attribute: 3, Bytes: 1, Purpose: -1, Fine: vtime.Hour, When: vtime.Hour, Where: 1},
		},
		Intakes: []Intake{{Shelf: 1, Person: -1}, {Shelf: 3, Person: -1}},
	}
	var reads Set
	for i := range int32(4) {
		reads.Put(i, true)
	}
	m.Principals = []Principal{{Name: "insurer", Reads: reads, Intruder: -1}, {Name: "thief", Intruder: 0}}
	m.Questions = []Question{
		{Kind: Confidence, Attribute: 1, Count: people}, {Kind: Unicity, Points: points}, {Kind: Confidence, Principal: 1, Attribute: 1, Count: people},
	}
	return m
}

// move has everybody move for some days: the first store hears of them each hour, the second one at
// some hours of the first days.
func moveAll(t *testing.T, s *State, days int, seen ...int) {
	t.Helper()
	for hour := range days*24 + 1 {
		now := vtime.Time(hour) * vtime.Time(vtime.Hour)
		if now >= s.Next() {
			s.Advance(now)
		}
		for k := range int(s.People()) {
			s.Collect(0, k, now+1)
			for _, h := range seen {
				if h == hour {
					s.Collect(1, k, now+1)
				}
			}
		}
	}
	s.Refresh(func(int, int, float64) {})
}

// Of people who are anywhere, p known points are those of nobody else with (1-c^-p)^(n-1), and the guess who
// of the 1 + Bin(n-1, c^-p) is meant is right with (1-(1-q)^n)/(nq), q = c^-p.
func TestRoamUniform(t *testing.T) {
	const people, side, towns = 300, 3, 12
	for p := 1; p <= 4; p++ {
		seen := []int{5, 19, 33, 47}[:p]
		alone, sure := make([]float64, towns), make([]float64, towns)
		for town := range towns {
			s, err := New(movers(people, side, true, vtime.Hour, 1, int32(p)), uint64(town))
			require.NoError(t, err)
			moveAll(t, s, 3, seen...)
			for k := range people {
				x := s.Value(0, k)
				sure[town] += x / people
				if x == 1 {
					alone[town] += 1. / people
				}
			}
		}
		q := math.Pow(side*side, -float64(p))
		requireMean(t, places.Independent(people, side*side, p), alone, fmt.Sprint(p, " points"))
		requireMean(t, (1-math.Pow(1-q, people))/(people*q), sure, fmt.Sprint(p, " points, guessed"))
	}
}

// requireMean wants the mean of some towns within 4.4 of its own standard errors (Student, 11 degrees, 0.1 %).
func requireMean(t *testing.T, want float64, sample []float64, what string) {
	t.Helper()
	n, sum, squares := float64(len(sample)), 0., 0.
	for _, x := range sample {
		sum += x
	}
	for _, x := range sample {
		squares += (x - sum/n) * (x - sum/n)
	}
	t.Logf("%s: %.4f, expected %.4f", what, sum/n, want)
	require.InDelta(t, want, sum/n, 4.44*math.Sqrt(squares/(n-1)/n)+1e-9, what)
}

// The unicity that is asked of a store is the closed form too, of points that are picked for each.
func TestRoamUnicity(t *testing.T) {
	const people, side = 300, 4
	for p := int32(2); p <= 4; p++ {
		var sample []float64
		for town := range 12 {
			s, err := New(movers(people, side, true, vtime.Hour, 1, p), uint64(100+town))
			require.NoError(t, err)
			moveAll(t, s, 2)
			sample = append(sample, s.Value(1, 0))
		}
		requireMean(t, places.Independent(people, side*side, int(p)), sample, fmt.Sprint("unicity of ", p))
	}
}

// Coarser spans and blocks single out fewer: of whole days and the whole town nobody is found but by chance
// of one in all.
func TestRoamCoarser(t *testing.T) {
	const people = 400
	last := 2.
	for _, grain := range []struct {
		when vtime.Duration
		wide int32
	}{{vtime.Hour, 1}, {6 * vtime.Hour, 2}, {vtime.Day, 3}, {vtime.Day, 6}} {
		s, err := New(movers(people, 6, false, grain.when, grain.wide, 4), 1)
		require.NoError(t, err)
		moveAll(t, s, 8, 20, 60, 110, 160)
		sum := 0.
		for k := range people {
			sum += s.Value(0, k) / people
		}
		t.Logf("%v, %d cells: %.4f", grain.when, grain.wide, sum)
		require.Less(t, sum, last)
		if last = sum; grain.wide == 6 {
			require.InDelta(t, 1./people, sum, 1e-12)
		}
	}
}

// Who is found is found by comparing everybody with everybody, hour by hour.
func TestRoamAgainstAll(t *testing.T) {
	const people = 60
	s, err := New(movers(people, 4, false, vtime.Hour, 2, 4), 3)
	require.NoError(t, err)
	seen := []int{9, 18, 42, 66}
	moveAll(t, s, 4, seen...)
	r := s.roams[0]
	block := func(k, hour int32) int32 { cell := r.where.At(k, hour); return cell/4/2*2 + cell%4/2 }
	found := 0
	for k := range int32(people) {
		most, alike, own := 0, 0, 0
		for other := range int32(people) {
			n := 0
			for _, h := range seen {
				if block(k, int32(h)) == block(other, int32(h)) {
					n++
				}
			}
			if n > most {
				most, alike = n, 0
			}
			if n == most {
				alike++
			}
			if other == k {
				own = n
			}
		}
		require.Equal(t, len(seen), own)
		require.Equal(t, 1/float64(alike), s.Value(0, int(k)))
		if alike == 1 {
			found++
		}
	}
	require.Positive(t, found)
}

// A thief who takes both stores knows what the insurer does; one who took only the nameless one knows of
// nobody. Who is forgotten in one of them is found no longer.
func TestRoamStolen(t *testing.T) {
	const people = 100
	s, err := New(movers(people, 5, true, vtime.Hour, 1, 4), 2)
	require.NoError(t, err)
	moveAll(t, s, 5, 10, 40, 70, 100)
	now := vtime.Time(5*vtime.Day + vtime.Hour)
	values := func(question int) (list []float64) {
		for k := range people {
			list = append(list, s.Value(question, k))
		}
		return list
	}
	refresh := func() { s.Refresh(func(int, int, float64) {}) }
	s.Steal(1, 0, now)
	refresh()
	require.Equal(t, make([]float64, people), values(2))
	s.Steal(1, 1, now)
	refresh()
	require.Greater(t, s.Value(2, 7), 0.5)
	s.Erase(0, 7, now)
	refresh()
	require.Zero(t, s.Value(0, 7), "forgotten")
	require.Greater(t, s.Value(2, 7), 0.5, "the thief keeps what it has")
	_, recipe := s.Recipe(0, 8)
	require.Contains(t, fmt.Sprint(recipe), "diary is joined to bonus by times and places: 4 points of 1 h and 1 km that nobody else shares")
}

// A run that is taken up from a snapshot goes on as if it had not been left.
func TestRoamSnapshot(t *testing.T) {
	make := func() *State {
		s, err := New(movers(80, 4, false, vtime.Hour, 1, 4), 5)
		require.NoError(t, err)
		return s
	}
	s := make()
	moveAll(t, s, 3, 10, 30, 50)
	a := snapshot.New(0)
	s.Archive(a)
	require.NoError(t, a.Err())
	other := make()
	b := snapshot.Of(a.Bytes())
	other.Archive(b)
	b.Done()
	require.NoError(t, b.Err())
	for _, x := range []*State{s, other} {
		x.Advance(vtime.Time(4 * vtime.Day))
		x.Erase(0, 3, vtime.Time(4*vtime.Day))
		x.Refresh(func(int, int, float64) {})
	}
	require.Equal(t, s.answers, other.answers)
	require.Equal(t, s.roams[0].pairs, other.roams[0].pairs)
}
