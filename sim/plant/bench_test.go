package plant_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The two systems of ANCHORS.md 2, at its tolerance: Van der Pol's oscillator
// with mu 5 to 200 s with its crossings of x = 0, and ten tanks with a pump each
// that is switched on at a low level and off at a high one, to 2000 s.

func BenchmarkVanDerPol(bm *testing.B) {
	bm.ReportAllocs()
	var steps, roots uint64
	for range bm.N {
		r := vanDerPol(plant.Options{Rtol: 1e-6, Atol: 1e-9}, 5)
		s, n := r.roots(bm, r.level(0, 0), vtime.Time(200*vtime.Second))
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
	bm.ReportAllocs()
	var steps, roots uint64
	for range bm.N {
		s, n := tenTanks(bm)
		steps, roots = steps+s, roots+n
	}
	report(bm, steps, roots)
}

// tenTanks drain by Torricelli's law, each into the next; each has a pump that
// is an input of the island.
func tenTanks(tb testing.TB) (steps, roots uint64) {
	const n = 10
	frame := &signal.Frame{V: make([]float64, cells)}
	is := plant.Island{}
	pump := func(j int) signal.Slot { return signal.Slot(30 + j) }
	for j := range n {
		slot := first + signal.Slot(j)
		frame.V[slot] = 1 + 0.1*float64(j)
		is.States = append(is.States, plant.State{Slot: slot, Factor: -1, Rate: func(f *signal.Frame) float64 {
			x := f.V[pump(j)] - float64(0.02*sqrt(f.V[slot]))
			if j > 0 {
				x += float64(0.01 * sqrt(f.V[slot-1]))
			}
			return x
		}})
	}
	p := plant.New(nil, []plant.Island{is}, frame, plant.Options{Rtol: 1e-6, Atol: 1e-9})
	view := plant.View{Islands: []int32{0}, States: all(10)}
	watches := make([]plant.Watch, n)
	for j := range watches {
		slot := first + signal.Slot(j)
		gap := func(f *signal.Frame) float64 {
			if f.V[pump(j)] > 0 {
				return f.V[slot] - 1.5
			}
			return 0.8 - f.V[slot]
		}
		watches[j] = plant.Watch{View: view, Gaps: []signal.Eval{gap}, Holds: func(f *signal.Frame) bool { return gap(f) >= 0 }}
	}
	if err := p.Advance(0); err != nil {
		tb.Fatal(err)
	}
	for end := vtime.Time(2000 * vtime.Second); ; {
		from, to := p.Step(0)
		if from >= end {
			return p.Steps, roots
		}
		which := -1
		for j := range watches {
			if at, ok := p.Next(&watches[j], from, to, false); ok {
				to, which = at, j
			}
		}
		var err error
		if which < 0 {
			err = p.Advance(0)
		} else {
			roots++
			frame.V[pump(which)] = 0.04 - frame.V[pump(which)]
			err = p.Restart(0, to, nil)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
}
