package scenariotest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
)

func TestTowerSurvivesASpoofedGauge(t *testing.T) {
	run := scenariotest.Run(t, "tower/spoofed-gauge")
	require.Less(t, run.Signal("tower.level").Max(), 4.0)
}
