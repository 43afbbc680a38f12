package scenarios_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A pump that was stuck does what it is commanded once it is no longer, although
// nobody commands it anew; a valve that is stuck stays so when it also gets slow.
func TestFaultsOfActuators(t *testing.T) {
	const text = `scenario: stuck
about: Actuators that stick
run: 2m
system:
  devices:
    pump: {is: pump, rate: 50 L/s, run: plc.command}
    tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: pump.flow}
    gauge: {is: level-gauge, of: tower.level, every: 200ms}
    plc: {is: hysteresis, reads: gauge.level, low: 2.5 m, high: 3 m}
    inlet: {is: valve, rate: 1 L/s, travel: 100s, open: plc.command}
timeline:
  - {at: 50s, fault: stuck, signal: pump.running, for: 30s}
  - {at: 10s, fault: stuck, signal: inlet.position, for: 40s}
  - {at: 20s, fault: slow, signal: inlet.position, to: 50%, for: 10s}
`
	scenario, err := scenarios.Parse("stuck.yaml", []byte(text))
	require.NoError(t, err)
	h := &sim.History{}
	_, err = sim.Run(context.Background(), scenario.Plan, sim.Record(h))
	require.NoError(t, err)
	at := func(path string, seconds float64) float64 {
		sig, err := h.Signal(path)
		require.NoError(t, err)
		return sig.At(vtime.Time(seconds * 1e9))
	}
	require.Equal(t, 0.0, at("plc.command", 70), "it was told to stop")
	require.Equal(t, 1.0, at("pump.running", 79.9))
	require.Equal(t, 0.0, at("pump.running", 80))
	require.InDelta(t, at("inlet.position", 11), at("inlet.position", 49), 1e-9)
	require.Greater(t, at("inlet.position", 55), at("inlet.position", 49))
}
