package station_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/station"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A phase is a rate, as a share of what the servers can do, for a while.
type phase struct {
	load float64
	span vtime.Duration
}

const s = vtime.Second

// flow lets phases flow into a station and returns it with the time when they are over.
func flow(t require.TestingT, law station.Service, servers, room int, phases []phase) (*station.Fluid, vtime.Time) {
	f, err := station.NewFluid(law, 0, servers, room)
	require.NoError(t, err)
	mean, _ := law.Moments(0)
	now := vtime.Time(0)
	for _, p := range phases {
		require.NoError(t, f.Flow(now, p.load*float64(servers)/mean))
		now = now.Add(p.span)
	}
	return f, now
}

// crowdOf serves the same phases message by message, until all have left.
func crowdOf(t *testing.T, law station.Service, servers, room int, phases []phase, seed uint64) *station.Station {
	m := one(law, servers, room)
	m.Key = rng.New(seed, "station", "service")
	q, err := station.New(m)
	require.NoError(t, err)
	gaps, mean, n, start := rng.New(seed, "station", "arrivals"), 0.0, uint64(0), 0.0
	mean, _ = law.Moments(0)
	for _, p := range phases {
		end := start + float64(p.span)
		for at := start; ; n++ {
			if at += gaps.Exponential(n) * mean / p.load / float64(servers) * 1e9; at > end {
				n++
				break
			}
			for q.Next() <= vtime.Time(at) {
				q.Finish()
			}
			q.Offer(vtime.Time(at), station.Message{ID: n})
		}
		start = end
	}
	for q.Next() != vtime.Never {
		q.Finish()
	}
	return q
}

// A fluid is nearer than 2 % to the mean of many runs message by message, but for the mean wait of
// floods that are shallow or short, where it says too little.
func TestHybrid(t *testing.T) {
	flood := []phase{{0.5, 60 * s}, {2, 20 * s}, {0.5, 80 * s}, {0.8, 40 * s}, {1.5, 10 * s}, {0.3, 60 * s}}
	for name, x := range map[string]struct {
		law           station.Service
		servers, room int
		phases        []phase
		off           float64 // that the mean wait may be
	}{
		"steady 0.3":           {station.Exponential(10 * ms), 1, station.Unlimited, []phase{{0.3, 400 * s}}, 0.02},
		"steady 0.5":           {station.Constant(10 * ms), 1, station.Unlimited, []phase{{0.5, 400 * s}}, 0.02},
		"steady 0.8":           {station.TwoPoint(5*ms, 30*ms, 0.2), 1, station.Unlimited, []phase{{0.8, 500 * s}}, 0.02},
		"flood":                {station.Exponential(10 * ms), 1, station.Unlimited, flood, 0.02},
		"flood, constant":      {station.Constant(10 * ms), 1, station.Unlimited, flood, 0.02},
		"flood, two-point":     {station.TwoPoint(5*ms, 30*ms, 0.2), 1, station.Unlimited, flood, 0.02},
		"flood, room for 500":  {station.Exponential(10 * ms), 1, 500, flood, 0.02},
		"flood, three servers": {station.Exponential(30 * ms), 3, station.Unlimited, flood, 0.02},
		"short":                {station.Exponential(10 * ms), 1, station.Unlimited, []phase{{0.5, 20 * s}, {1.5, 2 * s}, {0.5, 20 * s}}, 0.06},
		"shallow":              {station.Exponential(10 * ms), 1, station.Unlimited, []phase{{0.8, 20 * s}, {1.1, 10 * s}, {0.8, 40 * s}}, 0.15},
	} {
		t.Run(name, func(t *testing.T) {
			f, end := flow(t, x.law, x.servers, x.room, x.phases)
			c := f.Count(end)
			runs := 400
			if testing.Short() {
				runs = 20
			}
			var sample [4][]float64 // wait, lost, served, busy
			for seed := range runs {
				q := crowdOf(t, x.law, x.servers, x.room, x.phases, uint64(seed)+1)
				n := q.Count(0)
				busy := 0.0
				for i := range x.servers {
					busy += vtime.Seconds(q.Busy(i, end)) / float64(x.servers)
				}
				for i, y := range []float64{n.Wait.Sum().Float64() / 1e9, float64(n.Dropped), float64(n.Served), busy} {
					sample[i] = append(sample[i], y)
				}
			}
			near(t, c.Waited/c.Served, ratio(sample[0], sample[2]), x.off, "mean wait")
			near(t, c.Lost, ratio(sample[1], nil), 0.02, "lost")
			near(t, c.Served, ratio(sample[2], nil), 0.02, "served")
			near(t, c.Busy, ratio(sample[3], nil), 0.02, "busy")
		})
	}
}

