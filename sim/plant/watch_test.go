package plant_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

const second = vtime.Time(vtime.Second)

func sqrt(x float64) float64 { return math.Sqrt(max(0, x)) }

// A crossing of a straight line is found to the nanosecond: the condition holds
// there and not one nanosecond before.
func TestCrossingOfALine(t *testing.T) {
	for _, x := range []float64{1e-9, 0.001, 0.8, 1.1, 50} {
		r := fill(0, 1./2700) // 2 m3/h on 1.5 m2
		w := r.level(0, x)
		at, ok := r.crossing(t, w, vtime.Time(200*vtime.Day))
		require.True(t, ok)
		assert.True(t, r.Holds(w, at))
		assert.False(t, r.Holds(w, at-1))
		assert.InDelta(t, 2700*x, at.Seconds(), 1e-9+1e-14*2700*x)
	}
}

func TestCrossingsAgainstClosedForms(t *testing.T) {
	decay := newRig(plant.Options{}, []float64{1}, func(f *signal.Frame) float64 { return -a(f) / 10 })
	for name, test := range map[string]struct {
		r     *rig
		gap   signal.Eval
		exact float64
	}{
		"Torricelli":   {drain(plant.Options{}, 1.6, 0.02), func(f *signal.Frame) float64 { return 0.4 - a(f) }, 2 * (math.Sqrt(1.6) - math.Sqrt(0.4)) / 0.02},
		"nearly empty": {drain(plant.Options{}, 1.6, 0.02), func(f *signal.Frame) float64 { return 1e-6 - a(f) }, 2 * (math.Sqrt(1.6) - 1e-3) / 0.02},
		"decay":        {decay, func(f *signal.Frame) float64 { return 0.01 - a(f) }, 10 * math.Log(100)},
		"oscillator":   {oscillator(plant.Options{}, 1), func(f *signal.Frame) float64 { return -a(f) }, math.Pi / 2},
		"of a product": {oscillator(plant.Options{}, 1), func(f *signal.Frame) float64 { return float64(a(f)*b(f)) + 0.25 }, math.Pi / 12},
		"of the time":  {fill(0, 0), func(f *signal.Frame) float64 { return f.V[signal.Clock] - 7.25 }, 7.25},
	} {
		t.Run(name, func(t *testing.T) {
			w := test.r.above(test.gap)
			truth := test.gap(test.r.frame) >= 0
			at, ok := test.r.crossing(t, w, 1000*second)
			require.True(t, ok)
			assert.Equal(t, !truth, test.r.Holds(w, at))
			t.Logf("located within %.1e s", math.Abs(at.Seconds()-test.exact))
			assert.InDelta(t, test.exact, at.Seconds(), 1e-6)
		})
	}
}

// thrown is a stone: x(t) = v*t - g*t*t/2, at its top v*v/2g at v/g.
func thrown(v, g float64) *rig {
	return newRig(plant.Options{}, []float64{0, v}, b, func(*signal.Frame) float64 { return -g })
}

// The top of a parabola that touches a threshold is found however little it
// lies above, and not where it lies below, wherever in the step it comes.
func TestGrazing(t *testing.T) {
	for _, v := range []float64{0.01, 1, 9.81, 33.3, 250} {
		const g = 9.81
		top, when := v*v/(2*g), v/g
		for _, tiny := range []float64{1e-3, 1e-6, 1e-9, 1e-12} {
			t.Run(fmt.Sprintf("%v %v", v, tiny), func(t *testing.T) {
				r := thrown(v, g)
				at, ok := r.crossing(t, r.level(0, top*(1-tiny)), 100*second)
				require.True(t, ok, "touches")
				// half the time above is sqrt(2*depth/g)
				assert.InDelta(t, when-math.Sqrt(2*top*tiny/g), at.Seconds(), 1e-6*(1+when))
				r = thrown(v, g)
				at, ok = r.crossing(t, r.level(0, top*(1+tiny)), 100*second)
				assert.False(t, ok, "misses, but found at %v", at)
			})
		}
	}
}

