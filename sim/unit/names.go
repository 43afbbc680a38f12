package unit

import "math"

// Units that authors of twins declare. A test holds each to Parse(Symbol).
// Others are had by Parse, Mul, Div and Pow.
//
// Not to be assigned to.
var (
	// Ratios, angles, counts.
	One     = Unit{"", Dimension{}, 1, 0}
	Percent = Unit{"%", Dimension{}, 1.0 / 100, 0}
	PPM     = Unit{"ppm", Dimension{}, 1.0 / 1e6, 0}
	Radian  = Unit{"rad", Dimension{}, 1, 0}
	Degree  = Unit{"deg", Dimension{}, math.Pi / 180, 0}
	Bit     = Unit{"bit", Dimension{}, 1, 0}
	Byte    = Unit{"B", Dimension{}, 8, 0}

	// Space.
	Metre       = Unit{"m", Dimension{1}, 1, 0}
	Millimetre  = Unit{"mm", Dimension{1}, 1.0 / 1000, 0}
	Kilometre   = Unit{"km", Dimension{1}, 1000, 0}
	SquareMetre = Unit{"m2", Dimension{2}, 1, 0}
	CubicMetre  = Unit{"m3", Dimension{3}, 1, 0}
	Litre       = Unit{"L", Dimension{3}, 1.0 / 1000, 0}

	// Time.
	Second      = Unit{"s", Dimension{0, 0, 1}, 1, 0}
	Millisecond = Unit{"ms", Dimension{0, 0, 1}, 1.0 / 1000, 0}
	Minute      = Unit{"min", Dimension{0, 0, 1}, 60, 0}
	Hour        = Unit{"h", Dimension{0, 0, 1}, 3600, 0}
	Hertz       = Unit{"Hz", Dimension{0, 0, -1}, 1, 0}
	PerSecond   = Unit{"1/s", Dimension{0, 0, -1}, 1, 0}

	// Motion.
	MetrePerSecond        = Unit{"m/s", Dimension{1, 0, -1}, 1, 0}
	MetrePerSecondSquared = Unit{"m/s2", Dimension{1, 0, -2}, 1, 0}
	RadianPerSecond       = Unit{"rad/s", Dimension{0, 0, -1}, 1, 0}
	RevolutionPerMinute   = Unit{"rpm", Dimension{0, 0, -1}, math.Pi / 30, 0}

	// Flow and mass.
	CubicMetrePerSecond   = Unit{"m3/s", Dimension{3, 0, -1}, 1, 0}
	CubicMetrePerHour     = Unit{"m3/h", Dimension{3, 0, -1}, 1.0 / 3600, 0}
	LitrePerSecond        = Unit{"L/s", Dimension{3, 0, -1}, 1.0 / 1000, 0}
	LitrePerMinute        = Unit{"L/min", Dimension{3, 0, -1}, 1.0 / 60000, 0}
	Kilogram              = Unit{"kg", Dimension{0, 1}, 1, 0}
	KilogramPerSecond     = Unit{"kg/s", Dimension{0, 1, -1}, 1, 0}
	KilogramPerCubicMetre = Unit{"kg/m3", Dimension{-3, 1}, 1, 0}
	KilogramSquareMetre   = Unit{"kg m2", Dimension{2, 1}, 1, 0}

	// Force, pressure, energy.
	Newton             = Unit{"N", Dimension{1, 1, -2}, 1, 0}
	NewtonMetre        = Unit{"N m", Dimension{2, 1, -2}, 1, 0}
	NewtonPerMetre     = Unit{"N/m", Dimension{0, 1, -2}, 1, 0}
	Pascal             = Unit{"Pa", Dimension{-1, 1, -2}, 1, 0}
	Kilopascal         = Unit{"kPa", Dimension{-1, 1, -2}, 1000, 0}
	Bar                = Unit{"bar", Dimension{-1, 1, -2}, 1e5, 0}
	Joule              = Unit{"J", Dimension{2, 1, -2}, 1, 0}
	KilowattHour       = Unit{"kWh", Dimension{2, 1, -2}, 3.6e6, 0}
	Watt               = Unit{"W", Dimension{2, 1, -3}, 1, 0}
	Kilowatt           = Unit{"kW", Dimension{2, 1, -3}, 1000, 0}
	Megawatt           = Unit{"MW", Dimension{2, 1, -3}, 1e6, 0}
	WattPerKelvin      = Unit{"W/K", Dimension{2, 1, -3, 0, -1}, 1, 0}
	WattPerSquareMetre = Unit{"W/m2", Dimension{0, 1, -3}, 1, 0}
	JoulePerKelvin     = Unit{"J/K", Dimension{2, 1, -2, 0, -1}, 1, 0}
	JoulePerKilogram   = Unit{"J/kg", Dimension{2, 0, -2}, 1, 0}

	// JoulePerKilogramKelvin is the unit of a specific heat capacity.
	JoulePerKilogramKelvin = Unit{"J/(kg K)", Dimension{2, 0, -2, 0, -1}, 1, 0}

	// Temperature. Celsius is a point on the scale; a difference is in Kelvin.
	Kelvin          = Unit{"K", Dimension{0, 0, 0, 0, 1}, 1, 0}
	Celsius         = Unit{"degC", Dimension{0, 0, 0, 0, 1}, 1, 273.15}
	KelvinPerSecond = Unit{"K/s", Dimension{0, 0, -1, 0, 1}, 1, 0}

	// Electricity.
	Ampere          = Unit{"A", Dimension{0, 0, 0, 1}, 1, 0}
	Coulomb         = Unit{"C", Dimension{0, 0, 1, 1}, 1, 0}
	AmpereHour      = Unit{"Ah", Dimension{0, 0, 1, 1}, 3600, 0}
	Volt            = Unit{"V", Dimension{2, 1, -3, -1}, 1, 0}
	Ohm             = Unit{"ohm", Dimension{2, 1, -3, -2}, 1, 0}
	Siemens         = Unit{"S", Dimension{-2, -1, 3, 2}, 1, 0}
	SiemensPerMetre = Unit{"S/m", Dimension{-3, -1, 3, 2}, 1, 0}
	Farad           = Unit{"F", Dimension{-2, -1, 4, 2}, 1, 0}
	Henry           = Unit{"H", Dimension{2, 1, -2, -2}, 1, 0}

	// Chemistry, medicine, information.
	Mole                  = Unit{"mol", Dimension{0, 0, 0, 0, 0, 1}, 1, 0}
	MolePerCubicMetre     = Unit{"mol/m3", Dimension{-3, 0, 0, 0, 0, 1}, 1, 0}
	MillimolePerLitre     = Unit{"mmol/L", Dimension{-3, 0, 0, 0, 0, 1}, 1, 0}
	MilligramPerDecilitre = Unit{"mg/dL", Dimension{-3, 1}, 1.0 / 100, 0}
	InsulinUnit           = Unit{"U", Dimension{}, 1, 0}
	BitPerSecond          = Unit{"bit/s", Dimension{0, 0, -1}, 1, 0}

	// Light.
	Candela = Unit{"cd", Dimension{0, 0, 0, 0, 0, 0, 1}, 1, 0}
	Lux     = Unit{"lx", Dimension{-2, 0, 0, 0, 0, 0, 1}, 1, 0}
)
