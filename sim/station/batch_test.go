package station_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/station"
	"github.com/harmproof/harmproof/sim/vtime"
)

// batches is in how many parts a run is cut.
const batches = 100

// student is the two-sided quantile of Student's distribution for so many batches: at 99 %, and of a
// short run at 99.99 %, as of all the figures here one is outside of its interval of 99 % by luck.
func student() float64 {
	if testing.Short() {
		return 4.055
	}
	return 2.6264
}

// A feed offers a station Poisson arrivals.
type feed struct {
	*station.Station
	gaps rng.Key
	mean float64 // nanoseconds
	n    uint64
	at   float64
}

func newFeed(t testing.TB, m station.Model, rate float64, seed uint64) *feed {
	t.Helper()
	m.Key = rng.New(seed, "station", "service")
	s, err := station.New(m)
	require.NoError(t, err)
	return &feed{Station: s, gaps: rng.New(seed, "station", "arrivals"), mean: 1e9 / rate}
}

// offer lets one more message come, after all that leave before it.
func (f *feed) offer() vtime.Time {
	f.at += f.gaps.Exponential(f.n) * f.mean
	now := vtime.Time(f.at)
	for f.Next() <= now {
		f.Finish()
	}
	f.Offer(now, station.Message{ID: f.n})
	f.n++
	return now
}

// A means is what was measured in one batch, or the differences between two times.
type means struct{ offered, dropped, begun, waited, served, stayed, present, queued, busy, time float64 }

func (f *feed) means(now vtime.Time, servers int) means {
	c := f.Count(0)
	present, queued := f.Sums(now)
	m := means{
		offered: float64(c.Offered), dropped: float64(c.Dropped), begun: float64(c.Wait.Count()), waited: c.Wait.Sum().Float64(),
		served: float64(c.Served), stayed: c.Stay.Sum().Float64(), present: present.Float64(), queued: queued.Float64(), time: float64(now),
	}
	for i := range servers {
		m.busy += float64(f.Busy(i, now)) / float64(servers)
	}
	return m
}

// A figure is a ratio of two measures and what theory says that it is.
type figure struct {
	name       string
	want       float64
	over, each func(m means) float64
	narrow     bool // its interval is less than 1 % wide in a long run
}

// figures are those of a stationary state.
func figures(s queueing.Steady) []figure {
	list := []figure{
		{"W", s.W * 1e9, func(m means) float64 { return m.stayed }, func(m means) float64 { return m.served }, true},
		{"Wq", s.Wq * 1e9, func(m means) float64 { return m.waited }, func(m means) float64 { return m.begun }, false},
		{"L", s.L, func(m means) float64 { return m.present }, func(m means) float64 { return m.time }, true},
		{"Lq", s.Lq, func(m means) float64 { return m.queued }, func(m means) float64 { return m.time }, false},
		{"busy", s.Busy, func(m means) float64 { return m.busy }, func(m means) float64 { return m.time }, true},
	}
	if s.Loss > 0 {
		list = append(list, figure{"loss", s.Loss, func(m means) float64 { return m.dropped }, func(m means) float64 { return m.offered }, s.Loss > 0.1})
	}
	return list
}

// requireSteady runs a station for so many messages and wants all means in their 99 % confidence
// intervals, those of long runs less than 1 % wide; -short makes short ones.
func requireSteady(t *testing.T, m station.Model, rate float64, want queueing.Steady, millions float64, seed uint64) {
	t.Helper()
	requireFigures(t, m, rate, figures(want), millions, seed)
}

// requireFigures is requireSteady for some figures.
func requireFigures(t *testing.T, m station.Model, rate float64, want []figure, millions float64, seed uint64) {
	t.Helper()
	long := !testing.Short()
	each := int(millions * 1e6 / batches)
	if !long {
		each = 2000
	}
	f := newFeed(t, m, rate, seed)
	for range each {
		f.offer()
	}
	now := f.offer()
	last := f.means(now, m.Servers)
	var list []means
	for range batches {
		for range each {
			now = f.offer()
		}
		next := f.means(now, m.Servers)
		list = append(list, difference(next, last))
		last = next
	}
	for _, x := range want {
		if x.want == 0 {
			require.Zero(t, x.over(last), x.name)
			continue
		}
		mean, half := interval(list, x)
		t.Logf("%-4s %.6g, exactly %.6g: interval %.2f %% wide", x.name, mean, x.want, 200*half/mean)
		require.InDelta(t, x.want, mean, half+1e-12*x.want, x.name)
		if long && x.narrow {
			require.Less(t, 2*half, 0.01*mean, "the interval of %s is wide", x.name)
		}
	}
}

