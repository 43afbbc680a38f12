package expression

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// moving is a world in which c1 and c2 are continuous, k1 and k2 are not.
func moving() *world {
	w := newWorld()
	for _, name := range []string{"c1", "c2", "k1", "k2"} {
		w.add(name, Symbol{Continuous: name[0] == 'c'}, 0)
	}
	return w
}

// side draws a number of those four.
func side(t *rapid.T, depth int) string {
	if depth == 0 {
		return rapid.SampledFrom([]string{"c1", "c2", "k1", "k2", "3.5", "-2"}).Draw(t, "leaf")
	}
	x, y := side(t, rapid.IntRange(0, depth-1).Draw(t, "depth")), side(t, rapid.IntRange(0, depth-1).Draw(t, "depth"))
	form := rapid.SampledFrom([]string{"(%s) + (%s)", "(%s) - (%s)", "(%s) * (%s)", "(%s) / (%s)", "abs(%s) + 0 * (%s)", "-(%s) - (%s)"}).Draw(t, "form")
	return fmt.Sprintf(form, x, y)
}

func comparison(t *rapid.T, w *world) (c signal.Condition, ok bool) {
	text := side(t, 3) + rapid.SampledFrom([]string{" < ", " <= ", " > ", " >= ", " == ", " != "}).Draw(t, "operator") + side(t, 2)
	c, errs := Condition(text, w)
	return c, len(errs) == 0
}

// What a gap alone says of a single comparison is what the condition says: truth
// and margin, equal numbers and infinities included.
func TestSense(t *testing.T) {
	trials.Make(t, checks/5)
	judged := 0
	rapid.Check(t, func(t *rapid.T) {
		w := moving()
		c, ok := comparison(t, w)
		if !ok || c.Sense == signal.Mixed {
			return
		}
		for range 5 {
			for _, name := range []string{"c1", "c2", "k1", "k2"} {
				w.column[w.symbols[name].Slot] = rapid.SampledFrom([]float64{0, 1, -1, 3.5, -2, 1e300, math.Inf(1), math.NaN(), 0.1}).Draw(t, name)
			}
			holds, margin, sure := c.Sense.Judge(c.Atoms[0].Gap(w.column, 0))
			if !sure {
				continue
			}
			judged++
			require.Equal(t, c.Holds(w.column, 0), holds, c.Text)
			require.Equal(t, c.Margin(w.column, 0), margin, c.Text)
		}
	})
	require.Greater(t, judged, 100)
}

// While all that is continuous goes along straight lines, a gap with a curve stays
// between its bounds.
func TestCurve(t *testing.T) {
	trials.Make(t, checks/5)
	curved := map[signal.Curve]int{}
	rapid.Check(t, func(t *rapid.T) {
		w := moving()
		c, ok := comparison(t, w)
		if !ok || len(c.Atoms) == 0 || c.Atoms[0].Gap == nil || c.Atoms[0].Curve == signal.Wild {
			return
		}
		curved[c.Atoms[0].Curve]++
		number := rapid.Float64Range(-10, 10)
		var from, to [2]float64
		for i := range from {
			from[i], to[i] = number.Draw(t, "from"), number.Draw(t, "to")
		}
		for _, k := range []string{"k1", "k2"} {
			w.column[w.symbols[k].Slot] = number.Draw(t, k)
		}
		gap := func(part float64) float64 {
			for i, name := range []string{"c1", "c2"} {
				w.column[w.symbols[name].Slot] = from[i] + part*(to[i]-from[i])
			}
			return c.Atoms[0].Gap(w.column, 0)
		}
		a, b := gap(0), gap(1)
		lo, hi := c.Atoms[0].Curve.Between(a, b)
		for part := 0.05; part < 1; part += 0.05 {
			x := gap(part)
			if x-x != 0 || a-a != 0 || b-b != 0 {
				continue // divided by nothing
			}
			slack := 1e-9 * (1 + math.Abs(a) + math.Abs(b) + math.Abs(x)) // of rounding
			require.GreaterOrEqual(t, x, lo-slack, "%s at %v", c.Text, part)
			require.LessOrEqual(t, x, hi+slack, "%s at %v", c.Text, part)
		}
	})
	for _, c := range []signal.Curve{signal.Straight, signal.Convex, signal.Concave} {
		require.Positive(t, curved[c], c)
	}
}
