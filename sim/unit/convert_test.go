package unit

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestPublished compares with the factors of NIST SP 811 (2008), appendix B.8,
// in the seven digits printed there.
func TestPublished(t *testing.T) {
	for symbol, want := range map[string]float64{
		"atm": 1.01325e5, "bar": 1e5, "mbar": 1e2, "bbl": 1.589873e-1, "Btu": 1.055056e3, "Btu/h": 2.930711e-1,
		"cal": 4.184, "cP": 1e-3, "cSt": 1e-6, "cmH2O": 9.80665e1, "d": 8.64e4, "deg": 1.745329e-2, "ft": 3.048e-1,
		"ft2": 9.290304e-2, "ft3": 2.831685e-2, "ft/min": 5.08e-3, "cfm": 4.719474e-4, "cfs": 2.831685e-2, "gal": 3.785412e-3,
		"gpd": 4.381264e-8, "gal/min": 6.309020e-5, "gpm": 6.309020e-5, "hp": 7.456999e2, "in": 2.54e-2, "inHg": 3.386389e3,
		"inH2O": 2.490889e2, "kgf": 9.80665, "km/h": 2.777778e-1, "kWh": 3.6e6, "kn": 5.144444e-1, "mi": 1.609344e3,
		"mph": 4.4704e-1, "mmHg": 1.333224e2, "mmH2O": 9.80665, "oz": 2.834952e-2, "lb": 4.535924e-1, "lbf": 4.448222,
		"lb/ft3": 1.601846e1, "psi": 6.894757e3, "ksi": 6.894757e6, "rev": 6.283185, "rpm": 1.047198e-1, "Torr": 1.333224e2,
		"yd": 9.144e-1, "J/kg/K": 1, "Btu/(lb degF)": 4.1868e3, "lbf/in": 1.751268e2, "lb/h": 1.259979e-4, "L/min": 1.666667e-5,
		"MGD": 4.381264e-2, "gn": 9.80665, "ha": 1e4, "t": 1e3, "W/degC": 1, "degF": 5. / 9, "lb.ft2": 4.214011e-2,
	} {
		u, err := Parse(symbol)
		require.NoError(t, err, symbol)
		assert.Equal(t, strconv.FormatFloat(want, 'e', 6, 64), strconv.FormatFloat(u.Scale, 'e', 6, 64), symbol)
	}
}

// TestExact holds factors that are exact by definition to the last bit.
func TestExact(t *testing.T) {
	for text, want := range map[string]float64{
		"1 in": 0.0254, "1 gal": 3.785411784e-3, "1 lb": 0.45359237, "1 lbf": 4.4482216152605, "1 gpm": 6.30901964e-5,
		"1 psi": 4.4482216152605 / 0.00064516, "1 hp": 745.69987158227022, "1 mmHg": 133.322387415,
		"800 mm": 0.8, "2.3 m3/h": 2.3 / 3600, "0.3 mm": 0.3e-3, "50 L/s": 0.05, "1.2e3 mm": 1.2, "0.1%": 0.001,
		"1 deg": math.Pi / 180, "180 deg": math.Pi, "1 rpm": math.Pi / 30, "1 uS/cm": 1e-4, "1 mg/dL": 0.01, "90 km/h": 25,
		"20 degC": 293.15, "-40 degF": 233.15, "32 degF": 273.15, "212 degF": 373.15, "0 degC": 273.15, "-273.15 degC": 0,
		"5 mmol/L": 5, "1 MWh": 3.6e9, "7 Gb/s": 7e9, "1 KiB": 8192, "3 kB": 24000, "10 mU/L": 10, "0.7 mm/min": 0.7 / 60000,
	} {
		q, err := ParseQuantity(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, q.Value, text)
	}
}

