package plant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// ever is longer than any step.
const ever = 100 * 365 * vtime.Day

func c(f *signal.Frame) float64 { return f.V[first+2] }

// robertson is the autocatalytic reaction of Robertson (1966).
func robertson(solver plant.Solver, o plant.Options) *rig {
	fast := func(f *signal.Frame) float64 { return float64(3e7 * float64(b(f)*b(f))) }
	slow := func(f *signal.Frame) float64 { return float64(-0.04*a(f)) + float64(1e4*float64(b(f)*c(f))) }
	return newRigBy(solver, o, []float64{1, 0, 0}, slow,
		func(f *signal.Frame) float64 { return -slow(f) - fast(f) }, fast)
}

// Robertson's reaction against the values of Hairer and Wanner (at 40 s) and of the
// CVODE documentation (five digits).
func TestRobertson(t *testing.T) {
	r := robertson(plant.Automatic, plant.Options{Longest: ever})
	for _, test := range []struct {
		at     float64
		y      [3]float64
		digits float64
	}{
		{0.4, [3]float64{9.8517e-01, 3.3864e-05, 1.4794e-02}, 1e-4},
		{40, [3]float64{0.7158270687193941, 0.9185534764567e-5, 0.2841637457458}, 1e-9},
		{400, [3]float64{4.5053e-01, 3.2232e-06, 5.4946e-01}, 1e-4},
		{4e3, [3]float64{1.8320e-01, 8.9424e-07, 8.1680e-01}, 1e-4},
		{4e4, [3]float64{3.8984e-02, 1.6218e-07, 9.6102e-01}, 1e-4},
	} {
		at := vtime.Time(vtime.FromSeconds(test.at))
		r.to(t, at)
		for j := range 3 {
			assert.InEpsilon(t, test.y[j], r.at(at, j), test.digits, "y%d at %v", j+1, at)
		}
		assert.InDelta(t, 1, r.at(at, 0)+r.at(at, 1)+r.at(at, 2), 1e-12, "mass is kept")
		t.Logf("%g s: %d steps, %d implicit, %d rejected, %d evaluations", test.at, r.Steps, r.Implicit, r.Rejected, r.Evaluations)
	}
	assert.Less(t, r.Steps, uint64(5000))
	// It goes on as long as time does: by then nearly all is the third substance. What
	// is left of the first comes in balance with the second: 0.04 y1 = 1e4 y2 y3 and
	// what is lost is 3e7 y2^2, so y1 falls as 1e4^2 / (0.04^2 * 3e7 * t), and y2 by
	// its 0.04/1e4 times that.
	at := vtime.Time(vtime.FromSeconds(8e9))
	r.to(t, at)
	assert.InEpsilon(t, 1e8/(0.0016*3e7*8e9), r.at(at, 0), 1e-3)
	assert.InEpsilon(t, 4e-6, r.at(at, 1)/r.at(at, 0), 1e-5)
	assert.Less(t, r.Steps, uint64(7000))
}

// Van der Pol's oscillator with mu 1000 against the test set for IVP solvers of
// CWI Amsterdam: more exact with the tolerance, and implicit where it is stiff.
func TestVanDerPolStiff(t *testing.T) {
	for _, rtol := range []float64{1e-4, 1e-6, 1e-8, 1e-10} {
		r := vanDerPol(plant.Options{Rtol: rtol, Atol: rtol / 1000}, 1000)
		at := vtime.Time(2000 * vtime.Second)
		r.to(t, at)
		e := r.at(at, 0) - 0.1706167732170469e1
		t.Logf("rtol %.0e: %d steps, %d implicit, %d rejected, %d evaluations, error %.1e", rtol, r.Steps, r.Implicit, r.Rejected, r.Evaluations, e)
		assert.InDelta(t, 0, e, 10*rtol)
		assert.InDelta(t, -0.8928097010248125e-3, r.at(at, 1), 10*rtol)
		assert.Less(t, r.Steps, uint64(10_000), "the explicit method needs some two million")
		assert.Greater(t, r.Implicit, r.Steps/4)
		assert.Less(t, r.Implicit, r.Steps, "the fast turns are explicit")
	}
}

// With steps of one length the error goes down with their fifth power at their
// ends, and with the fourth within them.
func TestImplicitOrder(t *testing.T) {
	var ends, within []float64
	for _, h := range []float64{0.4, 0.2, 0.1} {
		r := newRigBy(plant.Implicit, plant.Options{Rtol: 1e-3, Longest: vtime.FromSeconds(h)}, []float64{1, 0}, b,
			func(f *signal.Frame) float64 { return -a(f) })
		r.to(t, 20*second)
		_, to := r.Step(0)
		ends = append(ends, math.Hypot(r.at(to, 0)-math.Cos(to.Seconds()), r.at(to, 1)+math.Sin(to.Seconds())))
		// Within, less what the ends are off.
		most := 0.0
		for r.to(t, to+1); to < 30*second; _, to = r.Step(0) {
			from, to := r.Step(0)
			off := func(t vtime.Time) float64 { return r.at(t, 0) - math.Cos(t.Seconds()) }
			for i := range vtime.Time(33) {
				x := float64(i) / 32
				most = max(most, math.Abs(off(from+(to-from)*i/32)-(1-x)*off(from)-x*off(to)))
			}
			require.NoError(t, r.Advance(0))
		}
		within = append(within, most)
		assert.Equal(t, r.Steps, r.Implicit)
		assert.Zero(t, r.Rejected)
	}
	for i := range 2 {
		assert.InDelta(t, 5, math.Log2(ends[i]/ends[i+1]), 0.15, "%v", ends)
		assert.InDelta(t, 4, math.Log2(within[i]/within[i+1]), 0.5, "%v", within)
	}
}

