package outbreak

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// rebooting is a worm whose hosts lose it at a rate of one a second by a reboot, and are open
// to nothing then, or open again: SIR or SIS with a basic reproduction number.
func rebooting(n int32, r0, hardens float64) *Model {
	m := fast(n, r0)
	m.Classes[0].Reboots, m.Classes[0].Hardens = 1, hardens
	return m
}

// finals returns the exact distributions of how many of n hosts one infected host makes
// infected, itself included, and of how many are at most at once: a walk over (open, infected,
// most) in the order in which hosts are open to it.
func finals(n int, r0 float64) (sizes, peaks []float64) {
	sizes, peaks = make([]float64, n+1), make([]float64, n+1)
	now := make([][]float64, n+1) // by infected and most, for one number of open hosts
	for i := range now {
		now[i] = make([]float64, n+1)
	}
	now[1][1] = 1
	for open := n - 1; open >= 0; open-- {
		next := make([][]float64, n+1)
		for i := range next {
			next[i] = make([]float64, n+1)
		}
		infects := r0 * float64(open) / float64(n)
		for i := n; i > 0; i-- {
			for most := range n + 1 {
				p := now[i][most]
				if open > 0 && i < n {
					next[i+1][max(most, i+1)] += p * infects / (infects + 1)
				}
				now[i-1][most] += p / (infects + 1)
			}
		}
		for most, p := range now[0] {
			sizes[n-open] += p
			peaks[most] += p
		}
		now = next
	}
	return sizes, peaks
}

// For few hosts the final size and the greatest number infected at once are distributed as the
// walk says, for the reproduction numbers of the table.
func TestFewHostsHaveTheExactFinalSizes(t *testing.T) {
	const n, runs = 40, 6000
	for _, r0 := range []float64{1.2, 1.5, 2} {
		m := rebooting(n, r0, 1)
		sizes, peaks := make([]int, n+1), make([]int, n+1)
		for seed := range uint64(runs) {
			o := begun(m, seed, 1)
			until(o, n+1)
			sizes[o.Tally(0).Ever]++
			peaks[o.Tally(0).Most]++
			require.Zero(t, o.Infected(0))
		}
		wantSizes, wantPeaks := finals(n, r0)
		requireCounts(t, wantSizes, sizes, fmt.Sprint("final sizes, R0 ", r0))
		requireCounts(t, wantPeaks, peaks, fmt.Sprint("peaks, R0 ", r0))
	}
}

// For many hosts the final size is that of Kermack and McKendrick, z = 1 - exp(-R0 z), and the
// peak 1 - (1 + ln R0) / R0, both with the few that begin: a share i of them makes
// 1 - z = (1 - i) exp(-R0 z). The peak is where only one in R0 hosts is open still.
func TestManyHostsHaveThePublishedFinalSizes(t *testing.T) {
	trials.Long(t)
	const n, first, runs = 50_000, 250, 12
	for _, c := range []struct{ r0, size, peak float64 }{{1.2, 0.3137, 0.01473}, {1.5, 0.58281, 0.06302}, {2, 0.79681, 0.15343}} {
		finalSize := func(begin float64) float64 {
			z := 1.0
			for range 10_000 {
				z = 1 - (1-begin)*math.Exp(-c.r0*z)
			}
			return z
		}
		require.InDelta(t, c.size, finalSize(0), 5e-5)
		require.InDelta(t, c.peak, 1-(1+math.Log(c.r0))/c.r0, 5e-6)
		begin := float64(first) / n
		peak := 1 - (1+math.Log(c.r0*(1-begin)))/c.r0
		var sizes, peaks []float64
		m := rebooting(n, c.r0, 1)
		for seed := range uint64(runs) {
			o := begun(m, seed, first)
			for o.Tally(0).Ever < uint64(n*(1-1/c.r0)) {
				o.Advance(o.Next())
			}
			peaks = append(peaks, float64(o.Infected(0))/n)
			until(o, n+1)
			sizes = append(sizes, float64(o.Tally(0).Ever)/n)
		}
		requireMean(t, finalSize(begin), 0, sizes, fmt.Sprint("final size, R0 ", c.r0))
		requireMean(t, peak, 0, peaks, fmt.Sprint("peak, R0 ", c.r0))
	}
}

// Where hosts are open again after a reboot, how many are infected at a time is distributed as
// the chain of births and deaths says.
func TestFewHostsFollowTheEndemicChain(t *testing.T) {
	const n, r0, runs = 30, 2.0, 4000
	m, c := rebooting(n, r0, 0), births(n, r0)
	for i := range c.down {
		c.down[i] = float64(i)
	}
	for _, seconds := range []float64{0.5, 2, 6} {
		want, counts := c.after(3, seconds), make([]int, n+1)
		for seed := range uint64(runs) {
			o := begun(m, seed, 3)
			runTo(o, at(seconds))
			counts[o.Infected(0)]++
		}
		requireCounts(t, want, counts, fmt.Sprintf("infected after %v s", seconds))
	}
}

// For many hosts a share of 1 - 1/R0 stays infected.
func TestEndemicLevel(t *testing.T) {
	const n, begin, end = 6_000, 15.0, 55.0
	for _, r0 := range []float64{1.5, 2, 4} {
		o := begun(rebooting(n, r0, 0), 1, int(n*(1-1/r0)))
		runTo(o, at(begin))
		sum, last := 0.0, begin
		for o.Next() <= at(end) {
			now := o.Next()
			sum, last = sum+float64(o.Infected(0))*(now.Seconds()-last), now.Seconds()
			o.Advance(now)
		}
		level := sum / (last - begin) / n
		t.Logf("R0 %v: %.5f, 1 - 1/R0 = %.5f", r0, level, 1-1/r0)
		// At the level the variance is N / R0, and correlation is lost at the rate R0 - 1.
		sd := math.Sqrt(2 / (r0 * n) / (r0 - 1) / (end - begin))
		require.InDelta(t, 1-1/r0, level, z999*sd)
	}
}
