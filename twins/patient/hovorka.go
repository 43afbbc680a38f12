package patient

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A HovorkaSpec is the configuration of Hovorka's model.
type HovorkaSpec struct {
	Weight       float64 `twin:"weight,kg" default:"70 kg" doc:"of the body"`
	Glucose      float64 `twin:"glucose_at_start,mmol/L" default:"6 mmol/L" doc:"at the start, at rest"`
	GlucoseSpace float64 `twin:"glucose_space,L/kg" default:"0.16 L/kg" doc:"VG: in which glucose spreads"`
	InsulinSpace float64 `twin:"insulin_space,L/kg" default:"0.12 L/kg" doc:"VI: in which insulin spreads"`
	Fixed        float64 `twin:"F01,mmol/kg/min" default:"0.0097 mmol/kg/min" doc:"what the brain takes"`
	Production   float64 `twin:"EGP0,mmol/kg/min" default:"0.0161 mmol/kg/min" doc:"what the liver makes without insulin"`
	Transfer     float64 `twin:"k12,1/min" default:"0.066 1/min" doc:"back from the tissue"`
	Ka1          float64 `twin:"ka1,1/min" default:"0.006 1/min" doc:"of the action on transport"`
	Ka2          float64 `twin:"ka2,1/min" default:"0.06 1/min" doc:"of the action on disposal"`
	Ka3          float64 `twin:"ka3,1/min" default:"0.03 1/min" doc:"of the action on production"`
	Transport    float64 `twin:"SIT,L/mU/min" default:"51.2e-4 L/mU/min" doc:"sensitivity of transport"`
	Disposal     float64 `twin:"SID,L/mU/min" default:"8.2e-4 L/mU/min" doc:"sensitivity of disposal"`
	Liver        float64 `twin:"SIE,L/mU" default:"520e-4 L/mU" doc:"sensitivity of production"`
	Clearance    float64 `twin:"ke,1/min" default:"0.138 1/min" doc:"by which insulin leaves the plasma"`
	SlowInsulin  float64 `twin:"tmaxI,min" default:"55 min" doc:"when insulin is absorbed fastest"`
	SlowMeal     float64 `twin:"tmaxG,min" default:"40 min" doc:"when a meal is absorbed fastest"`
	Available    float64 `twin:"AG,%" default:"80 %" doc:"share of a meal that comes into the blood"`
	Lag          float64 `twin:"lag,min" default:"13.7 min" doc:"of the tissue under the skin behind the plasma"`
}

// DefaultHovorka returns the defaults.
func DefaultHovorka() HovorkaSpec {
	return HovorkaSpec{
		Weight: 70, Glucose: 6, GlucoseSpace: 0.16e-3, InsulinSpace: 0.12e-3, Fixed: 0.0097e-3 / 60, Production: 0.0161e-3 / 60,
		Transfer: 0.066 / 60, Ka1: 0.006 / 60, Ka2: 0.06 / 60, Ka3: 0.03 / 60, Transport: 51.2e-4 / 60, Disposal: 8.2e-4 / 60,
		Liver: 520e-4, Clearance: 0.138 / 60, SlowInsulin: 55 * 60, SlowMeal: 40 * 60, Available: 0.8, Lag: 13.7 * 60,
	}
}

// Hovorka describes the patient by Hovorka's model to the catalog.
func Hovorka() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "hovorka-patient",
		Summary: "blood glucose by Hovorka's model (2004): very sensitive to insulin",
		Text: `Two compartments of glucose, two of insulin under the skin, plasma, three
actions, two of the gut. It starts at rest at glucose_at_start; basal says how
much insulin that takes.
` + beyond,
		Source: "R. Hovorka et al., Physiol. Meas. 25 (2004) 905",
		Example: `patient:
  is: hovorka-patient
  insulin: infusion.flow`,
	}, DefaultHovorka(), NewHovorka)
}

type nonlinear struct {
	HovorkaSpec
	rest float64 // insulin in the plasma at the start, U/m3

	skin1, skin2, plasma *device.Out[float64]
	x1, x2, x3           *device.Out[float64]
	gut1, gut2, tissue   *device.Out[float64]
	b                    *body
}

