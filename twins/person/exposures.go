package person

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
)

// declareExposures declares what is wired.
func (p *person) declareExposures(ports *device.Ports) {
	p.declareContact(ports)
	p.declareSeparation(ports)
	p.simple(ports, "glucose", symbol("mg/dL"), harm.Glucose(), 100*harm.MilligramsPerDecilitre, "in their blood")
	p.simple(ports, "collision", unit.MetrePerSecond, p.collision(), 0, "speed at which a car hits them, or change of speed of the car that they are in")
	p.declareAir(ports)
	p.declareMonoxide(ports)
	p.declareGas(ports)
	p.simple(ports, "overpressure", unit.Kilopascal, harm.Blast(), 0, "peak of a blast where they are")
	p.declareRadiation(ports)
}

// simple declares an exposure whose amount is the input itself, or none where that is less.
func (p *person) simple(ports *device.Ports, name string, u unit.Unit, m *harm.Model, none float64, doc string) *device.In[float64] {
	in := p.input(ports, name, u, none, doc)
	if in != nil {
		p.expose(ports, name, u, []course{{some(in), someOver(in), m}}, in)
	}
	return in
}

// some reads an amount of which there cannot be less than none.
func some(in *device.In[float64]) func(c *device.Context) float64 {
	return func(c *device.Context) float64 { return max(0, in.Get(c)) }
}

// someOver are its bounds.
func someOver(in *device.In[float64]) device.Bounds {
	return func(b *device.Stretch, m int) device.Span { return device.Higher(device.Still(0), in.Over(b, m)) }
}

// input declares an input where it is wired.
func (p *person) input(ports *device.Ports, name string, u unit.Unit, none float64, doc string) *device.In[float64] {
	if !p.wired(name) {
		return nil
	}
	return device.Input[float64](ports, name, u, device.Optional(none), device.Doc(doc), possible(name))
}

// possible is what an exposure can be at all.
func possible(name string) device.Option {
	r := canBe(name)
	return device.Possible(r.Least, r.Most, r.Why)
}

func canBe(name string) device.Reach {
	switch name {
	case "separation": // into them, it is less than none
		return device.Reach{Least: -1e9, Most: 1e9, Why: "it is a distance of at most a million kilometres"}
	case "separation_needed":
		return device.Reach{Least: 0, Most: 1e9, Why: "it is a distance from none to a million kilometres"}
	case "contact":
		return device.Reach{Least: 0, Most: 1e9, Why: "a force is from none to 1e9 N: the strongest presses have 8e8 N (80 000 t)"}
	case "collision":
		return device.Reach{Least: 0, Most: 350, Why: "a speed is from none to 350 m/s: nothing on wheels was faster than 341 m/s (Thrust SSC, 1997)"}
	case "glucose":
		return device.Reach{Least: 0, Most: 3000 * harm.MilligramsPerDecilitre, Why: "it is from none to 3000 mg/dL: nobody is known to have survived more than 2656 mg/dL"}
	case "overpressure":
		return device.Reach{Least: 0, Most: 1e11, Why: "it is from none to 100 GPa: the strongest explosives have 40 GPa themselves"}
	case "thermal_radiation":
		return device.Reach{Least: 0, Most: 6.4e7, Why: "it is from none to 64 MW/m2: so much the surface of the sun radiates, at 5772 K"}
	case "temperature":
		return device.Reach{Least: 0, Most: 6000, Why: "air is from absolute zero to 6000 K: no flame is hotter (5260 K: Kirshenbaum, Grosse, J. Am. Chem. Soc. 78, 1956, p. 2020)"}
	case "gas", "co", "humidity":
		return device.Reach{Least: 0, Most: 1, Why: "it is a share, from none of it to all"}
	case "wind":
		return device.Reach{Least: 0, Most: 150, Why: "a wind is from none to about 135 m/s, that of a tornado"}
	}
	panic("person: nobody says what " + name + " can be") // which declaring a person shows
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
		device.Computed(ports, "separation_margin", unit.Metre, is.Get, device.Within(is.Over), device.Reads(is), device.Doc("how far the machine is from contact"))
	default:
		p.expose(ports, "separation", unit.Metre, []course{{is.Get, is.Over, harm.Separation()}}, is)
	}
	needed := p.input(ports, "separation_needed", unit.Metre, 0, "distance that the machine needs to stop in time (ISO/TS 15066)")
	if is == nil || needed == nil {
		return
	}
	spare := func(b *device.Stretch, m int) device.Span { return device.Less(is.Over(b, m), someOver(needed)(b, m)) }
	device.Computed(ports, "spare", unit.Metre, func(c *device.Context) float64 { return is.Get(c) - some(needed)(c) },
		device.Within(spare), device.Reads(is, needed), device.Doc("distance beyond what the machine needs to stop in time"))
}

// declareGas declares a toxic gas and its load.
func (p *person) declareGas(ports *device.Ports) {
	air := p.input(ports, "gas", unit.PPM, 0, "the toxic gas in the air that they breathe; gas_is says which")
	toxin, ok := harm.ToxinOf(p.spec.Gas)
	if air == nil || !ok {
		return
	}
	loads := symbol(toxin.Unit())
	load := p.declareDose(ports, doseOf(air, toxin.Floor, toxin.Load), "gas_load", loads, "what they have breathed of it, C^n t")
	p.expose(ports, "gas", loads, []course{{load.Get, load.Over, toxin.Model()}}, load)
}

// declareRadiation declares the heat of a fire and its dose.
func (p *person) declareRadiation(ports *device.Ports) {
	on := p.input(ports, "thermal_radiation", symbol("kW/m2"), 0, "that comes to their skin from a fire")
	if on == nil {
		return
	}
	load := p.declareDose(ports, doseOf(on, harm.HeatFloor, harm.HeatLoad), "heat_load", symbol("TDU"),
		"thermal dose, the time at 1 kW/m2 that is worth as much: t q^(4/3), q in kW/m2")
	p.expose(ports, "thermal_radiation", symbol("TDU"), []course{{load.Get, load.Over, harm.Burns()}}, load)
}

// symbol is the unit of a symbol.
func symbol(s string) unit.Unit {
	u, err := unit.Parse(s)
	if err != nil {
		panic("person: " + err.Error())
	}
	return u
}
