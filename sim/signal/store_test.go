package signal

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

func TestWritesShowAtTheCommit(t *testing.T) {
	s := NewStore(4, nil)
	s.Init(1, 10)
	s.Set(1, 11)
	s.Set(2, 12)
	require.Equal(t, []float64{0, 10, 0, 0}, s.V)
	require.True(t, s.Pending())
	require.Equal(t, []Change{{1, true, 11}, {2, true, 12}}, s.Commit(5))
	require.Equal(t, []float64{0, 11, 12, 0}, s.V)
	require.False(t, s.Pending())
	require.Empty(t, s.Commit(6))
}

func TestTheLastWriteStands(t *testing.T) {
	s := NewStore(4, nil)
	s.By, s.Influence = 1, 1
	s.Set(3, 1)
	s.Set(2, 5)
	s.By, s.Influence = 2, 2
	s.Set(3, 2)
	require.Equal(t, []Change{{2, true, 5}, {3, true, 2}}, s.Commit(7))
	require.Equal(t, Stamp{At: 7, By: 2, Influence: 2}, s.Stamp(3))
	// A write of an equal value is told, but it is not a change: the one who wrote
	// it first stays the writer, and the other one has influence on it.
	s.By, s.Influence = 4, 4
	s.Set(3, 9)
	s.Set(3, 2)
	require.Equal(t, []Change{{3, false, 2}}, s.Commit(8))
	require.Equal(t, Stamp{At: 7, By: 2, Influence: 6}, s.Stamp(3))
}

func TestEqualIsByBits(t *testing.T) {
	s := NewStore(2, nil)
	put := func(x float64) bool { return s.Put(1, x, 0, 0, 0) }
	require.False(t, put(0))
	require.True(t, put(math.Copysign(0, -1)))
	require.True(t, put(math.NaN()))
	require.False(t, put(math.NaN()))
}

// Who watches a cell is called once before it changes, and sees what was there.
func TestBefore(t *testing.T) {
	s := NewStore(4, []Point{{Source: 1, Shown: 1}, {Source: 3, Shown: 2}})
	var seen []float64
	s.Before = func(slot Slot) { seen = append(seen, float64(slot), s.V[slot]) }
	s.Watch(1)
	s.Watch(2)
	s.Init(1, 10)
	s.Set(1, 10)
	s.Commit(1)
	require.Empty(t, seen, "nothing changed")
	s.Set(1, 12)
	s.Set(1, 11)
	s.Set(3, 8)
	s.Commit(2)
	require.Equal(t, []float64{1, 10}, seen, "slot 3 is not watched")
	s.Refold(1, true, 2)
	require.Equal(t, []float64{1, 10, 2, 0}, seen)
	s.Points[0].Apply(Layer{Op: Const, A: 4}, s.Beneath(0), 3)
	s.Refold(0, false, 3)
	require.Equal(t, []float64{1, 10, 2, 0, 1, 11}, seen)
	s.Refold(0, false, 3)
	require.Len(t, seen, 6)
}

// A point in place acts on a state: what is written is kept beneath the layers.
func TestPointInPlaceKeepsBase(t *testing.T) {
	s := NewStore(2, []Point{{Source: 1, Shown: 1}})
	s.Init(1, 10)
	p := &s.Points[0]
	apply := func(l Layer) {
		p.Apply(l, s.Beneath(0), 0)
		s.Refold(0, false, 0)
	}
	write := func(x float64) { s.Set(1, x); s.Commit(0) }
	apply(Layer{Op: Add, A: 5, Place: 1, Attack: true, By: 3, Roots: 4})
	require.Equal(t, 15.0, s.V[1])
	require.Equal(t, Stamp{By: 3, Influence: 4}, s.Stamp(1))
	write(20)
	require.Equal(t, 25.0, s.V[1])
	require.Equal(t, 20.0, s.Beneath(0))
	apply(Layer{Op: Scale, A: 2, Place: 2}) // a fault: beneath the attack
	require.Equal(t, 45.0, s.V[1])
	p.Revert(1, 0)
	s.Refold(0, false, 0)
	require.Equal(t, 40.0, s.V[1])
	write(1)
	p.Revert(2, 0)
	s.Refold(0, false, 0)
	require.Equal(t, 1.0, s.V[1])
}

