// Package plume models a gas that goes out of a plant into the wind, as somebody at a distance breathes
// it: one device for each place.
//
// # The plume
//
// What goes out at the rate Q at a height h is carried by a wind u and spreads across and up as two bells of
// Gauss; what comes to the ground goes up again as if it came from below it (Pasquill, The estimation of the
// dispersion of windborne material, Meteorol. Mag. 90, 1961):
//
//	C = Q / (2 pi u sy sz) exp(-y^2 / 2 sy^2) (exp(-(z - h)^2 / 2 sz^2) + exp(-(z + h)^2 / 2 sz^2))
//
// so that through each plane across the wind goes as much as goes out. The spread by class of stability, over open
// country, in m (Briggs, Diffusion Estimation for Small Emissions, ATDL 79, 1973, as in Hanna, Briggs and
// Hosker, Handbook on Atmospheric Diffusion, DOE/TIC-11223, 1982, table 4.5) [R in a public copy of a
// textbook; not compared with the original]:
//
//	    sy (1 + 0.0001 x)^(1/2)    sz
//	A   0.22 x                     0.20 x
//	B   0.16 x                     0.12 x
//	C   0.11 x                     0.08 x (1 + 0.0002 x)^(-1/2)
//	D   0.08 x                     0.06 x (1 + 0.0015 x)^(-1/2)
//	E   0.06 x                     0.03 x (1 + 0.0003 x)^(-1)
//	F   0.04 x                     0.016 x (1 + 0.0003 x)^(-1)
//
// What goes out as uranium hexafluoride comes as hydrogen fluoride, UF6 + 2 H2O -> UO2F2 + 4 HF: wire 0.2273 times
// its rate as release (80.02 of 352.02 g/mol, all of it at once: the worst case).
//
// ppm are shares of the air at 25 degC and 101 325 Pa, 24.465 L/mol.
//
// # Validity
//
// x from 100 m to 10 km; valid says whether it is. Outside counts the greater of what the formulas have there
// and at the nearer end: so it is nowhere less than so far aside at 100 m, or at 10 km. Nearer than 1 m, and
// at 0, is 1 m; upwind, where x < 0, there is none, and nowhere is there more than the pure gas. Less wind than 1 m/s is calm, which
// carries no plume (40 CFR 51, appendix W, U); class F with 1.5 m/s, the default, is what 40 CFR 68.22 takes
// for the worst case [U].
//
// The gas is as heavy as air, does not rise, settle, react or fall out with rain, and meets neither houses nor
// hills: near a release of what is heavier than air, such as uranium hexafluoride or cold hydrogen fluoride, the
// true cloud is wider and lower, and stays longer. The spread is that of an average over minutes; a breath may
// have more. The plume is steady: it is there at once when something goes out, and gone at once when nothing
// does, so that it lasts as long as it would if it came later, by arrives; that is the worst case for
// who would leave.
package plume
