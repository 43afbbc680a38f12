package outbreak

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Quantiles of the standard normal distribution: two-sided 99 % and 99.9 %, one-sided 99.9 %.
const z99, z999, z999up = 2.5758293035489, 3.2905267314919, 3.0902323061678

// requireMean wants the mean of a sample in its 99 % confidence interval around what it should
// be; sd is the exact standard deviation, or 0 for that of the sample.
func requireMean(t *testing.T, want, sd float64, sample []float64, what string) {
	t.Helper()
	n, sum, squares := float64(len(sample)), 0.0, 0.0
	for _, x := range sample {
		sum += x
	}
	for _, x := range sample {
		squares += (x - sum/n) * (x - sum/n)
	}
	if sd == 0 {
		sd = math.Sqrt(squares / (n - 1))
	}
	t.Logf("%s: %.6g, exactly %.6g, standard error %.2g (%d runs)", what, sum/n, want, sd/math.Sqrt(n), len(sample))
	require.InDelta(t, want, sum/n, z99*sd/math.Sqrt(n), what)
}

// requireShare wants so many of n to be a share of them, in its 99.9 % confidence interval.
func requireShare(t *testing.T, want float64, got, n int, what string) {
	t.Helper()
	require.InDelta(t, want, float64(got)/float64(n), z999*math.Sqrt(want*(1-want)/float64(n))+1e-12, what)
}

// requireCounts wants counts to be of a distribution, by chi-square at level 0.001. Neighbours
// are put together until five are expected.
func requireCounts(t *testing.T, want []float64, got []int, what string) {
	t.Helper()
	n := 0
	for _, c := range got {
		n += c
	}
	var expected, seen []float64
	e, s := 0.0, 0.0
	for i := range want {
		e, s = e+want[i]*float64(n), s+float64(got[i])
		if e >= 5 {
			expected, seen, e, s = append(expected, e), append(seen, s), 0, 0
		}
	}
	last := len(expected) - 1
	expected[last], seen[last] = expected[last]+e, seen[last]+s
	chi, df := 0.0, float64(last)
	for i := range expected {
		chi += (seen[i] - expected[i]) * (seen[i] - expected[i]) / expected[i]
	}
	// Wilson and Hilferty, 1931.
	limit := df * math.Pow(1-2/(9*df)+z999up*math.Sqrt(2/(9*df)), 3)
	t.Logf("%s: chi-square %.1f of %v degrees of freedom, at most %.1f (%d runs)", what, chi, df, limit, n)
	require.LessOrEqual(t, chi, limit, what)
}

// kolmogorov is the quantile at level 0.001 of Kolmogorov's distribution.
const kolmogorov = 1.9495

// requireDistribution wants a sample to be of a continuous distribution (Kolmogorov-Smirnov,
// level 0.001).
func requireDistribution(t *testing.T, sample []float64, cdf func(float64) float64, what string) {
	t.Helper()
	slices.Sort(sample)
	d, n := 0.0, float64(len(sample))
	for i, x := range sample {
		f := cdf(x)
		d = max(d, f-float64(i)/n, float64(i+1)/n-f)
	}
	t.Logf("%s: greatest distance %.4f, at most %.4f (%d runs)", what, d, kolmogorov/math.Sqrt(n), len(sample))
	require.LessOrEqual(t, d, kolmogorov/math.Sqrt(n), what)
}

// requireAlike wants two samples to be of one distribution (Kolmogorov-Smirnov, level 0.001).
func requireAlike(t *testing.T, a, b []float64, what string) {
	t.Helper()
	slices.Sort(a)
	slices.Sort(b)
	d, i, j := 0.0, 0, 0
	for i < len(a) && j < len(b) {
		x := min(a[i], b[j])
		for i < len(a) && a[i] <= x {
			i++
		}
		for j < len(b) && b[j] <= x {
			j++
		}
		d = max(d, math.Abs(float64(i)/float64(len(a))-float64(j)/float64(len(b))))
	}
	limit := kolmogorov * math.Sqrt(float64(len(a)+len(b))/float64(len(a)*len(b)))
	t.Logf("%s: medians %.5g and %.5g, greatest distance %.4f, at most %.4f", what, a[len(a)/2], b[len(b)/2], d, limit)
	require.LessOrEqual(t, d, limit, what)
}

// exponential is the distribution function of an exponential distribution.
func exponential(mean float64) func(float64) float64 {
	return func(x float64) float64 { return -math.Expm1(-x / mean) }
}

// A chain is a birth and death process over 0...: rates up and down, by state.
type chain struct{ up, down []float64 }

// after returns the distribution of a chain after so long, by uniformisation, from a state.
func (c chain) after(start int, seconds float64) []float64 {
	n, fastest := len(c.up), 0.0
	for i := range n {
		fastest = max(fastest, c.up[i]+c.down[i])
	}
	p, sum := make([]float64, n), make([]float64, n)
	p[start] = 1
	steps := fastest * seconds
	for k, w := 0, math.Exp(-steps); k < int(steps+12*math.Sqrt(steps)+40); k++ {
		next := make([]float64, n)
		for i := range p {
			sum[i] += w * p[i]
			next[i] += p[i] * (1 - (c.up[i]+c.down[i])/fastest)
			if i+1 < n {
				next[i+1] += p[i] * c.up[i] / fastest
			}
			if i > 0 {
				next[i-1] += p[i] * c.down[i] / fastest
			}
		}
		p, w = next, w*steps/float64(k+1)
	}
	return sum
}

// mean returns the mean of a distribution over 0...
func mean(p []float64) float64 {
	m := 0.0
	for i := range p {
		m += float64(i) * p[i]
	}
	return m
}

// The checks themselves: each refuses a sample that is not what it should be.
func TestChecksCanFail(t *testing.T) {
	wrong := make([]float64, 2000)
	right := make([]float64, 2000)
	counts := []int{0, 0}
	for i := range wrong {
		u := (float64(i) + 0.5) / 2000
		wrong[i], right[i] = -1.25*math.Log(u), -math.Log(u)
		if counts[0]++; u > 0.55 {
			counts[0]--
			counts[1]++
		}
	}
	fails := func(check func(t *testing.T)) {
		t.Helper()
		inner := &testing.T{}
		done := make(chan struct{})
		go func() { defer close(done); check(inner) }()
		<-done
		require.True(t, inner.Failed())
	}
	fails(func(t *testing.T) { requireMean(t, 1, 1, wrong, "mean") })
	fails(func(t *testing.T) { requireDistribution(t, slices.Clone(wrong), exponential(1), "distribution") })
	fails(func(t *testing.T) { requireAlike(t, slices.Clone(wrong), slices.Clone(right), "alike") })
	fails(func(t *testing.T) { requireCounts(t, []float64{0.5, 0.5}, counts, "counts") })
	fails(func(t *testing.T) { requireShare(t, 0.5, counts[0], 2000, "share") })
	requireMean(t, 1, 1, right, "mean")
	requireDistribution(t, right, exponential(1), "distribution")
}
