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
	"github.com/harmproof/harmproof/sim/simtest/trials"
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

// inertia is that of the three machines together, in seconds at 100 MVA.
const inertia = 23.64 + 6.40 + 3.01

// TestGridShedWithoutGovernors: load shedding catches the fall, and takes off more than was
// added. As nobody takes the surplus back, frequency rises as it does in closed form, until
// the first machine turns at 61.7 Hz, and the rest of them break down.
func TestGridShedWithoutGovernors(t *testing.T) {
	trials.Long(t)
	r := ofLibrary(t, "grid/demand-30-shed")
	at := func(path string, seconds float64) float64 {
		return r.signal("grid." + path).At(vtime.Time(vtime.FromSeconds(seconds)))
	}
	for _, seconds := range []float64{10, 15, 20, 25} {
		surplus := 0.0
		for _, name := range []string{"g1", "g2", "g3"} {
			surplus += at(name+"_power", 0) - at(name+"_power", seconds)
		}
		assert.Positive(t, surplus)
		assert.InEpsilon(t, surplus/1e8*60/(2*inertia), at("rocof", seconds), 1e-3, "after %v s", seconds)
	}
	first := changes(r, "grid.g3_tripped", 1)
	require.Len(t, first, 1)
	assert.InDelta(t, 61.7, at("g3_frequency", first[0]), 1e-3)
	assert.Less(t, at("g1_frequency", first[0]), 61.7)
	for _, name := range []string{"g1", "g2", "g3"} {
		assert.Len(t, changes(r, "grid."+name+"_tripped", 1), 1)
	}
	assert.Zero(t, r.signal("grid.frequency").Last())
}

// TestGridBotnet: what was published of 90 000 devices of 1 kW, from the first home on. The
// worm grows by the logistic curve, and all generators trip for under-frequency.
func TestGridBotnet(t *testing.T) {
	trials.Long(t)
	r := ofLibrary(t, "grid/botnet")
	homes := r.signal("mirai.homes")
	reaches := func(n float64) float64 {
		for _, c := range homes.Changes {
			if c.Value >= n {
				return c.At.Seconds()
			}
		}
		require.Fail(t, "never so many")
		return 0
	}
	logit := func(n float64) float64 { return math.Log(n / (100_000 - n)) }
	grown := (reaches(90_000) - reaches(2000)) / 60
	assert.InDelta(t, logit(90_000)-logit(2000), grown, 4/math.Sqrt(2000), "tries of one a minute; the luck of 2000")

	on := reaches(90_000)
	power := func(seconds float64) (sum float64) {
		for _, name := range []string{"g1", "g2", "g3"} {
			sum += r.signal("grid." + name + "_power").At(vtime.Time(vtime.FromSeconds(seconds)))
		}
		return sum
	}
	before := power(on - 1)
	more := power(on+0.05) - before
	assert.InEpsilon(t, -more/1e8*60/(2*inertia), r.signal("grid.rocof").At(vtime.Time(vtime.FromSeconds(on+0.05))), 1e-2)
	assert.InEpsilon(t, 0.3, 90e6/before, 0.07, "30 % of what was generated")
	for _, name := range []string{"g1", "g2", "g3"} {
		tripped := changes(r, "grid."+name+"_tripped", 1)
		require.Len(t, tripped, 1)
		assert.Less(t, tripped[0]-on, 60.0, "within a minute")
		assert.Equal(t, 1.0, r.signal("grid."+name+"_cause").Last(), "under-frequency")
	}
	assert.Zero(t, r.signal("grid.frequency").Last())
	// A tenth of the homes are borne by governors, which is what reserve is for.
	assert.Equal(t, 3.0, ofLibrary(t, "grid/botnet-small").signal("grid.connected").Last())
}
