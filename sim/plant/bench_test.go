package plant_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The two systems of ANCHORS.md 2, at its tolerance: Van der Pol's oscillator
// with mu 5 to 200 s with its crossings of x = 0, and ten tanks with a pump each
// that is switched on at a low level and off at a high one, to 2000 s; under the
// latter lies BenchmarkTenTanksByHand.

func BenchmarkVanDerPol(bm *testing.B) {
	bm.ReportAllocs()
	var steps, roots uint64
	for range bm.N {
		r := vanDerPol(plant.Options{Rtol: 1e-6, Atol: 1e-9}, 5)
		w := r.level(0, 0)
		w.View = plant.View{Islands: []int32{0}, States: all(1)} // what the gap reads
		s, n := r.roots(bm, w, vtime.Time(200*vtime.Second))
		steps, roots = steps+s, roots+n
	}
	report(bm, steps, roots)
}

func report(bm *testing.B, steps, roots uint64) {
	bm.ReportMetric(float64(steps)/bm.Elapsed().Seconds(), "steps/s")
	bm.ReportMetric(float64(roots)/float64(bm.N), "roots/op")
}

func (r *rig) roots(tb testing.TB, w *plant.Watch, end vtime.Time) (steps, roots uint64) {
	truth := r.Holds(w, 0)
	for {
		from, to := r.Step(0)
		for at := from; ; roots++ {
			next, ok := r.Next(w, at, to, truth)
			if !ok {
				break
			}
			at, truth = next, !truth
		}
		if to >= end {
			return r.Steps, roots
		}
		if err := r.Advance(0); err != nil {
			tb.Fatal(err)
		}
	}
}

func BenchmarkTenTanks(bm *testing.B) {
	for _, coupled := range []bool{true, false} {
		name := "ten-islands"
		if coupled {
			name = "one-island"
		}
		bm.Run(name, func(bm *testing.B) {
			bm.ReportAllocs()
			var steps, roots uint64
			for range bm.N {
				s := newTanks(coupled, plant.Options{Rtol: 1e-6, Atol: 1e-9})
				s.to(bm, 2000*second)
				steps, roots = steps+s.Steps, roots+s.roots
			}
			report(bm, steps, roots)
		})
	}
}

// switched are ten tanks that drain by Torricelli's law and have a pump each, which
// is an input: one island where each drains into the next, ten where none does.
type switched struct {
	*plant.Plant
	frame   *signal.Frame
	watches [tanks]plant.Watch // that the pump of a tank is to be switched
	roots   uint64
}

func newTanks(coupled bool, o plant.Options) *switched {
	s := &switched{frame: &signal.Frame{V: make([]float64, cells)}}
	islands := make([]plant.Island, tanks)
	for j := range tanks {
		slot, at := first+signal.Slot(j), plant.Ref{Island: int32(j)}
		s.frame.V[slot] = 1 + 0.1*float64(j)
		if coupled {
			at = plant.Ref{State: int32(j)}
		}
		is := &islands[at.Island]
		is.States = append(is.States, plant.State{Slot: slot, Factor: -1, Rate: func(f *signal.Frame) float64 {
			x := f.V[pump(j)] - float64(0.02*sqrt(f.V[slot]))
			if coupled && j > 0 {
				x += float64(0.01 * sqrt(f.V[slot-1]))
			}
			return x
		}})
		gap := func(f *signal.Frame) float64 {
			if f.V[pump(j)] > 0 {
				return f.V[slot] - 1.5
			}
			return 0.8 - f.V[slot]
		}
		view := plant.View{Islands: []int32{at.Island}, States: []plant.Ref{at}} // what the gap reads
		s.watches[j] = plant.Watch{View: view, Gaps: []signal.Eval{gap}, Holds: func(f *signal.Frame) bool { return gap(f) >= 0 }}
	}
	if coupled {
		islands = islands[:1]
	}
	s.Plant = plant.New(nil, islands, s.frame, o)
	return s
}

func pump(j int) signal.Slot { return signal.Slot(30 + j) }

// to goes on to a time and shows it.
func (s *switched) to(tb testing.TB, end vtime.Time) {
	for i := range s.Islands {
		watches := s.watches[:]
		if len(s.Islands) > 1 {
			watches = s.watches[i : i+1]
		}
		if err := s.Advance(i); err != nil {
			tb.Fatal(err)
		}
		for s.next(tb, i, watches, end) {
		}
		for j := range watches {
			s.Show(&watches[j].View, end)
		}
	}
}

// next goes on to the next switch or the end of the island's step; it reports
// false at the end.
func (s *switched) next(tb testing.TB, island int, watches []plant.Watch, end vtime.Time) bool {
	from, to := s.Step(island)
	to = min(to, end)
	var sw *plant.Watch
	for j := range watches {
		if at, ok := s.Next(&watches[j], from, to, false); ok {
			to, sw = at, &watches[j]
		}
	}
	var err error
	switch {
	case sw != nil:
		s.roots++
		for j := range s.watches {
			if sw == &s.watches[j] {
				s.frame.V[pump(j)] = 0.04 - s.frame.V[pump(j)]
			}
		}
		err = s.Restart(island, to, nil)
	case to == end:
		return false
	default:
		err = s.Advance(island)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return true
}

// What is stiff by either method, at the tolerance of the others: the steps that
// each needs, and what they cost.
func BenchmarkStiff(bm *testing.B) {
	o := plant.Options{Rtol: 1e-6, Atol: 1e-9}
	tanks := levelling{1e3, 1e-2}
	for _, system := range []struct {
		name string
		rig  func(s plant.Solver) *rig
		end  vtime.Time
	}{
		{"Robertson", func(s plant.Solver) *rig { return robertson(s, o) }, 400 * second},
		{"VanDerPol1000", func(s plant.Solver) *rig { return vanDerPolBy(s, o, 1000) }, 2000 * second},
		{"Levelling", func(s plant.Solver) *rig { return tanks.rig(s, o) }, 1000 * second},
	} {
		for _, solver := range []plant.Solver{plant.Automatic, plant.Explicit} {
			bm.Run(system.name+"/"+solver.String(), func(bm *testing.B) {
				var steps, implicit uint64
				for range bm.N {
					r := system.rig(solver)
					r.to(bm, system.end)
					steps, implicit = steps+r.Steps, implicit+r.Implicit
				}
				report(bm, steps, 0)
				bm.ReportMetric(float64(steps)/float64(bm.N), "steps/op")
				bm.ReportMetric(float64(implicit)/float64(bm.N), "implicit/op")
			})
		}
	}
}
