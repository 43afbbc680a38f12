package fire

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a fire.
type Spec struct {
	Power     float64        `twin:"power,MW" above:"0 MW" max:"1e6 MW" why:"our estimate: the greatest fires of oil fields had some 1e4 MW" doc:"heat that it sets free: kg/s that burn times their heat of combustion"`
	Radiates  float64        `twin:"radiates,%" above:"0 %" max:"100 %" why:"it is a share" default:"35 %" doc:"share of the power that is radiated; fires of hydrocarbons have 15 to 40 %"`
	Transmits float64        `twin:"transmits,%" above:"0 %" max:"100 %" why:"it is a share" default:"100 %" doc:"share of that which the air lets pass; all of it is the worst"`
	Diameter  float64        `twin:"diameter,m" above:"0 m" max:"1 km" why:"our estimate: the greatest tanks have some 100 m" default:"1 m" doc:"of the fire, at its foot"`
	Away      float64        `twin:"away,m" min:"0 m" max:"100 km" why:"our estimate: no fire is felt so far away" default:"10 m" doc:"how far away from its middle it is felt, where distance is not wired"`
	Lasts     vtime.Duration `twin:"lasts" min:"1s" max:"365d" why:"our estimate: what is shorter is a flash, and all that burns is at an end some time" doc:"how long it burns"`
}

// Where the formula holds: from so many diameters on.
const diameters = 2.5

// Kind describes the fire to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "fire",
		Summary: "a fire, as its heat is felt at a distance: thermal radiation",
		Text: `Burns once, from when of becomes true for as long as lasts. Its heat comes
from one point, to all sides:
radiation = radiates transmits power / (4 pi distance^2);
would_be is what it is if it burns now. One device for each place: wire the
thermal_radiation of a person to it. Valid from 2.5 diameters on; nearer it says
more than comes there, and within the fire what it says at the edge.`,
		Source: "API 521; TNO Yellow Book, CPR 14E; range of validity: Modak, Combust. Flame 29 (1977)",
		Example: `pool_fire:
  is: fire
  of: filter.pressure > "7 bar"
  power: 14 MW
  diameter: 3 m
  lasts: 5m
  away: 10 m`,
	}, Spec{Power: 1e6, Radiates: 0.35, Transmits: 1, Diameter: 1, Away: 10, Lasts: vtime.Minute}, New)
}

type fire struct {
	spec              Spec
	of                *device.In[bool]
	distance, wouldBe *device.In[float64]
	state             *device.Out[int]
	out               *device.Timer
}

// What a fire is.
const (
	unlit = iota
	burning
	burnt
)

// New returns a fire that nobody has lit.
func New(s Spec) (device.Device, error) { return &fire{spec: s}, device.Valid(s) }

// Look implements device.Looker.
func (f *fire) Look() device.Look {
	return device.Look{Icon: "fire"}.By("on", "burns").By("alarm", "burns").By("value", "radiation")
}

// Declare implements device.Device.
func (f *fire) Declare(p *device.Ports) {
	f.of = device.Input[bool](p, "of", unit.One, device.Doc("what lights it is there"))
	f.distance = device.Input[float64](p, "distance", unit.Metre, device.Optional(f.spec.Away), device.Doc("how far away from its middle it is felt"),
		device.Possible(0, 1e6, "from none to 1000 km: nothing is felt so far away, our estimate"))
	f.wouldBe = device.Computed(p, "would_be", kilowatt(), f.flux, device.Reads(f.distance), device.Doc("thermal radiation at the distance if it burns now"))
	device.Computed(p, "valid", unit.One, func(c *device.Context) bool { return f.distance.Get(c) >= float64(diameters*f.spec.Diameter) },
		device.Reads(f.distance), device.Doc("the distance is one for which the formula holds"))
	f.state = device.State(p, "state", unit.One, unlit, device.Labels("unlit", "burning", "burnt"), device.Doc("whether it burns, or has burnt"))
	device.Computed(p, "burns", unit.One, f.burns, device.Reads(f.state), device.Doc("it burns"))
	device.Computed(p, "radiation", kilowatt(), func(c *device.Context) float64 {
		if !f.burns(c) {
			return 0
		}
		return f.wouldBe.Get(c)
	}, device.Reads(f.state, f.wouldBe), device.Doc("thermal radiation at the distance"))
	f.out = p.Timer("out", func(c *device.Context) { f.state.Set(c, burnt) })
	p.OnStart(f.lit)
	p.OnLimit("is lit", f.gap, f.lit, f.of)
}

// flux is what comes to somebody at the distance, W/m2.
func (f *fire) flux(c *device.Context) float64 {
	s := &f.spec
	r := max(f.distance.Get(c), s.Diameter/2)
	return float64(float64(s.Radiates*s.Transmits)*s.Power) / float64(float64(4*math.Pi)*float64(r*r))
}

func (f *fire) burns(c *device.Context) bool { return f.state.Get(c) == burning }

// gap rises when what lights it comes.
func (f *fire) gap(c *device.Context) float64 {
	if f.of.Get(c) {
		return 1
	}
	return -1
}

// lit lights it, once.
func (f *fire) lit(c *device.Context) {
	if !f.of.Get(c) || f.state.Get(c) != unlit {
		return
	}
	f.state.Set(c, burning)
	c.Start(f.out, f.spec.Lasts)
}

// kilowatt is the unit of thermal radiation.
func kilowatt() unit.Unit {
	return unit.Unit{Symbol: "kW/m2", Dim: unit.WattPerSquareMetre.Dim, Scale: 1000}
}