// molar is the mass of a mole of glucose, in kg.
const molar = 0.180156

// NewHovorka returns a patient at rest.
func NewHovorka(s HovorkaSpec) (device.Device, error) {
	if err := plausible(s, s.limits()); err != nil {
		return nil, err
	}
	m := &nonlinear{HovorkaSpec: s}
	if m.net(0) <= 0 {
		return nil, device.Invalid("glucose_at_start", "cannot be held at rest: more than the liver makes is used without any insulin (Hovorka et al. 2004)")
	}
	m.rest = m.resting()
	return &body{model: m}, nil
}

func (s *HovorkaSpec) limits() []limit {
	const source = "Hovorka et al., Physiol. Meas. 25 (2004) 905, with room"
	perMass := unit.Unit{Symbol: "L/kg", Scale: 1e-3}
	amount := unit.Unit{Symbol: "mmol/kg/min", Scale: 1e-3 / 60}
	return []limit{
		{"weight", s.Weight, 35, 300, unit.Kilogram, adults},
		{"glucose_at_start", s.Glucose, 2.2, 22, unit.MillimolePerLitre, span},
		{"glucose_space", s.GlucoseSpace, 0.05, 0.5, perMass, source},
		{"insulin_space", s.InsulinSpace, 0.03, 0.5, perMass, source},
		{"F01", s.Fixed, 0, 0.05, amount, source},
		{"EGP0", s.Production, 0.001, 0.1, amount, source},
		{"k12", s.Transfer, 0.005, 0.5, perMinute, source},
		{"ka1", s.Ka1, 0.0005, 0.5, perMinute, source},
		{"ka2", s.Ka2, 0.0005, 0.5, perMinute, source},
		{"ka3", s.Ka3, 0.0005, 0.5, perMinute, source},
		{"SIT", s.Transport, 1e-4, 0.1, unit.Unit{Symbol: "L/mU/min", Scale: 1.0 / 60}, source},
		{"SID", s.Disposal, 1e-5, 0.1, unit.Unit{Symbol: "L/mU/min", Scale: 1.0 / 60}, source},
		{"SIE", s.Liver, 1e-3, 1, unit.Unit{Symbol: "L/mU", Scale: 1}, source},
		{"ke", s.Clearance, 0.01, 1, perMinute, source},
		{"tmaxI", s.SlowInsulin, 5, 300, unit.Minute, source},
		{"tmaxG", s.SlowMeal, 5, 300, unit.Minute, source},
		{"AG", s.Available, 10, 100, unit.Percent, source},
		{"lag", s.Lag, 1, 60, unit.Minute, lags},
	}
}

func (m *nonlinear) start() float64 { return float64(m.Glucose * molar) }
func (m *nonlinear) lag() float64   { return m.Lag }

// space is the volume in which glucose spreads, in m3.
func (m *nonlinear) space() float64 { return float64(m.GlucoseSpace * m.Weight) }

// net is what glucose at the start would gain at rest with so much insulin in the
// plasma, in mol/s: what is made less what is used.
func (m *nonlinear) net(insulin float64) float64 {
	q1 := float64(m.Glucose * m.space())
	x1, x2 := float64(m.Transport*insulin), float64(m.Disposal*insulin)
	q2 := float64(x1*q1) / (m.Transfer + x2)
	return m.makes(float64(m.Liver*insulin)) - m.uses(m.Glucose) - float64(x1*q1) + float64(m.Transfer*q2)
}

