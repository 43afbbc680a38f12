package signal

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Extremes are what a look at all cells says, after each of many changes and of any number of cells.
func TestExtremes(t *testing.T) {
	for _, n := range []int32{1, 2, 3, 7, 8, 100} {
		s := NewStore(int(n)+3, nil)
		for i := range n {
			s.Init(Slot(1+i), 5)
		}
		s.Keep([]Extreme{{Shown: Slot(n) + 1, First: 1, Count: n, Greatest: true}, {Shown: Slot(n) + 2, First: 1, Count: n}})
		luck := rand.New(rand.NewPCG(1, uint64(n)))
		for step := range 1000 {
			slot := Slot(1 + luck.IntN(int(n)))
			x := float64(luck.IntN(20))
			if step%97 == 0 {
				x = math.NaN()
			}
			if step%2 == 0 {
				s.Set(slot, x)
				s.Commit(vtime.Time(step))
			} else {
				s.Init(slot, x)
			}
			all := s.V[1 : 1+n]
			if got, want := s.V[n+1], slices.Max(all); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Fatalf("of %v the greatest is kept at %v", all, got)
			}
			if got, want := s.V[n+2], slices.Min(all); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Fatalf("of %v the least is kept at %v", all, got)
			}
		}
	}
}

// Who is told before a change sees the extreme as it was before.
func TestExtremesBefore(t *testing.T) {
	s := NewStore(4, nil)
	s.Keep([]Extreme{{Shown: 3, First: 0, Count: 3, Greatest: true}})
	s.Watch(1)
	var seen []float64
	s.Before = func(Slot) { seen = append(seen, s.V[3]) }
	for _, x := range []float64{4, 2} {
		s.Set(1, x)
		s.Commit(1)
	}
	if !slices.Equal(seen, []float64{0, 4}) || s.V[3] != 2 {
		t.Errorf("before changes it was %v, and is %v", seen, s.V[3])
	}
}