// Of a condition of many comparisons what is found first is what is found first of each
// comparison alone.
func TestManyGapsAreFoundLikeEachAlone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const v, g, top = 20, 9.81, 20 * 20 / (2 * 9.81)
		r := thrown(v, g)
		r.to(t, 3*second)
		from, to := r.Step(0)
		require.Less(rt, from, 2*second, "before the top")
		start := r.at(from, 0)
		whole := r.above(a)
		whole.Gaps = nil
		first, found := vtime.Never, false
		for range rapid.IntRange(2, 6).Draw(rt, "gaps") {
			level := start + float64((top-start)*rapid.OneOf(rapid.Float64Range(0.01, 1.2), rapid.Float64Range(1-1e-9, 1+1e-9)).Draw(rt, "level"))
			gap := func(f *signal.Frame) float64 { return a(f) - level }
			whole.Gaps = append(whole.Gaps, gap)
			if at, ok := r.Next(r.above(gap), from, to, false); ok {
				first, found = min(first, at), true
			}
		}
		whole.Holds = func(f *signal.Frame) (any bool) {
			for _, gap := range whole.Gaps {
				any = any || gap(f) >= 0
			}
			return any
		}
		at, ok := r.Next(whole, from, to, false)
		require.Equal(rt, found, ok)
		if found {
			require.Equal(rt, first, at)
		}
	})
}

// It does not matter where the search begins and ends in relation to the
// extreme: a span may begin a nanosecond before it or end one after it.
func TestGrazingNearTheEndsOfTheSpan(t *testing.T) {
	const g = 2.0
	r := thrown(10*g, g) // its top is 100 at 10 s
	require.NoError(t, r.Advance(0))
	r.to(t, 11*second)
	from, _ := r.Step(0)
	require.Less(t, from, 6*second)
	for _, before := range []vtime.Time{100, 1000, 1e5, 1e6, 1e7, 1e8, 1e9, 4e9} {
		for _, after := range []vtime.Time{100, 1000, 1e5, 1e6, 1e7, 1e8, 1e9} {
			near := float64(min(before, after)) / 1e9
			if near < 1e-5 { // the top is flatter than what 100 m resolves
				continue
			}
			w := r.level(0, 100-near*near/4)
			at, ok := r.Next(w, 10*second-before, 10*second+after, false)
			assert.True(t, ok, "from %v before to %v after", vtime.Duration(before), vtime.Duration(after))
			assert.InDelta(t, 10-near/2, at.Seconds(), 1e-6)
			e := r.Extremes(w, a, 10*second-before, 10*second+after)
			assert.InDelta(t, 100, e.Max, 2e-13*100)
			assert.InDelta(t, 10, e.MaxAt.Seconds(), 1e-6)
		}
	}
}

// wave is a function of time alone, searched over one long step.
func wave(t testing.TB, eval signal.Eval) (*rig, *plant.Watch) {
	r := fill(0, 0)
	r.to(t, 1000*second)
	return r, r.above(eval)
}

func clock(f *signal.Frame) float64 { return f.V[signal.Clock] }

// Several extremes in one span: the first that touches counts.
func TestTwoExtremes(t *testing.T) {
	r, _ := wave(t, clock)
	// From 1000 s on: extremes at 1, 3 and 5 s of 6, with tops of 1 at 1 and 5 s.
	hill := func(f *signal.Frame) float64 { return math.Cos((clock(f) - 1001) * math.Pi / 2) }
	lift := 0.0
	w := r.above(func(f *signal.Frame) float64 { return hill(f) - 1 + lift + float64((clock(f)-1000)*1e-9) })
	from, to := r.Step(0)
	require.LessOrEqual(t, from, 1000*second)
	require.GreaterOrEqual(t, to, 1006*second)
	at, ok := r.Next(w, 1000*second, 1006*second, false)
	require.True(t, ok)
	assert.InDelta(t, 1001, at.Seconds(), 1e-4)
	lift = -3e-9 // now only the second top is high enough
	at, ok = r.Next(w, 1000*second, 1006*second, false)
	require.True(t, ok)
	assert.InDelta(t, 1005, at.Seconds(), 1e-4)
	lift = -6e-9
	_, ok = r.Next(w, 1000*second, 1006*second, false)
	assert.False(t, ok)
	e := r.Extremes(w, hill, 1000*second, 1006*second)
	assert.InDelta(t, 1, e.Max, 1e-12)
	assert.InDelta(t, -1, e.Min, 1e-12)
	assert.InDelta(t, 1003, e.MinAt.Seconds(), 1e-6)
}

func TestTrueAtTheStart(t *testing.T) {
	r := fill(5, -1)
	at, ok := r.crossing(t, r.level(0, 2), 100*second)
	require.True(t, ok)
	assert.Equal(t, 3*second+1, at, "it first fails a nanosecond later: at 3 s it is 2")
}

// A gap that is zero for a while.
func TestPlateau(t *testing.T) {
	flat := func(f *signal.Frame) float64 {
		return min(0, clock(f)-1001) + max(0, clock(f)-1002)
	}
	r, reached := wave(t, flat)
	at, ok := r.Next(reached, 1000*second, 1003*second, false)
	require.True(t, ok)
	assert.Equal(t, 1001*second, at)
	_, ok = r.Next(reached, at, 1003*second, true)
	assert.False(t, ok)
	passed := *reached
	passed.Holds = func(f *signal.Frame) bool { return flat(f) > 0 }
	at, ok = r.Next(&passed, 1000*second, 1003*second, false)
	require.True(t, ok)
	assert.Equal(t, 1002*second+1, at)
}

