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

// A told is what a controller is told, of one unit each, in steps.
type told struct{ acceleration, speed, time, distance, approach []float64 }

// drives has a controller at 20 m/s hear something.
func drives(t *testing.T, s vehicle.ControllerSpec, x told) *simtest.Played {
	tell := func(u unit.Unit, steps []float64) device.Device {
		return simtest.Script{Unit: u, Tell: map[string][]simtest.Point{"is": simtest.Steps(steps...)}}
	}
	return simtest.Scene{
		Run: 30 * second, Every: 100 * vtime.Millisecond,
		Devices: map[string]device.Device{
			"ecu":          must(vehicle.NewController(s)),
			"car":          simtest.Script{Unit: unit.MetrePerSecond, Values: map[string][]simtest.Point{"speed": simtest.Steps(0, 20)}},
			"engine":       simtest.Script{Unit: unit.MetrePerSecondSquared, Values: map[string][]simtest.Point{"is": simtest.Steps(0, 0)}},
			"acceleration": tell(unit.MetrePerSecondSquared, x.acceleration), "speed": tell(unit.MetrePerSecond, x.speed),
			"time": tell(unit.Second, x.time), "distance": tell(unit.Metre, x.distance), "approach": tell(unit.MetrePerSecond, x.approach),
		},
		Wires: map[string]string{
			"ecu.speed": "car.speed", "ecu.acceleration": "engine.is", "ecu.ahead_acceleration": "acceleration.is", "ecu.ahead_speed": "speed.is",
			"ecu.ahead_time": "time.is", "ecu.distance": "wired distance.is", "ecu.approach": "wired approach.is",
		},
	}.Play(t)
}

// quiet is what it is told where nothing happens, at the distance of its headway.
func quiet() told {
	return told{[]float64{0, 0}, []float64{0, 20}, []float64{0, 0}, []float64{0, 12}, []float64{0, 0}}
}

// Without a beacon for 300 ms, or with one that is older, it goes over to the headway of ACC, as slowly as
// it is to; a fresh one has it come back.
func TestFallsBack(t *testing.T) {
	x := quiet()
	x.time = []float64{0, 0, 0.2, 0.2, 10, 10, 10.1, 2}
	p := drives(t, ecu, x)
	var at []float64
	for _, c := range p.Changes("ecu.late")[1:] {
		at = append(at, c.At.Seconds())
	}
	// 0.2 s and 300 ms; 10 s and what a message takes; what was said 8.1 s ago.
	require.InDeltaSlice(t, []float64{0.5, 10.001, 10.101}, at, 1e-6)
	assert.InDelta(t, 3.2-2.7*math.Exp(-5./30), p.At("ecu.kept", 5500*vtime.Millisecond), 1e-9)
	assert.Equal(t, 1.0, p.At("ecu.alone", 30*second))

	s := ecu
	s.Patience = 0
	assert.Zero(t, drives(t, s, x).At("ecu.alone", 30*second))
}

// Beacons that say 1.5 m/s2 while nothing comes of it are doubted once the speed that follows is off by 2 m/s:
// e' = x (1 - exp(-t/lag)) - e/memory.
func TestDoubts(t *testing.T) {
	s := ecu
	s.Patience, s.Tolerance = 0, 2
	x := quiet()
	x.acceleration = []float64{0, 0, 5, 1.5}
	off := func(at float64) float64 {
		a := 1.5 / (1/0.5 - 1./2)
		return 1.5*2 + a*math.Exp(-at/0.5) - (1.5*2+a)*math.Exp(-at/2)
	}
	p := drives(t, s, x)
	list := p.Changes("ecu.doubts")
	require.Len(t, list, 2)
	assert.InDelta(t, 2, off(list[1].At.Seconds()-5.001), 1e-6)
	assert.Equal(t, 1.0, p.At("ecu.alone", 30*second), "for good")

	x.acceleration = []float64{0, 0, 5, 0.9}
	assert.Zero(t, drives(t, s, x).At("ecu.doubts", 30*second), "0.9 m/s2 for 2 s are less")
	x = quiet()
	x.speed = []float64{0, 20, 5, 22.5}
	assert.Len(t, drives(t, s, x).Changes("ecu.doubts"), 2, "another speed than is seen")
}

// It brakes in full where approach^2/2/(distance - 1 m) comes to more than 3 m/s2, until it is half of that.
func TestEmergency(t *testing.T) {
	s := ecu
	s.Emergency, s.Patience = 3, 0
	for approach, brakes := range map[float64]bool{math.Sqrt(2*3*11) - 0.01: false, math.Sqrt(2*3*11) + 0.01: true} {
		x := quiet()
		x.approach = []float64{0, 0, 5, approach, 6, 6, 7, 5}
		p := drives(t, s, x)
		assert.Equal(t, brakes, p.At("ecu.braking", 5500*vtime.Millisecond) == 1)
		assert.Equal(t, brakes, p.At("ecu.command", 5500*vtime.Millisecond) == -8)
		assert.Equal(t, brakes, p.At("ecu.braking", 6500*vtime.Millisecond) == 1, "36/22 is more than 1.5")
		assert.Zero(t, p.At("ecu.braking", 7500*vtime.Millisecond), "25/22 is less")
	}
}

// What is not said is as in Plexe's examples: engine, gains, beacons.
func TestPublishedDefaults(t *testing.T) {
	ecu, body := vehicle.Controller(), vehicle.Kind()
	for name, want := range map[string]string{"headway": "0.5 s", "kp": "0.2 1/s2", "kd": "0.7 1/s", "c1": "0.5", "xi": "1", "w": "0.2 rad/s", "beacon": "100ms", "lag": "0.5 s", "brakes": "8 m/s2"} {
		assert.Equal(t, want, ecu.Parameter(name).Default, name)
	}
	assert.Equal(t, "0.5 s", body.Parameter("lag").Default)
	assert.Equal(t, "8 m/s2", body.Parameter("brakes").Default)
}
