package unit

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestSpellings: each line is one unit in the spellings of the field.
func TestSpellings(t *testing.T) {
	for _, line := range []string{
		"m2|m²|m^2|m m|m*m|m.m|m·m",
		"m3/h|m³/h|m^3/h|m3 h-1|m3 h^-1|m³·h⁻¹|m3 / h|m3.h-1",
		"J/(kg K)|J/kg/K|J/(kg.K)|J/(kg*K)|J/(kg·K)|J kg-1 K-1|J / (kg degC)",
		"uS/cm|µS/cm|μS/cm",
		"degC|°C|℃|(degC)|degC^1",
		"degF|°F",
		"ohm|Ω|\u2126",
		"L/s|l/s",
		"kg m2|kg.m2|kg·m²|m2 kg|kg\u00a0m2",
		"gpm|gal/min",
		"Mb/s|Mbit/s|Mbps",
		"1/s|s-1|s^-1|s⁻¹|Hz|1 / s|m/m/s|1/(s)",
		"deg|°",
		"(m/s)^2|m2/s2|(m/s)2|(m/s)²",
		"||1|pu|pH|U|rad| ",
		"VA|W|var|J/s|N.m/s|V A",
	} {
		spellings := strings.Split(line, "|")
		want, err := Parse(spellings[0])
		require.NoError(t, err)
		for _, s := range spellings {
			got, err := Parse(s)
			require.NoError(t, err, s)
			want.Symbol = got.Symbol
			assert.Equal(t, want, got, s)
		}
	}
}

// TestFieldUnits are units of the issue that no other test names.
func TestFieldUnits(t *testing.T) {
	for symbol, dim := range map[string]string{
		"mU/L": "1/m3", "mmol/L": "mol/m3", "U/h": "1/s", "N/mm": "kg/s2", "kV": "kg m2/(s3 A)", "mS/cm": "s3 A2/(kg m3)",
		"W/K": "kg m2/(s3 K)", "kg/m3": "kg/m3", "g/L": "kg/m3", "bit/s": "1/s", "kg.m2": "kg m2", "daN": "kg m/s2",
		"hPa": "kg/(m s2)", "mg/kg/min": "1/s", "bpm": "1/s", "kvar": "kg m2/s3", "mAh": "s A", "lx": "cd/m2", "inH2O2": "kg2/(m2 s4)",
		"%/min": "1/s", "MW/min": "kg m2/s4", "N m/rad": "kg m2/s2", "rad/s2": "1/s2", "kNm": "kg m2/s2", "NTU": "1", "mV/K": "kg m2/(s3 A K)",
	} {
		u, err := Parse(symbol)
		require.NoError(t, err, symbol)
		assert.Equal(t, dim, u.Dim.String(), symbol)
		assert.Equal(t, symbol, u.Symbol)
	}
}

func TestPrefixes(t *testing.T) {
	for symbol, scale := range map[string]float64{
		"nm": 1e-9, "um": 1e-6, "mm": 1e-3, "cm": 0.01, "dm": 0.1, "dam": 10, "hm": 100, "km": 1e3, "Mm": 1e6, "Qm": 1e30, "qm": 1e-30,
		"min": 60, "d": 86400, "dL": 1e-4, "mL": 1e-6, "ms": 1e-3, "cd": 1, "Pa": 1, "mPa": 1e-3, "MPa": 1e6, "Tm": 1e12, "t": 1e3,
		"kb": 1e3, "kB": 8e3, "MiB": 8 << 20, "Tbit": 1e12, "uU": 1e-6, "ha": 1e4,
	} {
		u, err := Parse(symbol)
		require.NoError(t, err, symbol)
		assert.Equal(t, scale, u.Scale, symbol)
	}
	for _, symbol := range []string{"mmin", "kkg", "mkg", "dB", "mB", "kft", "k", "da", "m%", "kdegC", "GU", "mkm"} {
		_, err := Parse(symbol)
		assert.Error(t, err, symbol)
	}
}

