package plant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The cells of a system's states come after the clock; free is one that nothing
// computes: an input.
const (
	first = signal.Clock + 1
	free  = signal.Slot(62)
	cells = 64
)

// A rig is one island by itself.
type rig struct {
	*plant.Plant
	frame *signal.Frame
	view  plant.View
	n     int
}

// all are the states of the first island.
func all(n int) (refs []plant.Ref) {
	for j := range n {
		refs = append(refs, plant.Ref{State: int32(j)})
	}
	return refs
}

func newRig(o plant.Options, start []float64, rates ...signal.Eval) *rig {
	return newRigBy(plant.Automatic, o, start, rates...)
}

func newRigBy(solver plant.Solver, o plant.Options, start []float64, rates ...signal.Eval) *rig {
	r := &rig{frame: &signal.Frame{V: make([]float64, cells)}, n: len(start)}
	is := plant.Island{Solver: solver}
	for j, rate := range rates {
		slot := first + signal.Slot(j)
		r.frame.V[slot] = start[j]
		is.States = append(is.States, plant.State{Slot: slot, Rate: rate, Factor: -1})
	}
	r.view = plant.View{Islands: []int32{0}, States: all(len(rates)), Clock: true}
	o.Name = func(slot signal.Slot) string { return string(rune('a' + slot - first)) }
	r.Plant = plant.New(nil, []plant.Island{is}, r.frame, o)
	return r
}

// to integrates until the present step holds t.
func (r *rig) to(t testing.TB, at vtime.Time) {
	t.Helper()
	for {
		if _, end := r.Step(0); end >= at && end > 0 {
			return
		}
		require.NoError(t, r.Advance(0))
	}
}

// at returns a state at a time of the present step.
func (r *rig) at(t vtime.Time, state int) float64 {
	r.Show(&r.view, t)
	return r.frame.V[first+signal.Slot(state)]
}

// crossing is the first time up to an end at which the condition is not what it
// is at the start.
func (r *rig) crossing(t testing.TB, w *plant.Watch, end vtime.Time) (vtime.Time, bool) {
	t.Helper()
	require.NoError(t, r.Advance(0))
	truth := r.Holds(w, 0)
	for {
		from, to := r.Step(0)
		if at, ok := r.Next(w, from, min(to, end), truth); ok || to >= end {
			return at, ok
		}
		require.NoError(t, r.Advance(0))
	}
}

// above watches that a function is not below zero.
func (r *rig) above(gap signal.Eval) *plant.Watch {
	return &plant.Watch{View: r.view, Gaps: []signal.Eval{gap}, Holds: func(f *signal.Frame) bool { return gap(f) >= 0 }}
}

// level watches that a state is not below x.
func (r *rig) level(state int, x float64) *plant.Watch {
	return r.above(func(f *signal.Frame) float64 { return f.V[first+signal.Slot(state)] - x })
}

func a(f *signal.Frame) float64 { return f.V[first] }
func b(f *signal.Frame) float64 { return f.V[first+1] }

// Systems with a closed form.
func fill(start, rate float64) *rig {
	return newRig(plant.Options{}, []float64{start}, func(*signal.Frame) float64 { return rate })
}

// drain is Torricelli's: d(h)/dt = -k*sqrt(h), so sqrt(h) = sqrt(h0) - k*t/2.
func drain(o plant.Options, h0, k float64) *rig {
	return newRig(o, []float64{h0}, func(f *signal.Frame) float64 { return -k * math.Sqrt(max(0, a(f))) })
}

func oscillator(o plant.Options, omega float64) *rig {
	return newRig(o, []float64{1, 0}, b, func(f *signal.Frame) float64 { return -float64(omega*omega) * a(f) })
}

func vanDerPol(o plant.Options, mu float64) *rig { return vanDerPolBy(plant.Automatic, o, mu) }

func vanDerPolBy(solver plant.Solver, o plant.Options, mu float64) *rig {
	return newRigBy(solver, o, []float64{2, 0}, b, func(f *signal.Frame) float64 {
		return float64(mu*float64((1-float64(a(f)*a(f)))*b(f))) - a(f)
	})
}

func TestLinearFillIsExact(t *testing.T) {
	r := fill(0, 0.125)
	for s := vtime.Time(0); s <= 100000; s += 777 {
		at := s * vtime.Time(vtime.Second)
		r.to(t, at)
		assert.InEpsilon(t, 0.125*float64(s)+1, r.at(at, 0)+1, 3e-16)
	}
	assert.Less(t, r.Steps, uint64(50), "the step grows to its longest")
}

