package scenarios

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// robertson is the reaction of H. H. Robertson (1966), with a solver.
const robertson = `scenario: robertson
about: A stiff reaction
run: 40s
system:
  devices:
    reactor:
      is: custom
      solver: %s
      signals:
        a: {start: 1, rate: '-0.04 * a + 1e4 * b * c'}
        b: {start: 0, rate: '0.04 * a - 1e4 * b * c - 3e7 * b^2'}
        c: {start: 0, rate: '3e7 * b^2'}
`

// TestSolvers compares with the reference of Hairer and Wanner (Solving Ordinary
// Differential Equations II, IV.10) at 40 s, whichever the method.
func TestSolvers(t *testing.T) {
	steps := map[string]uint64{}
	for _, solver := range []string{"automatic", "explicit", "implicit"} {
		s, err := Parse("robertson.yaml", fmt.Appendf(nil, robertson, solver))
		require.NoError(t, err)
		var last []float64
		r, err := sim.Run(context.Background(), s.Plan, sim.Sample(40*vtime.Second, []string{"reactor.a", "reactor.b", "reactor.c"},
			func(_ vtime.Time, values []float64) error { last = append(last[:0], values...); return nil }))
		require.NoError(t, err)
		for i, want := range []float64{0.7158270688, 0.9185534765e-5, 0.2841637457} {
			require.InEpsilon(t, want, last[i], 1e-8, "%s of %s", "abc"[i:i+1], solver)
		}
		steps[solver] = r.Stats.Steps
	}
	require.Less(t, steps["automatic"], 2*steps["implicit"], "the stiffness is seen")
	require.Greater(t, steps["explicit"], 50*steps["implicit"], "it is stiff")
}
