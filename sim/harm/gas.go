package harm

import "github.com/harmproof/harmproof/sim/detmath"

// A Toxin is a gas whose deadly load is known as a probit, or that has guideline levels.
type Toxin struct {
	Name     string
	A, B     float64
	Exponent float64 // n of C^n t
	Molar    float64 // molar mass, kg/mol
	// Floor is the share of the air below which nothing of the load counts.
	Floor float64
	guide *guideline // in place of a probit
}

// toxins are those of Crowl and Louvar, and what has guideline levels. Molar masses are those of the
// NIST Chemistry WebBook.
var toxins = [...]Toxin{
	{Name: "chlorine", Molar: 0.070906, A: -8.29, B: 0.92, Exponent: 2},
	{Name: "ammonia", Molar: 0.017031, A: -35.9, B: 1.85, Exponent: 2},
	{Name: "phosgene", Molar: 0.098916, A: -19.27, B: 3.69, Exponent: 1},
	{Name: "hydrogen_chloride", Molar: 0.036461, A: -16.85, B: 2, Exponent: 1},
	{Name: "sulphur_dioxide", Molar: 0.064064, A: -15.67, B: 1, Exponent: 1},
	{Name: "hydrogen_fluoride", Molar: 0.020006, Exponent: 2, Floor: 1e-6, guide: &fluoride},
}

// Toxins are the names of the gases.
func Toxins() (names []string) {
	for i := range toxins {
		names = append(names, toxins[i].Name)
	}
	return names
}

// ToxinOf returns the gas of the name.
func ToxinOf(name string) (Toxin, bool) {
	for _, t := range toxins {
		if t.Name == name {
			return t, true
		}
	}
	return Toxin{}, false
}

// Unit is that of loads: ppm^n minutes.
func (t *Toxin) Unit() string {
	if t.Exponent == 2 {
		return "ppm2 min"
	}
	return "ppm min"
}

// scale is the unit of loads in SI: shares^n and seconds.
func (t *Toxin) scale() float64 {
	if t.Exponent == 2 {
		return 60e-12
	}
	return 60e-6
}

// Load is how fast the load grows in air with a share of the gas, from none to all of it. What is less
// than Floor should not be counted.
func (t *Toxin) Load(air float64) float64 {
	share := min(1, max(0, air))
	if t.Exponent == 2 {
		return float64(share * share)
	}
	return share
}

// Probit is that of death after a load, of a gas that has no guideline levels.
func (t *Toxin) Probit(load float64) float64 { return t.A + float64(t.B*detmath.Log(load/t.scale())) }

// Model is that of loads.
func (t *Toxin) Model() *Model {
	if t.guide != nil {
		at := t.guide.thresholds()
		for i := range at {
			at[i] = float64(at[i] * t.scale())
		}
		return rising(0, at[Death-1], at[:]...)
	}
	at := loads(t.A, t.B)
	for i := range at {
		at[i] = float64(at[i] * t.scale())
	}
	return rising(float64(load(t.A, t.B, 0.001)*t.scale()), float64(load(t.A, t.B, 0.999)*t.scale()), at[:]...)
}
