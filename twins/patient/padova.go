package patient

import (
	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A PadovaSpec is the configuration of the UVA/Padova model.
type PadovaSpec struct {
	Subject string `twin:"subject" choices:"adult-001 adolescent-010" default:"adult-001" doc:"virtual person of the cohort"`
}

// Padova describes the patient by the UVA/Padova model to the catalog.
func Padova() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "padova-patient",
		Summary: "blood glucose by the UVA/Padova model of type 1 diabetes: a virtual person",
		Text: `Glucose in plasma and tissue, insulin under the skin, in plasma and liver, its
actions, and a stomach that empties slower while it is half full. It starts at
rest at the subject's basal glucose; basal says how much insulin that takes.
  adult-001       102.32 kg, 138.56 mg/dL, 1.267 U/h
  adolescent-010  47.378 kg, 144.87 mg/dL, 0.787 U/h
` + beyond,
		Source: "C. Dalla Man, R. A. Rizza, C. Cobelli, IEEE Trans. Biomed. Eng. 54 (2007) 1740; parameters: github.com/jxx123/simglucose",
		Example: `patient:
  is: padova-patient
  insulin: infusion.flow`,
	}, PadovaSpec{Subject: "adult-001"}, NewPadova)
}

// NewPadova returns a patient at rest.
func NewPadova(s PadovaSpec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	for i := range subjects() {
		if who := &subjects()[i]; who.name == s.Subject {
			return &body{model: who.person()}, nil
		}
	}
	return nil, device.Invalid("subject", "must be one of the virtual people that harmproof doc padova-patient lists")
}

// picomole is that much of a unit of insulin.
const picomole = 1.0 / 6000

// A person is a subject with what follows from its rest. Rates are per minute, masses of
// glucose in mg/kg, of insulin in pmol/kg, as published.
type person struct {
	subject
	m4, m30, kp1, vm0  float64
	plasma, tissue     float64 // glucose at rest
	insulin, liver     float64 // at rest
	infusion           float64 // at rest, pmol/kg/min
	b                  *body
	skin1, skin2       *device.Out[float64]
	portal, blood      *device.Out[float64]
	action, late, last *device.Out[float64]
	solid, liquid, gut *device.Out[float64]
	dose, periphery    *device.Out[float64]
}

// person works out the rest of a subject.
func (s subject) person() *person {
	const extraction = 0.6 // HEb
	p := &person{subject: s, m4: float64(s.m2 * (1 - extraction)), m30: float64(s.m1*extraction) / (1 - extraction)}
	p.plasma, p.insulin = float64(s.basalGlucose*s.glucoseSpace), float64(s.basalInsulin*s.insulinSpace)
	p.kp1 = s.production + float64(s.kp2*p.plasma) + float64(s.kp3*s.basalInsulin)
	p.tissue = (s.brain - s.production + float64(s.k1*p.plasma)) / s.k2
	p.vm0 = (s.production - s.brain) * (s.km0 + p.tissue) / p.tissue
	p.liver = p.insulin * s.m2 / (s.m1 + p.m30)
	p.infusion = float64(p.insulin*(s.m2+p.m4)) - float64(s.m1*p.liver)
	return p
}

func (p *person) start() float64 { return p.basalGlucose / 100 }
func (p *person) lag() float64   { return 60 / p.ksc }

// units is an amount of insulin per kg of the body, in U.
func (p *person) units(perKilogram float64) float64 {
	return float64(perKilogram * p.weight * picomole)
}

// state declares a state that is published per minute and by a scale of its own; the scale
// is what one of it is in SI.
func (p *person) state(name string, u unit.Unit, start, scale float64, rate func(c *device.Context) float64, doc string) *device.Out[float64] {
	factor := scale / 60
	return p.b.continuous(name, u, float64(start*scale), func(c *device.Context) float64 { return float64(rate(c) * factor) }, doc)
}

func (p *person) declare(b *body) {
	p.b = b
	basal := p.units(p.infusion) / 60
	device.Computed(b.ports, "basal", unitsPerHour, func(*device.Context) float64 { return basal }, device.Reads(), device.Doc("insulin with which glucose stays where it starts"))
	p.declareInsulin()
	p.declareGut()
	mass := 0.01 / p.glucoseSpace // mg/kg in kg/m3
	p.periphery = p.state("tissue", milligramsPerDL, p.tissue, mass, p.tissueRate, "glucose in the tissue, by the volume of the plasma's")
	b.glucose = p.state("glucose", milligramsPerDL, p.plasma, mass, p.plasmaRate, "of the plasma")
	b.ports.OnLimit("begins to eat", p.eats, p.begins, b.meal)
}