// An estimate is a mean and its standard error.
type estimate struct{ mean, deviation float64 }

// ratio estimates the ratio of two means, or one mean.
func ratio(over, each []float64) estimate {
	a, b, n := 0.0, 0.0, float64(len(over))
	at := func(i int) float64 {
		if each == nil {
			return 1
		}
		return each[i]
	}
	for i := range over {
		a, b = a+over[i], b+at(i)
	}
	squares := 0.0
	for i := range over {
		d := over[i] - a/b*at(i)
		squares += d * d
	}
	return estimate{a / b, math.Sqrt(squares/(n-1)*n) / b}
}

// near wants a figure to be off an estimate by such a share at most, give or take what chance makes
// of that (99.9 %).
func near(t *testing.T, got float64, want estimate, off float64, what string) {
	t.Helper()
	if want.mean == 0 && got == 0 {
		return
	}
	t.Logf("%-9s %.6g, message by message %.6g (standard error %.2f %%): %+.2f %%", what, got, want.mean,
		100*want.deviation/want.mean, 100*(got/want.mean-1))
	require.InDelta(t, want.mean, got, off*want.mean+3.2905*want.deviation, what)
}

// In overload a fluid is arithmetic.
func TestOverload(t *testing.T) {
	f, end := flow(t, station.Constant(10*ms), 1, 300, []phase{{0, 10 * s}, {3, 10 * s}})
	c := f.Count(end)
	require.InDelta(t, 3000, c.Offered, 1e-6)
	require.InDelta(t, (10-1.5)*200, c.Lost, 1e-6, "the room is full after 1.5 s")
	require.InDelta(t, 10, c.Busy, 1e-9)
	require.InDelta(t, 3, c.Most, 1e-9)
	require.InDelta(t, 3, f.Wait(end), 1e-9)
	require.InDelta(t, 300, f.Backlog(end), 1)
	require.NoError(t, f.Flow(end, 0))
	require.InDelta(t, 1, f.Wait(end.Add(2*s)), 1e-9)
	require.Zero(t, f.Wait(end.Add(4*s)))
	require.Zero(t, f.Backlog(end.Add(4*s)))
	require.InDelta(t, 13, f.Count(end.Add(9*s)).Busy, 1e-9)
}

// In the stationary state it is the closed form.
func TestStationary(t *testing.T) {
	for _, load := range []float64{0.3, 0.5, 0.8} {
		f, end := flow(t, station.Exponential(10*ms), 1, station.Unlimited, []phase{{load, 10 * s}})
		want := must(queueing.MM1(load*100, 100))
		c := f.Count(end)
		require.InEpsilon(t, want.Wq, c.Waited/c.Served, 1e-12)
		require.InEpsilon(t, want.Lq, f.Backlog(end), 1e-12)
		require.InEpsilon(t, load*10, c.Busy, 1e-12)
	}
}

