package tachometer_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/drive"
	"github.com/harmproof/harmproof/twins/tachometer"
)

const second = vtime.Second

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

// play measures a speed that goes up and down at 5 Hz/s.
func play(t *testing.T, run vtime.Duration, s tachometer.Spec, reset []float64, speeds ...float64) *simtest.Played {
	return simtest.Scene{
		Run: run,
		Devices: map[string]device.Device{
			"drive":      must(drive.New(drive.Spec{Ramp: 5, Highest: 2000, High: 1210, Start: 1064, Deadband: 1})),
			"desk":       simtest.Script{Unit: unit.Hertz, Tell: map[string][]simtest.Point{"frequency": simtest.Steps(speeds...)}},
			"button":     simtest.Script{Unit: unit.One, Tell: map[string][]simtest.Point{"reset": simtest.Steps(reset...)}},
			"tachometer": must(tachometer.New(s)),
		},
		Wires: map[string]string{
			"drive.command": "wired desk.frequency", "tachometer.of": "drive.frequency", "tachometer.reset": "wired button.reset",
		},
	}.Play(t)
}

// The reading is never farther off than the deadband, and rests where the speed does.
func TestReads(t *testing.T) {
	p := play(t, 3600*second, tachometer.Spec{Trips: 1e6, Deadband: 4}, []float64{0, 0}, 0, 1064, 10, 1110, 100, 1064)
	for at := vtime.Duration(0); at <= 200*second; at += second {
		assert.InDelta(t, p.At("drive.frequency", at), p.At("tachometer.speed", at), 4+1e-7)
	}
	assert.Len(t, p.Changes("tachometer.speed"), 1+11+11, "every 4 Hz of 46, and back")
	assert.Zero(t, p.At("tachometer.tripped", 3600*second))
}

// The contact closes at the limit to the nanosecond, and opens only by a reset below it.
func TestTrips(t *testing.T) {
	p := play(t, 300*second, tachometer.Spec{Trips: 1230, Deadband: 1}, []float64{0, 0, 50, 1, 60, 0, 200, 1}, 0, 1064, 10, 1300, 100, 1064)
	list := p.Changes("tachometer.tripped")
	require.Len(t, list, 3)
	assert.InDelta(t, 10+166./5, list[1].At.Seconds(), 2e-9)
	assert.Equal(t, sim.Change{At: vtime.Time(200 * second), Value: 0}, list[2])
}

func TestRefuses(t *testing.T) {
	_, err := tachometer.New(tachometer.Spec{Trips: 0, Deadband: 1})
	assert.ErrorContains(t, err, "trips must be above 0")
	_, err = tachometer.New(tachometer.Spec{Trips: 1})
	assert.ErrorContains(t, err, "deadband must be above 0")
}
