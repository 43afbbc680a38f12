package patient_test

import "math"

// The models once more, in their published units, for an integrator that shares nothing
// with the twin.

// A slope is how fast states change, per minute, under an infusion.
type slope func(x []float64, infusion float64) []float64

// course2 integrates by the classical method of Runge and Kutta with a fixed step, in
// minutes, and hands on what comes after each. The infusion is asked for at each stage.
func course2(f slope, x []float64, minutes, h float64, infusion func(minute float64) float64, each func(minute float64, x []float64)) {
	along := func(k []float64, h float64) []float64 {
		y := make([]float64, len(x))
		for i := range x {
			y[i] = x[i] + h*k[i]
		}
		return y
	}
	for n := range int(math.Round(minutes / h)) {
		t := float64(n) * h
		k1 := f(x, infusion(t))
		k2 := f(along(k1, h/2), infusion(t+h/2))
		k3 := f(along(k2, h/2), infusion(t+h/2))
		k4 := f(along(k3, h), infusion(t+h))
		for i := range x {
			k1[i] = (k1[i] + 2*k2[i] + 2*k3[i] + k4[i]) / 6
		}
		x = along(k1, h)
		each(t+h, x)
	}
}

// adult001 has plasma and tissue glucose, insulin in plasma, its action, twice delayed, in
// the liver and twice under the skin; infusion in pmol/kg/min.
func adult001(x []float64, infusion float64) []float64 {
	const (
		gb, ib, m1, m2  = 138.56 * 1.9152, 100.25, 0.15446, 0.225027424083
		k1, k2, vmx, km = 0.058138, 0.087114, 0.031319, 253.52
		gt, vm0, kp1    = 162.457097269, 3.2667306607, 4.73140582528 // as published: the twin works them out
	)
	i := x[2] / 0.054906
	return []float64{
		max(0, kp1-0.00469*x[0]-0.01208*x[5]) - 1 - 0.0005*max(0, x[0]-339) - k1*x[0] + k2*x[1],
		k1*x[0] - k2*x[1] - (vm0+vmx*x[3])*x[1]/(km+x[1]),
		-(m2+0.090010969633)*x[2] + m1*x[6] + 0.0019*x[7] + 0.0078*x[8],
		0.027802 * (i - ib - x[3]), 0.0046374 * (i - x[4]), 0.0046374 * (x[4] - x[5]),
		m2*x[2] - (m1+0.23169)*x[6],
		infusion - (0.0019+0.0152)*x[7], 0.0152*x[7] - 0.0078*x[8],
	}
}

// rest001 is the published rest of adult001, with its infusion.
func rest001() (x []float64, infusion float64) {
	return []float64{265.370112, 162.457097269, 5.5043265, 0, 100.25, 100.25, 3.20762505142, 72.4341762342, 141.153779328}, 1.2386244136
}

// nadir001 is the least glucose of adult001 after a bolus within five minutes, in mg/dL, and
// its minute. Blind takes the infusion at each stage as it is then, so that of the step in
// which the bolus ends the last sixth is lost.
func nadir001(bolus, h float64, blind bool) (least, at float64) {
	x, basal := rest001()
	least = math.Inf(1)
	dose := bolus / 5 * 6000 / 102.32
	see := func(minute float64, x []float64) {
		if g := x[0] / 1.9152; g < least {
			least, at = g, minute
		}
	}
	if blind {
		course2(adult001, x, 720, h, func(t float64) float64 {
			if t < 5 {
				return basal + dose
			}
			return basal
		}, see)
		return least, at
	}
	course2(adult001, x, 5, h, func(float64) float64 { return basal + dose }, func(_ float64, y []float64) { x = y })
	course2(adult001, x, 715, h, func(float64) float64 { return basal }, func(t float64, y []float64) { see(t+5, y) })
	return least, at
}

// adult70 is Hovorka's, 70 kg: Q1, Q2 in mmol, S1, S2 in mU, I in mU/L, three actions;
// infusion in mU/min.
func adult70(x []float64, infusion float64) []float64 {
	const vg, vi, kg = 0.16 * 70, 0.12 * 70, 70
	g := x[0] / vg
	brain := 0.0097 * kg * min(1, g/4.5)
	kidneys := 0.003 * max(0, g-9) * vg
	return []float64{
		-brain - kidneys - x[5]*x[0] + 0.066*x[1] + 0.0161*kg*max(0, 1-x[7]),
		x[5]*x[0] - (0.066+x[6])*x[1],
		infusion - x[2]/55, (x[2] - x[3]) / 55, x[3]/55/vi - 0.138*x[4],
		0.006 * (51.2e-4*x[4] - x[5]), 0.06 * (8.2e-4*x[4] - x[6]), 0.03 * (520e-4*x[4] - x[7]),
	}
}

// rest70 is the rest of adult70 under an infusion, at 6 mmol/L.
func rest70(infusion float64) []float64 {
	i := infusion / 0.138 / (0.12 * 70)
	q1 := 6 * 0.16 * 70
	return []float64{q1, 51.2e-4 * i * q1 / (0.066 + 8.2e-4*i), infusion * 55, infusion * 55, i, 51.2e-4 * i, 8.2e-4 * i, 520e-4 * i}
}
