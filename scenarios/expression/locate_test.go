package expression

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A stage is an island of three states: x goes along a straight line, y along a
// parabola, z along a sine.
type stage struct {
	*plant.Plant
	view plant.View
}

const second = vtime.Time(vtime.Second)

var onStage = &world{symbols: map[string]Symbol{
	"time": {Slot: signal.Clock, Continuous: true},
	"x":    {Slot: 1, Continuous: true}, "y": {Slot: 2, Continuous: true}, "z": {Slot: 3, Continuous: true},
	"on": {Slot: 6, Type: signal.Bool},
}}

// newStage has x = x0 + v*t, y = y0 + u*t + g*t*t/2 and z = cos(omega*t).
func newStage(x0, v, y0, u, g, omega float64) *stage {
	f := &signal.Frame{V: []float64{0, x0, y0, 1, u, 0, 0}}
	rates := []signal.Eval{
		func(*signal.Frame) float64 { return v },
		func(f *signal.Frame) float64 { return f.V[4] },
		func(f *signal.Frame) float64 { return -float64(omega * f.V[5]) },
		func(*signal.Frame) float64 { return g },
		func(f *signal.Frame) float64 { return float64(omega * f.V[3]) },
	}
	s := &stage{view: plant.View{Islands: []int32{0}, Clock: true}}
	var is plant.Island
	for i, rate := range rates {
		is.States = append(is.States, plant.State{Slot: signal.Slot(i + 1), Rate: rate, Factor: -1})
		s.view.States = append(s.view.States, plant.Ref{State: int32(i)})
	}
	s.Plant = plant.New(nil, []plant.Island{is}, f, plant.Options{})
	return s
}

// watch watches a condition as an observer does.
func (s *stage) watch(t require.TestingT, text string) *plant.Watch {
	c, mistakes := Condition(text, onStage)
	require.Empty(t, mistakes, text)
	w := &plant.Watch{View: s.view, Holds: func(f *signal.Frame) bool { return c.Holds(f.V, f.M) }}
	for _, a := range c.Atoms {
		if a.Gap != nil && a.Continuous {
			w.Gaps, w.Bounds = append(w.Gaps, a.Gap.Of()), append(w.Bounds, a.Bounds)
		}
	}
	if c.Sense == signal.Mixed {
		w.Verdict = c.Verdict
	}
	return w
}

// margin is that of a condition at a time.
func (s *stage) margin(t require.TestingT, text string, at vtime.Time) (m float64) {
	c, mistakes := Condition(text, onStage)
	require.Empty(t, mistakes, text)
	s.Holds(&plant.Watch{View: s.view, Holds: func(f *signal.Frame) bool {
		m = c.Margin(f.V, f.M)
		return true
	}}, at)
	return m
}

// changes lists when a condition changes up to an end.
func (s *stage) changes(t require.TestingT, text string, end vtime.Time) (list []vtime.Time) {
	w := s.watch(t, text)
	require.NoError(t, s.Advance(0))
	truth := s.Holds(w, 0)
	for from := vtime.Time(0); ; {
		_, to := s.Step(0)
		to = min(to, end)
		at, ok := s.Next(w, from, to, truth)
		switch {
		case ok:
			if s.Holds(w, at) != truth {
				list, truth = append(list, at), !truth
			}
			from = at
		case to == end:
			return list
		default:
			from = to
			require.NoError(t, s.Advance(0))
		}
	}
}

// nanoseconds are the first nanoseconds from the times on.
func nanoseconds(seconds ...float64) (list []vtime.Time) {
	for _, s := range seconds {
		list = append(list, vtime.Time(math.Round(s*1e9)))
	}
	return list
}

// near requires that changes are those that a closed form gives.
func near(t *testing.T, want, got []vtime.Time) {
	t.Helper()
	require.Equal(t, len(want), len(got))
	for i := range want {
		assert.InDelta(t, float64(want[i]), float64(got[i]), 1, "of %d: %v", i, want[i])
	}
}

// Pulses by the clock, however short and rare, and folds of what falls.
func TestChangesOfClosedForm(t *testing.T) {
	for text, test := range map[string]struct {
		end  vtime.Time
		want func() []vtime.Time
	}{
		"time % 1 < .001": {5 * second, func() (list []vtime.Time) {
			for k := range 5 {
				list = append(list, nanoseconds(float64(k)+.001, float64(k)+1)...)
			}
			return list
		}},
		"time % 3600 >= 3599.999999": {10000 * second, func() []vtime.Time {
			return nanoseconds(3599.999999, 3600, 7199.999999, 7200)
		}},
		"time >= 12.25 and time < 12.250000001": {100 * second, func() []vtime.Time { return nanoseconds(12.25, 12.250000001) }},
		"abs(time - 77.7) < 0.0000001":          {100 * second, func() []vtime.Time { return nanoseconds(77.6999999, 77.7000001) }},
		// x falls from 1 by 0.1 a second: it folds each second.
		"x % 0.1 < 0.001": {9 * second, func() (list []vtime.Time) {
			for k := 1; k <= 9; k++ {
				list = append(list, nanoseconds(float64(k)-.01, float64(k))...)
			}
			return list
		}},
		"min(abs(x - 0.3) * 10, 1) < 0.0005": {20 * second, func() []vtime.Time { return nanoseconds(6.9995, 7.0005) }},
		"floor(x * 10) == 4":                 {20 * second, func() []vtime.Time { return nanoseconds(5, 6) }},
		// The root of what is negative has no value.
		"sqrt(x) >= 0":                   {20 * second, func() []vtime.Time { return nanoseconds(10) }},
		"1 / (x - 0.5) > 1000000":        {20 * second, func() []vtime.Time { return nanoseconds(4.99999, 5) }},
		"clamp(x, 0.2, 0.4) > 0.3999999": {20 * second, func() []vtime.Time { return nanoseconds(6.000001) }},
		"if(x < 0.7, 1, 0) > 0 and (time % 2 < 0.1)": {9 * second, func() []vtime.Time {
			return nanoseconds(4, 4.1, 6, 6.1, 8, 8.1)
		}},
		"on and sin(1000000 * time) > 0": {100 * second, func() []vtime.Time { return nil }},
	} {
		t.Run(text, func(t *testing.T) {
			s := newStage(1, -0.1, 0, 0, 0, 1)
			near(t, test.want(), s.changes(t, text, test.end))
			assert.Zero(t, s.Unproven)
		})
	}
}

