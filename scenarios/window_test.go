package scenarios

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

const windowed = `
scenario: windowed
run: 10m
system:
  devices:
    c:
      is: custom
      signals:
        x: {start: 0, rate: 0.01}
        y: {start: 0, rate: cos(time / 7)}
        d: {start: 0}
      rules:
        - {every: 7s, set: {d: d + 1}}
invariants:
  low:
    always: %[1]s > -1000
  high:
    always: %[1]s < 1000
`

// A step of an island can be as long as the run, and what a windowed helper looks
// back on have kinks, jumps and many turns in it: the margins are those of the
// helper's definition, put together from samples.
func TestWindowsOverKinksJumpsAndTurns(t *testing.T) {
	if testing.Short() {
		t.Skip("samples every 10 ms")
	}
	const span, every = 30, 10 * vtime.Millisecond
	for text, of := range map[string]func(v []float64) float64{
		"max(c.x - 2, 0)": func(v []float64) float64 { return max(v[0]-2, 0) },
		"abs(c.y)":        func(v []float64) float64 { return math.Abs(v[1]) },
		"sin(c.x * 20)":   func(v []float64) float64 { return math.Sin(v[0] * 20) },
		"c.y * c.d":       func(v []float64) float64 { return v[1] * v[2] },
		"if(c.x > 2, c.y, 1)": func(v []float64) float64 {
			if v[0] > 2 {
				return v[1]
			}
			return 1
		},
	} {
		for _, helper := range []string{"mean", "delta"} {
			expression := fmt.Sprintf(`%s(%s, "%d s")`, helper, text, span)
			s, err := Parse("test.yaml", fmt.Appendf(nil, windowed, expression))
			require.NoError(t, err)
			var is, sum []float64
			least, most := math.Inf(1), math.Inf(-1)
			row := func(at vtime.Time, v []float64) error {
				n := len(is)
				is, sum = append(is, of(v)), append(sum, 0)
				old := max(0, n-int(span*vtime.Second/every))
				x := is[n] - is[old]
				if n > 0 {
					sum[n] = sum[n-1] + (is[n]+is[n-1])/2*every.Seconds()
				}
				if helper == "mean" {
					x = is[n]
					if n > 0 {
						x = (sum[n] - sum[old]) / (float64(n-old) * every.Seconds())
					}
				}
				least, most = min(least, x), max(most, x)
				return nil
			}
			r, err := sim.Run(context.Background(), s.Plan, sim.Sample(every, []string{"c.x", "c.y", "c.d"}, row))
			require.NoError(t, err)
			assert.InDelta(t, least, verdict(t, r, "low").Margin-1000, 0.01, expression)
			assert.InDelta(t, most, 1000-verdict(t, r, "high").Margin, 0.01, expression)
		}
	}
}