func TestOffsetIsOfPointsOnly(t *testing.T) {
	celsius, err := Parse("°C")
	require.NoError(t, err)
	assert.Equal(t, 273.15, celsius.Offset)
	assert.Equal(t, Kelvin, celsius.Delta())
	fahrenheit, err := Parse("degF")
	require.NoError(t, err)
	assert.Equal(t, Unit{"degF", Kelvin.Dim, 5. / 9, 0}, fahrenheit.Delta())
	assert.Equal(t, Metre, Metre.Delta())
	for _, symbol := range []string{"degC/min", "W/degC", "1/degC", "degC2", "degC s"} {
		u, err := Parse(symbol)
		require.NoError(t, err, symbol)
		assert.Zero(t, u.Offset, symbol)
	}
}

func TestZeroUnitIsPure(t *testing.T) {
	assert.True(t, Unit{}.Pure())
	assert.Equal(t, 3.0, Unit{}.ToSI(3))
	assert.Equal(t, 3.0, Unit{}.FromSI(3))
	assert.Equal(t, 1000.0, Kilometre.Mul(Unit{}).Scale)
}

// anyUnit draws a unit with every kind of scale.
func anyUnit() *rapid.Generator[Unit] {
	return rapid.Custom(func(t *rapid.T) Unit {
		u, err := Parse(rapid.SampledFrom([]string{
			"m", "mm", "m3/h", "L/s", "L/min", "gpm", "psi", "degC", "degF", "%", "ppm", "deg", "rpm", "km/h", "in", "MWh",
			"mg/dL", "uS/cm", "mm/min", "ns", "d", "GB", "hp", "",
		}).Draw(t, "unit"))
		require.NoError(t, err)
		return u
	})
}

// ulps is the distance of two numbers in the spacing at the larger, or at size.
func ulps(a, b, size float64) float64 {
	return math.Abs(a-b) / (epsilon * max(math.Abs(a), math.Abs(b), size, 0x1p-900))
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := anyUnit().Draw(t, "u")
		x := rapid.Float64Range(-1e9, 1e9).Draw(t, "x")
		size := math.Abs(u.Offset / u.factor())
		assert.LessOrEqual(t, ulps(x, u.FromSI(u.ToSI(x)), size), 3.0)
		assert.LessOrEqual(t, ulps(x, u.FromSI(u.Literal(x)), size), 3.0)
		assert.LessOrEqual(t, ulps(u.ToSI(x), u.Literal(x), math.Abs(u.Offset)), 2.0)
	})
}

// TestShortNumbersComeBack: what a person wrote is what is printed.
func TestShortNumbersComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := anyUnit().Draw(t, "u")
		decimals := rapid.IntRange(0, 6).Draw(t, "decimals")
		n := rapid.IntRange(-1e9, 1e9).Draw(t, "n")
		x, err := strconv.ParseFloat(strconv.Itoa(n)+"e-"+strconv.Itoa(decimals), 64)
		require.NoError(t, err)
		assert.Equal(t, x, u.FromSI(u.ToSI(x)))
		assert.Equal(t, x, u.FromSI(u.Literal(x)))
	})
}

func TestLiteralIsWhatTheTextSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := anyUnit().Draw(t, "u")
		x := rapid.Float64Range(-1e6, 1e6).Draw(t, "x")
		q, err := ParseQuantity(strconv.FormatFloat(x, 'g', -1, 64) + " " + u.Symbol)
		if err != nil {
			t.Skip(err) // 5e-324 mm
		}
		assert.Equal(t, q.Value, u.Literal(x))
	})
}

func TestLiteralOfUnitsMadeByHand(t *testing.T) {
	assert.Equal(t, 6.0, Unit{Symbol: "tick", Scale: 2}.Literal(3))
	fahrenheit, err := Parse("degF")
	require.NoError(t, err)
	assert.InDelta(t, 5, fahrenheit.Delta().Literal(9), 1e-14)
	assert.True(t, math.IsInf(Millimetre.Literal(math.Inf(1)), 1))
}

func TestSIStaysAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64().Draw(t, "x")
		assert.Equal(t, x, Metre.FromSI(x))
	})
}

func BenchmarkToSI(b *testing.B) {
	for b.Loop() {
		CubicMetrePerHour.ToSI(2.3)
	}
}

func BenchmarkParseQuantity(b *testing.B) {
	for b.Loop() {
		_, _ = ParseQuantity("2.3 m3/h")
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		compile(definitions)
	}
}
