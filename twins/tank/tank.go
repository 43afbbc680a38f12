// Package tank models an open vessel with a free surface.
//
// The level follows the mass balance of an incompressible liquid,
//
//	area * d(level)/dt = inflow - outflow,
//
// between the bottom and the brim. At the brim what comes in too much spills; at
// the bottom what is drawn too much is not there, and is counted as shortfall.
// Valid for a constant cross-section and flows that do not depend on the head.
package tank

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a tank.
type Spec struct {
	Area   float64 `twin:"area,m2" above:"0 m2" max:"1e10 m2" why:"the largest reservoir has 8.5e9 m2" doc:"free surface"`
	Height float64 `twin:"height,m" above:"0 m" max:"400 m" why:"the highest dam has 305 m" doc:"of the brim above the bottom"`
	Level  float64 `twin:"level,m" min:"0 m" default:"0 m" doc:"at the start"`
	Unit   string  `twin:"unit" default:"m" doc:"in which the level is written and shown: m, mm, cm, ft, in"`
}

// Kind describes the tank to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "tank",
		Summary: "an open vessel: inflow, outflow, a level; spills at the brim",
		Text: `area * d(level)/dt = inflow - outflow, between 0 and height. At the brim the
surplus goes to spilled; at the bottom what cannot be drawn goes to shortfall.`,
		Source: "mass balance of an incompressible liquid",
		Example: `tower:
  is: tank
  area: 3 m2
  height: 4 m
  level: 2 m
  inflow: pump.flow`,
	}, Spec{Area: 1, Height: 1, Unit: "m"}, New)
}

type tank struct {
	spec            Spec
	unit            unit.Unit
	inflow, outflow *device.In[float64]
	full, empty     *device.Out[bool]
	level           *device.Out[float64]
	spilled         *device.Out[float64]
	shortfall       *device.Out[float64]
}

// New returns a tank at its initial level.
func New(s Spec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	if s.Level > s.Height {
		return nil, device.Invalid("level", "is above the brim at the start: it must be at most the height")
	}
	u, err := device.UnitOf("unit", s.Unit, unit.Metre)
	return &tank{spec: s, unit: u}, err
}

// Look implements device.Looker.
func (t *tank) Look() device.Look {
	return device.Look{Icon: "tank"}.Between("fill", "level", 0, t.spec.Height).By("alarm", "full").By("value", "level")
}

// Declare implements device.Device.
func (t *tank) Declare(p *device.Ports) {
	t.inflow = device.Input[float64](p, "inflow", unit.CubicMetrePerHour, device.Optional(0), device.Doc("what comes in"))
	t.outflow = device.Input[float64](p, "outflow", unit.CubicMetrePerHour, device.Optional(0), device.Doc("what is drawn"))
	t.full = device.State(p, "full", unit.One, false, device.Doc("at the brim, and more comes in than is drawn"))
	t.empty = device.State(p, "empty", unit.One, false, device.Doc("at the bottom, and more is drawn than comes in"))
	t.level = device.Continuous(p, "level", t.unit, t.spec.Level, t.levelRate, device.Doc("above the bottom"))
	flows := device.Reads(t.inflow, t.outflow, t.full, t.empty)
	t.spilled = device.Continuous(p, "spilled", unit.CubicMetre, 0, t.spillRate, flows, device.Doc("over the brim since the start"))
	t.shortfall = device.Continuous(p, "shortfall", unit.CubicMetre, 0, t.shortRate, flows, device.Doc("drawn but not there since the start"))

	p.OnLimit("brim reached", t.brim, t.fills, t.inflow, t.outflow, t.full, t.level)
	p.OnLimit("brim left", t.ebb, func(c *device.Context) { t.full.Set(c, false) }, t.inflow, t.outflow, t.full)
	p.OnLimit("bottom reached", t.bottom, t.empties, t.inflow, t.outflow, t.empty, t.level)
	p.OnLimit("bottom left", t.flood, func(c *device.Context) { t.empty.Set(c, false) }, t.inflow, t.outflow, t.empty)
}

// fills and empties put the level to its limit, which it has passed by what flows
// in the nanosecond that an instant is located to.
func (t *tank) fills(c *device.Context) {
	t.full.Set(c, true)
	if over := t.level.Get(c) - t.spec.Height; over > 0 {
		t.level.Set(c, t.spec.Height)
		t.spilled.Set(c, t.spilled.Get(c)+float64(over*t.spec.Area))
	}
}

func (t *tank) empties(c *device.Context) {
	t.empty.Set(c, true)
	if under := -t.level.Get(c); under > 0 {
		t.level.Set(c, 0)
		t.shortfall.Set(c, t.shortfall.Get(c)+float64(under*t.spec.Area))
	}
}

func (t *tank) net(c *device.Context) float64 { return t.inflow.Get(c) - t.outflow.Get(c) }

func (t *tank) levelRate(c *device.Context) float64 {
	net := t.net(c)
	if t.full.Get(c) && net > 0 || t.empty.Get(c) && net < 0 {
		return 0
	}
	return net / t.spec.Area
}

func (t *tank) spillRate(c *device.Context) float64 {
	if net := t.net(c); t.full.Get(c) && net > 0 {
		return net
	}
	return 0
}

func (t *tank) shortRate(c *device.Context) float64 {
	if net := t.net(c); t.empty.Get(c) && net < 0 {
		return -net
	}
	return 0
}

// never is a gap that does not rise; more makes a gap strict: x > 0 instead of
// x >= 0.
const (
	never = -1
	more  = math.SmallestNonzeroFloat64
)

func (t *tank) brim(c *device.Context) float64 {
	if t.full.Get(c) {
		return never
	}
	return min(t.level.Get(c)-t.spec.Height, t.net(c)-more)
}

func (t *tank) ebb(c *device.Context) float64 {
	if !t.full.Get(c) {
		return never
	}
	return -t.net(c) - more
}

func (t *tank) bottom(c *device.Context) float64 {
	if t.empty.Get(c) {
		return never
	}
	return min(-t.level.Get(c), -t.net(c)-more)
}

func (t *tank) flood(c *device.Context) float64 {
	if !t.empty.Get(c) {
		return never
	}
	return t.net(c) - more
}
