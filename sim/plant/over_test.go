package plant

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whatever the curve and the part of the step, its values and slopes there are
// within its range, and the range is not much wider.
func TestRangesOfCurves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := func() float64 { return rapid.Float64Range(-3, 3).Draw(t, "coefficient") }
		c := curve{of(), of(), of(), of(), of()}
		a := rapid.Float64Range(0, 1).Draw(t, "from")
		b := a + (1-a)*rapid.Float64Range(0, 1).Draw(t, "width")
		r := c.over(a, b, 2)
		lo, hi := math.Inf(1), math.Inf(-1)
		for i := range 41 {
			x := min(b, a+(b-a)*float64(i)/40)
			y := c.at(x)
			lo, hi = min(lo, y), max(hi, y)
			require.True(t, r.Lo <= y && y <= r.Hi, "%v at %v is not in %+v", y, x, r)
			const h = 1e-6
			slope := (c.at(x+h) - c.at(x-h)) / (2 * h) * 2
			require.True(t, r.Down-1e-7 <= slope && slope <= r.Up+1e-7, "%v at %v is not in %+v", slope, x, r)
		}
		w := b - a
		require.Less(t, r.Hi-r.Lo, hi-lo+20*w*w+1e-12) // the second derivative is less than 80 here
	})
}