// It does not matter how often somebody asks, or whether the state was kept in between; nothing is
// lost from the books; and no wait is longer than there is room for.
func TestFluidLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		law, servers := station.Exponential(10*ms), rapid.IntRange(1, 3).Draw(t, "servers")
		room := rapid.SampledFrom([]int{0, 1, 50, station.Unlimited}).Draw(t, "room")
		var phases, fine []phase
		for range rapid.IntRange(1, 6).Draw(t, "phases") {
			p := phase{rapid.SampledFrom([]float64{0, 0.2, 0.9, 1, 1.1, 5}).Draw(t, "load"), vtime.Duration(rapid.IntRange(1, 100).Draw(t, "span")) * s}
			phases = append(phases, p)
			for left := p.span; left > 0; {
				part := min(left, vtime.Duration(rapid.IntRange(1, 40).Draw(t, "part"))*s)
				fine, left = append(fine, phase{p.load, part}), left-part
			}
		}
		f, end := flow(t, law, servers, room, phases)
		g, _ := flow(t, law, servers, room, fine)
		a, b := f.Count(end), g.Count(end)
		for _, pair := range [][2]float64{{a.Offered, b.Offered}, {a.Lost, b.Lost}, {a.Served, b.Served}, {a.Waited, b.Waited}, {a.Busy, b.Busy}, {f.Wait(end), g.Wait(end)}} {
			require.InDelta(t, pair[0], pair[1], 1e-9*(1+pair[0]))
		}
		require.InDelta(t, a.Offered, a.Lost+a.Served, 1e-9*(1+a.Offered))
		require.LessOrEqual(t, a.Busy, end.Seconds()+1e-9)
		if room != station.Unlimited {
			require.LessOrEqual(t, a.Most, float64(room)*0.01/float64(servers)+1e-9)
		}
		archive := snapshot.New(0)
		f.Archive(archive)
		again, err := station.NewFluid(law, 0, servers, room)
		require.NoError(t, err)
		again.Archive(snapshot.Of(archive.Bytes()))
		require.Equal(t, f, again)
	})
}

func TestFluidMistakes(t *testing.T) {
	_, err := station.NewFluid(station.Constant(0), 0, 1, 1)
	require.ErrorContains(t, err, "takes no time")
	_, err = station.NewFluid(station.Constant(1), 0, 0, 1)
	require.ErrorContains(t, err, "0 servers")
	f, err := station.NewFluid(station.Constant(1), 0, 1, 1)
	require.NoError(t, err)
	require.Error(t, f.Flow(0, -1))
	require.Error(t, f.Flow(0, math.NaN()))
	require.NoError(t, f.Flow(5, 1))
	require.Error(t, f.Flow(4, 1))
}

// With little room some are lost by chance though the servers keep up: as many as of M/M/c/K, which is what
// message by message is lost as well. Of times that are not exponential no closed form says how many.
func TestFluidLosesByChance(t *testing.T) {
	for _, x := range []struct {
		servers, room int
		load          float64
	}{{1, 0, 0.8}, {1, 5, 0.8}, {2, 3, 0.7}, {3, 5, 0.9}, {1, 20, 0.98}} {
		law, phases := station.Exponential(10*ms), []phase{{x.load, 20_000 * s}}
		f, end := flow(t, law, x.servers, x.room, phases)
		c := f.Count(end)
		share, err := queueing.Refused(x.servers, x.room, x.load*float64(x.servers))
		require.NoError(t, err)
		require.InEpsilon(t, share, c.Lost/c.Offered, 1e-4, "%+v", x) // but for the time until it is stationary
		require.InEpsilon(t, x.load*(1-share), c.Busy/20_000, 1e-4, "%+v", x)
		n := crowdOf(t, law, x.servers, x.room, phases, 7).Count(0)
		require.InEpsilon(t, float64(n.Dropped), c.Lost, 0.03, "%+v", x)
		if x.servers == 1 && x.room > 0 {
			require.InEpsilon(t, n.Wait.Sum().Float64()/1e9/float64(n.Served), c.Waited/c.Served, 0.03, "%+v", x)
		}
	}
	f, end := flow(t, station.Constant(10*ms), 1, 5, []phase{{0.8, 1000 * s}})
	require.Zero(t, f.Count(end).Lost)
}
