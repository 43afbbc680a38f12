package scenarios

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// gridWith runs nine buses with a short-circuit on line 5-7 after a second, for which
// its relay waits so many milliseconds.
func gridWith(t *testing.T, delay float64) *swatRun {
	t.Helper()
	s, err := Parse("grid.yaml", fmt.Appendf(nil, `scenario: grid
about: A fault
use: library/grid/wscc9.yaml
run: 4s
system:
  devices:
    grid: {relays: {}, out_of_step: 0 deg}
    relay57: {signals: {delay: {start: %v ms}}}
timeline:
  - {at: 1s, act: set, signal: grid.l57_fault, value: at_to}
`, delay))
	require.NoError(t, err)
	r := &swatRun{History: &sim.History{}, t: t}
	r.Result, err = sim.Run(context.Background(), s.Plan, sim.Record(r.History))
	require.NoError(t, err)
	return r
}

// TestGridCriticalDelay: with 50 ms of the breaker the machines bear 161 ms, and not
// 161.5 ms.
func TestGridCriticalDelay(t *testing.T) {
	for _, c := range []struct {
		delay float64
		holds bool
	}{{111, true}, {111.5, false}} {
		r := gridWith(t, c.delay)
		assert.Equal(t, c.holds, r.signal("grid.spread").Max() < math.Pi, "%v ms", c.delay)
		assert.InDeltaSlice(t, []float64{1 + (c.delay+50)/1000}, changes(r, "cb57.closed", 0), 1e-6)
	}
}

// TestGridFiveCycles: the textbook's greatest angle, over the relay and the breaker.
func TestGridFiveCycles(t *testing.T) {
	r := ofLibrary(t, "grid/fault-cleared")
	assert.InDeltaSlice(t, []float64{1 + 5./60}, changes(r, "cb57.closed", 0), 1e-6)
	assert.InDelta(t, 85.5, r.signal("grid.spread").Max()*180/math.Pi, 0.2, "83.3 ms, not 83")
}

// TestGridDemand: what 90 000 devices take at once, and what comes of it.
func TestGridDemand(t *testing.T) {
	r := ofLibrary(t, "grid/demand-30")
	power := func(seconds float64) (sum float64) {
		for _, name := range []string{"g1", "g2", "g3"} {
			sum += r.signal("grid." + name + "_power").At(vtime.Time(vtime.FromSeconds(seconds)))
		}
		return sum
	}
	more := power(1.000001) - power(0.999)
	assert.InDelta(t, 77.9e6, more, 0.1e6, "loads take less where the voltage sinks")
	at := vtime.Time(vtime.FromSeconds(1.000001))
	assert.InEpsilon(t, -more/1e8*60/(2*33.05), r.signal("grid.rocof").At(at), 1e-3)
	for _, name := range []string{"g1", "g2", "g3"} {
		assert.Len(t, changes(r, "grid."+name+"_tripped", 1), 1)
		assert.Equal(t, 1.0, r.signal("grid."+name+"_cause").Last(), "under-frequency")
	}
	assert.Zero(t, r.signal("grid.frequency").Last())
}

// TestGridReserve: 5 % of droop over 567.5 MW, and 2 % of load for 1 % of frequency.
func TestGridReserve(t *testing.T) {
	s, err := Load("grid/demand-30-governed")
	require.NoError(t, err)
	var rows [][]float64
	paths := []string{"grid.frequency", "grid.g1_power", "grid.g2_power", "grid.g3_power"}
	_, err = sim.Run(context.Background(), s.Plan, sim.Sample(2*vtime.Minute, paths, func(_ vtime.Time, values []float64) error {
		rows = append(rows, slices.Clone(values))
		return nil
	}))
	require.NoError(t, err)
	require.Len(t, rows, 2, "the start and the end")
	more := 0.0
	for i := 1; i < len(paths); i++ {
		more += rows[1][i] - rows[0][i]
	}
	assert.InDelta(t, 60*(1-more/(567.5e6/0.05+3*2*100e6)), rows[1][0], 1e-3)
}