// All pulses of a fast sine are found, at the nanosecond.
func TestPulsesOfASine(t *testing.T) {
	s := newStage(0, 0, 0, 0, 0, 1)
	var want []vtime.Time
	half := math.Acos(0.99999) / 1000
	for k := 0; ; k++ {
		top := (2*math.Pi*float64(k) + math.Pi/2) / 1000
		if top > 3 {
			break
		}
		want = append(want, nanoseconds(top-half, top+half)...)
	}
	near(t, want, s.changes(t, "sin(1000 * time) > 0.99999", 3*second))
	assert.Zero(t, s.Unproven)
	assert.Equal(t, 2*478, len(want))
}

// anywhere draws a number in general position: rapid likes round ones, at which what
// is random touches zero or is divided by it.
func anywhere(t *rapid.T, lo, hi float64) float64 {
	return lo + (hi-lo)*(rapid.Float64Range(0, 1).Draw(t, "x")*0.9+0.0314159)
}

// drawCondition draws a condition over x, y, z and the time.
func drawCondition(t *rapid.T) string {
	pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "of") }
	number := func(lo, hi float64) string { return fmt.Sprintf("(%.6f)", anywhere(t, lo, hi)) }
	var term func(depth int) string
	term = func(depth int) string {
		if depth == 0 {
			return pick("x", "y", "z", "time", "x", "y", "z", number(-2, 2))
		}
		a, b := term(depth-1), term(rapid.IntRange(0, depth-1).Draw(t, "depth"))
		switch rapid.IntRange(0, 12).Draw(t, "form") {
		case 0:
			return "(" + a + " + " + b + ")"
		case 1:
			return "(" + a + " - " + b + ")"
		case 2:
			return "(" + a + " * " + b + ")"
		case 3:
			return "(" + a + " / " + b + ")"
		case 4:
			return "((" + a + ") % " + number(0.3, 2) + ")"
		case 5:
			return pick("abs", "sqrt", "exp", "floor", "ceil", "round", "atan", "tanh") + "(" + a + ")"
		case 6:
			return pick("sin", "cos") + "(" + number(0.5, 9) + " * " + a + ")"
		case 7:
			return pick("min", "max", "hypot", "atan2") + "(" + a + ", " + b + ")"
		case 8:
			return "clamp(" + a + ", " + number(-1, 0) + ", " + number(0, 1) + ")"
		case 9:
			return "if(" + a + " < " + b + ", " + b + ", " + a + ")"
		case 10:
			return "(" + a + ")^2"
		case 11:
			return "log(" + a + ")"
		default:
			return a
		}
	}
	compare := func() string { return term(3) + pick(" < ", " > ", " <= ", " >= ") + number(-2, 2) }
	switch rapid.IntRange(0, 4).Draw(t, "condition") {
	case 0:
		return "(" + compare() + ") " + pick("and", "or") + " (" + compare() + ")"
	case 1:
		return "not (" + compare() + ")"
	case 2:
		return "(" + compare() + ") == (" + compare() + ")"
	default:
		return compare()
	}
}

// Every change that lasts as long as a fine grid is wide is found, at the very
// nanosecond, and nothing else: none comes sooner that the grid sees.
func TestChangesAreThoseOfAFineGrid(t *testing.T) {
	trials.Make(t, 2000)
	proven, unproven := 0, uint64(0)
	rapid.Check(t, func(t *rapid.T) {
		text := drawCondition(t)
		of := func(lo, hi float64) float64 { return anywhere(t, lo, hi) }
		s := newStage(of(-1, 1), of(-0.5, 0.5), of(-1, 1), of(-1, 1), of(-1, 1), of(0.5, 5))
		w := s.watch(t, text)
		for range 12 {
			require.NoError(t, s.Advance(0))
		}
		from, to := s.Step(0)
		truth := s.Holds(w, from)
		const grid = 2000
		first := vtime.Never
		for i := range grid {
			if at := from + (to-from)/grid*vtime.Time(i+1); s.Holds(w, at) != truth {
				first = at
				break
			}
		}
		before := s.Unproven
		at, ok := s.Next(w, from, to, truth)
		for ok && at < to && s.Holds(w, at) == truth { // it looks there and goes on
			from = at
			at, ok = s.Next(w, from, to, truth)
		}
		unproven += s.Unproven - before
		if s.Unproven > before {
			return
		}
		if first != vtime.Never && math.Abs(s.margin(t, text, first)) < 1e-12 {
			return // equal but for rounding, as in time + (1 - time) < 1
		}
		proven++
		if !ok {
			require.Equal(t, vtime.Never, first, "%s changes at %v, which is not found", text, first)
			return
		}
		require.LessOrEqual(t, at, first, text)
		if at < to || s.Holds(w, at) != truth {
			require.NotEqual(t, truth, s.Holds(w, at), text)
			require.Equal(t, truth, s.Holds(w, at-1), text)
		}
	})
	t.Logf("%d proven, %d not", proven, unproven)
	assert.Less(t, float64(unproven), 0.03*float64(proven)) // such as of log(x - x) and 1 / (y - y)
}
