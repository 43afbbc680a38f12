package pump_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/pump"
	"github.com/harmproof/harmproof/twins/tank"
)

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

const second = vtime.Second

// commands are told, or wired.
func commands(values map[string][]simtest.Point) device.Device {
	return simtest.Script{Unit: unit.One, Tell: values}
}

// It runs when it is told to, has power and is not inhibited; a command takes the
// millisecond of the network, a contact none.
func TestRuns(t *testing.T) {
	s := simtest.Scene{
		Run: 60 * second, Every: vtime.Millisecond,
		Devices: map[string]device.Device{
			"pump": must(pump.New(pump.Spec{Rate: 0.05, Prime: 0.02})),
			"desk": commands(map[string][]simtest.Point{"run": simtest.Steps(0, 0, 10, 1, 50, 0), "stop": simtest.Steps(0, 0, 20, 1, 30, 0)}),
		},
		Wires: map[string]string{"pump.run": "desk.run", "pump.inhibit": "wired desk.stop"},
	}
	p := s.Play(t)
	var at []float64
	for _, c := range p.Changes("pump.flow") {
		at = append(at, c.At.Seconds(), c.Value)
	}
	assert.Equal(t, []float64{0, 0, 10.001, 0.05, 20, 0, 30, 0.05, 50.001, 0}, at)
}

// It draws a tank dry, loses its prime and has it again 20 mm above that.
func TestPrime(t *testing.T) {
	const rate, in, area = 0.01, 0.002, 1.0
	s := simtest.Scene{
		Run: 120 * second,
		Devices: map[string]device.Device{
			"tank": must(tank.New(tank.Spec{Area: area, Height: 2, Level: 0.5})),
			"pump": must(pump.New(pump.Spec{Rate: rate, Dry: 0.1, Prime: 0.02})),
			"desk": commands(map[string][]simtest.Point{"run": simtest.Steps(0, 1)}),
			"well": simtest.Script{Unit: unit.CubicMetrePerHour, Values: map[string][]simtest.Point{"flow": simtest.Steps(0, in)}},
		},
		Wires: map[string]string{
			"pump.run": "desk.run", "pump.suction": "tank.level", "tank.outflow": "pump.flow", "tank.inflow": "well.flow",
		},
	}
	p := s.Play(t)
	lost := 0.4 / (rate - in)
	for i, c := range p.Changes("pump.primed")[1:] {
		// 20 mm up at the inflow alone, 20 mm down with the pump
		want := lost + float64(i/2)*(0.02/in+0.02/(rate-in)) + float64(i%2)*0.02/in
		assert.InDelta(t, want, c.At.Seconds(), 1e-6)
		assert.Equal(t, float64(i%2), c.Value)
	}
	assert.InDelta(t, 0.1, min(1, p.At("tank.level", 50*second)), 1e-9)
	require.Len(t, p.Changes("pump.primed"), 12)
}

// At the bottom of a tank it does not chatter, and nothing is drawn that is not
// there.
func TestAtTheBottom(t *testing.T) {
	s := simtest.Scene{
		Run: 100 * second,
		Devices: map[string]device.Device{
			"tank": must(tank.New(tank.Spec{Area: 1, Height: 1, Level: 0.1})),
			"pump": must(pump.New(pump.Spec{Rate: 0.01, Prime: 0.02})),
			"desk": commands(map[string][]simtest.Point{"run": simtest.Steps(0, 1)}),
		},
		Wires: map[string]string{"pump.run": "desk.run", "pump.suction": "tank.level", "tank.outflow": "pump.flow"},
	}
	p := s.Play(t)
	assert.Zero(t, p.At("tank.level", 100*second))
	assert.InDelta(t, 0, p.At("tank.shortfall", 100*second), 1e-10)
	assert.Zero(t, p.At("pump.flow", 100*second))
	assert.Equal(t, 1.0, p.At("pump.running", 100*second))
	assert.Less(t, p.Stats.Instants, uint64(100+20), "beside the samples of the scene")
}

// The prime is nature: it is lost while the pump has no power.
func TestPrimeIsLostWithoutPower(t *testing.T) {
	s := simtest.Scene{
		Run: 60 * second,
		Devices: map[string]device.Device{
			"pump": must(pump.New(pump.Spec{Rate: 0.01, Dry: 0.1, Prime: 0.02})),
			"desk": commands(map[string][]simtest.Point{"run": simtest.Steps(0, 1)}),
			"well": simtest.Script{Unit: unit.Metre, Values: map[string][]simtest.Point{"level": simtest.Steps(0, 1, 20, 0.05)}},
		},
		Wires: map[string]string{"pump.run": "desk.run", "pump.suction": "well.level"},
		Injections: func(x *sim.System) []sim.Step {
			powered, _ := x.Lookup("pump", "powered")
			return []sim.Step{{Step: inject.Step{
				Name: "F1", Kind: inject.Fault, Start: inject.At, Time: vtime.Time(10 * second), For: 20 * second,
				Ops: []inject.Op{
					{Kind: inject.LayerOp, Point: x.StatePoint(powered.Cell.Slot), Layer: signal.Layer{Op: signal.Const}},
					{Kind: inject.CrashOp, Unit: x.Rank("pump")},
				},
			}}}
		},
	}
	p := s.Play(t)
	assert.Equal(t, 0.01, p.At("pump.flow", 9*second))
	assert.Zero(t, p.At("pump.flow", 15*second))
	assert.Equal(t, 1.0, p.At("pump.running", 40*second))
	assert.Zero(t, p.At("pump.primed", 25*second))
	assert.Zero(t, p.At("pump.flow", 40*second))
}

func TestRefuses(t *testing.T) {
	for want, s := range map[string]pump.Spec{
		"rate must be at least 0 m3/h": {Rate: -1, Prime: 0.02},
		"rate must be finite":          {Rate: math.NaN(), Prime: 0.02},
		"prime must be above 0 mm":     {Rate: 1},
		"dry must be at least 0 mm":    {Rate: 1, Prime: 0.02, Dry: -1},
	} {
		_, err := pump.New(s)
		assert.ErrorContains(t, err, want)
	}
}
