package vtime

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestString(t *testing.T) {
	for want, at := range map[string]Time{
		"0m00.000s":                  0,
		"12m49.348s":                 Time(12*Minute + 49*Second + 348*Millisecond),
		"1h00m00.000s":               Time(Hour),
		"1d02h03m04.000s":            Time(Day + 2*Hour + 3*Minute + 4*Second),
		"0m00.000000001s":            1,
		"-0m01.500s":                 -Time(1500 * Millisecond),
		"never":                      Never,
		"16m49.200s":                 Time(16*Minute + 49200*Millisecond),
		"106751d23h47m16.854775806s": Never - 1,
	} {
		assert.Equal(t, want, at.String())
	}
	assert.Equal(t, "0m00.001s", Time(500_000).Short())
}

// What is written is read again as the same, in the shortest form of a scenario.
func TestShortest(t *testing.T) {
	for want, d := range map[string]Duration{
		"10m": 10 * Minute, "1h": Hour, "1h0m1s": Hour + Second, "3m50s": 230 * Second, "200ms": 200 * Millisecond, "0s": 0,
		"2d12h": 60 * Hour, "7d": Week, "20h10m": 20*Hour + 10*Minute,
	} {
		assert.Equal(t, want, Shortest(d))
		read, err := ParseDuration(Shortest(d))
		require.NoError(t, err)
		assert.Equal(t, d, read)
	}
}

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]Duration{
		"200ms": 200 * Millisecond, "3m50s": 3*Minute + 50*Second, "1.5 h": 90 * Minute, "2w": 2 * Week,
		"10 min": 10 * Minute, "0": 0, "7ns": 7, "1d12h": 36 * Hour, "2us": 2 * Microsecond, "0.4s": 400 * Millisecond,
	} {
		got, err := ParseDuration(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "5", "s", "-5s", "5s3m", "1..2s", "4 parsecs", "300000d", "NaNs", "Infs", "1e9s"} {
		_, err := ParseDuration(text)
		assert.Error(t, err, text)
	}
}

func TestAddSaturates(t *testing.T) {
	assert.Equal(t, Never, Time(5).Add(math.MaxInt64))
	assert.Equal(t, Time(5), Time(8).Add(-3))
}

func TestSecondsAreExactWhereWhole(t *testing.T) {
	assert.Equal(t, 86400.0, Time(Day).Seconds())
	assert.Equal(t, Duration(math.MaxInt64), FromSeconds(math.Inf(1)))
	assert.Equal(t, Duration(0), FromSeconds(math.NaN()))
	assert.Equal(t, 1500*Millisecond, FromSeconds(1.5))
}
