package unit

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestDimensionString(t *testing.T) {
	for want, d := range map[string]Dimension{
		"1": {}, "m": {1}, "m3/s": {3, 0, -1}, "1/s": {0, 0, -1}, "kg m2/s3": {2, 1, -3},
		"m2/(s2 K)": {2, 0, -2, 0, -1}, "1/m128": {-128}, "cd/m2": {-2, 0, 0, 0, 0, 0, 1},
	} {
		assert.Equal(t, want, d.String())
	}
}

// anyDimension draws a dimension with small exponents.
func anyDimension() *rapid.Generator[Dimension] {
	return rapid.Custom(func(t *rapid.T) Dimension {
		var d Dimension
		for i := range d {
			d[i] = rapid.Int8Range(-4, 4).Draw(t, baseSymbols[i])
		}
		return d
	})
}

func TestDimensionReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDimension().Draw(t, "d")
		u, err := Parse(d.String())
		require.NoError(t, err)
		assert.Equal(t, Unit{u.Symbol, d, 1, 0}, u)
	})
}

func TestDimensionAlgebra(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := anyDimension().Draw(t, "d"), anyDimension().Draw(t, "e")
		assert.Equal(t, d, d.Mul(e).Div(e))
		assert.Equal(t, d.Mul(d).Mul(d), d.Pow(3))
		root, ok := d.Pow(2).Root(2)
		assert.True(t, ok)
		assert.Equal(t, d, root)
	})
	_, ok := Metre.Dim.Root(2)
	assert.False(t, ok)
	_, ok = Metre.Dim.Root(0)
	assert.False(t, ok)
}

// TestDimensionsDoNotWrap: m^256 is no pure number.
func TestDimensionsDoNotWrap(t *testing.T) {
	assert.Equal(t, Dimension{127}, Metre.Dim.Pow(256))
	assert.Equal(t, Dimension{-127}, Metre.Dim.Pow(math.MinInt))
	assert.Equal(t, Dimension{127}, Dimension{100}.Mul(Dimension{100}))
	assert.Equal(t, Dimension{127}, Dimension{-128}.Pow(-1))
}

func TestKinds(t *testing.T) {
	seen := map[Dimension]bool{}
	for _, k := range kinds {
		assert.False(t, seen[k.dim], k.noun)
		seen[k.dim] = true
		assert.True(t, strings.HasPrefix(k.noun, "a ") || strings.HasPrefix(k.noun, "an "), k.noun)
		require.NotEmpty(t, k.examples, k.noun)
		for _, symbol := range k.examples {
			u, err := Parse(symbol)
			require.NoError(t, err, symbol)
			assert.Equal(t, k.dim, u.Dim, "%s in %s", k.noun, symbol)
		}
	}
	assert.Equal(t, "a flow", LitrePerMinute.Dim.Noun())
	assert.Equal(t, []string{"m3/h", "L/s", "L/min", "gpm", "m3/s"}, Examples(LitrePerMinute.Dim))
	odd := Dimension{2, 1, -5}
	assert.Equal(t, "a quantity in kg m2/s5", odd.Noun())
	assert.Equal(t, []string{"kg m2/s5"}, Examples(odd))
}

// TestNames holds the Go names to the definitions, to the last bit.
func TestNames(t *testing.T) {
	for _, u := range []Unit{
		One, Percent, PPM, Radian, Degree, Bit, Byte,
		Metre, Millimetre, Kilometre, SquareMetre, CubicMetre, Litre,
		Second, Millisecond, Minute, Hour, Hertz, PerSecond,
		MetrePerSecond, MetrePerSecondSquared, RadianPerSecond, RevolutionPerMinute,
		CubicMetrePerSecond, CubicMetrePerHour, LitrePerSecond, LitrePerMinute,
		Kilogram, KilogramPerSecond, KilogramPerCubicMetre, KilogramSquareMetre,
		Newton, NewtonMetre, NewtonPerMetre, Pascal, Kilopascal, Bar, Joule, KilowattHour, Watt, Kilowatt, Megawatt,
		WattPerKelvin, WattPerSquareMetre, JoulePerKelvin, JoulePerKilogram, JoulePerKilogramKelvin,
		Kelvin, Celsius, KelvinPerSecond,
		Ampere, Coulomb, AmpereHour, Volt, Ohm, Siemens, SiemensPerMetre, Farad, Henry,
		Mole, MolePerCubicMetre, MillimolePerLitre, MilligramPerDecilitre, InsulinUnit, BitPerSecond, Candela, Lux,
	} {
		parsed, err := Parse(u.Symbol)
		require.NoError(t, err, u.Symbol)
		assert.Equal(t, parsed, u)
	}
}
