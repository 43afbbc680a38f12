// Package patient models the blood glucose of a person with type 1 diabetes, whose
// insulin comes from outside: three published models, with the same ports.
//
//	insulin        U/h     what a pump delivers
//	meal           g/min   carbohydrate that is eaten
//	glucose        mg/dL   of the plasma
//	interstitial   mg/dL   where a sensor sits: it follows the plasma, and lags
//
// Insulin and meals cannot be drawn out again: what is less than none counts as none.
//
// # Bergman's minimal model
//
//	dG/dt = -p1 (G - Gb) - X G + a D / VG       dX/dt = -p2 X + p3 (I - Ib)
//	dI/dt = -n I + insulin / VI                 dD/dt = meal - a D
//
// R. N. Bergman, L. S. Phillips, C. Cobelli, J. Clin. Invest. 68 (1981) 1456; insulin as a
// disturbance and parameters as in S. M. Lynch, B. W. Bequette, ACC 2002; the gut D as in
// M. E. Fisher, IEEE Trans. Biomed. Eng. 38 (1991) 57. Where the insulin rests so does all:
//
//	I = insulin / (n VI),  G = p1 Gb / (p1 + X),  X = p3 / p2 (I - Ib)
//
// With the defaults the basal insulin is n VI Ib = 16.67 mU/min; half as much again ends at
// 55.34 mg/dL and twice as much at 42.03. Valid about the basal state, from 40 to
// 400 mg/dL by our estimate: insulin acts at once, and nothing defends the body against too little glucose.
//
// # Hovorka's model
//
// R. Hovorka et al., Physiol. Meas. 25 (2004) 905: two compartments of glucose, two of
// insulin under the skin (tmaxI), one in the plasma, three of its action, two of the gut (tmaxG).
//
//	dQ1/dt = -F01c - FR - x1 Q1 + k12 Q2 + UG + EGP0 max(0, 1 - x3)
//	dQ2/dt = x1 Q1 - (k12 + x2) Q2              dxi/dt = kai (SIi I - xi)
//	F01c   = F01 min(1, G / 4.5 mmol/L)         FR = 0.003/min (G - 9 mmol/L) VG above that
//
// The liver takes up no glucose (max), which the paper leaves open. The start is at rest at
// `glucose_at_start`; the basal insulin is what that takes, 6.4286 mU/min with the defaults. It is
// identified on adults at rest (35 kg or more, our estimate), and very sensitive to insulin: see the end.
// Valid from 2.2 to 22 mmol/L, our estimate.
//
// # UVA/Padova
//
// C. Dalla Man, R. A. Rizza, C. Cobelli, IEEE Trans. Biomed. Eng. 54 (2007) 1740, as
// the simulator of B. P. Kovatchev et al., J. Diabetes Sci. Technol. 3 (2009) 44, has it for
// type 1 diabetes. Subjects are virtual people of its cohort, with the published parameters
// of github.com/jxx123/simglucose; the start is at rest at the subject's own basal glucose.
//
//	plasma    dGp/dt = max(0, kp1 - kp2 Gp - kp3 Id) + Ra - Fsnc - E - k1 Gp + k2 Gt
//	tissue    dGt/dt = -(Vm0 + Vmx X) Gt / (Km0 + Gt) + k1 Gp - k2 Gt
//	kidneys   E = ke1 (Gp - ke2) above ke2
//	insulin   dIp/dt = -(m2 + m4) Ip + m1 Il + ka1 S1 + ka2 S2,  I = Ip / Vi
//	liver     dIl/dt = -(m1 + m30) Il + m2 Ip
//	skin      dS1/dt = insulin - (ka1 + kd) S1,  dS2/dt = kd S1 - ka2 S2
//	action    dX/dt = p2u (I - Ib - X),  dI1/dt = ki (I - I1),  dId/dt = ki (I1 - Id)
//	gut       solid, liquid, intestine: emptied by kgut, which falls from kmax to kmin and
//	          rises again as what is in the stomach becomes less; Ra = f kabs gut / BW
//
// with 1 U = 6000 pmol. Of adult-001 10 g and 8.77 mg/dL for a unit and 50.4 U a day are published with
// it: a day at rest and 200 g at 10 g a unit are 50.4 U here too, and 3 U are 8.78 mg/dL for each. The
// other parameters follow from rest:
//
//	m4 = 2/3 m2 HEb (0.6),  m30 = m1 HEb / (1 - HEb),  kp1 = EGPb + kp2 Gpb + kp3 Ib,
//	Gtb = (Fsnc - EGPb + k1 Gpb) / k2,  Vm0 = (EGPb - Fsnc) (Km0 + Gtb) / Gtb
//
// Valid for a day, from about 40 to 400 mg/dL. There is no counter-regulation, and no daily rhythm.
//
// That a body leaves the range of its model is told (device.Bounded); the equations go on there.
//
// # Beyond all of them
//
// Nobody was ever taken where glucose is next to nothing, and no model knows what becomes of a
// body there. Below 18 mg/dL (1 mmol/L) the brain dies (P. E. Cryer, J. Clin. Invest. 117
// (2007) 868), from 600 mg/dL on hyperosmolar coma is spoken of (A. E. Kitabchi et al.,
// Diabetes Care 32 (2009) 1335): on both sides package harm counts death. A little beyond, at 15
// and at 650 mg/dL, the twin stops: state is `below` or `above`, lost is true, the body
// stands still where it is, and comes back no more. That is an assumption on the safe side,
// not a prognosis.
package patient
