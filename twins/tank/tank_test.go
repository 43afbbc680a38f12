package tank_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/tank"
)

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

const hour = 3600.0

// flows is where the flows of a scene come from.
func flows(in, out []simtest.Point) device.Device {
	return simtest.Script{Unit: unit.CubicMetrePerHour, Values: map[string][]simtest.Point{"in": in, "out": out}}
}

func scene(run float64, s tank.Spec, in, out []simtest.Point) simtest.Scene {
	return simtest.Scene{
		Run:     vtime.FromSeconds(run),
		Devices: map[string]device.Device{"tank": must(tank.New(s)), "flows": flows(in, out)},
		Wires:   map[string]string{"tank.inflow": "flows.in", "tank.outflow": "flows.out"},
	}
}

// The SWaT tanks: 1.5 m2, 1.6 m high. Times of filling and draining from one
// level to another at the flows of the two published simulators; the figures in
// seconds are those of the fact book, to its precision.
func TestSWaTFigures(t *testing.T) {
	for _, c := range []struct {
		from, to, in, out float64 // m, m3/h
		seconds, within   float64
	}{
		{0.5, 1.2, 2.55, 0, 1482, 1},
		{0.8, 1.2, 2.55, 0, 847, 1},
		{0.8, 1.6, 2.55, 0, 1694, 1},
		{0.5, 0.25, 0, 2.45, 551, 1},
		{0.5, 1.25, 2, 1.25, 5400, 1e-6},
		{0.8, 1.25, 3, 0, 810, 1e-6},
		{0.8, 1.1, 2.3, 0, 704.3478, 1e-3},
	} {
		t.Run(fmt.Sprintf("%v to %v m", c.from, c.to), func(t *testing.T) {
			exact := (c.to - c.from) * 1.5 / ((c.in - c.out) / hour)
			assert.InDelta(t, c.seconds, exact, c.within)
			s := scene(1.1*exact, tank.Spec{Area: 1.5, Height: 2, Level: c.from}, simtest.Steps(0, c.in/hour), simtest.Steps(0, c.out/hour))
			if c.to > c.from {
				s.Below = map[string]float64{"tank.level": c.to}
				p := s.Play(t)
				assert.InEpsilon(t, exact, p.Crossed("tank.level"), 1e-9)
				rate := p.At("tank.level", 100*vtime.Second) - p.At("tank.level", 0)
				assert.InEpsilon(t, (c.in-c.out)/hour/1.5*100, rate, 1e-12)
				return
			}
			p := s.Play(t)
			n := math.Floor(exact)
			assert.InEpsilon(t, c.from+(c.in-c.out)/hour/1.5*n, p.At("tank.level", vtime.FromSeconds(n)), 1e-12)
		})
	}
	assert.InDelta(t, 0.4722, 2.55/hour/1.5*1000, 5e-5, "mm/s")
	p := scene(939, tank.Spec{Area: 1.5, Height: 1.6, Level: 0.8}, simtest.Steps(0, 2.3/hour), simtest.Steps(0, 0)).Play(t)
	assert.InEpsilon(t, 0.3999444444444444, p.At("tank.level", 939*vtime.Second)-0.8, 1e-9, "attack 1: 399.9 mm")
}

// What comes in at the brim spills; nothing is lost.
func TestSpills(t *testing.T) {
	const in, out = 0.01, 0.004
	p := scene(400, tank.Spec{Area: 2, Height: 1, Level: 0.9},
		simtest.Steps(0, in, 200, 0, 300, in), simtest.Steps(0, out, 250, in)).Play(t)
	at := func(name string, s int) float64 { return p.At("tank."+name, vtime.Duration(s)*vtime.Second) }
	full := 0.1 * 2 / (in - out) // s
	assert.Equal(t, 1.0, at("level", 100), "exactly at the brim")
	assert.Equal(t, 1.0, at("full", 100))
	assert.InDelta(t, (in-out)*(200-full), at("spilled", 200), 1e-9)
	assert.Zero(t, at("full", 201))
	assert.InDelta(t, 1-out*50/2, at("level", 250), 1e-12)
	assert.InDelta(t, 1-out*50/2-in*50/2, at("level", 300), 1e-12)
	for s := range 401 {
		came := in * (math.Min(float64(s), 200) + math.Max(0, float64(s)-300))
		drawn := out*math.Min(float64(s), 250) + in*math.Max(0, float64(s)-250)
		assert.InDelta(t, 2*0.9+came-drawn, 2*at("level", s)+at("spilled", s)-at("shortfall", s), 1e-11, "volume at %d s", s)
	}
}