// resting is the insulin in the plasma with which glucose rests at the start, by
// bisection: the more insulin, the less glucose.
func (m *nonlinear) resting() float64 {
	low, high := 0.0, 1.0
	for m.net(high) > 0 {
		high += high
	}
	for range 200 {
		mid := low + float64((high-low)/2)
		if m.net(mid) > 0 {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// makes is what the liver makes under the action x3, in mol/s.
func (m *nonlinear) makes(x3 float64) float64 {
	return float64(m.Production * m.Weight * max(0, 1-x3))
}

// uses is what brain and kidneys take at a concentration, in mol/s.
func (m *nonlinear) uses(glucose float64) float64 {
	brain := float64(m.Fixed * m.Weight * math.Min(1, glucose/4.5))
	return brain + float64(0.003/60*m.space()*max(0, glucose-9))
}

func (m *nonlinear) declare(b *body) {
	m.b = b
	basal := float64(m.rest * m.Clearance * m.InsulinSpace * m.Weight) // U/s
	device.Computed(b.ports, "basal", unitsPerHour, func(*device.Context) float64 { return basal }, device.Reads(), device.Doc("insulin with which glucose stays where it starts"))
	m.declareInsulin(basal)
	m.x1 = m.acts("transport", perMinute, m.Ka1, m.Transport, "action of insulin on transport")
	m.x2 = m.acts("disposal", perMinute, m.Ka2, m.Disposal, "action of insulin on disposal")
	m.x3 = m.acts("restraint", unit.One, m.Ka3, m.Liver, "action of insulin on the liver")
	m.declareGlucose()
}

func (m *nonlinear) declareInsulin(basal float64) {
	b, t := m.b, m.SlowInsulin
	m.skin1 = b.continuous("skin1", unit.InsulinUnit, float64(basal*t), func(c *device.Context) float64 {
		return b.infused(c) - m.skin1.Get(c)/t
	}, "insulin under the skin, first")
	m.skin2 = b.continuous("skin2", unit.InsulinUnit, float64(basal*t), func(c *device.Context) float64 {
		return (m.skin1.Get(c) - m.skin2.Get(c)) / t
	}, "insulin under the skin, second")
	m.plasma = b.continuous("plasma_insulin", milliunitPerL, m.rest, func(c *device.Context) float64 {
		return m.skin2.Get(c)/(t*m.InsulinSpace*m.Weight) - float64(m.Clearance*m.plasma.Get(c))
	}, "insulin in the plasma")
}

// acts declares an action of insulin.
func (m *nonlinear) acts(name string, u unit.Unit, rate, sensitivity float64, doc string) (x *device.Out[float64]) {
	x = m.b.continuous(name, u, float64(sensitivity*m.rest), func(c *device.Context) float64 {
		return float64(rate * (float64(sensitivity*m.plasma.Get(c)) - x.Get(c)))
	}, doc)
	return x
}

func (m *nonlinear) declareGlucose() {
	b, t := m.b, m.SlowMeal
	m.gut1 = b.continuous("gut1", gram, 0, func(c *device.Context) float64 {
		return float64(m.Available*b.eaten(c)) - m.gut1.Get(c)/t
	}, "carbohydrate in the gut, first")
	m.gut2 = b.continuous("gut2", gram, 0, func(c *device.Context) float64 {
		return (m.gut1.Get(c) - m.gut2.Get(c)) / t
	}, "carbohydrate in the gut, second")
	x1 := float64(m.Transport * m.rest)
	q2 := m.start() * x1 / (m.Transfer + float64(m.Disposal*m.rest))
	m.tissue = b.continuous("tissue", milligramsPerDL, q2, func(c *device.Context) float64 {
		return float64(m.x1.Get(c)*b.glucose.Get(c)) - float64((m.Transfer+m.x2.Get(c))*m.tissue.Get(c))
	}, "glucose out of reach, by the volume of the plasma's")
	b.glucose = b.continuous("glucose", milligramsPerDL, m.start(), m.glucoseRate, "of the plasma")
	device.Computed(b.ports, "molar", unit.MillimolePerLitre, func(c *device.Context) float64 { return b.glucose.Get(c) / molar },
		device.Reads(b.glucose), device.Doc("glucose, by amount"))
}

func (m *nonlinear) glucoseRate(c *device.Context) float64 {
	g := m.b.glucose.Get(c)
	flows := float64(m.Transfer*m.tissue.Get(c)) - float64(m.x1.Get(c)*g)
	moles := m.makes(m.x3.Get(c)) - m.uses(g/molar)
	return flows + (float64(moles*molar)+m.gut2.Get(c)/m.SlowMeal)/m.space()
}
