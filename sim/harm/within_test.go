package harm_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/interval"
)

// A line is an amount that goes evenly from one value to another in a second.
type line struct{ first, last float64 }

// lineNear draws a line near some values, or anywhere.
func lineNear(t *rapid.T, name string, values ...float64) line {
	end := func(name string) float64 {
		at := rapid.SampledFrom(append([]float64{0, 1, 300}, values...)).Draw(t, name+" near")
		if math.IsInf(at, 0) {
			at = 0
		}
		return rapid.OneOf(
			rapid.SampledFrom([]float64{at, math.Nextafter(at, -1e300), math.Nextafter(at, 1e300)}),
			rapid.Float64Range(at-1e-6, at+1e-6), rapid.Float64Range(at-20, at+20), rapid.Float64Range(-1e9, 1e9), rapid.Float64Range(-1e150, 1e150),
		).Draw(t, name)
	}
	l := line{first: end(name + " at first")}
	l.last = l.first
	if rapid.Bool().Draw(t, name+" moves") {
		l.last = end(name + " at last")
	}
	return l
}

// bounds are those of the line.
func (l line) bounds() interval.Range {
	slope := l.last - l.first
	return interval.Range{Lo: min(l.first, l.last), Hi: max(l.first, l.last), Down: slope, Up: slope}
}

// at is the amount at a share of the second.
func (l line) at(share float64) float64 {
	return min(max(l.first+float64((l.last-l.first)*share), min(l.first, l.last)), max(l.first, l.last))
}

// encloses requires a value to be within bounds.
func encloses(t *rapid.T, r interval.Range, x float64, what string, of ...any) {
	if x != x {
		require.True(t, r.NaN, "%s: no number, of %v", what, of)
		return
	}
	require.True(t, r.Lo <= x && x <= r.Hi, "%s: %v is not in %+v, of %v", what, x, r, of)
}

// How far an amount is beyond a severity, and short of one, is within what is told of it over a span, wherever in it
// the amount is; and it is worse, or less, only where that is told to be possible.
func TestModelsWithin(t *testing.T) {
	all := models()
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(all).Draw(t, "model")
		l := lineNear(t, "amount", append(m.Up[:], m.Down[:]...)...)
		x, is := l.bounds(), harm.Severity(rapid.IntRange(int(harm.None), int(harm.Death)).Draw(t, "severity"))
		beyond, worse := m.BeyondWithin(is, x)
		short, less := m.ShortWithin(is, x)
		for _, share := range []float64{0, 1, 0.5, rapid.Float64Range(0, 1).Draw(t, "share")} {
			amount := l.at(share)
			if s, _ := m.Of(amount); !worse && s > is || !less && s < is {
				t.Fatalf("%v is %v, but nothing is told to be worse or less than %v", amount, s, is)
			}
			if worse {
				encloses(t, beyond, m.Beyond(is, amount), "beyond", is, amount, m)
			}
			if by := m.Short(is, amount); less && !math.IsInf(by, 1) { // as for what never begins
				encloses(t, short, by, "short", is, amount, m)
			}
		}
		x.NaN = true
		if beyond, ok := m.BeyondWithin(is, x); ok {
			require.True(t, beyond.NaN)
		}
		if short, ok := m.ShortWithin(is, x); ok {
			require.True(t, short.NaN)
		}
	})
}

// How hot air feels is within what is told of it over a span, wherever in it the air is.
func TestHeatIndexWithin(t *testing.T) {
	degF := func(f float64) float64 { return 273.15 + (f-32)/1.8 }
	rapid.Check(t, func(t *rapid.T) {
		air, wet := lineNear(t, "air", degF(80), degF(110), degF(137), degF(1000)), lineNear(t, "humidity", 0, 0.4, 1)
		r := harm.HeatIndexWithin(air.bounds(), wet.bounds())
		for _, share := range []float64{0, 1, 0.5, rapid.Float64Range(0, 1).Draw(t, "share")} {
			feels, _ := harm.HeatIndex(air.at(share), wet.at(share))
			encloses(t, r, feels, "feels", air.at(share), wet.at(share), air, wet)
		}
	})
}

// The bounds of how hot it feels are no idle ones: where air and humidity hardly move, neither do they.
func TestHeatIndexWithinIsNarrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		air, wet := rapid.Float64Range(280, 340).Draw(t, "air"), rapid.Float64Range(0.01, 0.99).Draw(t, "humidity")
		r := harm.HeatIndexWithin(line{air, air}.bounds(), line{wet, wet}.bounds())
		feels, _ := harm.HeatIndex(air, wet)
		require.False(t, r.NaN)
		require.InDelta(t, feels, r.Lo, 1e-9)
		require.InDelta(t, feels, r.Hi, 1e-9)
	})
}
