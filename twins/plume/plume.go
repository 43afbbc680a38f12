package plume

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a plume.
type Spec struct {
	Class  string  `twin:"class" choices:"A B C D E F" why:"stability of the air, Pasquill 1961: A very unstable to F stable" default:"F" doc:"stability of the air: A on a sunny day with little wind, D under clouds, F in a clear night with little wind, the worst"`
	Wind   float64 `twin:"wind,m/s" min:"1 m/s" max:"114 m/s" why:"less is calm and carries no plume, 40 CFR 51 appendix W; the strongest gust ever had 113 m/s, WMO" default:"1.5 m/s" doc:"where it goes out; with class F the worst by 40 CFR 68.22"`
	Height float64 `twin:"height,m" min:"0 m" max:"500 m" why:"the tallest chimney has 420 m" default:"0 m" doc:"above the ground, at which it goes out"`
	Molar  float64 `twin:"molar_mass,g/mol" min:"2 g/mol" max:"1000 g/mol" why:"hydrogen has 2.016 g/mol; our estimate for gases" doc:"of the gas, for ppm; hydrogen fluoride has 20.006 g/mol"`
	Away   float64 `twin:"away,m" min:"-100 km" max:"100 km" why:"our estimate: ten times as far as its spread is known, Briggs 1973" default:"100 m" doc:"how far downwind somebody is, where downwind is not wired"`
	Aside  float64 `twin:"aside,m" min:"-100 km" max:"100 km" why:"our estimate: ten times as far as its spread is known, Briggs 1973" default:"0 m" doc:"how far across the wind they are, where crosswind is not wired"`
	Up     float64 `twin:"up,m" min:"0 m" max:"1000 m" why:"our estimate: higher the layers of air are others" default:"0 m" doc:"how high above the ground they breathe"`
}

// molarVolume is that of a gas at 25 degC and 101 325 Pa, m3/mol: R T / p.
const molarVolume = 8.31446261815324 * 298.15 / 101325

// Kind describes the plume to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "plume",
		Summary: "a gas that the wind carries from where it goes out, as it is breathed at a distance",
		Text: `What goes out at the rate release is carried by an even wind, spreads as the
stability of the air lets it, and comes back from the ground:
C = Q / (2 pi wind sy sz) exp(-y^2 / 2 sy^2) (exp(-(z-h)^2 / 2 sz^2)
+ exp(-(z+h)^2 / 2 sz^2)), sy and sz by class over open country (Briggs).
One device for each place: wire the gas of a person to it. It is there at once.
Valid from 100 m to 10 km downwind; outside the greater of what the formulas
have there and at the nearer of these, at 0 too; none only upwind, x < 0.`,
		Source: "Pasquill 1961; Briggs 1973, as in Hanna, Briggs and Hosker, Handbook on Atmospheric Diffusion, DOE/TIC-11223, 1982, table 4.5",
		Example: `cloud:
  is: plume
  release: if(filter.pressure > "7 bar", "0.1 kg/s", "0 kg/s")
  molar_mass: 20.006 g/mol
  away: 300 m`,
	}, Spec{Class: "F", Wind: 1.5, Molar: 0.020006, Away: 100}, New)
}

type plume struct {
	spec                         Spec
	from                         release
	release, downwind, crosswind *device.In[float64]
	concentration                *device.In[float64]
}

// New returns a plume of what goes out in a wind.
func New(s Spec) (device.Device, error) {
	return &plume{spec: s, from: release{class: classes[s.Class], wind: s.Wind, height: s.Height}}, device.Valid(s)
}

// Look implements device.Looker.
func (p *plume) Look() device.Look {
	return device.Look{Icon: "plume"}.By("on", "there").By("value", "gas")
}

// Declare implements device.Device.
func (p *plume) Declare(ports *device.Ports) {
	s := &p.spec
	p.release = device.Input[float64](ports, "release", unit.KilogramPerSecond, device.Doc("how much of the gas goes out; less than none is none"),
		device.Possible(0, 1e6, "from none to a thousand tonnes in a second, more than any pipe or tank lets go, our estimate"),
		device.Counted("less than none counts as none, more as it is"))
	p.downwind = device.Input[float64](ports, "downwind", unit.Metre, device.Optional(s.Away), device.Doc("how far downwind somebody is"),
		device.Possible(-1e6, 1e6, "within 1000 km: nothing is felt so far away, our estimate"))
	p.crosswind = device.Input[float64](ports, "crosswind", unit.Metre, device.Optional(s.Aside), device.Doc("how far across the wind they are, to either side"),
		device.Possible(-1e6, 1e6, "within 1000 km: nothing is felt so far away, our estimate"))
	p.concentration = device.Computed(ports, "concentration", milligram(), p.density, device.Reads(p.release, p.downwind, p.crosswind), device.Doc("in the air where they are"))
	device.Computed(ports, "gas", unit.PPM, func(c *device.Context) float64 {
		return min(1, float64(p.concentration.Get(c)/s.Molar*molarVolume))
	}, device.Reads(p.concentration), device.Doc("share of the air where they are, at 25 degC"))
	device.Computed(ports, "there", unit.One, func(c *device.Context) bool { return p.concentration.Get(c) > 0 },
		device.Reads(p.concentration), device.Doc("there is some of it where they are"))
	device.Computed(ports, "arrives", unit.Second, func(c *device.Context) float64 { return max(0, p.downwind.Get(c)) / s.Wind },
		device.Reads(p.downwind), device.Doc("how long the wind takes to them, which is not waited for"))
	device.Computed(ports, "valid", unit.One, func(c *device.Context) bool {
		x := p.downwind.Get(c)
		return x >= nearest && x <= farthest
	}, device.Reads(p.downwind), device.Doc("the distance is one for which the formulas hold"))
}

// density is how much there is in the air, and never more than if there were nothing else.
func (p *plume) density(c *device.Context) float64 {
	return min(p.from.density(p.release.Get(c), p.downwind.Get(c), p.crosswind.Get(c), p.spec.Up), p.spec.Molar/molarVolume)
}

// milligram is the unit of concentrations.
func milligram() unit.Unit {
	return unit.Unit{Symbol: "mg/m3", Dim: unit.KilogramPerCubicMetre.Dim, Scale: 1e-6}
}
