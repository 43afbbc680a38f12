package queueing_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/rng"
)

// integrated is the loss by the equation of H that its sum solves, H' = load (H(x) - H(x-1)) with H(0) = 1, in
// steps of the method of Heun.
func integrated(load, times float64) float64 {
	const steps = 4000 // in a service time
	n := int(math.Round(times * steps))
	h := make([]float64, n+1)
	h[0] = 1
	before := func(i int) float64 {
		if i < steps {
			return 0
		}
		return h[i-steps]
	}
	for i := range n {
		slope := load * (h[i] - before(i))
		late := before(i + 1)
		if i+1 == steps {
			late = 0 // the jump of H at 0 comes after this step
		}
		next := load * (h[i] + slope/steps - late)
		h[i+1] = h[i] + (slope+next)/2/steps
	}
	return 1 - h[n]/(1+load*h[n])
}

// BusyFor is what its equation says, for loads from hardly any to twice what can be served, on both sides of where
// it changes from the sum to the poles.
func TestBusyForSolvesItsEquation(t *testing.T) {
	for _, load := range []float64{0.1, 0.5, 0.8, 0.95, 0.999, 1, 1.001, 1.05, 1.3, 2} {
		for _, times := range []float64{0, 0.5, 1, 2.25, 5, 10, 15.75, 16, 16.25, 30} {
			want := integrated(load, times)
			got, err := queueing.BusyFor(load, times)
			require.NoError(t, err)
			require.InDelta(t, want, got, 1e-6, "%v %v", load, times)
			if want > 1e-6 {
				require.InEpsilon(t, want, got, 1e-4, "%v %v", load, times)
			}
		}
	}
}

// What is known of it: Erlang's B of one server without patience, nothing but what is too much with all of it,
// and half of the reciprocal of the room where as much comes as can be served.
func TestBusyForIsWhatIsKnown(t *testing.T) {
	for _, load := range []float64{0.01, 0.5, 1, 3} {
		none, err := queueing.BusyFor(load, 0)
		require.NoError(t, err)
		require.InEpsilon(t, must(queueing.MMcc(load, 1, 1)).Loss, none, 1e-12)
		for _, times := range []float64{1e6, math.Inf(1)} {
			all, err := queueing.BusyFor(load, times)
			require.NoError(t, err)
			require.InDelta(t, max(0, 1-1/load), all, 1e-6)
		}
	}
	for _, load := range []float64{1 - 1e-5, 1 - 1e-7, 1, 1 + 1e-7, 1 + 1e-5} {
		full, err := queueing.BusyFor(load, 100)
		require.NoError(t, err)
		require.InEpsilon(t, 1/(201+2.0/3), full, 2e-3, "%v", load)
	}
	for _, bad := range [][2]float64{{-1, 1}, {math.NaN(), 1}, {1, -1}, {1, math.NaN()}, {math.Inf(1), 1}} {
		_, err := queueing.BusyFor(bad[0], bad[1])
		require.Error(t, err)
	}
}

// It is what a server loses that messages come to at random.
func TestBusyForAgainstMessages(t *testing.T) {
	const n = 400_000
	for _, c := range [][2]float64{{0.5, 1}, {0.8, 2.5}, {0.95, 8}, {1.2, 3}} {
		key, work, lost := rng.New(1, "constant", "arrivals"), 0.0, 0.0
		for i := range uint64(n) {
			if work = max(0, work-key.Exponential(i)/c[0]); work > c[1] {
				lost++
				continue
			}
			work++
		}
		want, err := queueing.BusyFor(c[0], c[1])
		require.NoError(t, err)
		require.InEpsilon(t, want, lost/n, 0.03, "%v", c)
	}
}

// Where chance is left out there is none: just before that it is next to nothing.
func TestBusyForWithoutChance(t *testing.T) {
	for _, load := range []float64{0.2, 0.9, 0.99, 1.01, 1.3, 4} {
		times := 39.9 / (2 * math.Abs(1-load) / max(1, load))
		got, err := queueing.BusyFor(load, times)
		require.NoError(t, err)
		require.InDelta(t, max(0, 1-1/load), got, 1e-15)
	}
}
