package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestABolusTakesTwoMessages: a bolus by remote takes two messages, each signed and with the next number. Who
// sends one gets nothing, and who sends two goes on with the numbers that they used.
func TestABolusTakesTwoMessages(t *testing.T) {
	for name, given := range map[string]float64{"half-a-bolus": 7, "whole-bolus": 17} {
		r := ofLibrary(t, "insulin/"+name)
		assert.InDelta(t, given, r.signal("pump.given").Max(), 0.05, name)
		i, err := r.Invariant("asked-twice")
		require.NoError(t, err)
		assert.Zero(t, i.Verdict, name)
		assert.Empty(t, r.Decisions, "every message had a number of its own: %s", name)
	}
}