// A frozen state loses what is written to it, and stays as it is afterwards.
func TestFreezeLosesWrites(t *testing.T) {
	s := NewStore(2, []Point{{Source: 1, Shown: 1}})
	s.Init(1, 10)
	p := &s.Points[0]
	p.Apply(Layer{Op: Freeze}, s.Beneath(0), 0)
	s.Set(1, 10)
	s.Commit(1)
	require.Zero(t, p.Effects(0, 0), "nothing was lost yet")
	s.Set(1, 20)
	s.Commit(1)
	require.Equal(t, 10.0, s.V[1])
	require.Equal(t, uint64(1), p.Effects(0, 0))
	p.Apply(Layer{Op: Add, A: 1, Place: 1}, s.Beneath(0), 2)
	s.Refold(0, false, 2)
	require.Equal(t, 11.0, s.V[1])
	p.Revert(0, 0)
	p.Revert(1, 0)
	s.Refold(0, false, 3)
	require.Equal(t, 10.0, s.V[1], "it keeps its position")
	s.Set(1, 30)
	s.Commit(4)
	require.Equal(t, 30.0, s.V[1])
}

// A point between two cells shows its source, whatever it is, and whose word it
// was.
func TestPointBetweenCells(t *testing.T) {
	s := NewStore(3, []Point{{Source: 1, Shown: 2}, {Source: 1, Shown: -1}})
	tell := func(x float64) bool {
		s.By, s.Influence = 7, 1
		s.Set(1, x)
		s.Commit(5)
		return s.Refold(0, true, 5)
	}
	require.True(t, tell(3))
	require.Equal(t, 3.0, s.V[2])
	require.Equal(t, Stamp{At: 5, By: 7, Influence: 1}, s.Stamp(2))
	s.Points[0].Apply(Layer{Op: Const, A: 9, By: 8, Roots: 4}, s.Beneath(0), 6)
	s.By, s.Influence = 8, 4
	require.True(t, s.Refold(0, false, 6))
	require.Equal(t, []float64{0, 3, 9}, s.V)
	require.Equal(t, Stamp{At: 6, By: 8, Influence: 5}, s.Stamp(2))
	require.False(t, tell(4), "the same lie")
	s.Points[0].Revert(0, 0)
	require.True(t, s.Refold(0, false, 7))
	require.Equal(t, []float64{0, 4, 4}, s.V)
	require.Equal(t, Writer(7), s.Stamp(2).By)
	require.False(t, s.Refold(1, true, 8), "only messages carry it")
}

func TestTaintAndStain(t *testing.T) {
	s := NewStore(3, nil)
	s.Taint(1, 2)
	s.Taint(1, 4)
	require.Equal(t, Stamp{Influence: 6}, s.Stamp(1))
	s.Taint(1, 8)
	require.Equal(t, Stamp{Influence: 14}, s.Stamp(1))
}

func TestCommitDoesNotAllocate(t *testing.T) {
	s := NewStore(100, []Point{{Source: 3, Shown: 3}})
	s.Points[0].Apply(Layer{Op: Add, A: 1}, 0, 0)
	work := func() {
		for i := range Slot(300) {
			s.Set(i%99+1, float64(i))
		}
		s.Commit(0)
	}
	work()
	require.Zero(t, testing.AllocsPerRun(10, work))
}

// The store against a map: any writes and commits.
func TestStoreAgainstMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := NewStore(6, nil)
		shown, written := map[Slot]float64{}, map[Slot]float64{}
		at := vtime.Time(0)
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) {
				for slot := range Slot(6) {
					require.Equal(t, shown[slot], s.V[slot])
				}
			},
			"set": func(t *rapid.T) {
				slot, x := Slot(rapid.IntRange(1, 5).Draw(t, "slot")), float64(rapid.IntRange(0, 2).Draw(t, "x"))
				s.Set(slot, x)
				written[slot] = x
			},
			"commit": func(t *rapid.T) {
				at++
				changes := s.Commit(at)
				require.Len(t, changes, len(written))
				for _, c := range changes {
					require.Equal(t, Change{c.Slot, written[c.Slot] != shown[c.Slot], written[c.Slot]}, c)
					if c.Changed {
						require.Equal(t, at, s.Stamp(c.Slot).At)
					}
					shown[c.Slot] = written[c.Slot]
				}
				clear(written)
			},
		})
	})
}