func TestDrain(t *testing.T) {
	const h0, k = 1.6, 0.02
	empty := 2 * math.Sqrt(h0) / k
	r, worst := drain(plant.Options{}, h0, k), 0.0
	for s := range int(empty) {
		at := vtime.Time(s) * vtime.Time(vtime.Second)
		r.to(t, at)
		exact := math.Sqrt(h0) - k*float64(s)/2
		worst = max(worst, math.Abs(r.at(at, 0)-exact*exact))
	}
	t.Logf("Torricelli: %d steps, error %.1e", r.Steps, worst)
	assert.Less(t, worst, 1e-10)
	r.to(t, vtime.Time(200*vtime.Second))
	assert.InDelta(t, 0, r.at(vtime.Time(200*vtime.Second), 0), 1e-11, "stays empty")
}

func TestDecay(t *testing.T) {
	r := newRig(plant.Options{}, []float64{1}, func(f *signal.Frame) float64 { return -a(f) / 10 })
	worst := 0.0
	for ms := vtime.Time(0); ms < 200_000; ms += 130 {
		at := ms * vtime.Time(vtime.Millisecond)
		r.to(t, at)
		exact := math.Exp(-at.Seconds() / 10)
		worst = max(worst, math.Abs(r.at(at, 0)-exact)/(1e-3+exact))
	}
	t.Logf("decay: %d steps, relative error %.1e", r.Steps, worst)
	assert.Less(t, worst, 1e-9)
}

func TestOscillatorKeepsEnergyAndPhase(t *testing.T) {
	r := oscillator(plant.Options{}, 2*math.Pi) // a period of 1 s
	at := vtime.Time(100 * vtime.Second)
	r.to(t, at)
	x, v := r.at(at, 0), r.at(at, 1)/(2*math.Pi)
	energy, phase := x*x+v*v-1, math.Atan2(-v, x)
	t.Logf("oscillator, 100 periods: %d steps, energy %.1e, phase %.1e", r.Steps, energy, phase)
	assert.InDelta(t, 0, energy, 2e-7)
	assert.InDelta(t, 0, phase, 2e-7)
}

// taylor is Van der Pol's oscillator by its Taylor series of 30th order in fixed
// steps: the reference.
func taylor(mu, x0, v0, h float64, steps int) (x, v float64) {
	const order = 30
	var xs, vs, ws [order + 1]float64
	x, v = x0, v0
	for range steps {
		xs[0], vs[0] = x, v
		for k := range order {
			square, product := 0.0, 0.0
			for i := range k + 1 {
				square += xs[i] * xs[k-i]
			}
			ws[k] = -square
			if k == 0 {
				ws[0]++
			}
			for i := range k + 1 {
				product += ws[i] * vs[k-i]
			}
			xs[k+1] = vs[k] / float64(k+1)
			vs[k+1] = (mu*product - xs[k]) / float64(k+1)
		}
		x, v = 0, 0
		for k := order; k >= 0; k-- {
			x, v = x*h+xs[k], v*h+vs[k]
		}
	}
	return x, v
}

func TestVanDerPol(t *testing.T) {
	r, worst := vanDerPol(plant.Options{}, 5), 0.0
	x, v := 2.0, 0.0
	for s := vtime.Time(1); s <= 30; s++ {
		x, v = taylor(5, x, v, 0.005, 200)
		at := s * vtime.Time(vtime.Second)
		r.to(t, at)
		worst = max(worst, math.Abs(r.at(at, 0)-x), math.Abs(r.at(at, 1)-v)/5)
	}
	half, _ := taylor(5, 2, 0, 0.0025, 400*30)
	require.InDelta(t, half, x, 1e-12, "the reference")
	t.Logf("Van der Pol, mu 5, 30 s: %d steps, %d rejected, error %.1e", r.Steps, r.Rejected, worst)
	assert.Less(t, worst, 1e-8)
}

func TestConvergesWithTolerance(t *testing.T) {
	x, _ := taylor(5, 2, 0, 0.005, 200*20)
	at, last := vtime.Time(20*vtime.Second), math.Inf(1)
	for _, rtol := range []float64{1e-4, 1e-6, 1e-8, 1e-10, 1e-12} {
		r := vanDerPol(plant.Options{Rtol: rtol, Atol: rtol / 1000}, 5)
		r.to(t, at)
		e := math.Abs(r.at(at, 0) - x)
		t.Logf("rtol %.0e: %5d steps, error %.1e", rtol, r.Steps, e)
		assert.Less(t, e, 1000*rtol)
		assert.Less(t, e, last)
		last = e
	}
}

