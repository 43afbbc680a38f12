package vehicle_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/vehicle"
)

// asked has a vehicle with a dead time do what is asked of it in steps.
func asked(t *testing.T, dead vtime.Duration, steps ...float64) *simtest.Played {
	s := car
	s.Speed, s.DeadTime = 20, dead
	return simtest.Scene{
		Run: 10 * second, Every: 10 * vtime.Millisecond,
		Devices: map[string]device.Device{
			"a":    leads(s),
			"asks": simtest.Script{Unit: unit.MetrePerSecondSquared, Values: map[string][]simtest.Point{"a": simtest.Steps(steps...)}},
		},
		Wires: map[string]string{"a.drive": "asks.a"},
	}.Play(t)
}

// What is asked at any time is done a dead time later, give or take half a sample, by the engine's own lag;
// what is asked at the start was asked before.
func TestDeadTime(t *testing.T) {
	for _, dead := range []vtime.Duration{10 * vtime.Millisecond, 200 * vtime.Millisecond, second} {
		half := dead.Seconds() / 41 // of a sample, of which the dead time has 20.5
		sum, n := 0.0, 40
		for i := range n {
			at := 1 + (float64(i)+0.5)/float64(n)*2*half
			p := asked(t, dead, 0, 1, at, -8)
			changes := p.Changes("a.obeys")
			require.Len(t, changes, 2, "the start, and the step")
			assert.Equal(t, []float64{1, -8}, []float64{changes[0].Value, changes[1].Value})
			late := changes[1].At.Seconds() - at
			assert.InDelta(t, dead.Seconds(), late, half*(1+1e-6))
			sum += late
			started := 1 - math.Exp(-(at+late)/0.5) // of 1 m/s2
			assert.InDelta(t, -8+(started+8)*math.Exp(-(2.5-at-late)/0.5), p.At("a.acceleration", 2500*vtime.Millisecond), 1e-8)
		}
		assert.InDelta(t, dead.Seconds(), sum/float64(n), half/50, "on average")
	}
	_, err := vehicle.New(vehicle.Spec{Length: 4, Mass: 1500, Lag: 0.5, Brakes: 8, Accelerates: 4, Stiffness: 1e6, Plasticity: 1, Wrecks: 1, DeadTime: 1})
	require.ErrorContains(t, err, "dead_time must be from 0.01 s to 1 s")
}
