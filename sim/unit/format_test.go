package unit

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		text   string // what is printed
		digits int
		want   string
	}{
		{"1.1 m", 3, "1.10 m"}, {"1100 mm", 3, "1100 mm"}, {"2.3 m3/h", 3, "2.30 m3/h"}, {"800 mm", 4, "800.0 mm"},
		{"0 m", 3, "0 m"}, {"-0.0 m", 3, "0 m"}, {"0.1%", 2, "0.10%"}, {"5", 2, "5.0"}, {"-12.345 kW", 3, "-12.3 kW"},
		{"9.996 m", 3, "10.0 m"}, {"999.6 m", 2, "1000 m"}, {"99.96 m", 3, "100 m"}, {"1234.56 m", 3, "1235 m"},
		{"0.001 m", 3, "0.00100 m"}, {"0.00099996 m", 3, "0.00100 m"}, {"0.000999 m", 3, "9.99e-4 m"}, {"1.2e-15 m", 2, "1.2e-15 m"},
		{"1e7 m", 2, "10000000 m"}, {"1.5e7 m", 2, "1.5e7 m"}, {"9999999 m", 3, "9999999 m"}, {"1e300 m", 0, "1e300 m"},
		{"20 degC", 3, "20.0 degC"}, {"-40 degF", 3, "-40.0 degF"}, {"120 mg/dL", 3, "120 mg/dL"}, {"0.3 mm", 99, "0.29999999999999999 mm"},
	} {
		q, err := ParseQuantity(c.text)
		require.NoError(t, err, c.text)
		assert.Equal(t, c.want, Format(q.Value, q.Unit, c.digits), c.text)
	}
	assert.Equal(t, "nan", Format(math.NaN(), Metre, 3))
	assert.Equal(t, "+inf", Format(math.Inf(1), Metre, 3))
	assert.Equal(t, "5.00", Format(5, Unit{}, 3))
}

func TestFormatSigned(t *testing.T) {
	assert.Equal(t, "+400 mm", FormatSigned(0.4, Millimetre, 3))
	assert.Equal(t, "-100 mm", FormatSigned(-0.1, Millimetre, 3))
	assert.Equal(t, "0 mm", FormatSigned(0, Millimetre, 3))
	assert.Equal(t, "+inf", FormatSigned(math.Inf(1), Millimetre, 3))
	assert.Equal(t, "-inf", FormatSigned(math.Inf(-1), Millimetre, 3))
	assert.Equal(t, "+3.0 K", FormatSigned(3, Celsius.Delta(), 2))
}

func TestPick(t *testing.T) {
	for text, want := range map[string]string{
		"0.1 m": "m", "100 mm": "mm", "0.0005 m": "um", "0.0005 mm": "nm", "2e6 mm": "km", "3e-9 m": "nm", "0 m": "m", "5e9 m": "km",
		"1e-4 m3/h": "mL/h", "1e-4 L/s": "uL/s", "2e9 W": "GW", "1e-5 bar": "ubar", "2e6 Pa": "MPa", "1e-9 psi": "psi", "1e8 psi": "ksi",
		"2e7 s": "d", "1e-5 s": "us", "1e-6 %": "ppb", "1e-9 rpm": "rpm", "1e9 degC": "degC", "1e8 bit/s": "Mbit/s", "4e6 B": "MB",
		"1e7 g/L": "t/L", "1e-9": "", "1e9": "", "1e-4 1/h": "1/h", "1e-5 kWh": "mWh", "1e7 mm2": "m2", "1e-4 uS/cm": "nS/cm", "-2e9 W": "GW",
		"1e7 µm": "m",
	} {
		q, err := ParseQuantity(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, Pick(q.Value, q.Unit).Symbol, text)
	}
	assert.Equal(t, Metre, Pick(math.Inf(1), Metre))
	assert.Equal(t, Metre, Pick(math.NaN(), Metre))
}

func TestLaddersAreOfOneDimension(t *testing.T) {
	for _, l := range ladders {
		first, err := Parse(l[0])
		require.NoError(t, err)
		last := 0.0
		for _, symbol := range l {
			u, err := Parse(symbol)
			require.NoError(t, err, symbol)
			assert.True(t, first.SameDim(u), symbol)
			assert.Greater(t, u.Scale, last, symbol)
			last = u.Scale
		}
	}
}

// What arithmetic left over of nothing is nothing.
func TestFormatLeftOver(t *testing.T) {
	assert.Equal(t, "0%", Format(4e-310, Percent, 4))
	assert.Equal(t, "0 m", Format(-5e-324, Metre, 4))
	assert.Equal(t, "4e-298%", Format(4e-300, Percent, 1))
}
