package scenarios

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// With half the tolerance, and with a hundred times as much, no verdict is another one, nobody is
// harmed more or less, and no margin of a body moves by 0.1 %.
func TestHarmDoesNotDependOnTolerances(t *testing.T) {
	for _, e := range Library() {
		system, _, _ := strings.Cut(e.Name, "/")
		if system != "insulin" && system != "platoon" && system != "home" && system != "robot-cell" {
			continue
		}
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			one := system + "/normal"
			if system == "platoon" { // eight cars take seconds
				one = "platoon/jammed-at-braking"
			}
			if e.Name != one && (system == "platoon" && !trials.Asked() || testing.Short()) {
				t.Skip("one of each system, or of the platoon: -long runs all")
			}
			s, err := Load(e.Name)
			require.NoError(t, err)
			run := func(rtol float64) *sim.Result {
				r, err := sim.Run(context.Background(), s.Plan, sim.Tolerance(rtol))
				require.NoError(t, err)
				return r
			}
			want := run(plant.Rtol)
			for _, rtol := range []float64{plant.Rtol / 2, 100 * plant.Rtol} {
				requireAlike(t, want, run(rtol))
			}
		})
	}
}

func requireAlike(t *testing.T, want, got *sim.Result) {
	for i := range want.Invariants {
		a, b := &want.Invariants[i], &got.Invariants[i]
		assert.Equal(t, a.Verdict, b.Verdict, a.Name)
	}
	for i := range want.Harm {
		a, b := &want.Harm[i], &got.Harm[i]
		assert.Equal(t, a.Severity, b.Severity, a.Device)
		for k := range a.Margins {
			x, y := a.Margins[k].Margin, b.Margins[k].Margin
			assert.True(t, x == y || math.Abs(x-y) <= 1e-3*math.Abs(x), "%s by %s: %v, %v", a.Device, a.Exposed[k].Name, x, y)
		}
	}
	for i := range want.Hazards {
		assert.Equal(t, want.Hazards[i].Demands, got.Hazards[i].Demands, want.Hazards[i].Name)
	}
}
