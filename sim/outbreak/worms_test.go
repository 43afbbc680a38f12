package outbreak

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// published are worms with their vulnerable hosts, the doubling time that was measured, and
// the scans a second that this implies of each host.
//
// Slammer and Code Red: Moore, Paxson, Savage, Shannon, Staniford, Weaver, "Inside the Slammer
// Worm" (IEEE Security & Privacy 2003). Mirai: Antonakakis et al., "Understanding the Mirai
// Botnet" (USENIX Security 2017).
var published = []struct {
	name     string
	hosts    int32
	doubling float64 // s
	scans    float64
}{
	{"Slammer", 75_000, 8.5, 4670},
	{"Code Red v2", 359_000, 37 * 60, 3.737},
	{"Mirai", 600_000, 75 * 60, 1.10},
}

// From the scan rates that the doubling times imply come the doubling times that were
// published, over many runs from one host, and whether hosts scan at random or at a fixed rate.
func TestWormsDoubleAsPublished(t *testing.T) {
	trials.Long(t)
	const runs, from, doublings = 60, 128, 4
	for _, w := range published {
		for _, fixed := range []bool{false, true} {
			t.Run(fmt.Sprint(w.name, fixed), func(t *testing.T) {
				m := worm(w.hosts, w.scans)
				if fixed {
					m.Classes[0].Scanners[0].Every = vtime.FromSeconds(1 / w.scans)
				}
				k := w.scans * float64(w.hosts) / (1 << 32)
				want, sd := births(int(w.hosts), k).passage(from, from<<doublings)
				var sample []float64
				for seed := range uint64(runs) {
					o := begun(m, seed, 1)
					begin := until(o, from)
					sample = append(sample, until(o, from<<doublings).Sub(begin).Seconds()/doublings)
				}
				requireMean(t, want/doublings, sd/doublings, sample, "doubling time")
				require.InDelta(t, w.doubling, want/doublings, 0.02*w.doubling)
			})
		}
	}
}

// From a hundredth of the hosts on each worm follows its logistic curve, at several shares.
func TestWormsFollowTheirCurves(t *testing.T) {
	trials.Long(t)
	for _, w := range published {
		t.Run(w.name, func(t *testing.T) {
			k := math.Ln2 / w.doubling
			first, c := int(w.hosts/100), births(int(w.hosts), k)
			o := begun(fast(w.hosts, k), 1, first)
			for _, percent := range []int{5, 10, 25, 50, 75, 90} {
				share := float64(percent) / 100
				curve := (math.Log(99) + math.Log(share/(1-share))) / k
				want, sd := c.passage(first, int(w.hosts)*percent/100)
				got := until(o, int(w.hosts)*percent/100).Seconds()
				t.Logf("%2d %% after %.5g s, %.5g s by the curve, standard deviation %.2g s", percent, got, curve, sd)
				require.InDelta(t, want, got, z999*sd)
				require.InDelta(t, curve, want, 2e-3*curve)
			}
		})
	}
}

// Slammer has 90 % of its hosts 164.6 s after the first by the curve, later by Euler's constant
// over K on average; Mirai doubles sixteen times in 20 hours.
func TestPublishedTimes(t *testing.T) {
	trials.Long(t)
	slammer, mirai := published[0], published[2]
	k := math.Ln2 / slammer.doubling
	require.InDelta(t, 164.6, (math.Log(float64(slammer.hosts)-1)+math.Log(9))/k, 0.05)
	m, c := fast(slammer.hosts, k), births(int(slammer.hosts), k)
	// The last part is the same in all runs but for seconds: the first 2 % are run from
	// one host, over many runs, the rest once.
	first, sd := c.passage(1, int(slammer.hosts)/50)
	rest, sdRest := c.passage(int(slammer.hosts)/50, int(slammer.hosts)/10*9)
	require.InDelta(t, 164.6+0.5772/k, first+rest, 0.05)
	var sample []float64
	for seed := range uint64(400) {
		sample = append(sample, until(begun(m, seed, 1), int(slammer.hosts)/50).Seconds())
	}
	requireMean(t, first, sd, sample, "2 % of Slammer")
	o := begun(m, 1, int(slammer.hosts)/50)
	require.InDelta(t, rest, until(o, int(slammer.hosts)/10*9).Seconds(), z999*sdRest)

	// Before hosts become scarce, as many as 2^16 take 20 hours; K is of N, so the more
	// there are the nearer.
	k = math.Ln2 / mirai.doubling
	hours, sdHours := births(1<<22, k).passage(64, 1<<16)
	got := until(begun(fast(1<<22, k), 1, 64), 1<<16).Seconds()
	require.InDelta(t, hours, got, z999*sdHours)
	require.InDelta(t, 20*3600, got+6*mirai.doubling, 0.02*20*3600)
}
