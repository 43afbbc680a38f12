package scenarios_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim/campaign/harden"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// The cheapest set is found as well where some barriers do harm themselves: they keep the
// pump from being told to run, or the far room from being told of the level.
func TestCheapestBarriersBesideHarmfulOnes(t *testing.T) {
	trials.Few(t, 40)
	harmful := 0
	rapid.Check(t, func(t *rapid.T) {
		text := strings.NewReplacer(
			"invariants: {", "invariants: {kept: {always: tower.level > 0.7}, shown: {always: tower.level - archive.level < 2.2}, ",
			"    spare:", "    archive: {is: custom, inputs: {h: {poll: gauge.level, every: 10m}}, signals: {level: {value: h}}}\n    spare:",
			"lab: [", "lab: [archive, ",
		).Replace(siege(t, false))
		s, err := scenarios.Parse("siege.yaml", []byte(text))
		if err != nil && strings.Contains(err.Error(), "can never act") {
			t.Skip("no way leads to the controller")
		}
		require.NoError(t, err, text)
		barriers := declaredBy(s)
		holds := exhausted(t, s, barriers)
		a, err := harden.Find(context.Background(), barriers, []harden.Scenario{siegeOf(s)}, harden.Options{Workers: 2})
		require.NoError(t, err)
		if holds[0] {
			return
		}
		cheapest := math.Inf(1)
		for m, ok := range holds {
			sum := 0.0
			for i := range barriers {
				sum += float64(m>>i&1) * barriers[i].Cost
			}
			if ok {
				cheapest = min(cheapest, sum)
			}
		}
		if len(a.Worse) > 0 || len(a.Contrary) > 0 {
			harmful++
		}
		if math.IsInf(cheapest, 1) {
			require.Empty(t, a.Sets)
			return
		}
		require.NotEmpty(t, a.Sets, text)
		require.Equal(t, cheapest, a.Sets[0].Cost, text)
	})
	if trials.Asked() { // one in ten does harm
		require.NotZero(t, harmful)
	}
}