func TestRefused(t *testing.T) {
	for text, why := range map[string]string{
		"J/kg K":                   `cannot read the unit "J/kg K": it can be read two ways: put what is below the line in brackets, as in J/(kg K)`,
		"J/kg.K":                   "two ways",
		"1000 m":                   "no number but 1",
		"m/2":                      "no number but 1",
		"1 m":                      "no number but 1",
		"m/1":                      "no number but 1",
		"m/":                       "a unit is missing",
		"/s":                       "a unit is missing",
		"m**2":                     "a unit is missing",
		"()":                       "a unit is missing",
		"-5":                       "a unit is missing",
		"m)":                       "closes a bracket",
		"(m":                       "not closed",
		"(((((m)))))":              "deeper than 4",
		"m^":                       "an exponent is a whole number",
		"m^x":                      "an exponent is a whole number",
		"m128":                     "an exponent is a whole number",
		"m^-128":                   "an exponent is a whole number",
		"m^1.5":                    "no number but 1",
		"m-":                       "an exponent is a whole number",
		"m99999999999999999999":    "an exponent is a whole number",
		"m100 m100":                "exponents go beyond 127",
		"(m100)2":                  "exponents go beyond 127",
		"m-100/m100":               "exponents go beyond 127",
		"Ym50":                     "too large or too small",
		"((yd/m)127)127":           "too large or too small",
		"deg127":                   "too large or too small",
		"TB40 TB40 TB40":           "too large or too small",
		strings.Repeat("m", 65):    "longer than 64 bytes",
		"\xff\xfe":                 "unknown unit",
		"m/\x00":                   "unknown unit",
		strings.Repeat("\xff", 99): "longer than 64 bytes",
	} {
		_, err := Parse(text)
		assert.ErrorContains(t, err, why, "%q", text)
	}
}

func TestNearest(t *testing.T) {
	for symbol, want := range map[string]string{
		"Kpa":       `unknown unit "Kpa": did you mean kPa?`,
		"KW":        `unknown unit "KW": did you mean kW?`,
		"Kg":        `unknown unit "Kg": did you mean kg?`,
		"PSI":       `unknown unit "PSI": did you mean psi?`,
		"sec":       `unknown unit "sec": did you mean s?`,
		"metres":    `unknown unit "metres": did you mean m?`,
		"m/sec":     `unknown unit "sec" in "m/sec": did you mean s?`,
		"LPM":       `unknown unit "LPM": did you mean L/min?`,
		"celsius":   `unknown unit "celsius": did you mean degC?`,
		"barg":      `unknown unit "barg": did you mean bar?`,
		"gmp":       `unknown unit "gmp": did you mean gpm?`,
		"mgh":       `unknown unit "mgh": did you mean mph, mg or mAh?`,
		"mmoll/L":   `unknown unit "mmoll" in "mmoll/L": did you mean mmol?`,
		"x":         `unknown unit "x": units look like m, L/s, kPa, degC, kWh or 1/s`,
		"furlong":   `unknown unit "furlong": units look like m, L/s, kPa, degC, kWh or 1/s`,
		"m3/hr":     `unknown unit "hr" in "m3/hr": did you mean h?`,
		"KM":        `unknown unit "KM": did you mean km?`,
		"foo<b>":    `unknown unit "foo<b>": units look like m, L/s, kPa, degC, kWh or 1/s`,
		"kmh":       `unknown unit "kmh": did you mean km/h?`,
		"degC/hour": `unknown unit "hour" in "degC/hour": did you mean h?`,
	} {
		_, err := Parse(symbol)
		assert.EqualError(t, err, want, symbol)
	}
}

func TestWordsLeadToUnits(t *testing.T) {
	for word, symbol := range words {
		_, err := Parse(symbol)
		assert.NoError(t, err, word)
		assert.Equal(t, strings.ToLower(word), word)
	}
	for _, c := range candidates() {
		_, err := Parse(c)
		assert.NoError(t, err, c)
	}
}

// TestSymbolsReadBack: Mul, Div and Pow write symbols that Parse reads.
func TestSymbolsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u, v := anyUnit().Draw(t, "u"), anyUnit().Draw(t, "v")
		n := rapid.IntRange(-3, 3).Draw(t, "n")
		for _, made := range []Unit{u.Mul(v), u.Div(v), u.Pow(n), u.Div(v).Mul(u), u.Div(v.Div(u)), u.Mul(v).Pow(n)} {
			read, err := Parse(made.Symbol)
			require.NoError(t, err, made.Symbol)
			assert.Equal(t, made.Dim, read.Dim, made.Symbol)
			assert.InEpsilon(t, made.Scale, read.Scale, 1e-14, made.Symbol)
			assert.Zero(t, made.Offset)
		}
	})
}

func TestAlgebraKeepsReciprocals(t *testing.T) {
	assert.Equal(t, LitrePerMinute, Litre.Div(Minute))
	assert.Equal(t, CubicMetrePerHour, CubicMetre.Div(Hour))
	assert.Equal(t, 1e-6, Millimetre.Pow(2).Scale)
	assert.Equal(t, 1e6, Millimetre.Pow(-2).Scale)
	assert.Equal(t, One, Metre.Pow(0))
	assert.True(t, Metre.Div(Millimetre).Pure())
	assert.True(t, Litre.SameDim(CubicMetre))
	assert.False(t, Litre.SameDim(Metre))
	assert.Equal(t, "W/K", Watt.Div(Celsius).Symbol)
	assert.Equal(t, "1/s", One.Div(Second).Symbol)
}