// Between its ends a step is as good as at them, to within a small factor.
func TestDenseOutput(t *testing.T) {
	r, inside, ends := oscillator(plant.Options{}, 1), 0.0, 0.0
	for range 200 {
		require.NoError(t, r.Advance(0))
		from, to := r.Step(0)
		for i := range vtime.Time(33) {
			at := from + (to-from)*i/32
			e := math.Abs(r.at(at, 0) - math.Cos(at.Seconds()))
			inside = max(inside, e)
			if i == 0 || i == 32 {
				ends = max(ends, e)
			}
		}
	}
	_, to := r.Step(0)
	t.Logf("dense output over %v: error at the ends %.1e, between %.1e", to, ends, inside)
	assert.Less(t, inside, 1e-8)
}

// The factor of a state is a cell that its rate is multiplied with; a changed
// input restarts the island where it is.
func TestRestart(t *testing.T) {
	frame := &signal.Frame{V: make([]float64, cells)}
	frame.V[free], frame.V[free+1] = 2, 1
	p := plant.New(nil, []plant.Island{{States: []plant.State{{
		Slot: first, Rate: func(f *signal.Frame) float64 { return f.V[free] }, Factor: free + 1,
	}}}}, frame, plant.Options{Longest: 10 * vtime.Second})
	second := vtime.Time(vtime.Second)
	r := &rig{Plant: p, frame: frame, view: plant.View{Islands: []int32{0}, States: all(1)}}
	r.to(t, 3*second)
	frame.V[free] = -1
	require.NoError(t, p.Restart(0, 3*second, nil))
	r.to(t, 5*second)
	assert.InDelta(t, 4, r.at(5*second, 0), 1e-12)
	frame.V[free+1] = 0.5
	require.NoError(t, p.Restart(0, 5*second, []plant.Jump{{Slot: first, Value: 10}}))
	assert.Equal(t, 10.0, r.at(5*second, 0))
	r.to(t, 9*second)
	assert.InDelta(t, 8, r.at(9*second, 0), 1e-12)
}

func TestStuck(t *testing.T) {
	second := vtime.Time(vtime.Second)
	for name, test := range map[string]struct {
		rates  []signal.Eval
		signal string
		at     float64
		reason string
	}{
		"at once": {[]signal.Eval{func(*signal.Frame) float64 { return 1 }, func(*signal.Frame) float64 { return math.NaN() }},
			"b", 0, "its derivative is NaN"},
		"after a while": {[]signal.Eval{
			func(f *signal.Frame) float64 { return math.Sqrt(2 - f.V[signal.Clock]) },
			func(*signal.Frame) float64 { return 1e6 },
		}, "a", 2, "its derivative becomes NaN"},
		"pole": {[]signal.Eval{func(f *signal.Frame) float64 { return float64(a(f) * a(f)) }},
			"a", 1, "no step is short enough"}, // from 1: 1/(1-t)
		"overflow": {[]signal.Eval{func(f *signal.Frame) float64 { return 1e300 }, func(f *signal.Frame) float64 { return float64(a(f) * 1e300) }},
			"b", 0, "its derivative becomes +Inf"},
	} {
		for solver := plant.Automatic; solver <= plant.Implicit; solver++ {
			t.Run(name+" "+solver.String(), func(t *testing.T) {
				start := []float64{1, 1}
				r := newRigBy(solver, plant.Options{}, start[:len(test.rates)], test.rates...)
				err := r.until(100*second, 10_000)
				var stuck *plant.StuckError
				require.ErrorAs(t, err, &stuck)
				assert.Equal(t, test.signal, stuck.Signal)
				assert.InDelta(t, test.at, stuck.At.Seconds(), 1e-3)
				assert.Contains(t, stuck.Reason, test.reason)
				assert.Contains(t, err.Error(), stuck.Signal+" at ")
				assert.Len(t, stuck.Others, len(test.rates)-1)
				for _, other := range stuck.Others {
					assert.Contains(t, err.Error(), "(integrated together with "+other+")")
				}
			})
		}
	}
}

// A derivative of time alone, and nodes between states.
func TestNodesAndClock(t *testing.T) {
	frame := &signal.Frame{V: make([]float64, cells)}
	node := first + 1
	p := plant.New(
		[]plant.Node{{Slot: node, Eval: func(f *signal.Frame) float64 { return detmath.Cos(f.V[signal.Clock]) }}},
		[]plant.Island{{States: []plant.State{{Slot: first, Rate: func(f *signal.Frame) float64 { return f.V[node] }, Factor: -1}}, Nodes: []int32{0}}},
		frame, plant.Options{})
	r := &rig{Plant: p, frame: frame, view: plant.View{Islands: []int32{0}, States: all(1), Nodes: []int32{0}}}
	at := vtime.Time(12345 * vtime.Millisecond)
	r.to(t, at)
	assert.InDelta(t, math.Sin(12.345), r.at(at, 0), 1e-9)
	assert.InDelta(t, math.Cos(12.345), frame.V[node], 1e-15)
}
