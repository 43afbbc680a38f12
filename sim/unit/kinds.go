package unit

import "slices"

// A kind is what people call a dimension and what they measure it in.
type kind struct {
	dim      Dimension
	noun     string
	examples []string // best first
}

// kinds are the dimensions with a name. Where one dimension has several (an
// energy and a torque; a frequency and an angular speed), the name is the
// commonest in plants.
var kinds = []kind{
	{Dimension{}, "a pure number", []string{"%", "ppm", "deg", "rad", "pu"}},

	{Dimension{1}, "a length", []string{"m", "mm", "cm", "ft", "in"}},
	{Dimension{2}, "an area", []string{"m2", "cm2", "mm2", "ft2"}},
	{Dimension{3}, "a volume", []string{"m3", "L", "mL", "gal"}},
	{Dimension{-1}, "a curvature", []string{"1/m", "1/mm"}},

	{Dimension{0, 0, 1}, "a time", []string{"s", "ms", "min", "h"}},
	{Dimension{0, 0, -1}, "a frequency", []string{"Hz", "1/s", "1/h", "rpm", "rad/s"}},
	{Dimension{0, 0, -2}, "an angular acceleration", []string{"rad/s2", "deg/s2", "Hz/s"}},
	{Dimension{1, 0, -1}, "a speed", []string{"m/s", "mm/s", "km/h", "mm/min", "ft/s"}},
	{Dimension{1, 0, -2}, "an acceleration", []string{"m/s2", "mm/s2", "gn"}},
	{Dimension{1, 0, -3}, "a jerk", []string{"m/s3", "mm/s3"}},

	{Dimension{3, 0, -1}, "a flow", []string{"m3/h", "L/s", "L/min", "gpm", "m3/s"}},
	{Dimension{2, 0, -1}, "a diffusivity", []string{"m2/s", "mm2/s", "cSt"}},
	{Dimension{0, 1}, "a mass", []string{"kg", "g", "mg", "t", "lb"}},
	{Dimension{0, 1, -1}, "a mass flow", []string{"kg/s", "kg/h", "g/s", "t/h"}},
	{Dimension{-3, 1}, "a density", []string{"kg/m3", "g/L", "mg/L", "mg/dL"}},
	{Dimension{2, 1}, "a moment of inertia", []string{"kg m2", "g cm2"}},
	{Dimension{-1, 1, -1}, "a viscosity", []string{"Pa s", "mPa s", "cP"}},
	{Dimension{-3}, "a count per volume", []string{"1/m3", "1/L", "mU/L"}},

	{Dimension{1, 1, -2}, "a force", []string{"N", "kN", "lbf"}},
	{Dimension{1, 1, -1}, "a momentum", []string{"kg m/s", "N s"}},
	{Dimension{0, 1, -2}, "a stiffness", []string{"N/m", "N/mm", "kN/m"}},
	{Dimension{-1, 1, -2}, "a pressure", []string{"bar", "kPa", "Pa", "mbar", "psi"}},
	{Dimension{-1, 1, -3}, "a pressure rate", []string{"bar/s", "kPa/s", "Pa/s", "psi/s"}},
	{Dimension{2, 1, -2}, "an energy", []string{"J", "kJ", "kWh", "MWh", "Nm"}},
	{Dimension{2, 1, -3}, "a power", []string{"W", "kW", "MW", "hp"}},
	{Dimension{2, 1, -4}, "a power ramp", []string{"W/s", "kW/s", "MW/min"}},
	{Dimension{0, 1, -3}, "a power per area", []string{"W/m2", "kW/m2"}},
	{Dimension{2, 0, -2}, "an energy per mass", []string{"J/kg", "kJ/kg", "Sv"}},

	{Dimension{0, 0, 0, 0, 1}, "a temperature", []string{"degC", "K", "degF"}},
	{Dimension{0, 0, -1, 0, 1}, "a temperature rate", []string{"K/s", "K/min", "K/h"}},
	{Dimension{2, 1, -3, 0, -1}, "a thermal conductance", []string{"W/K", "kW/K"}},
	{Dimension{0, 1, -3, 0, -1}, "a heat transfer coefficient", []string{"W/(m2 K)", "kW/(m2 K)"}},
	{Dimension{1, 1, -3, 0, -1}, "a thermal conductivity", []string{"W/(m K)"}},
	{Dimension{2, 1, -2, 0, -1}, "a heat capacity", []string{"J/K", "kJ/K"}},
	{Dimension{2, 0, -2, 0, -1}, "a specific heat capacity", []string{"J/(kg K)", "kJ/(kg K)"}},

	{Dimension{0, 0, 0, 1}, "a current", []string{"A", "mA", "kA"}},
	{Dimension{0, 0, 1, 1}, "a charge", []string{"C", "Ah", "mAh"}},
	{Dimension{2, 1, -3, -1}, "a voltage", []string{"V", "mV", "kV"}},
	{Dimension{2, 1, -3, -2}, "a resistance", []string{"ohm", "mohm", "kohm"}},
	{Dimension{-2, -1, 3, 2}, "a conductance", []string{"S", "mS"}},
	{Dimension{-3, -1, 3, 2}, "a conductivity", []string{"uS/cm", "mS/cm", "S/m"}},
	{Dimension{-2, -1, 4, 2}, "a capacitance", []string{"F", "mF", "uF"}},
	{Dimension{2, 1, -2, -2}, "an inductance", []string{"H", "mH", "uH"}},
	{Dimension{2, 1, -2, -1}, "a magnetic flux", []string{"Wb", "mWb"}},
	{Dimension{0, 1, -2, -1}, "a magnetic field", []string{"T", "mT"}},

	{Dimension{0, 0, 0, 0, 0, 1}, "an amount of substance", []string{"mol", "mmol"}},
	{Dimension{0, 0, -1, 0, 0, 1}, "a rate of reaction", []string{"mol/s", "mmol/min"}},
	{Dimension{-3, 0, 0, 0, 0, 1}, "a concentration", []string{"mmol/L", "mol/L", "mol/m3"}},

	{Dimension{0, 0, 0, 0, 0, 0, 1}, "a luminous intensity", []string{"cd", "mcd"}},
	{Dimension{-2, 0, 0, 0, 0, 0, 1}, "an illuminance", []string{"lx"}},
}

// Noun returns what people call d, with its article: "a length", "a flow", and
// "a quantity in kg m2/s5" where there is no word for it.
func (d Dimension) Noun() string {
	for _, k := range kinds {
		if k.dim == d {
			return k.noun
		}
	}
	return "a quantity in " + d.String()
}

// Examples returns units of d as people write them, best first, for messages
// such as "height needs its unit: write `4 m` (or mm, cm, ft, in)". There is
// always one.
func Examples(d Dimension) []string {
	for _, k := range kinds {
		if k.dim == d {
			return slices.Clone(k.examples)
		}
	}
	return []string{d.String()}
}
