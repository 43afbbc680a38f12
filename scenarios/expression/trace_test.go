package expression

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// trace is when a condition's margin changes its sign, by its trace.
func (s *stage) trace(t *testing.T, text string, end vtime.Time, tol float64, bounds bool) (crossings []vtime.Time, vertices int) {
	c, mistakes := Condition(text, onStage)
	require.Empty(t, mistakes)
	w := s.watch(t, text)
	if bounds {
		w.Margin = c.Bounds
	}
	margin := func(f *signal.Frame) float64 { return c.Margin(f.V, f.M) }
	require.NoError(t, s.Advance(0))
	above := margin(&signal.Frame{V: []float64{0, 1, 0, 1, 0, 0, 0}}) > 0
	for from := vtime.Time(0); from < end; {
		_, to := s.Step(0)
		to = min(to, end)
		s.Trace(w, margin, from, to, tol, func(at vtime.Time, x float64) {
			vertices++
			if x > 0 != above {
				crossings, above = append(crossings, at), !above
			}
		})
		from = to
		require.NoError(t, s.Advance(0))
	}
	return crossings, vertices
}

// A trace misses no pulse, however short, where the bounds of what it follows are
// known.
func TestTracesMissNoPulse(t *testing.T) {
	s := newStage(1, -0.1, 0, 0, 0, 1)
	got, _ := s.trace(t, "if(time % 1 < 0.00001, 1, 0) > 0.5", 6*second, 1e-3, true)
	var want []vtime.Time
	for k := range 6 {
		want = append(want, nanoseconds(float64(k), float64(k)+0.00001)...)
	}
	near(t, append(want[1:], 6*second), got)
	s = newStage(1, -0.1, 0, 0, 0, 1)
	got, _ = s.trace(t, "x % 0.1 < 0.0001", 6.5e9, 1e-6, true)
	assert.Equal(t, 12, len(got))
}

// What is smooth takes no more vertices where its bounds are known.
func TestTracesOfWhatIsSmooth(t *testing.T) {
	for _, tol := range []float64{1e-3, 1e-6, 1e-9} {
		_, known := newStage(1, -0.1, 0, 0, 0, 1).trace(t, "x + z > 0.1", 6.5e9, tol, true)
		_, unknown := newStage(1, -0.1, 0, 0, 0, 1).trace(t, "x + z > 0.1", 6.5e9, tol, false)
		t.Logf("%v: %d vertices, %d by samples", tol, known, unknown)
		assert.Less(t, float64(known), 1.2*float64(unknown))
	}
}
