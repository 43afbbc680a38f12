package harm

import (
	"math"

	"github.com/harmproof/harmproof/sim/interval"
)

// BeyondWithin bounds Beyond while the amount is within a range; ok is false where nothing is worse.
func (m *Model) BeyondWithin(s Severity, x interval.Range) (by interval.Range, ok bool) {
	if s >= Death {
		return by, false
	}
	above := interval.Subtract(x, interval.Point(m.Up[s]))
	below := interval.Subtract(interval.Subtract(interval.Point(m.Down[s]), x), interval.Point(tiny))
	switch up, down := !math.IsInf(m.Up[s], 1), !math.IsInf(m.Down[s], -1); {
	case up && down:
		return interval.Max(above, below), true
	case up:
		return above, true
	default:
		return below, down
	}
}

// ShortWithin bounds Short while the amount is within a range; ok is false where nothing is less.
func (m *Model) ShortWithin(s Severity, x interval.Range) (by interval.Range, ok bool) {
	if s <= None {
		return by, false
	}
	below := interval.Subtract(interval.Subtract(interval.Point(m.Up[s-1]), x), interval.Point(tiny))
	above := interval.Subtract(x, interval.Point(m.Down[s-1]))
	switch up, down := !math.IsInf(m.Up[s-1], 1), !math.IsInf(m.Down[s-1], -1); {
	case up && down:
		return interval.Min(below, above), true
	case up:
		return below, true
	case down:
		return above, true
	}
	by = interval.Point(math.MaxFloat64) // it never begins
	by.NaN = x.NaN
	return by, true
}

// HeatIndexWithin bounds HeatIndex: the same, step by step.
func HeatIndexWithin(temperature, humidity interval.Range) interval.Range {
	k := interval.Point
	t := interval.Add(interval.Multiply(interval.Subtract(temperature, k(freezing)), k(1.8)), k(32))
	r := interval.Multiply(k(100), interval.Min(interval.Max(humidity, k(0)), k(1)))
	at := interval.Min(t, k(indexTo))
	tt, rr, tr := interval.Square(at), interval.Square(r), interval.Multiply(at, r)
	f := k(-42.379)
	for _, part := range [...]struct {
		factor float64
		of     interval.Range
	}{
		{2.04901523, at}, {10.14333127, r}, {-0.22475541, tr}, {-0.00683783, tt}, {-0.05481717, rr},
		{0.00122874, interval.Multiply(tt, r)}, {0.00085282, interval.Multiply(at, rr)}, {-0.00000199, interval.Multiply(tt, rr)},
	} {
		f = interval.Add(f, interval.Multiply(k(part.factor), part.of))
	}
	hot := interval.Max(interval.Min(f, k(indexMost)), t)
	hot = interval.Add(k(freezing), interval.Divide(interval.Subtract(hot, k(32)), k(1.8)))
	inside := interval.LessEqual(k(indexFrom), t).And(interval.LessEqual(t, k(indexEnds)))
	return interval.Choice(inside, hot, temperature)
}
