package scenarios

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// TestInsulinDelivers: what a pump gave may be 5 % off what was ordered, and no more: where it gave 4 U that may be
// 4.21 U or 3.81 U, and not 4.22 U or 3.80 U.
func TestInsulinDelivers(t *testing.T) {
	for ordered, delivers := range map[float64]bool{4: true, 4.21: true, 4.22: false, 3.81: true, 3.80: false} {
		s, err := Parse("library/insulin/off.yaml", fmt.Appendf(nil, `scenario: off
use: system.yaml
run: 1h
timeline:
  - {at: 10m, act: command, from: remote, by: anna, signal: remote.press, value: 4 U}
  - {at: 40m, act: set, signal: pump.ordered, value: %v U}
`, ordered))
		require.NoError(t, err)
		r, err := sim.Run(t.Context(), s.Plan)
		require.NoError(t, err)
		i, err := r.Invariant("delivers")
		require.NoError(t, err)
		assert.Equal(t, delivers, len(i.Violations) == 0, "%v U", ordered)
		if !delivers {
			assert.InDelta(t, 40*60, i.At.Seconds(), 1e-6)
		}
	}
}
