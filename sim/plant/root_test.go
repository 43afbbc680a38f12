package plant_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// bisected is the first nanosecond in (a, b] at which the watch is not as it is at
// a, where it changes once: by plain bisection.
func (r *rig) bisected(w *plant.Watch, a, b vtime.Time) vtime.Time {
	truth := r.Holds(w, a)
	for b-a > 1 {
		if m := a + (b-a)/2; r.Holds(w, m) != truth {
			b = m
		} else {
			a = m
		}
	}
	return b
}

// gaps are functions of a state x that rises from 0 to 1, with one change of sign
// at x = s: of all sorts of slopes, bends, jumps and plateaus.
var gaps = map[string]func(x, s float64) float64{
	"line":      func(x, s float64) float64 { return x - s },
	"steep":     func(x, s float64) float64 { return 1e12 * (x - s) },
	"cube":      func(x, s float64) float64 { return (x - s) * (x - s) * (x - s) },
	"exp":       func(x, s float64) float64 { return math.Exp(20*(x-s)) - 1 },
	"log":       func(x, s float64) float64 { return math.Log(1+1e6*x) - math.Log(1+1e6*s) },
	"root":      func(x, s float64) float64 { return math.Cbrt(x - s) },
	"pole":      func(x, s float64) float64 { return 1 / (s - x) },
	"jump":      func(x, s float64) float64 { return map[bool]float64{false: -1, true: 1e-9}[x >= s] },
	"landing":   func(x, s float64) float64 { return min(0, x-s) },
	"lift":      func(x, s float64) float64 { return max(0, x-s) },
	"kink":      func(x, s float64) float64 { return min(1e-6*(x-s), 1e6*(x-s)) },
	"no number": func(x, s float64) float64 { return math.Sqrt(s - x) },
	"infinite":  func(x, s float64) float64 { return math.Inf(int(side(x - s))) },
	"power":     func(x, s float64) float64 { return math.Pow(x-s, 21) },
	"flat":      func(x, s float64) float64 { return math.Copysign(math.Exp(-1/math.Abs(x-s)), x-s) },
	"one-sided": func(x, s float64) float64 { return max(math.Pow(x-s, 9), -1e-9) },
	"long step": func(x, s float64) float64 { return math.Tanh(1e5 * (x - s)) },
}

// Whatever the gap, in whatever part of whatever step: what is located is the very
// nanosecond that bisection finds, it is the first, and it takes fewer looks.
func TestRootsAreThoseOfBisection(t *testing.T) {
	names := slices.Sorted(maps.Keys(gaps))
	looks, halvings := map[string]int{}, map[string]int{}
	law := func(rt *rapid.T) {
		name := rapid.SampledFrom(names).Draw(rt, "gap")
		length := math.Pow(10, rapid.Float64Range(-6, 3.5).Draw(rt, "length"))
		r := newRig(plant.Options{Longest: vtime.FromSeconds(length)}, []float64{0}, func(*signal.Frame) float64 { return 1 / length })
		for _, to := r.Step(0); to < vtime.Time(vtime.FromSeconds(length)); _, to = r.Step(0) {
			require.NoError(rt, r.Advance(0))
		}
		from, to := r.Step(0)
		span := int64(to - from)
		cut := rapid.Int64Range(0, span/2).Draw(rt, "from")
		end := to - vtime.Time(rapid.Int64Range(0, span/4).Draw(rt, "to"))
		from += vtime.Time(cut)
		first, last := r.at(from, 0), r.at(end, 0)
		s := first + (last-first)*rapid.Float64Range(0.001, 0.999).Draw(rt, "s")
		n := 0
		gap := func(f *signal.Frame) float64 { n++; return gaps[name](a(f), s) }
		w := r.above(gap)
		w.View = plant.View{Islands: []int32{0}, States: all(1)}
		if name == "lift" {
			w.Holds = func(f *signal.Frame) bool { return gap(f) > 0 }
		}
		truth := r.Holds(w, from)
		if r.Holds(w, end) == truth {
			return
		}
		n = 0
		want := r.bisected(w, from, end)
		halvings[name] += n
		worst := 3*n + 30
		n = 0
		got, ok := r.Next(w, from, end, truth)
		looks[name] += n
		require.Less(rt, n, worst)
		require.True(rt, ok)
		require.Equal(rt, want, got)
		require.NotEqual(rt, truth, r.Holds(w, got))
		require.Equal(rt, truth, r.Holds(w, got-1))
	}
	trials.Make(t, 10000) // of each gap so many that it is the gap that is counted and not luck
	rapid.Check(t, law)
	for _, name := range names {
		t.Logf("%-10s %4.2f looks for one of bisection", name, float64(looks[name])/float64(halvings[name]))
	}
	for _, name := range []string{"line", "steep", "exp", "log"} {
		assert.Less(t, looks[name], halvings[name], name)
	}
}
