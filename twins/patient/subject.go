package patient

// A subject is a virtual person of the UVA/Padova cohort, in the published units:
// minutes, mg/kg of glucose, pmol/kg of insulin.
type subject struct {
	name                       string
	weight                     float64 // BW, kg
	basalGlucose, basalInsulin float64 // Gb mg/dL, Ib pmol/L
	production                 float64 // EGPb, mg/kg/min
	glucoseSpace, insulinSpace float64 // Vg dL/kg, Vi L/kg
	kabs, kmax, kmin           float64 // 1/min, of the gut and the stomach
	full, empty                float64 // b and d: shares of a meal at which it slows down, and goes on
	share                      float64 // f, of a meal that appears
	k1, k2                     float64 // 1/min, between plasma and tissue
	kp2, kp3                   float64 // 1/min, mg/kg/min per pmol/L
	brain                      float64 // Fsnc, mg/kg/min
	ke1, ke2                   float64 // 1/min and mg/kg, of the kidneys
	vmx, km0                   float64 // mg/kg/min per pmol/L, mg/kg
	p2u, ki                    float64 // 1/min, of the actions
	m1, m2                     float64 // 1/min, of the liver
	kd, ka1, ka2               float64 // 1/min, under the skin
	ksc                        float64 // 1/min, of the tissue of a sensor
}

// subjects are those of params/vpatient_params.csv in github.com/jxx123/simglucose.
func subjects() []subject {
	return []subject{
		{
			name: "adult-001", weight: 102.32, basalGlucose: 138.56, basalInsulin: 100.25, production: 2.2758,
			glucoseSpace: 1.9152, insulinSpace: 0.054906, kabs: 0.08906, kmax: 0.046122, kmin: 0.0037927,
			full: 0.70391, empty: 0.21057, share: 0.9, k1: 0.058138, k2: 0.087114, kp2: 0.00469, kp3: 0.01208,
			brain: 1, ke1: 0.0005, ke2: 339, vmx: 0.031319, km0: 253.52, p2u: 0.027802, ki: 0.0046374,
			m1: 0.15446, m2: 0.225027424083, kd: 0.0152, ka1: 0.0019, ka2: 0.0078, ksc: 0.0766,
		},
		{
			name: "adolescent-010", weight: 47.378, basalGlucose: 144.87, basalInsulin: 108.24, production: 2.8311,
			glucoseSpace: 1.8443, insulinSpace: 0.058406, kabs: 0.80212, kmax: 0.017759, kmin: 0.010463,
			full: 0.90795, empty: 0.26552, share: 0.9, k1: 0.090215, k2: 0.13124, kp2: 0.0028192, kp3: 0.01386,
			brain: 1, ke1: 0.0005, ke2: 339, vmx: 0.065509, km0: 231.53, p2u: 0.038376, ki: 0.010331,
			m1: 0.18514, m2: 0.262753198147, kd: 0.0144, ka1: 0.0034, ka2: 0.0173, ksc: 0.1045,
		},
	}
}