// A level that creeps up to a threshold stays off it by less than the tolerance:
// it may cross it by that, a few times each step.
func TestCreepingUpToAThreshold(t *testing.T) {
	r := newRig(plant.Options{}, []float64{0}, func(f *signal.Frame) float64 { return 3 - a(f) })
	_, found := r.roots(t, r.level(0, 3+1e-9), 10000*second)
	assert.Zero(t, found)
	r = newRig(plant.Options{}, []float64{0}, func(f *signal.Frame) float64 { return 3 - a(f) })
	steps, found := r.roots(t, r.level(0, 3), 10000*second)
	t.Logf("%d crossings in %d steps", found, steps)
	assert.Less(t, found, 8*steps)
}

// A condition of several gaps changes where one of them makes it change.
func TestSeveralGaps(t *testing.T) {
	r := fill(0, 1)
	gap := func(x float64) signal.Eval { return func(f *signal.Frame) float64 { return a(f) - x } }
	between := &plant.Watch{
		View: r.view, Gaps: []signal.Eval{gap(7), gap(3), gap(5)},
		Holds: func(f *signal.Frame) bool { return a(f) >= 3 && a(f) < 7 },
	}
	at, ok := r.crossing(t, between, 100*second)
	require.True(t, ok)
	assert.InDelta(t, 3, at.Seconds(), 1.5e-9)
	_, to := r.Step(0)
	require.Greater(t, to, 7*second)
	at, ok = r.Next(between, at, to, true)
	require.True(t, ok)
	assert.InDelta(t, 7, at.Seconds(), 1.5e-9)
}

// What observers read and when changes no bit of what is integrated.
func TestObservingChangesNothing(t *testing.T) {
	systems := map[string]func() *rig{
		"oscillator":  func() *rig { return oscillator(plant.Options{}, 3) },
		"Van der Pol": func() *rig { return vanDerPol(plant.Options{}, 5) },
		"drain":       func() *rig { return drain(plant.Options{}, 1.6, 0.02) },
		"stiff":       func() *rig { return levelling{1e4, 0.1}.rig(plant.Automatic, plant.Options{}) },
		"driven": func() *rig {
			return newRig(plant.Options{}, []float64{0}, func(f *signal.Frame) float64 { return math.Cos(clock(f)) - a(f) + f.V[free] })
		},
	}
	rapid.Check(t, func(rt *rapid.T) {
		build := systems[rapid.SampledFrom([]string{"oscillator", "Van der Pol", "drain", "stiff", "driven"}).Draw(rt, "system")]
		seen, alone := build(), build()
		w := seen.level(0, rapid.Float64Range(-2, 2).Draw(rt, "threshold"))
		for range rapid.IntRange(1, 200).Draw(rt, "steps") {
			var err1, err2 error
			from, to := alone.Step(0)
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0: // an input changes within the step
				at := from + vtime.Time(rapid.Int64Range(0, int64(to-from)).Draw(rt, "at"))
				x := rapid.Float64Range(-1, 1).Draw(rt, "input")
				seen.frame.V[free], alone.frame.V[free] = x, x
				err1, err2 = seen.Restart(0, at, nil), alone.Restart(0, at, nil)
			default:
				err1, err2 = seen.Advance(0), alone.Advance(0)
			}
			require.NoError(rt, err1)
			require.NoError(rt, err2)
			from, to = alone.Step(0)
			for range rapid.IntRange(0, 5).Draw(rt, "reads") {
				at := from + vtime.Time(rapid.Int64Range(0, int64(to-from)).Draw(rt, "read at"))
				switch rapid.IntRange(0, 2).Draw(rt, "read") {
				case 0:
					seen.Show(&seen.view, at)
				case 1:
					seen.Next(w, from, at, seen.Holds(w, from))
				case 2:
					seen.Extremes(w, b, from, at)
				}
			}
			f, g := from, to
			f2, g2 := seen.Step(0)
			require.Equal(rt, [2]vtime.Time{f, g}, [2]vtime.Time{f2, g2})
			require.Equal(rt, alone.Start(0), seen.Start(0))
			for j := range alone.n {
				mid := from + (to-from)/3
				require.Equal(rt, math.Float64bits(alone.at(mid, j)), math.Float64bits(seen.at(mid, j)))
			}
		}
	})
}
