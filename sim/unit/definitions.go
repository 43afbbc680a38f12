package unit

// A definition says that symbol is factor times an expression of symbols
// defined above it.
type definition struct {
	symbol   string
	factor   string // a decimal or a fraction
	of       string
	dim      Dimension // of a base unit
	prefixes prefixes
	zero     string // SI value of 0 on the scale; degC and degF only
}

// definitions are the units people write. Factors are exact unless a comment
// says otherwise. Sources: SI = BIPM SI brochure, 9th edition, table in
// brackets; 811 = NIST SP 811 (2008), appendix B.
var definitions = []definition{
	// SI base units (2), and the gram, as the kilogram has its prefix already.
	{symbol: "m", factor: "1", dim: Dimension{1}, prefixes: metric},
	{symbol: "kg", factor: "1", dim: Dimension{0, 1}},
	{symbol: "s", factor: "1", dim: Dimension{0, 0, 1}, prefixes: metric},
	{symbol: "A", factor: "1", dim: Dimension{0, 0, 0, 1}, prefixes: metric},
	{symbol: "K", factor: "1", dim: Dimension{0, 0, 0, 0, 1}, prefixes: metric},
	{symbol: "mol", factor: "1", dim: Dimension{0, 0, 0, 0, 0, 1}, prefixes: metric},
	{symbol: "cd", factor: "1", dim: Dimension{0, 0, 0, 0, 0, 0, 1}, prefixes: metric},
	{symbol: "g", factor: "1/1000", of: "kg", prefixes: metric},

	// SI units with special names (4).
	{symbol: "rad", factor: "1", prefixes: metric},
	{symbol: "sr", factor: "1"},
	{symbol: "Hz", factor: "1", of: "1/s", prefixes: metric},
	{symbol: "N", factor: "1", of: "kg m/s2", prefixes: metric},
	{symbol: "Pa", factor: "1", of: "N/m2", prefixes: metric},
	{symbol: "J", factor: "1", of: "N m", prefixes: metric},
	{symbol: "W", factor: "1", of: "J/s", prefixes: metric},
	{symbol: "C", factor: "1", of: "A s", prefixes: metric},
	{symbol: "V", factor: "1", of: "W/A", prefixes: metric},
	{symbol: "F", factor: "1", of: "C/V", prefixes: metric},
	{symbol: "ohm", factor: "1", of: "V/A", prefixes: metric},
	{symbol: "S", factor: "1", of: "A/V", prefixes: metric},
	{symbol: "Wb", factor: "1", of: "V s", prefixes: metric},
	{symbol: "T", factor: "1", of: "Wb/m2", prefixes: metric},
	{symbol: "H", factor: "1", of: "Wb/A", prefixes: metric},
	{symbol: "degC", factor: "1", of: "K", zero: "273.15"},
	{symbol: "lm", factor: "1", of: "cd sr", prefixes: metric},
	{symbol: "lx", factor: "1", of: "lm/m2", prefixes: metric},
	{symbol: "Bq", factor: "1", of: "1/s", prefixes: metric},
	{symbol: "Gy", factor: "1", of: "J/kg", prefixes: metric},
	{symbol: "Sv", factor: "1", of: "J/kg", prefixes: metric},
	{symbol: "kat", factor: "1", of: "mol/s", prefixes: metric},

	// Accepted for use with the SI (8).
	{symbol: "min", factor: "60", of: "s"},
	{symbol: "TDU", factor: "1", of: "s"}, // thermal dose of a fire, (kW/m2)^(4/3) s: its time at 1 kW/m2 (TNO Green Book)
	{symbol: "h", factor: "60", of: "min"},
	{symbol: "d", factor: "24", of: "h"},
	{symbol: "w", factor: "7", of: "d"},
	{symbol: "L", factor: "1/1000", of: "m3", prefixes: metric},
	{symbol: "l", factor: "1", of: "L", prefixes: metric},
	{symbol: "t", factor: "1000", of: "kg"},
	{symbol: "ha", factor: "10000", of: "m2"},

	// Angles; pi to 33 digits.
	{symbol: "deg", factor: "0.0174532925199432957692369076848861", of: "rad"}, // SI (8)
	{symbol: "rev", factor: "6.28318530717958647692528676655901", of: "rad"},   // 811 B.9
	{symbol: "rpm", factor: "1", of: "rev/min"},                                // 811

	// Ratios and counts. pu is per unit of a rating; U and IU are biological
	// activity (WHO), NTU turbidity (EPA method 180.1): counts here.
	{symbol: "%", factor: "1/100"},
	{symbol: "ppm", factor: "1/1000000"},
	{symbol: "ppb", factor: "1/1000000000"},
	{symbol: "pu", factor: "1"},
	{symbol: "pH", factor: "1"}, // the figure, not the ion activity; picohenry has no symbol here
	{symbol: "NTU", factor: "1"},
	{symbol: "U", factor: "1", prefixes: small},
	{symbol: "IU", factor: "1", prefixes: small},
	{symbol: "bpm", factor: "1", of: "1/min"}, // beats or breaths

	// Information (IEC 80000-13).
	{symbol: "bit", factor: "1", prefixes: data},
	{symbol: "b", factor: "1", of: "bit", prefixes: data},
	{symbol: "B", factor: "8", of: "bit", prefixes: data},
	{symbol: "bps", factor: "1", of: "bit/s", prefixes: data},

	// Electricity as the field writes it (SI names, IEC 80000-6).
	{symbol: "VA", factor: "1", of: "W", prefixes: metric},
	{symbol: "var", factor: "1", of: "W", prefixes: metric},
	{symbol: "Ah", factor: "1", of: "A h", prefixes: metric},
	{symbol: "Wh", factor: "1", of: "W h", prefixes: metric},
	{symbol: "VAh", factor: "1", of: "W h", prefixes: metric},
	{symbol: "varh", factor: "1", of: "W h", prefixes: metric},

	// Length, area, volume, speed (811 B.9; foot of 1959, US liquid gallon of
	// 231 cubic inches).
	{symbol: "in", factor: "0.0254", of: "m"},
	{symbol: "ft", factor: "12", of: "in"},
	{symbol: "yd", factor: "3", of: "ft"},
	{symbol: "mi", factor: "5280", of: "ft"},
	{symbol: "nmi", factor: "1852", of: "m"},
	{symbol: "gal", factor: "231", of: "in3"},
	{symbol: "bbl", factor: "42", of: "gal"}, // of petroleum
	{symbol: "mph", factor: "1", of: "mi/h"},
	{symbol: "kn", factor: "1", of: "nmi/h"},
	{symbol: "gn", factor: "9.80665", of: "m/s2"}, // standard gravity

	// Flow.
	{symbol: "gpm", factor: "1", of: "gal/min"},
	{symbol: "gph", factor: "1", of: "gal/h"},
	{symbol: "gpd", factor: "1", of: "gal/d"},
	{symbol: "MGD", factor: "1000000", of: "gal/d"},
	{symbol: "cfm", factor: "1", of: "ft3/min"},
	{symbol: "cfs", factor: "1", of: "ft3/s"},

	// Mass and force (811; avoirdupois pound of 1959).
	{symbol: "lb", factor: "0.45359237", of: "kg"},
	{symbol: "oz", factor: "1/16", of: "lb"},
	{symbol: "lbf", factor: "1", of: "lb gn"},
	{symbol: "kgf", factor: "1", of: "kg gn"},
	{symbol: "Nm", factor: "1", of: "N m", prefixes: metric}, // torque, as data sheets write it

	// Pressure (811: conventional columns of mercury, 13595.1 kg/m3, and of
	// water, 1000 kg/m3).
	{symbol: "bar", factor: "100000", of: "Pa", prefixes: metric},
	{symbol: "atm", factor: "101325", of: "Pa"},
	{symbol: "Torr", factor: "1/760", of: "atm"},
	{symbol: "psi", factor: "1", of: "lbf/in2"},
	{symbol: "ksi", factor: "1000", of: "psi"},
	{symbol: "mH2O", factor: "1000", of: "kg gn/m2"},
	{symbol: "cmH2O", factor: "1/100", of: "mH2O"},
	{symbol: "mmH2O", factor: "1/1000", of: "mH2O"},
	{symbol: "inH2O", factor: "2.54", of: "cmH2O"},
	{symbol: "mmHg", factor: "13.5951", of: "kg gn/m2"},
	{symbol: "inHg", factor: "25.4", of: "mmHg"},

	// Energy and power (811).
	{symbol: "cal", factor: "4.184", of: "J", prefixes: metric},
	{symbol: "Btu", factor: "1055.05585262", of: "J"},
	{symbol: "hp", factor: "550", of: "ft lbf/s"},

	// Temperature: 0 degF is 459.67*5/9 K.
	{symbol: "degF", factor: "5/9", of: "K", zero: "45967/180"},

	// Viscosity (811).
	{symbol: "cP", factor: "1/1000", of: "Pa s"},
	{symbol: "cSt", factor: "1/1000000", of: "m2/s"},
}