// levelling is two tanks with a wide pipe between them (k per second) and a leak
// of the second (c per second), both linear. Its closed form is two decays.
type levelling struct{ k, c float64 }

func (l levelling) rig(solver plant.Solver, o plant.Options) *rig {
	return newRigBy(solver, o, []float64{2, 1},
		func(f *signal.Frame) float64 { return float64(l.k * (b(f) - a(f))) },
		func(f *signal.Frame) float64 { return float64(l.k*(a(f)-b(f))) - float64(l.c*b(f)) })
}

func (l levelling) at(t float64) (a, b float64) {
	fast := -(2*l.k+l.c)/2 - math.Sqrt(l.k*l.k+l.c*l.c/4)
	slow := l.k * l.c / fast
	// Of an eigenvalue the vector is (k, k+lambda).
	u, v := l.k+fast, l.k+slow
	p := (1 - 2*v/l.k) / (u - v)
	q := 2/l.k - p
	x, y := p*math.Exp(fast*t), q*math.Exp(slow*t)
	return l.k * (x + y), u*x + v*y
}

// A stiff pair of tanks against its closed form, at the ends of steps and between
// them, with a crossing, from the fast levelling to the slow end; the solvers
// agree, and the steps do not depend on how stiff it is.
func TestStiffTanks(t *testing.T) {
	for _, k := range []float64{10, 1e3, 1e5} {
		l := levelling{k, 1e-2}
		r, worst, where := l.rig(plant.Automatic, plant.Options{}), 0.0, 0.0
		for _, s := range []float64{1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 3, 10, 31, 100, 101, 102, 103, 300, 1000} {
			at := vtime.Time(vtime.FromSeconds(s))
			r.to(t, at)
			from, to := r.Step(0)
			for i := range vtime.Time(9) {
				at := from + (to-from)*i/8
				a, b := l.at(at.Seconds())
				if e := max(math.Abs(r.at(at, 0)-a), math.Abs(r.at(at, 1)-b)); e > worst {
					worst, where = e, at.Seconds()
				}
			}
		}
		t.Logf("k %g: %d steps, %d implicit, %d evaluations, error %.1e at %g s", k, r.Steps, r.Implicit, r.Evaluations, worst, where)
		assert.Less(t, worst, 1e-8)
		assert.Less(t, r.Steps, uint64(1500))
		assert.Positive(t, r.Implicit)

		r = l.rig(plant.Automatic, plant.Options{})
		w := r.above(func(f *signal.Frame) float64 { return 0.25 - b(f) })
		at, ok := r.crossing(t, w, 1000*second)
		require.True(t, ok)
		_, level := l.at(at.Seconds())
		assert.InDelta(t, 0.25, level, 1e-9)
		assert.True(t, r.Holds(w, at))
		assert.False(t, r.Holds(w, at-1))
	}
}

// What is driven by time and held to it ever more tightly (Prothero, Robinson):
// cos t, whatever the pull.
func TestProtheroRobinson(t *testing.T) {
	for _, pull := range []float64{1e2, 1e4, 1e6} {
		r := newRig(plant.Options{}, []float64{1}, func(f *signal.Frame) float64 {
			return float64(-pull*(a(f)-math.Cos(clock(f)))) - math.Sin(clock(f))
		})
		worst := 0.0
		for s := vtime.Time(1); s <= 20; s++ {
			r.to(t, s*second)
			worst = max(worst, math.Abs(r.at(s*second, 0)-math.Cos(float64(s))))
		}
		t.Logf("pull %g: %d steps, %d implicit, error %.1e", pull, r.Steps, r.Implicit, worst)
		assert.Less(t, worst, 1e-9)
		assert.Less(t, r.Steps, uint64(20_000))
	}
}

