// Package unit is physical quantities: dimensions, units and how people write
// them. Everything is SI inside; a unit is only for reading and printing.
//
// # Reading
//
// [ParseQuantity] reads "50 L/s", [Parse] reads "L/s". A unit is one symbol or
// an expression of symbols:
//
//	m2  m²  m^2  s-1        a whole exponent
//	N m  N.m  N*m  N·m      a product
//	m3/h  1/s               a quotient; 1 is the only number allowed
//	J/(kg K)  J/kg/K        brackets, or one slash after the other
//
// "J/kg K" is refused, as it can be read two ways (SI brochure, chapter 5). Symbols are case-sensitive, as mW and MW are worlds apart. All SI
// prefixes work on the units that take them. What must not be confused:
//
//   - m is the metre and min the minute, wherever a unit stands. (A duration
//     such as 3m50s is read by vtime.ParseDuration, not here.)
//   - degC and degF alone are points on a scale, in kelvin above absolute zero.
//     Inside an expression (W/degC, degC/min), and after [Unit.Delta], they are
//     differences.
//   - Angles are ratios: 1 rad = 1, deg = pi/180. A revolution is 2 pi, so
//     60 rpm = 6.28 1/s, while 1 Hz = 1 1/s.
//   - Counts have no dimension: bit (B is 8 bit), U and IU (units of biological
//     activity, such as insulin's), pH, pu, NTU, and the ratios %, ppm, ppb.
//   - gal is the US gallon, lb the avoirdupois pound, Btu the international
//     table Btu, cal the thermochemical calorie, hp 550 ft lbf/s.
//   - Pressures are absolute or differences; there is no gauge pressure.
//   - C is the coulomb and F the farad; temperatures are degC, degF, K.
//
// # Exactness
//
// A quantity that somebody wrote is the float64 nearest to what it says: the
// number is read as a decimal fraction and the unit as a ratio of integers, and
// only their product is rounded. So 800 mm is the
// same float64 as 0.8 m, and 2.3 m3/h is the one nearest to 2.3/3600.
//
// # Sources
//
// Units, prefixes and symbols: BIPM, The International System of Units, 9th
// edition (2019, updated 2024). Conversion factors: NIST Special Publication
// 811 (2008), appendix B; where B gives a rounded figure, the exact definition
// it rests on (the international foot and pound of 1959, standard gravity
// 9.806 65 m/s2) is used. Information: IEC 80000-13 (bit, byte, Ki, Mi).
package unit
