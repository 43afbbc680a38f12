package floatswitch_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/floatswitch"
	"github.com/harmproof/harmproof/twins/tank"
)

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

// trips lists when the contact changed and to what, on a level that jumps.
func trips(t *testing.T, s floatswitch.Spec, levels ...float64) (list []float64) {
	p := simtest.Scene{
		Run: 20 * vtime.Second,
		Devices: map[string]device.Device{
			"float": must(floatswitch.New(s)),
			"well":  simtest.Script{Unit: unit.Metre, Values: map[string][]simtest.Point{"level": simtest.Steps(levels...)}},
		},
		Wires: map[string]string{"float.of": "well.level"},
	}.Play(t)
	for _, c := range p.Changes("float.tripped") {
		list = append(list, c.At.Seconds(), c.Value)
	}
	return list
}

// At the height itself the contact is closed; it opens strictly below.
func TestStrictness(t *testing.T) {
	below := math.Nextafter(3.8, 0)
	assert.Equal(t, []float64{0, 0, 2, 1, 4, 0}, trips(t, floatswitch.Spec{Trips: 3.8}, 0, 1, 1, below, 2, 3.8, 3, 5, 3.5, 3.8, 4, below))
	assert.Equal(t, []float64{0, 1, 1, 0}, trips(t, floatswitch.Spec{Trips: 3.8}, 0, 3.8, 1, 1))
	drop := floatswitch.Spec{Trips: 0.75, Drop: 0.25}
	assert.Equal(t, []float64{0, 0, 1, 1, 3, 0, 5, 1}, trips(t, drop, 0, 0.6, 1, 0.75, 2, 0.5, 3, math.Nextafter(0.5, 0), 4, 0.6, 5, 1))
}

// On a tank that fills and empties it trips to the nanosecond.
func TestOnATank(t *testing.T) {
	p := simtest.Scene{
		Run: 600 * vtime.Second,
		Devices: map[string]device.Device{
			"tank":  must(tank.New(tank.Spec{Area: 3, Height: 4, Level: 2})),
			"float": must(floatswitch.New(floatswitch.Spec{Trips: 3.8, Drop: 0.1})),
			"flows": simtest.Script{Unit: unit.CubicMetrePerHour, Values: map[string][]simtest.Point{
				"in": simtest.Steps(0, 0.05, 110, 0), "out": simtest.Steps(0, 0, 200, 0.05),
			}},
		},
		Wires: map[string]string{"tank.inflow": "flows.in", "tank.outflow": "flows.out", "float.of": "tank.level"},
	}.Play(t)
	got := p.Changes("float.tripped")
	require.Len(t, got, 3)
	assert.InDelta(t, 1.8*3/0.05, got[1].At.Seconds(), 2e-9)
	top := 2 + 0.05*110/3
	assert.InDelta(t, 200+(top-3.7)*3/0.05, got[2].At.Seconds(), 2e-9)
}

func TestRefuses(t *testing.T) {
	_, err := floatswitch.New(floatswitch.Spec{Trips: math.NaN()})
	assert.ErrorContains(t, err, "trips must be finite")
	_, err = floatswitch.New(floatswitch.Spec{Trips: 1, Drop: -1})
	assert.ErrorContains(t, err, "drop must be at least 0 mm")
}
