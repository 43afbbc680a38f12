package patient

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A BergmanSpec is the configuration of Bergman's minimal model.
type BergmanSpec struct {
	Effectiveness float64 `twin:"p1,1/min" default:"0.028735 1/min" doc:"p1: by which glucose goes back by itself"`
	Decay         float64 `twin:"p2,1/min" default:"0.028344 1/min" doc:"p2: by which the action of insulin fades"`
	Action        float64 `twin:"p3,L/mU/min2" default:"5.035e-5 L/mU/min2" doc:"p3: by which insulin gains action"`
	Clearance     float64 `twin:"n,1/min" default:"0.0926 1/min" doc:"n: by which insulin leaves the plasma"`
	InsulinVolume float64 `twin:"insulin_volume,L" default:"12 L" doc:"VI: in which insulin spreads"`
	GlucoseVolume float64 `twin:"glucose_volume,L" default:"12 L" doc:"VG: in which glucose spreads"`
	Basal         float64 `twin:"basal_glucose,mg/dL" default:"81 mg/dL" doc:"Gb: glucose at rest"`
	BasalInsulin  float64 `twin:"basal_insulin,mU/L" default:"15 mU/L" doc:"Ib: insulin at rest"`
	Absorption    float64 `twin:"absorption,1/min" default:"0.05 1/min" doc:"a: by which a meal comes into the blood"`
	Lag           float64 `twin:"lag,min" default:"10 min" doc:"of the tissue under the skin behind the plasma"`
}

// DefaultBergman returns the defaults.
func DefaultBergman() BergmanSpec {
	return BergmanSpec{
		Effectiveness: 0.028735 / 60, Decay: 0.028344 / 60, Action: 5.035e-5 / 3600, Clearance: 0.0926 / 60, InsulinVolume: 0.012,
		GlucoseVolume: 0.012, Basal: 0.81, BasalInsulin: 15, Absorption: 0.05 / 60, Lag: 600,
	}
}

// Bergman describes the patient by Bergman's minimal model to the catalog.
func Bergman() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "bergman-patient",
		Summary: "blood glucose by Bergman's minimal model: closed forms, for tests",
		Text: `dG/dt = -p1 (G - Gb) - X G + absorption D / VG;  dX/dt = -p2 X + p3 (I - Ib);
dI/dt = -n I + insulin / VI;  dD/dt = meal - absorption D.
At rest G = p1 Gb / (p1 + p3/p2 (I - Ib)), I = insulin / (n VI).
` + beyond,
		Source: "R. N. Bergman, L. S. Phillips, C. Cobelli, J. Clin. Invest. 68 (1981) 1456",
		Example: `patient:
  is: bergman-patient
  insulin: infusion.flow`,
	}, DefaultBergman(), NewBergman)
}

// beyond is what all models say of their ends.
const beyond = `At 15 mg/dL and at 650 mg/dL no model holds: state is below or above for good,
lost is true, and the worst is taken for granted.`

type minimal struct {
	BergmanSpec
	gut, plasma, action *device.Out[float64]
}

// NewBergman returns a patient at basal glucose.
func NewBergman(s BergmanSpec) (device.Device, error) {
	const source = "Bergman, Phillips, Cobelli, J. Clin. Invest. 68 (1981) 1456, with room"
	err := plausible(s, []limit{
		{"p1", s.Effectiveness, 0.001, 0.2, perMinute, source},
		{"p2", s.Decay, 0.001, 0.5, perMinute, source},
		{"p3", s.Action, 1e-7, 1e-2, unit.Unit{Symbol: "L/mU/min2", Scale: 1.0 / 3600}, source},
		{"n", s.Clearance, 0.01, 1, perMinute, source},
		{"insulin_volume", s.InsulinVolume, 0.3, 50, unit.Litre, water},
		{"glucose_volume", s.GlucoseVolume, 0.3, 80, unit.Litre, water},
		{"basal_glucose", s.Basal, 40, 400, milligramsPerDL, span},
		{"basal_insulin", s.BasalInsulin, 1, 200, milliunitPerL, source},
		{"absorption", s.Absorption, 0.005, 0.5, perMinute, "Fisher, IEEE Trans. Biomed. Eng. 38 (1991) 57, with room"},
		{"lag", s.Lag, 1, 60, unit.Minute, lags},
	})
	return &body{model: &minimal{BergmanSpec: s}}, err
}

func (m *minimal) start() float64 { return m.Basal }
func (m *minimal) lag() float64   { return m.Lag }

func (m *minimal) declare(b *body) {
	m.gut = b.continuous("gut", gram, 0, func(c *device.Context) float64 {
		return b.eaten(c) - float64(m.Absorption*m.gut.Get(c))
	}, "carbohydrate that is not in the blood yet")
	m.plasma = b.continuous("plasma_insulin", milliunitPerL, m.BasalInsulin, func(c *device.Context) float64 {
		return b.infused(c)/m.InsulinVolume - float64(m.Clearance*m.plasma.Get(c))
	}, "insulin in the plasma")
	m.action = b.continuous("action", perMinute, 0, func(c *device.Context) float64 {
		return float64(m.Action*(m.plasma.Get(c)-m.BasalInsulin)) - float64(m.Decay*m.action.Get(c))
	}, "of insulin on glucose")
	b.glucose = b.continuous("glucose", milligramsPerDL, m.Basal, func(c *device.Context) float64 {
		g := b.glucose.Get(c)
		own := float64(m.Effectiveness * (g - m.Basal))
		return float64(m.Absorption*m.gut.Get(c))/m.GlucoseVolume - own - float64(m.action.Get(c)*g)
	}, "of the plasma")
}
