package unit

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseQuantity(t *testing.T) {
	for text, want := range map[string]Quantity{
		"4 m": {4, Metre}, "50 L/s": {0.05, LitrePerSecond}, "-1 mm/s": {-0.001, Unit{"mm/s", MetrePerSecond.Dim, 0.001, 0}},
		"5ms": {0.005, Millisecond}, "0.1%": {0.001, Percent}, "1e-3 m2": {0.001, SquareMetre}, "20 degC": {293.15, Celsius},
		"0.1 1/s": {0.1, PerSecond}, "5": {5, One}, "-.5": {-0.5, One}, "+5 m": {5, Metre}, "1E3m": {1000, Metre}, " 7\tkW ": {7000, Kilowatt},
		"0 m": {0, Metre}, "0e999999999 m": {0, Metre}, "-0 degC": {273.15, Celsius}, "10m": {10, Metre}, "3. mm": {0.003, Millimetre},
		"5\u00a0kg": {5, Kilogram}, "1 1/s": {1, PerSecond},
	} {
		got, err := ParseQuantity(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
}

func TestQuantityRefused(t *testing.T) {
	for text, why := range map[string]string{
		"":                             "a quantity is missing: write a number and a unit, such as 4 m or 50 L/s",
		"m":                            `"m" does not begin with a number: write a number and a unit, such as 4 m or 50 L/s`,
		"1,5 m":                        `"1,5 m" has a comma in its number: write 1.5 m`,
		"-0,25mm":                      `"-0,25mm" has a comma in its number: write -0.25mm`,
		"1,500 m":                      `"1,500 m" has a comma in its number: write 1.500 m, or 1500 m`,
		"1,500.5 m":                    `"1,500.5 m" has commas in its number: write 1500.5 m`,
		"1,500,000 m":                  `"1,500,000 m" has commas in its number: write 1500000 m`,
		"1, m":                         `"1, m" is not a number: write one decimal point, as in 1.5 m`,
		"1_000 m":                      `"1_000 m" has "_" in its number: write the digits alone, as in 1500 mm`,
		"1'000 m":                      `"1'000 m" has "'" in its number: write the digits alone, as in 1500 mm`,
		"1 000 m":                      "with its digits together",
		"1.2.3 m":                      "write one decimal point",
		"1e5.5 m":                      "write one decimal point",
		"0x1F m":                       "write the number in decimal digits",
		"0b1":                          "write the number in decimal digits",
		"0x1p-2 m":                     "write the number in decimal digits",
		"NaN m":                        "is not a finite number: write one, such as 4 m",
		"inf":                          "is not a finite number",
		"-Infinity m":                  "is not a finite number",
		".inf":                         "is not a finite number",
		"1e400 m":                      "is beyond the numbers a computer holds",
		"1e308 km":                     "is beyond the numbers a computer holds",
		"1e-400 m":                     "is beyond the numbers a computer holds",
		"1e-999999999999 m":            "is beyond the numbers a computer holds",
		"1e-320 nm":                    "is beyond the numbers a computer holds",
		"−5 m":                         "typographic minus",
		"0.1 /s":                       `"0.1 /s" has nothing above the line: write 0.1 1/s`,
		"5 1":                          "two numbers",
		"5 -":                          "a unit is missing",
		"3 furlongs":                   "unknown unit",
		"5e m":                         "unknown unit",
		"3m50s":                        "unknown unit",
		strings.Repeat("1", 129):       "longer than 128 bytes",
		"5 " + strings.Repeat("m", 99): "longer than 64 bytes",
	} {
		_, err := ParseQuantity(text)
		assert.ErrorContains(t, err, why, "%q", text)
	}
}

// FuzzParseQuantity: whatever is written, the answer is a finite quantity that
// prints and reads back, or an error that a terminal can show.
func FuzzParseQuantity(f *testing.F) {
	for _, seed := range []string{
		"4 m", "50 L/s", "5ms", "0.1%", "1e-3 m²", "20 degC", "-40 °F", "0.1 1/s", "12", "1,5 m", "1_0", "0x1p3", "NaN",
		"1e400 m", "1e-999999999 m", "2 J/(kg K)", "2 J/kg K", "3 ((((m))))", "3 (((((m", "1 m^-127", "1 m127 m127", "9 ((yd/m)127)127",
		"5 kPaa", "7 µS/cm", "1 \xff", "1 m³·h⁻¹", "3 inH2O2", "1e300 Ym", "1 deg36", "1 1/1/1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ParseQuantity(text)
		if err != nil {
			assert.True(t, utf8.ValidString(err.Error()))
			assert.Less(t, len(err.Error()), 1000)
			return
		}
		require.False(t, math.IsNaN(q.Value) || math.IsInf(q.Value, 0))
		x := q.Unit.FromSI(q.Value)
		if x == 0 || math.IsInf(x, 0) {
			return
		}
		again, err := ParseQuantity(strconv.FormatFloat(x, 'g', -1, 64) + " " + q.Unit.Symbol)
		if err != nil {
			return // rounded out of range
		}
		assert.Equal(t, q.Unit, again.Unit)
		assert.LessOrEqual(t, ulps(q.Value, again.Value, q.Unit.Offset), 8.0)
		Format(q.Value, Pick(q.Value, q.Unit), 3)
	})
}
