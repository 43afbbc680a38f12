package lora_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Published airtimes, and how many packets an hour a duty cycle of 1 % leaves of them.
func TestPublished(t *testing.T) {
	for _, x := range []struct {
		m       lora.Modulation
		bytes   int
		want    vtime.Duration
		perHour int
	}{
		{lora.Modulation{SpreadingFactor: 9, Bandwidth: 125_000, CodingRate: 1}, 12, 144_384 * vtime.Microsecond, 249},
		{lora.Modulation{SpreadingFactor: 7}, 23, 61_696 * vtime.Microsecond, 583},
		{lora.Modulation{SpreadingFactor: 8}, 23, 113_152 * vtime.Microsecond, 318},
		{lora.Modulation{SpreadingFactor: 9}, 23, 205_824 * vtime.Microsecond, 174},
	} {
		got, err := x.m.Airtime(x.bytes)
		require.NoError(t, err)
		require.Equal(t, x.want, got)
		require.Equal(t, x.perHour, lora.PerHour(got, 0.01))
	}
	require.Equal(t, 32_768*vtime.Microsecond, lora.Modulation{SpreadingFactor: 12}.Symbol())
	require.Equal(t, 60, lora.PerHour(vtime.Minute, 1))
	require.Equal(t, 36, lora.PerHour(vtime.Second, 0.01))
	require.Zero(t, lora.PerHour(0, 0.01))
}

// formula is AN1200.13 as it is printed, over rational numbers.
func formula(m lora.Modulation, bytes int) *big.Rat {
	flag := func(on bool) int64 {
		if on {
			return 1
		}
		return 0
	}
	sf, de := int64(m.SpreadingFactor), int64(0)
	symbol := big.NewRat(1<<sf, int64(m.Bandwidth))
	if symbol.Cmp(big.NewRat(16, 1000)) >= 0 {
		de = 1
	}
	over := 8*int64(bytes) - 4*sf + 28 + 16*flag(!m.NoCRC) - 20*flag(m.Implicit)
	blocks := int64(math.Ceil(float64(over) / float64(4*(sf-2*de))))
	payload := 8 + max(blocks*int64(m.CodingRate+4), 0)
	symbols := new(big.Rat).Add(big.NewRat(int64(m.Preamble), 1), big.NewRat(425, 100))
	return symbols.Mul(symbols.Add(symbols, big.NewRat(payload, 1)), symbol)
}

func TestAgainstFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := lora.Modulation{
			SpreadingFactor: rapid.IntRange(7, 12).Draw(t, "sf"), CodingRate: rapid.IntRange(1, 4).Draw(t, "cr"),
			Bandwidth: rapid.OneOf(rapid.SampledFrom([]int{125_000, 250_000, 500_000}), rapid.IntRange(7_800, 500_000)).Draw(t, "bw"),
			Preamble:  rapid.IntRange(6, 65_535).Draw(t, "preamble"),
			Implicit:  rapid.Bool().Draw(t, "implicit"), NoCRC: rapid.Bool().Draw(t, "no crc"),
		}
		bytes := rapid.IntRange(0, 255).Draw(t, "bytes")
		got, err := m.Airtime(bytes)
		require.NoError(t, err)
		want := formula(m, bytes)
		off := new(big.Rat).Sub(want, big.NewRat(int64(got), 1e9))
		require.LessOrEqual(t, off.Abs(off).Cmp(big.NewRat(1, 2e9)), 0, "to the nearest nanosecond")
		if m.Bandwidth == 125_000 {
			require.Zero(t, off.Sign())
		}
	})
}

func TestMistakes(t *testing.T) {
	for name, m := range map[string]lora.Modulation{
		"spreading factor 5": {SpreadingFactor: 5}, "factor 13": {SpreadingFactor: 13}, "factor 6": {SpreadingFactor: 6},
		"bandwidth": {SpreadingFactor: 7, Bandwidth: -1}, "coding rate": {SpreadingFactor: 7, CodingRate: 5},
		"preamble": {SpreadingFactor: 7, Preamble: 1 << 40},
	} {
		_, err := m.Airtime(10)
		require.ErrorContains(t, err, name)
	}
	_, err := lora.Modulation{SpreadingFactor: 7}.Airtime(256)
	require.ErrorContains(t, err, "0 to 255")
	_, err = lora.NewRegulator(nil, 0)
	require.ErrorContains(t, err, "without a band")
	_, err = lora.NewRegulator([]lora.Band{{Name: "x"}}, 0)
	require.ErrorContains(t, err, "duty cycle")
	_, err = lora.NewRegulator(lora.Europe(), -1)
	require.ErrorContains(t, err, "patience")
	_, err = lora.NewMedium(0, 0)
	require.ErrorContains(t, err, "channels")
	_, err = lora.NewMedium(1, math.NaN())
	require.ErrorContains(t, err, "capture")
	m, err := lora.NewMedium(1, 0)
	require.NoError(t, err)
	require.Error(t, m.Begin(0, lora.Packet{Channel: 1, SpreadingFactor: 7}))
	require.Error(t, m.Begin(0, lora.Packet{SpreadingFactor: 13}))
	require.NoError(t, m.Begin(5, lora.Packet{SpreadingFactor: 7, Airtime: 5}))
	require.Error(t, m.Begin(4, lora.Packet{SpreadingFactor: 7}))
	require.Error(t, m.Begin(11, lora.Packet{SpreadingFactor: 7}))
	for name, b := range map[string]lora.Battery{"capacity": {Capacity: -1}, "listens": {Windows: -1}, "asleep": {Sleep: 1}, "sending": {Transmit: math.NaN()}} {
		_, err := lora.NewMeter(b)
		require.ErrorContains(t, err, name)
	}
}
