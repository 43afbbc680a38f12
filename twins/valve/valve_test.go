package valve_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/tank"
	"github.com/harmproof/harmproof/twins/valve"
)

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

const (
	second = vtime.Second
	rate   = 2.3 / 3600
)

// scene is a valve that is opened and closed by a hard-wired switch, and a tank
// that it fills.
func scene(run vtime.Duration, travel vtime.Duration, open ...float64) simtest.Scene {
	return simtest.Scene{
		Run: run,
		Devices: map[string]device.Device{
			"valve": must(valve.New(valve.Spec{Rate: rate, Travel: travel})),
			"desk":  simtest.Script{Unit: unit.One, Tell: map[string][]simtest.Point{"open": simtest.Steps(open...)}},
			"tank":  must(tank.New(tank.Spec{Area: 1.5, Height: 2})),
		},
		Wires: map[string]string{"valve.open": "wired desk.open", "tank.inflow": "valve.flow"},
	}
}

const still, closed, opening, open, closing, between = 0, 0, 1, 2, 3, 4

// While it opens and while it closes, half of what would pass does.
func TestTravel(t *testing.T) {
	const travel = 10
	p := scene(300*second, travel*second, 0, 0, 60, 1, 200, 0).Play(t)
	for s, want := range map[int]float64{60: 0, 61: 0.1, 65: 0.5, 70: 1, 200: 1, 201: 0.9, 210: 0, 300: 0} {
		assert.InDelta(t, want, p.At("valve.position", vtime.Duration(s)*second), 1e-12)
	}
	level := func(s int) float64 { return p.At("tank.level", vtime.Duration(s)*second) }
	assert.InEpsilon(t, rate*travel/2/1.5, level(70), 1e-9, "rises by rate*travel/2 while it opens")
	assert.InEpsilon(t, rate*(travel/2+130)/1.5, level(200), 1e-9)
	assert.InEpsilon(t, rate*(travel/2+130+travel/2.)/1.5, level(210), 1e-9)
	assert.Equal(t, level(211), level(300), "closed is closed")
	for s, want := range map[int]float64{0: closed, 65: opening, 100: open, 205: closing, 250: closed} {
		assert.Equal(t, want, p.At("valve.state", vtime.Duration(s)*second))
	}
	for s, want := range map[int][2]float64{0: {0, 1}, 65: {0, 0}, 100: {1, 0}, 205: {0, 0}, 250: {0, 1}} {
		assert.Equal(t, want, [2]float64{p.At("valve.opened", vtime.Duration(s)*second), p.At("valve.closed", vtime.Duration(s)*second)})
	}
	for _, c := range p.Changes("valve.flow") {
		assert.GreaterOrEqual(t, c.Value, -1e-9*rate)
		assert.LessOrEqual(t, c.Value, rate*(1+1e-9))
	}
}

// It turns round half-way, and in the very instant at which it arrives.
func TestTurnsRound(t *testing.T) {
	p := scene(60*second, 10*second, 0, 0, 10, 1, 14, 0, 16, 1, 24, 0).Play(t)
	for s, want := range map[int]float64{14: 0.4, 16: 0.2, 20: 0.6, 24: 1, 29: 0.5, 34: 0, 60: 0} {
		assert.InDelta(t, want, p.At("valve.position", vtime.Duration(s)*second), 1e-9, "%d s", s)
	}
	assert.Equal(t, 0.0, p.At("valve.position", 60*second))
	assert.Equal(t, 1.0, p.At("valve.closed", 60*second))
	assert.Zero(t, p.At("valve.opened", 60*second))
}

// Without a travel time it is there at once.
func TestAtOnce(t *testing.T) {
	p := scene(40*second, 0, 0, 0, 10, 1, 30, 0).Play(t)
	assert.Equal(t, []sim.Change{{At: 0, Value: 0}, {At: vtime.Time(10 * second), Value: 1}, {At: vtime.Time(30 * second), Value: 0}}, p.Changes("valve.opened"))
	assert.InEpsilon(t, rate*20/1.5, p.At("tank.level", 40*second), 1e-12)
}

func during(from, to vtime.Duration, ops ...inject.Op) []sim.Step {
	return []sim.Step{{Step: inject.Step{
		Name: "F1", Kind: inject.Fault, Start: inject.At, Time: vtime.Time(from), For: to - from, Ops: ops,
	}}}
}

// A stuck valve keeps its position, whether it has a travel time or not, and goes
// on when it is free; its limit switches tell the truth.
func TestStuck(t *testing.T) {
	for _, travel := range []vtime.Duration{10 * second, 0} {
		s := scene(60*second, travel, 0, 0, 10, 1)
		s.Injections = func(x *sim.System) []sim.Step {
			point := x.StatePoint(x.Factor("valve", "position", 0))
			return during(5*second, 30*second, inject.Op{Kind: inject.LayerOp, Point: point, Layer: signal.Layer{Op: signal.Const}})
		}
		p := s.Play(t)
		assert.Zero(t, p.At("valve.position", 29*second))
		assert.Zero(t, p.At("valve.opened", 29*second))
		assert.Equal(t, 1.0, p.At("valve.position", 45*second))
		assert.Equal(t, 1.0, p.At("valve.opened", 45*second))
		assert.InEpsilon(t, rate*(30-vtime.Seconds(travel)/2)/1.5, p.At("tank.level", 60*second), 1e-6)
	}
}

// A valve that crashes on its way stops at the end all the same; without power it
// stops where it is.
func TestCrashOnTheWay(t *testing.T) {
	s := scene(60*second, 10*second, 0, 0, 10, 1, 30, 0)
	s.Injections = func(x *sim.System) []sim.Step {
		return during(15*second, 40*second, inject.Op{Kind: inject.CrashOp, Unit: x.Rank("valve")})
	}
	p := s.Play(t)
	assert.Equal(t, 1.0, p.At("valve.position", 25*second))
	assert.Equal(t, 1.0, p.At("valve.position", 40*second), "it did not hear that it should close")
	assert.InDelta(t, 0.5, p.At("valve.position", 45*second), 1e-9, "it finds out when it is back")
	assert.Zero(t, p.At("valve.position", 55*second))

	s = scene(60*second, 10*second, 0, 0, 10, 1)
	s.Injections = func(x *sim.System) []sim.Step {
		powered, _ := x.Lookup("valve", "powered")
		return during(15*second, 40*second,
			inject.Op{Kind: inject.LayerOp, Point: x.StatePoint(powered.Cell.Slot), Layer: signal.Layer{Op: signal.Const}},
			inject.Op{Kind: inject.CrashOp, Unit: x.Rank("valve")})
	}
	p = s.Play(t)
	assert.InDelta(t, 0.5, p.At("valve.position", 39*second), 1e-12)
	assert.Equal(t, 1.0, p.At("valve.position", 46*second))
}

func TestRefuses(t *testing.T) {
	for want, s := range map[string]valve.Spec{
		"rate must be at least 0 m3/h": {Rate: -1},
		"rate must be finite":          {Rate: math.Inf(1)},
		"travel must be at least 0s":   {Rate: 1, Travel: -1},
	} {
		_, err := valve.New(s)
		assert.ErrorContains(t, err, want)
	}
}
