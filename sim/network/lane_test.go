package network

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// laned runs a flood, message by message or as a stream, over a link that lets one flow go first, beside that
// one and another one that does not, 200 messages a second of each.
func laned(t *testing.T, load float64, asStream bool) (first, other *spent, c LinkCount) {
	const bytes, devices, seconds = 100, 2000, 60
	lines := []line{silent(bytes, Hop{}), silent(bytes, Hop{})}
	lines[0].Path.Urgent = []int32{0}
	for i := range lines {
		lines[i].Watched = true
	}
	for range devices {
		lines = append(lines, silent(bytes, Hop{}))
	}
	flood := streaming(Hop{})
	flood.Bytes = bytes
	r := newRigOn([]Link{{Bandwidth: megabyte, Queue: 20_000, Priority: []string{"plc"}}}, append(lines, flood)...)
	r.quiet = true
	both := []*spent{{r: r}, {r: r}}
	r.Watcher = watch(func(flow int32, serial uint64, fate Fate) {
		if flow < 2 {
			both[flow].Resolved(flow, 0, serial, fate, 0, 0)
		}
	})
	if asStream {
		r.at(0, func() { r.Surge(devices+2, load*1e6, 0) })
	} else {
		each, key := vtime.FromSeconds(devices*bytes/(load*1e6)), rng.New(3, "flood", "phase")
		for i := range devices {
			for k := range int(seconds*vtime.Second/each) + 1 {
				r.at(vtime.Duration((float64(k)+key.Float64(uint64(k*devices+i)))*float64(each)), func() { r.Inject(2+i, 0, nil, 0) })
			}
		}
	}
	r.poisson(400*seconds, 400, func(k int) int {
		both[k%2].sent = append(both[k%2].sent, r.k.Now())
		return k % 2
	})
	r.run(t, seconds*vtime.Second)
	return both[0], both[1], r.LinkCounts()[0]
}

// A flood as a rate leaves those who go first alone, but for the message that is being sent (A. Cobham, 1954), and
// all others wait and are lost as beside as many messages.
func TestAStreamBesideThoseWhoGoFirst(t *testing.T) {
	const packet = 100e-6
	for _, load := range []float64{0.5, 0.8, 1.5} {
		first, other, m := laned(t, load, false)
		first2, other2, c := laned(t, load, true)
		mean := func(s *spent) float64 { return s.sum/float64(s.n[Arrived]) - packet }
		lost := func(s *spent) float64 { return float64(s.n[Dropped]) / float64(s.n[Dropped]+s.n[Arrived]) }
		t.Logf("%v: first wait %.3g and %.3g us, others %.4g and %.4g, of whom %.4f and %.4f are lost; used %.4f and %.4f", load,
			1e6*mean(first), 1e6*mean(first2), 1e6*mean(other), 1e6*mean(other2), lost(other), lost(other2), m.Utilisation(first.r.k.Now()), c.Utilisation(first.r.k.Now()))
		require.Zero(t, first.n[Dropped]+first2.n[Dropped])
		all := min(1, load+0.04)
		paper := all * packet / 2 / (1 - 0.02)
		require.InEpsilon(t, paper, mean(first2), 0.05, "%v", load)
		require.InEpsilon(t, mean(first), mean(first2), 0.04, "%v", load)
		require.InEpsilon(t, mean(other), mean(other2), 0.04, "%v", load)
		require.InDelta(t, lost(other), lost(other2), 0.02, "%v", load)
		require.InDelta(t, m.Utilisation(first.r.k.Now()), c.Utilisation(first.r.k.Now()), 0.005)
		require.InDelta(t, float64(m.Dropped)/float64(m.Offered), (float64(c.Dropped)+c.SpilledMessages)/(float64(c.Offered)+c.PouredMessages), 0.005)
	}
}