func difference(a, b means) means {
	return means{a.offered - b.offered, a.dropped - b.dropped, a.begun - b.begun, a.waited - b.waited, a.served - b.served,
		a.stayed - b.stayed, a.present - b.present, a.queued - b.queued, a.busy - b.busy, a.time - b.time}
}

// interval returns a figure and half the width of its interval: that of a ratio of two means.
func interval(list []means, x figure) (mean, half float64) {
	over, each := 0.0, 0.0
	for _, m := range list {
		over, each = over+x.over(m), each+x.each(m)
	}
	mean = over / each
	squares, n := 0.0, float64(len(list))
	for _, m := range list {
		d := x.over(m) - mean*x.each(m)
		squares += d * d
	}
	return mean, student() * math.Sqrt(squares/(n-1)/n) / (each / n)
}

// must returns a state that there is no error about.
func must(s queueing.Steady, err error) queueing.Steady {
	if err != nil {
		panic(err)
	}
	return s
}

func one(s station.Service, servers, room int) station.Model {
	return station.Model{Servers: servers, Service: s, Classes: []station.Class{{Room: room}}}
}

const ms = vtime.Millisecond

// Simulated queues have the means of the closed forms.
func TestMM1(t *testing.T) {
	for i, load := range []float64{0.3, 0.5, 0.8} {
		requireSteady(t, one(station.Exponential(ms), 1, station.Unlimited), load*1000, must(queueing.MM1(load*1000, 1000)), []float64{2, 4, 24}[i], 1)
	}
}

func TestMD1(t *testing.T) {
	for i, load := range []float64{0.3, 0.5, 0.8} {
		requireSteady(t, one(station.Constant(ms), 1, station.Unlimited), load*1000, must(queueing.MD1(load*1000, 1000)), []float64{1.2, 2, 12}[i], 1)
	}
}

func TestMG1(t *testing.T) {
	laws := []station.Service{station.Uniform(0, 2*ms), station.TwoPoint(ms/2, 3*ms, 0.2), station.Lognormal(ms, 1)}
	for _, law := range laws[:2] {
		mean, second := law.Moments(0)
		for i, load := range []float64{0.3, 0.5, 0.8} {
			requireSteady(t, one(law, 1, station.Unlimited), load*1000, must(queueing.MG1(load*1000, mean, second)), []float64{2, 4, 24}[i], 1)
		}
	}
	mean, second := laws[2].Moments(0)
	requireSteady(t, one(laws[2], 1, station.Unlimited), 300, must(queueing.MG1(300, mean, second)), 4, 1)
}

func TestMM1K(t *testing.T) {
	for i, load := range []float64{0.3, 0.5, 0.8, 1, 2} {
		requireSteady(t, one(station.Exponential(ms), 1, 4), load*1000, must(queueing.MM1K(load*1000, 1000, 5)), []float64{3, 3, 3, 5, 3}[i], 1)
	}
}

// Erlang's loss does not depend on the law of the service times.
func TestMMcc(t *testing.T) {
	for _, load := range []float64{0.3, 0.5, 0.8} {
		want := must(queueing.MMcc(2*load*1000, 1000, 2))
		requireSteady(t, one(station.Exponential(ms), 2, 0), 2*load*1000, want, 5, 1)
		requireSteady(t, one(station.TwoPoint(ms/2, 3*ms, 0.2), 2, 0), 2*load*1000, want, 5, 2)
	}
	requireSteady(t, one(station.Exponential(ms), 5, 0), 2000, must(queueing.MMcc(2000, 1000, 5)), 5, 1)
}

func TestMMc(t *testing.T) {
	for i, load := range []float64{0.3, 0.5, 0.8} {
		requireSteady(t, one(station.Exponential(ms), 3, station.Unlimited), 3*load*1000, must(queueing.MMc(3*load*1000, 1000, 3)), []float64{2, 2, 18}[i], 1)
	}
}