func (p *person) declareInsulin() {
	under := p.units(1) // pmol/kg in U
	s1 := p.infusion / (p.kd + p.ka1)
	p.skin1 = p.state("skin1", unit.InsulinUnit, s1, under, func(c *device.Context) float64 {
		return p.b.infused(c)*60/under - float64((p.ka1+p.kd)*p.skin1.Get(c)/under)
	}, "insulin under the skin, first")
	p.skin2 = p.state("skin2", unit.InsulinUnit, s1*p.kd/p.ka2, under, func(c *device.Context) float64 {
		return (float64(p.kd*p.skin1.Get(c)) - float64(p.ka2*p.skin2.Get(c))) / under
	}, "insulin under the skin, second")
	dense := 1000 * picomole / p.insulinSpace // pmol/kg in U/m3
	p.portal = p.state("liver_insulin", milliunitPerL, p.liver, dense, func(c *device.Context) float64 {
		return (float64(p.m2*p.blood.Get(c)) - float64((p.m1+p.m30)*p.portal.Get(c))) / dense
	}, "insulin in the liver, by the volume of the plasma's")
	p.blood = p.state("plasma_insulin", milliunitPerL, p.insulin, dense, func(c *device.Context) float64 {
		skin := (float64(p.ka1*p.skin1.Get(c)) + float64(p.ka2*p.skin2.Get(c))) / under
		return skin + (float64(p.m1*p.portal.Get(c))-float64((p.m2+p.m4)*p.blood.Get(c)))/dense
	}, "insulin in the plasma")
	p.declareActions()
}

func (p *person) declareActions() {
	const each = 1000 * picomole // pmol/L in U/m3
	follow := func(name string, start, rate float64, of func(c *device.Context) float64, doc string) (x *device.Out[float64]) {
		x = p.state(name, milliunitPerL, start, each, func(c *device.Context) float64 { return float64(rate * (of(c) - x.Get(c)/each)) }, doc)
		return x
	}
	concentration := func(c *device.Context) float64 { return p.blood.Get(c) / each }
	p.action = follow("action", 0, p.p2u, func(c *device.Context) float64 { return concentration(c) - p.basalInsulin }, "of insulin on the tissue")
	p.late = follow("delayed1", p.basalInsulin, p.ki, concentration, "insulin on its way to the liver's production")
	p.last = follow("delayed2", p.basalInsulin, p.ki, func(c *device.Context) float64 { return p.late.Get(c) / each }, "insulin that acts on the liver's production")
}

// declareGut has masses in kg: only ratios of them matter to the stomach.
func (p *person) declareGut() {
	p.dose = p.state("dose", gram, 0, 1, func(c *device.Context) float64 { return float64(p.b.eaten(c) * 60) }, "carbohydrate of the meal, with what was left of the last one")
	p.solid = p.state("solid", gram, 0, 1, func(c *device.Context) float64 {
		return float64(p.b.eaten(c)*60) - float64(p.kmax*p.solid.Get(c))
	}, "carbohydrate in the stomach, solid")
	p.liquid = p.state("liquid", gram, 0, 1, func(c *device.Context) float64 {
		return float64(p.kmax*p.solid.Get(c)) - float64(p.empties(c)*p.liquid.Get(c))
	}, "carbohydrate in the stomach, liquid")
	p.gut = p.state("gut", gram, 0, 1, func(c *device.Context) float64 {
		return float64(p.empties(c)*p.liquid.Get(c)) - float64(p.kabs*p.gut.Get(c))
	}, "carbohydrate in the gut")
}

// empties is how fast the stomach empties, per minute.
func (p *person) empties(c *device.Context) float64 {
	full := 1.0
	if dose := p.dose.Get(c); dose > 0 {
		full = (p.solid.Get(c) + p.liquid.Get(c)) / dose
	}
	falls := detmath.Tanh(2.5 * (full - p.full) / (1 - p.full))
	rises := detmath.Tanh(2.5 * (full - p.empty) / p.empty)
	return p.kmin + float64((p.kmax-p.kmin)/2*(falls-rises+2))
}

// eats rises when a meal begins.
func (p *person) eats(c *device.Context) float64 {
	if p.b.eaten(c) > 0 {
		return 1
	}
	return never
}

// begins sets the dose to what is in the stomach; what is eaten is added to it.
func (p *person) begins(c *device.Context) {
	p.dose.Set(c, p.solid.Get(c)+p.liquid.Get(c))
}

// mass is the glucose of a signal, in mg/kg.
func (p *person) mass(c *device.Context, of *device.Out[float64]) float64 {
	return float64(of.Get(c) * 100 * p.glucoseSpace)
}

func (p *person) tissueRate(c *device.Context) float64 {
	tissue := p.mass(c, p.periphery)
	action := p.action.Get(c) / (1000 * picomole)
	uses := (p.vm0 + float64(p.vmx*action)) * tissue / (p.km0 + tissue)
	return float64(p.k1*p.mass(c, p.b.glucose)) - float64(p.k2*tissue) - uses
}

func (p *person) plasmaRate(c *device.Context) float64 {
	plasma := p.mass(c, p.b.glucose)
	restraint := p.last.Get(c) / (1000 * picomole)
	makes := max(0, p.kp1-float64(p.kp2*plasma)-float64(p.kp3*restraint))
	appears := p.share * p.kabs * p.gut.Get(c) * 1e6 / p.weight
	kidneys := float64(p.ke1 * max(0, plasma-p.ke2))
	return makes + appears - p.brain - kidneys - float64(p.k1*plasma) + float64(p.k2*p.mass(c, p.periphery))
}
