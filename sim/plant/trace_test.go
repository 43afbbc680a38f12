package plant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A vertex of a trace.
type vertex struct {
	t vtime.Time
	x float64
}

// trace is the trace of a function of the seconds since from, and how often it
// was looked at.
func trace(t testing.TB, f func(s float64) float64, from, to vtime.Time, tol float64) (list []vertex, looks int) {
	r, w := wave(t, func(*signal.Frame) float64 { return 0 })
	eval := func(fr *signal.Frame) float64 { looks++; return f(clock(fr) - from.Seconds()) }
	r.Trace(w, eval, from, to, tol, func(at vtime.Time, x float64) { list = append(list, vertex{at, x}) })
	require.Equal(t, from, list[0].t)
	require.Equal(t, to, list[len(list)-1].t)
	for i, v := range list {
		assert.Equal(t, math.Float64bits(f(v.t.Seconds()-from.Seconds())), math.Float64bits(v.x))
		require.True(t, i == 0 || list[i-1].t < v.t)
	}
	return list, looks
}

// off is by how much a trace is off its function.
func off(f func(s float64) float64, list []vertex) (worst float64) {
	from := list[0].t
	for i, b := range list[1:] {
		a := list[i]
		for k := range 100 {
			at := a.t + (b.t-a.t)*vtime.Time(k)/100
			line := a.x + (b.x-a.x)*float64(at-a.t)/float64(b.t-a.t)
			worst = max(worst, math.Abs(line-f((at-from).Seconds())))
		}
	}
	return worst
}

// A clock of 1024 s has steps of 2^-42 s.
const traced = 1024 * second

func TestTraceOfALineTakesFiveLooks(t *testing.T) {
	for _, rise := range []float64{0, 1, -1e-6, 1e9} {
		list, looks := trace(t, func(s float64) float64 { return 3 + rise*s }, traced, traced+7*second, 1e-3)
		assert.Len(t, list, 2)
		assert.Equal(t, 5, looks)
	}
}

// Chords within tol of a sine are at best sqrt(8 tol) long, and extremes are vertices.
func TestTraceOfASine(t *testing.T) {
	for _, tol := range []float64{1e-1, 1e-2, 1e-3, 1e-4, 1e-5} {
		list, looks := trace(t, math.Sin, traced, traced+6*second, tol)
		assert.LessOrEqual(t, off(math.Sin, list), tol)
		assert.Less(t, float64(len(list)), 5+10/math.Sqrt(8*tol))
		t.Logf("tol %v: %d vertices, %d looks", tol, len(list), looks)
		for _, top := range []float64{math.Pi / 2, 3 * math.Pi / 2} {
			at := nearest(list, traced+vtime.Time(vtime.FromSeconds(top)))
			assert.InDelta(t, top, (at.t - traced).Seconds(), 3e-8) // as far as a sine resolves it
			assert.InDelta(t, 1, math.Abs(at.x), 1e-15)
		}
	}
}

func nearest(list []vertex, t vtime.Time) (v vertex) {
	best := vtime.Never
	for _, x := range list {
		if d := max(x.t-t, t-x.t); d < best {
			v, best = x, d
		}
	}
	return v
}

// Both sides of a jump are vertices, and so is a kink that is an extreme.
func TestTraceOfJumpsAndKinks(t *testing.T) {
	const at = 2345678901
	step := func(s float64) float64 { return map[bool]float64{false: s, true: s + 5}[s >= at*1e-9-1e-12] }
	list, _ := trace(t, step, traced, traced+7*second, 1e-3)
	assert.Equal(t, []vtime.Time{traced, traced + at - 1, traced + at, traced + 7*second}, times(list))
	kink := func(s float64) float64 { return math.Abs(s - at*1e-9) }
	list, _ = trace(t, kink, traced, traced+7*second, 1e-3)
	assert.Equal(t, []vtime.Time{traced, traced + at, traced + 7*second}, times(list))
	list, looks := trace(t, func(s float64) float64 { return math.Sqrt(at*1e-9-s) * 0 }, traced, traced+7*second, 1e-3)
	assert.Equal(t, traced+at+1, list[2].t, "not a number from there on")
	assert.Less(t, looks, 200)
	list, _ = trace(t, func(float64) float64 { return math.Inf(-1) }, traced, traced+7*second, 1e-3)
	assert.Len(t, list, 2)
}

func times(list []vertex) (times []vtime.Time) {
	for _, v := range list {
		times = append(times, v.t)
	}
	return times
}

// What turns too often is told with a greater tolerance.
func TestTraceIsBounded(t *testing.T) {
	for _, omega := range []float64{1e3, 1e5, 1e8} {
		list, looks := trace(t, func(s float64) float64 { return math.Sin(omega * s) }, traced, traced+6*second, 1e-9)
		assert.LessOrEqual(t, len(list), plant.Vertices)
		t.Logf("%v: %d vertices, %d looks", omega, len(list), looks)
		assert.Less(t, looks, 1000000)
	}
	list, _ := trace(t, func(s float64) float64 { return math.Sqrt(-1 - math.Floor(s*1e3)) }, traced, traced+6*second, 1e-9)
	assert.Len(t, list, 2)
	list, _ = trace(t, func(s float64) float64 { return math.Sqrt(math.Sin(1e7 * s)) }, traced, traced+6*second, 1e-9)
	assert.LessOrEqual(t, len(list), plant.Vertices)
}

// A quartic, of which a step of an island is, is followed within the tolerance.
func TestTraceOfPolynomials(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var c [5]float64
		for i := range c {
			c[i] = rapid.Float64Range(-1, 1).Draw(rt, "c")
		}
		f := func(s float64) float64 {
			x := s / 4
			return c[0] + x*(c[1]+x*(c[2]+x*(c[3]+x*c[4])))
		}
		tol := math.Pow(10, rapid.Float64Range(-6, 0).Draw(rt, "tol"))
		span := vtime.Time(rapid.Int64Range(1, 6e9).Draw(rt, "span"))
		list, _ := trace(t, f, traced, traced+span, tol)
		require.LessOrEqual(rt, off(f, list), tol)
	})
}