// Who is not stiff stays explicit; who asks for a solver gets it; they agree.
func TestSolvers(t *testing.T) {
	for name, r := range map[string]*rig{
		"oscillator":  oscillator(plant.Options{}, 3),
		"Van der Pol": vanDerPol(plant.Options{Rtol: 1e-6, Atol: 1e-9}, 5),
		"drain":       drain(plant.Options{}, 1.6, 0.02),
		"fill":        fill(0, 1),
		"told":        levelling{1e5, 1e-2}.rig(plant.Explicit, plant.Options{}),
	} {
		for range 3000 {
			require.NoError(t, r.Advance(0), name)
		}
		assert.Zero(t, r.Implicit, name)
	}
	l := levelling{10, 0.1}
	var y [3]float64
	for solver := plant.Automatic; solver <= plant.Implicit; solver++ {
		r := l.rig(solver, plant.Options{})
		r.to(t, 20*second)
		y[solver] = r.at(20*second, 1)
		switch solver {
		case plant.Explicit:
			assert.Zero(t, r.Implicit)
		case plant.Implicit:
			assert.Equal(t, r.Steps, r.Implicit)
		}
		_, want := l.at(20)
		assert.InDelta(t, want, y[solver], 1e-9, solver.String())
	}
}

// An island becomes stiff by an input, and is so no longer by another; restarts
// go on from the dense output of either method.
func TestChangesOver(t *testing.T) {
	r := newRig(plant.Options{}, []float64{1, 0}, b, func(f *signal.Frame) float64 {
		return -a(f) - float64(f.V[free]*b(f)) // a spring and a brake
	})
	r.to(t, 20*second)
	require.Zero(t, r.Implicit)
	require.NoError(t, r.Restart(0, 20*second, nil))
	x, v := r.at(20*second, 0), r.at(20*second, 1)
	r.frame.V[free] = 1e4
	require.NoError(t, r.Restart(0, 20*second, []plant.Jump{{Slot: first, Value: x}}))
	r.to(t, 40*second)
	// Two decays again.
	fast := -(1e4 + math.Sqrt(1e8-4)) / 2
	slow := 1 / fast
	q := (v - fast*x) / (slow - fast)
	assert.InDelta(t, q*math.Exp(slow*20), r.at(40*second, 0), 1e-9)
	braked := r.Implicit
	require.Positive(t, braked)
	x, v = r.at(40*second, 0), r.at(40*second, 1)
	r.frame.V[free] = 0
	require.NoError(t, r.Restart(0, 40*second, nil))
	r.to(t, 60*second)
	assert.InDelta(t, x*math.Cos(20)+v*math.Sin(20), r.at(60*second, 0), 1e-8)
	assert.Less(t, r.Implicit-braked, uint64(100), "and back")
}

// Events all the time: after each a fast component is stirred and dies away, then
// it is stiff again. That takes some steps an event, whatever the pipe.
func TestStiffWithEvents(t *testing.T) {
	const events = 300
	levels := map[plant.Solver][2]float64{}
	for solver := plant.Automatic; solver <= plant.Implicit; solver++ {
		const k, leak = 300.0, 0.01
		r := newRigBy(solver, plant.Options{}, []float64{2, 1},
			func(f *signal.Frame) float64 { return f.V[free] - float64(k*(a(f)-b(f))) },
			func(f *signal.Frame) float64 { return float64(k*(a(f)-b(f))) - float64(leak*b(f)) })
		for s := second; s <= events*second; s += second {
			r.to(t, s)
			r.frame.V[free] = 0.02 - r.frame.V[free]
			require.NoError(t, r.Restart(0, s, nil))
		}
		levels[solver] = [2]float64{r.at(events*second, 0), r.at(events*second, 1)}
		t.Logf("%v: %d steps, %d implicit, %d rejected, %d evaluations", solver, r.Steps, r.Implicit, r.Rejected, r.Evaluations)
		if solver != plant.Explicit {
			assert.Less(t, r.Steps, uint64(60*events))
		}
	}
	for solver, y := range levels {
		assert.InDelta(t, levels[plant.Explicit][0], y[0], 1e-8, solver.String())
		assert.InDelta(t, levels[plant.Explicit][1], y[1], 1e-8, solver.String())
	}
}

// A small state that is tied to a great one cannot be had finer than the great one
// is rounded; what is asked beyond that costs no steps.
func TestSmallBetweenGreat(t *testing.T) {
	for _, k := range []float64{1e2, 1e4, 1e6} {
		for _, great := range []float64{1, 1e3, 1e5} {
			tie := func(f *signal.Frame) float64 { return float64(k * (a(f) - b(f) - great)) }
			r := newRig(plant.Options{}, []float64{great, 0},
				func(f *signal.Frame) float64 { return math.Cos(clock(f)) - tie(f) },
				func(f *signal.Frame) float64 { return math.Cos(clock(f)) + tie(f) })
			require.NoError(t, r.until(20*second, 3000))
			_, to := r.Step(0)
			require.GreaterOrEqual(t, to, 20*second)
			t.Logf("k %g, great %g: %d steps, %d implicit, %d rejected", k, great, r.Steps, r.Implicit, r.Rejected)
			assert.InDelta(t, math.Sin(to.Seconds()), r.at(to, 1), 1e-9)
			assert.InDelta(t, math.Sin(to.Seconds()), r.at(to, 0)-great, 1e-9)
		}
	}
}
