package burst

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a burst.
type Spec struct {
	Energy float64 `twin:"energy,J" above:"0 J" max:"1e18 J" why:"the greatest bomb ever had 2e17 J" doc:"that becomes a wave; a kilogram of TNT has 4.686 MJ"`
	Away   float64 `twin:"away,m" min:"0 m" max:"100 km" why:"our estimate: no burst harms so far away" default:"10 m" doc:"how far away it is felt, where distance is not wired"`
}

// Kind describes the burst to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "burst",
		Summary: "a vessel that bursts, as it is felt at a distance: overpressure",
		Text: `Bursts once, when of becomes true. overpressure is then the peak at the
distance, by the energy as TNT on the ground, for as long as its positive phase
lasts; would_be is what it is if it bursts now. One device for each place: wire
the overpressure of a person to it. Valid from z = 0.05 to 40 m/kg^(1/3).`,
		Source: "Kinney and Graham 1985, doubled on the ground (Crowl and Louvar)",
		Example: `blast:
  is: burst
  of: filter.pressure > "7 bar"
  energy: 2 MJ
  away: 10 m`,
	}, Spec{Energy: harm.TNT, Away: 10}, New)
}

type burst struct {
	spec              Spec
	mass              float64 // of TNT, kg
	of                *device.In[bool]
	distance, wouldBe *device.In[float64]
	happened          *device.Out[bool]
	overpressure      *device.Out[float64]
	over              *device.Timer
}

// New returns a vessel that is whole.
func New(s Spec) (device.Device, error) {
	return &burst{spec: s, mass: s.Energy / harm.TNT}, device.Valid(s)
}

// Look implements device.Looker.
func (b *burst) Look() device.Look {
	return device.Look{Icon: "burst"}.By("on", "burst").By("alarm", "burst").By("value", "overpressure")
}

// Declare implements device.Device.
func (b *burst) Declare(p *device.Ports) {
	b.of = device.Input[bool](p, "of", unit.One, device.Doc("what it bursts of is there"))
	b.distance = device.Input[float64](p, "distance", unit.Metre, device.Optional(b.spec.Away), device.Doc("how far away it is felt"),
		device.Possible(0, 1e6, "from none to 1000 km: nothing is felt so far away, our estimate"))
	b.wouldBe = device.Computed(p, "would_be", unit.Kilopascal, func(c *device.Context) float64 {
		pressure, _ := b.peak(c)
		return pressure
	}, device.Reads(b.distance), device.Doc("overpressure at the distance if it bursts now"))
	device.Computed(p, "valid", unit.One, func(c *device.Context) bool {
		_, inside := b.peak(c)
		return inside
	}, device.Reads(b.distance), device.Doc("the distance is one for which the curve holds"))
	b.happened = device.State(p, "burst", unit.One, false, device.Doc("it has burst"))
	b.overpressure = device.State(p, "overpressure", unit.Kilopascal, 0.0, device.Doc("at the distance, while the wave passes"))
	b.over = p.Timer("over", func(c *device.Context) { b.overpressure.Set(c, 0) })
	p.OnInit(b.bursts)
	p.OnLimit("bursts", b.gap, b.bursts, b.of)
}

// peak is the overpressure at the distance, and whether the curve holds there.
func (b *burst) peak(c *device.Context) (pressure float64, inside bool) {
	return harm.Overpressure(b.mass, b.distance.Get(c))
}

// gap rises when what it bursts of comes.
func (b *burst) gap(c *device.Context) float64 {
	if b.of.Get(c) {
		return 1
	}
	return -1
}

// bursts lets the energy go, once.
func (b *burst) bursts(c *device.Context) {
	if !b.of.Get(c) || b.happened.Get(c) {
		return
	}
	b.happened.Set(c, true)
	b.overpressure.Set(c, b.wouldBe.Get(c))
	c.Start(b.over, lasts(b.mass, b.distance.Get(c)))
}
