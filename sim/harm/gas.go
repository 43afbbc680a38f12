package harm

import "github.com/harmproof/harmproof/sim/detmath"

// A Toxin is a gas whose deadly load is known as a probit.
type Toxin struct {
	Name     string
	A, B     float64
	Exponent float64 // n of C^n t
}

// toxins are those of Crowl and Louvar.
var toxins = [...]Toxin{
	{"chlorine", -8.29, 0.92, 2},
	{"ammonia", -35.9, 1.85, 2},
	{"phosgene", -19.27, 3.69, 1},
	{"hydrogen_chloride", -16.85, 2, 1},
	{"sulphur_dioxide", -15.67, 1, 1},
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

// Load is how fast the load grows in air with a share of the gas: ppm^n.
func (t *Toxin) Load(air float64) float64 {
	ppm := float64(max(0, air) * 1e6)
	if t.Exponent == 2 {
		return float64(ppm * ppm)
	}
	return ppm
}

// Probit is that of death after a load, in ppm^n minutes.
func (t *Toxin) Probit(load float64) float64 { return t.A + float64(t.B*detmath.Log(load)) }

// Model is that of loads, in ppm^n minutes.
func (t *Toxin) Model() *Model {
	at := loads(t.A, t.B)
	return rising(load(t.A, t.B, 0.001), load(t.A, t.B, 0.999), at[:]...)
}
