package harm

import "github.com/harmproof/harmproof/sim/detmath"

// Of thermal radiation, W/m2: what a dose is counted by, from which on it counts, and more than which
// there is not: a black body as hot as the surface of the sun, 5772 K.
const (
	kilowatt  = 1e3
	HeatFloor = 1e3
	heatMost  = 6.3e7
)

// HeatLoad is how fast the thermal dose grows under thermal radiation, W/m2: q^(4/3) with q in kW/m2, so
// that the dose is so many seconds at 1 kW/m2. What is less than HeatFloor should not be counted.
func HeatLoad(radiation float64) float64 {
	q := min(heatMost, max(0, radiation)) / kilowatt
	return float64(q * detmath.Cbrt(q))
}

// doseOf is the dose, s at 1 kW/m2, of t q^(4/3) with q in W/m2.
const doseOf = 1e-4

// Burns is the model of the thermal dose, s at 1 kW/m2, on skin that nothing covers.
func Burns() *Model {
	first := func(share float64) float64 { return load(-39.83, 3.0186, share) }
	second := func(share float64) float64 { return load(-43.14, 3.0186, share) }
	deadly := loads(-36.38, 2.56)
	at := [...]float64{min(first(0.1), deadly[0]), min(second(0.1), deadly[1]), min(second(0.5), deadly[2]), deadly[3]}
	for i := range at {
		at[i] = float64(at[i] * doseOf)
	}
	return rising(0, float64(load(-36.38, 2.56, 0.999)*doseOf), at[:]...)
}
