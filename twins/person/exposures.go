package person

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
)

// declareExposures declares what is wired.
func (p *person) declareExposures(ports *device.Ports) {
	p.simple(ports, "contact", unit.Newton, p.contact(), 0, "force of what touches them")
	p.declareSeparation(ports)
	p.simple(ports, "glucose", symbol("mg/dL"), harm.Glucose(), 100*harm.MilligramsPerDecilitre, "in their blood")
	p.simple(ports, "collision", unit.MetrePerSecond, p.collision(), 0, "speed at which a car hits them, or change of speed of the car that they are in")
	p.declareAir(ports)
	p.declareMonoxide(ports)
	p.declareGas(ports)
	p.simple(ports, "overpressure", unit.Kilopascal, harm.Blast(), 0, "peak of a blast where they are")
}

// simple declares an exposure whose amount is the input itself.
func (p *person) simple(ports *device.Ports, name string, u unit.Unit, m *harm.Model, none float64, doc string) *device.In[float64] {
	in := p.input(ports, name, u, none, doc)
	if in != nil {
		p.expose(ports, name, u, 0, []course{{in.Get, m}}, in)
	}
	return in
}

// input declares an input where it is wired.
func (p *person) input(ports *device.Ports, name string, u unit.Unit, none float64, doc string) *device.In[float64] {
	if !p.wired(name) {
		return nil
	}
	return device.Input[float64](ports, name, u, device.Optional(none), device.Doc(doc))
}

// contact is the model of contact by the person's configuration.
func (p *person) contact() *harm.Model {
	limit := harm.LimitOf(harm.Region(slices.Index(harm.Regions(), p.spec.Region)))
	if p.spec.Bears > 0 {
		limit.Force = p.spec.Bears
	}
	return limit.Model(p.spec.Touch == "transient")
}

func (p *person) collision() *harm.Model {
	if p.spec.Collides == "occupant" {
		return harm.Occupant()
	}
	return harm.Pedestrian()
}

// far is how far a machine is away where there is none.
const far = 1e9

// declareSeparation declares the distance to a machine that moves, and how much of it is
// to spare.
func (p *person) declareSeparation(ports *device.Ports) {
	is := p.input(ports, "separation", unit.Metre, far, "distance to a machine that moves")
	switch {
	case is == nil:
	case p.wired("contact"): // whose force is known
		device.Computed(ports, "separation_margin", unit.Metre, is.Get, device.Reads(is), device.Doc("how far the machine is from contact"))
	default:
		p.expose(ports, "separation", unit.Metre, 0, []course{{is.Get, harm.Separation()}}, is)
	}
	needed := p.input(ports, "separation_needed", unit.Metre, 0, "distance that the machine needs to stop in time (ISO/TS 15066)")
	if is == nil || needed == nil {
		return
	}
	device.Computed(ports, "spare", unit.Metre, func(c *device.Context) float64 { return is.Get(c) - needed.Get(c) },
		device.Reads(is, needed), device.Doc("distance beyond what the machine needs to stop in time"))
}

// declareAir declares heat and cold.
func (p *person) declareAir(ports *device.Ports) {
	air := p.input(ports, "temperature", symbol("degC"), 293.15, "of the air around them")
	if air == nil {
		return
	}
	wet := device.Input[float64](ports, "humidity", unit.Percent, device.Optional(0.4), device.Doc("relative, of the air around them"))
	feels := func(c *device.Context) float64 {
		f, _ := harm.HeatIndex(air.Get(c), wet.Get(c))
		return f
	}
	p.expose(ports, "temperature", unit.Kelvin, p.spec.Lasts, []course{{air.Get, harm.Air()}, {feels, harm.Heat()}}, air, wet)
}

// declareMonoxide declares carbon monoxide, in the air and in the blood.
func (p *person) declareMonoxide(ports *device.Ports) {
	air := p.input(ports, "co", unit.PPM, 0, "carbon monoxide in the air that they breathe")
	if air == nil {
		return
	}
	var cohb *device.Out[float64]
	cohb = device.Continuous(ports, "cohb", unit.Percent, harm.Settled(0), func(c *device.Context) float64 {
		return harm.Uptake(air.Get(c), cohb.Get(c))
	}, device.Reads(air), device.Doc("haemoglobin that carbon monoxide has taken"))
	own := &ports.Signals[len(ports.Signals)-1]
	own.Reads = append(own.Reads, own.Cell)
	p.expose(ports, "co", unit.Percent, 0, []course{{cohb.Get, harm.Monoxide()}}, cohb)
}

// declareGas declares a toxic gas and its load.
func (p *person) declareGas(ports *device.Ports) {
	air := p.input(ports, "gas", unit.PPM, 0, "the toxic gas in the air that they breathe; gas_is says which")
	toxin, ok := harm.ToxinOf(p.spec.Gas)
	if air == nil || !ok {
		return
	}
	load := device.Continuous(ports, "gas_load", unit.One, 0, func(c *device.Context) float64 { return toxin.Load(air.Get(c)) / 60 },
		device.Reads(air), device.Doc("what they have breathed of it, ppm^n minutes"))
	p.expose(ports, "gas", unit.One, 0, []course{{load.Get, toxin.Model()}}, load)
}

// symbol is the unit of a symbol.
func symbol(s string) unit.Unit {
	u, err := unit.Parse(s)
	if err != nil {
		panic("person: " + err.Error())
	}
	return u
}