// It empties, not below the bottom; what is drawn and not there is counted.
func TestRunsEmpty(t *testing.T) {
	p := scene(300, tank.Spec{Area: 1.5, Height: 1.6, Level: 0.07}, simtest.Steps(0, 0, 200, 0.003), simtest.Steps(0, 0.0007)).Play(t)
	for _, c := range p.Changes("tank.level") {
		assert.GreaterOrEqual(t, c.Value, -1.5e-12, "%v", c.At)
	}
	empty := 0.07 * 1.5 / 0.0007
	assert.Zero(t, p.At("tank.level", 160*vtime.Second))
	assert.Equal(t, 1.0, p.At("tank.empty", 160*vtime.Second))
	assert.InDelta(t, 0.0007*(200-empty), p.At("tank.shortfall", 250*vtime.Second), 1e-11)
	assert.InDelta(t, (0.003-0.0007)*100/1.5, p.At("tank.level", 300*vtime.Second), 1e-11)
}

// At the brim the net flow changes its sign a hundred times.
func TestHundredTurnsAtTheBrim(t *testing.T) {
	var in []float64
	for i := range 101 {
		in = append(in, float64(10+i), 0.01+0.001*float64(1-2*(i%2)))
	}
	p := scene(200, tank.Spec{Area: 1, Height: 1, Level: 1}, simtest.Steps(append([]float64{0, 0.01}, in...)...), simtest.Steps(0, 0.01)).Play(t)
	turns := 0
	for _, c := range p.Changes("tank.full") {
		turns += int(c.Value)
	}
	assert.Equal(t, 51, turns)
	// It falls by 1 mm in a second with less, and is full again after a second.
	assert.InDelta(t, 0.001+0.001*(200-111), p.At("tank.spilled", 200*vtime.Second), 1e-9)
	assert.Less(t, p.Stats.Instants, uint64(1000))
}

// Flows that swing about each other continuously at the brim, and start full.
func TestStartsFull(t *testing.T) {
	p := scene(10, tank.Spec{Area: 1, Height: 1, Level: 1}, simtest.Steps(0, 0.01), simtest.Steps(0, 0)).Play(t)
	assert.Equal(t, 1.0, p.At("tank.level", 10*vtime.Second))
	assert.InDelta(t, 0.1, p.At("tank.spilled", 10*vtime.Second), 1e-12)
}

// Torricelli's drain by wiring: outflow = c * sqrt(level), through a device.
func TestDrainsByItsHead(t *testing.T) {
	const c, h0, area = 0.01, 1.6, 1.5
	s := simtest.Scene{
		Run:     500 * vtime.Second,
		Devices: map[string]device.Device{"tank": must(tank.New(tank.Spec{Area: area, Height: 2, Level: h0})), "hole": hole{c}},
		Wires:   map[string]string{"tank.outflow": "hole.flow", "hole.head": "tank.level"},
	}
	p := s.Play(t)
	empty := 2 * math.Sqrt(h0) * area / c
	for sec := range 500 {
		root := max(0, math.Sqrt(h0)*(1-float64(sec)/empty))
		assert.InDelta(t, root*root, p.At("tank.level", vtime.Duration(sec)*vtime.Second), 1e-10)
	}
	require.Less(t, empty, 500.0)
}

type hole struct{ c float64 }

func (h hole) Declare(p *device.Ports) {
	head := device.Input[float64](p, "head", unit.Metre)
	device.Computed(p, "flow", unit.CubicMetrePerHour, func(c *device.Context) float64 { return h.c * math.Sqrt(max(0, head.Get(c))) })
}

func TestRefuses(t *testing.T) {
	good := tank.Spec{Area: 1, Height: 2, Level: 1}
	for want, change := range map[string]func(s *tank.Spec){
		"area must be above 0 m2":    func(s *tank.Spec) { s.Area = 0 },
		"height must be above 0 m":   func(s *tank.Spec) { s.Height = -1 },
		"level must be at least 0 m": func(s *tank.Spec) { s.Level = -0.1 },
		"level is above the brim":    func(s *tank.Spec) { s.Level = 3 },
		"area must be finite":        func(s *tank.Spec) { s.Area = math.Inf(1) },
		"height must be finite":      func(s *tank.Spec) { s.Height = math.NaN() },
	} {
		s := good
		change(&s)
		_, err := tank.New(s)
		assert.ErrorContains(t, err, want)
	}
}
