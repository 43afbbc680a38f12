package station_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/station"
	"github.com/harmproof/harmproof/sim/vtime"
)

// served returns how long n messages are served, in seconds.
func served(t *testing.T, s station.Service, n int, size int32) []float64 {
	m := one(s, 1, 0)
	m.Key = rng.New(11, "station", "service")
	at, err := station.New(m)
	require.NoError(t, err)
	list, now := make([]float64, n), vtime.Time(0)
	for i := range list {
		at.Offer(now, station.Message{ID: uint64(i), Size: size})
		d := at.Finish()
		list[i], now = vtime.Seconds(d.Left.Sub(d.Began)), d.Left
	}
	return list
}

// Service times have the moments that are said of them.
func TestMoments(t *testing.T) {
	const n = 200_000
	for name, s := range map[string]station.Service{
		"constant":    station.Constant(3 * ms),
		"exponential": station.Exponential(2 * ms),
		"uniform":     station.Uniform(ms, 4*ms),
		"two-point":   station.TwoPoint(ms, 10*ms, 0.1),
		"lognormal":   station.Lognormal(2*ms, 0.5),
		"per byte":    station.Exponential(ms).PerByte(1e5),
	} {
		list := served(t, s, n, 100)
		mean, second := s.Moments(100)
		requireMoment(t, mean, list, 1, name)
		requireMoment(t, second, list, 2, name)
	}
}

// requireMoment wants a moment in the 99.9 % confidence interval of a sample.
func requireMoment(t *testing.T, want float64, list []float64, power float64, name string) {
	t.Helper()
	sum, squares, n := 0.0, 0.0, float64(len(list))
	for _, x := range list {
		y := math.Pow(x, power)
		sum, squares = sum+y, squares+y*y
	}
	deviation := math.Sqrt(max(0, squares/n-sum/n*sum/n))
	t.Logf("%s: %.6g, exactly %.6g", name, sum/n, want)
	require.InDelta(t, want, sum/n, 3.2905*deviation/math.Sqrt(n)+1e-9*want, name)
}

// kolmogorov is the quantile at level 0.001 of Kolmogorov's distribution.
const kolmogorov = 1.9495

// They are of the distributions that they are named for.
func TestLaws(t *testing.T) {
	for name, x := range map[string]struct {
		station.Service
		below func(s float64) float64
	}{
		"exponential": {station.Exponential(2 * ms), func(s float64) float64 { return -math.Expm1(-s / 2e-3) }},
		"uniform":     {station.Uniform(ms, 4*ms), func(s float64) float64 { return (s - 1e-3) / 3e-3 }},
		"lognormal": {station.Lognormal(2*ms, 0.5), func(s float64) float64 {
			spread := math.Sqrt(math.Log(1.25))
			return 0.5 * math.Erfc(-(math.Log(s/2e-3)/spread+spread/2)/math.Sqrt2)
		}},
	} {
		list := served(t, x.Service, 50_000, 0)
		slices.Sort(list)
		d, n := 0.0, float64(len(list))
		for i, s := range list {
			f := x.below(s)
			d = max(d, f-float64(i)/n, float64(i+1)/n-f)
		}
		require.Less(t, d, kolmogorov/math.Sqrt(n), name)
	}
}
