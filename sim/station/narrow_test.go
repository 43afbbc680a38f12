package station_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/station"
)

// requireNarrow is requireSteady with enough messages that the intervals of W, Wq, L and Lq are all less
// than 1 % wide.
func requireNarrow(t *testing.T, m station.Model, rate float64, want queueing.Steady, millions float64) {
	t.Helper()
	list := figures(want)
	for i := range list {
		if x := &list[i]; x.name != "loss" {
			x.narrow = true
		}
	}
	requireFigures(t, m, rate, list, millions, 1)
}

// Simulated means are in the 99 % confidence intervals of the closed forms, which are less than 1 % wide, those of
// waiting as well: that takes some hundred million messages.
func TestNarrowIntervals(t *testing.T) {
	trials.OptIn(t)
	if testing.Short() {
		t.Skip("long")
	}
	loads := []float64{0.3, 0.5, 0.8}
	uniform := station.Uniform(0, 2*ms)
	mean, second := uniform.Moments(0)
	for i, load := range loads {
		rate := load * 1000
		t.Run("M/M/1", func(t *testing.T) {
			requireNarrow(t, one(station.Exponential(ms), 1, station.Unlimited), rate, must(queueing.MM1(rate, 1000)), []float64{10, 12, 48}[i])
		})
		t.Run("M/D/1", func(t *testing.T) {
			requireNarrow(t, one(station.Constant(ms), 1, station.Unlimited), rate, must(queueing.MD1(rate, 1000)), []float64{7, 8, 28}[i])
		})
		t.Run("M/G/1", func(t *testing.T) {
			requireNarrow(t, one(uniform, 1, station.Unlimited), rate, must(queueing.MG1(rate, mean, second)), []float64{9, 10, 38}[i])
		})
		t.Run("M/M/1/5", func(t *testing.T) {
			requireNarrow(t, one(station.Exponential(ms), 1, 4), rate, must(queueing.MM1K(rate, 1000, 5)), []float64{10, 7, 6}[i])
		})
		t.Run("M/M/2/2", func(t *testing.T) {
			requireNarrow(t, one(station.Exponential(ms), 2, 0), 2*rate, must(queueing.MMcc(2*rate, 1000, 2)), 4)
		})
	}
}
