package network

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// silent is a flow of messages of so many bytes over links, sent by Inject alone.
func silent(bytes int32, hops ...Hop) line {
	return line{Flow{
		Member: -1, Broadcast: true, Claims: -1, Guard: -1, Silent: true, Bytes: bytes, Path: &Path{Hops: hops},
	}, nil, nil}
}

// poisson injects n messages at random, so many a second; which draws the flow of
// each.
func (r *rig) poisson(n int, rate float64, which func(k int) int) {
	key := rng.New(11, "traffic", "arrivals")
	var next func()
	k := 0
	next = func() {
		r.Inject(which(k), 0, nil, 0)
		if k++; k < n {
			r.k.Schedule(r.k.Now().Add(vtime.FromSeconds(key.Exponential(uint64(k))/rate)), 2, 0, r.target, 0, uint64(len(r.work)-1))
		}
	}
	r.at(0, func() { next() })
}

// spent returns the mean time between sending and arrival, from a watch.
type spent struct {
	r    *rig
	sent []vtime.Time
	sum  float64
	n    [6]int
}

func (s *spent) Resolved(flow int32, _ int, serial uint64, fate Fate, _ int32, _ signal.Mask) {
	if s.n[fate]++; fate == Arrived {
		s.sum += vtime.Seconds(s.r.k.Now().Sub(s.sent[serial]))
	}
}

// watched injects by a Poisson process into one flow and returns what became of it.
func watched(t *testing.T, n int, rate float64, link Link, bytes int32) *spent {
	f := silent(bytes, Hop{})
	f.Watched = true
	r := newRigOn([]Link{link}, f)
	s := &spent{r: r}
	r.Watcher = s
	r.poisson(n, rate, func(int) int { s.sent = append(s.sent, r.k.Now()); return 0 })
	r.run(t, vtime.Hour)
	return s
}

// M/D/1 (Pollaczek and Khinchin): at 800/s and 1000/s a message spends 3 ms, of which
// 2 ms waiting; utilisation is 0.8.
func TestMD1(t *testing.T) {
	const n = 400_000
	link := Link{Bandwidth: 1e6, Queue: 1 << 30} // 125 bytes take 1 ms
	s := watched(t, n, 800, link, 125)
	require.Equal(t, n, s.n[Arrived])
	// The variance of the mean grows with 1/(1-rho)^2 of what one would have of
	// messages that do not wait for one another: some 0.03 ms here.
	require.InDelta(t, 3.0e-3, s.sum/n, 0.1e-3)
	c := s.r.LinkCounts()[0]
	require.InDelta(t, 0.8, c.Utilisation(s.r.k.Now())*3600/(n/800.0), 0.8*4/math.Sqrt(n))
	require.Equal(t, uint64(n*125), c.Bytes)
	require.Zero(t, c.Dropped)
}

// M/M/1 at the same rates: 5 ms. The sizes are the 64 middle quantiles of an
// exponential distribution, for which the closed form of M/G/1 holds exactly, and
// that of M/M/1 nearly.
func TestMG1(t *testing.T) {
	const n, sizes = 400_000, 64
	var lines []line
	var mean, square float64
	for i := range sizes {
		bytes := int32(math.Round(-125_000 * math.Log1p(-(float64(i)+0.5)/sizes)))
		lines = append(lines, silent(bytes, Hop{}))
		lines[i].Watched = true
		seconds := float64(bytes) / 125e6
		mean, square = mean+seconds/sizes, square+seconds*seconds/sizes
	}
	r := newRigOn([]Link{{Bandwidth: 1e9, Queue: 1 << 40}}, lines...)
	sent := make([][]vtime.Time, sizes)
	key, sum, count := rng.New(5, "sizes", ""), 0.0, 0
	r.Watcher = watch(func(flow int32, serial uint64, fate Fate) {
		sum += vtime.Seconds(r.k.Now().Sub(sent[flow][serial]))
		count++
	})
	r.poisson(n, 800, func(k int) int {
		i := int(key.Uint64(uint64(k)) % sizes)
		sent[i] = append(sent[i], r.k.Now())
		return i
	})
	r.run(t, vtime.Hour)
	require.Equal(t, n, count)
	want := mean + 800*square/(2*(1-800*mean))
	require.InDelta(t, 5e-3, want, 0.3e-3, "nearly M/M/1")
	require.InDelta(t, want, sum/n, 0.05*want)
}

type watch func(flow int32, serial uint64, fate Fate)

func (w watch) Resolved(flow int32, _ int, serial uint64, fate Fate, _ int32, _ signal.Mask) {
	w(flow, serial, fate)
}

// md1k is the share that an M/D/1 system of at most k messages loses, by Brun and
// Garcia, Analytical solution of finite capacity M/D/1 queues, 2000.
func md1k(rho float64, k int) float64 {
	b := 0.0
	for i := range k {
		x := float64(k-1-i) * rho
		term := math.Exp(x)
		for j := 1; j <= i; j++ {
			term *= -x / float64(j)
		}
		b += term
	}
	return 1 - b/(1+rho*b)
}

// What is lost by a short queue, below and beyond its capacity.
func TestMD1K(t *testing.T) {
	require.InDelta(t, 1.2/2.2, md1k(1.2, 1), 1e-12, "Erlang's formula for one")
	const n = 200_000
	for _, k := range []int{1, 2, 5, 10} {
		for _, rho := range []float64{0.5, 0.9, 1.5} {
			s := watched(t, n, 1000*rho, Link{Bandwidth: 1e6, Queue: k * 125}, 125)
			want := md1k(rho, k)
			require.InDelta(t, want, float64(s.n[Dropped])/n, 0.004+0.03*want, "rho %v, room for %d", rho, k)
			require.Equal(t, n, s.n[Dropped]+s.n[Arrived])
			require.LessOrEqual(t, s.r.LinkCounts()[0].Longest, vtime.Duration(k)*ms)
		}
	}
}

// A message takes its size divided by the bandwidth, then the latency; what comes
// while another one leaves waits for it.
func TestOneAfterTheOther(t *testing.T) {
	f := oneFlow()
	f.Bytes, f.Path = 1000, &Path{Hops: []Hop{{}}}
	r := newRigOn([]Link{{Latency: ms, Bandwidth: 8e6}}, f) // 1 ms each
	r.at(0, func() {
		for i := range 3 {
			r.s.Put(1, float64(i), 0, 0, 0)
			r.Send(0, 0)
		}
	})
	r.at(10*ms+ms/2, func() { r.s.Put(1, 3, 0, 0, 0); r.Send(0, 0) })
	r.run(t, vtime.Second)
	at := func(d vtime.Duration) vtime.Time { return vtime.Time(d) }
	require.Equal(t, []hearing{{at(2 * ms), 0, 0}, {at(3 * ms), 0, 1}, {at(4 * ms), 0, 2}, {at(12*ms + ms/2), 0, 3}}, r.heard)
	require.Equal(t, []LinkCount{{Offered: 4, Bytes: 4000, Busy: 4 * ms, Longest: 2 * ms}}, r.LinkCounts())
}

// The two directions of a conduit are apart; a zone's network is shared by both.
func TestDirections(t *testing.T) {
	for _, shared := range []bool{false, true} {
		there, back := silent(1000, Hop{}), silent(1000, Hop{Back: true})
		r := newRigOn([]Link{{Bandwidth: 8e6, Shared: shared}}, there, back)
		r.at(0, func() { r.Inject(0, 0, nil, 0); r.Inject(1, 0, nil, 0) })
		r.run(t, vtime.Second)
		longest := vtime.Duration(0)
		for _, c := range r.LinkCounts() {
			longest = max(longest, c.Longest)
		}
		if shared {
			require.Len(t, r.LinkCounts(), 1)
			require.Equal(t, ms, longest)
		} else {
			require.Len(t, r.LinkCounts(), 2)
			require.Zero(t, longest)
		}
	}
}

// Who waits is served in the order of arrival at the queue, not of sending: of two
// messages that meet at the second link, the one of the shorter first link is
// first, although it was sent later.
func TestOrderOfArrival(t *testing.T) {
	links := []Link{{Latency: 10 * ms}, {Latency: 2 * ms}, {Bandwidth: 8e4}} // 100 ms for 1000 bytes
	far, near := silent(1000, Hop{Link: 0}, Hop{Link: 2}), silent(1000, Hop{Link: 1}, Hop{Link: 2})
	far.Watched, near.Watched = true, true
	r := newRigOn(links, far, near)
	var order []int32
	var at []vtime.Time
	r.Watcher = watch(func(flow int32, _ uint64, _ Fate) { order, at = append(order, flow), append(at, r.k.Now()) })
	r.at(0, func() { r.Inject(0, 0, nil, 0) })
	r.at(5*ms, func() { r.Inject(1, 0, nil, 0) })
	r.run(t, vtime.Second)
	require.Equal(t, []int32{1, 0}, order)
	require.Equal(t, []vtime.Time{vtime.Time(107 * ms), vtime.Time(207 * ms)}, at)
}

// Two links in a row: the second one has nothing to do for a stream that the first
// has thinned, and all to do for one that it has not.
func TestTwoQueues(t *testing.T) {
	for _, test := range []struct {
		first, second    float64
		longest, second2 vtime.Duration
	}{{8e6, 16e6, 9 * ms, 0}, {16e6, 8e6, 9 * ms / 2, 9 * ms / 2}} {
		r := newRigOn([]Link{{Bandwidth: test.first}, {Bandwidth: test.second}}, silent(1000, Hop{Link: 0}, Hop{Link: 1}))
		r.at(0, func() {
			for range 10 {
				r.Inject(0, 0, nil, 0)
			}
		})
		r.run(t, vtime.Second)
		c := r.LinkCounts()
		require.Equal(t, test.longest, c[0].Longest)
		require.Equal(t, test.second2, c[1].Longest)
		require.Equal(t, uint64(10), r.Delivered)
	}
}

// A poll's request and its answer wait each in its direction, for their own sizes.
func TestPollThroughQueues(t *testing.T) {
	f := pollFlow(100 * ms)
	f.Bytes, f.Asks, f.Path = 1000, 250, &Path{Hops: []Hop{{Link: 0}, {Link: 1}}}
	r := newRigOn([]Link{{Bandwidth: 8e6, Latency: 10 * ms}, {Bandwidth: 4e6, Latency: 20 * ms}}, f)
	r.Start()
	r.run(t, 99*ms)
	// Asks: 0.25+10+0.5+20; answers: 2+20+1+10.
	require.Equal(t, []hearing{{vtime.Time(63*ms + 3*ms/4), 0, 0}}, r.heard)
	c := r.LinkCounts()
	require.Len(t, c, 4)
	for i, busy := range []vtime.Duration{ms / 4, ms, ms / 2, 2 * ms} {
		require.Equal(t, busy, c[i].Busy, "%v", c[i])
	}
}

// A flood of a million messages ends in dropped ones and in figures; what is kept is
// what fits into the queue.
func TestFlood(t *testing.T) {
	links := []Link{{Latency: ms, Bandwidth: 1e6, Queue: 10_000}}
	victim := oneFlow()
	victim.Path, victim.Bytes = &Path{Hops: []Hop{{}}}, 100
	r := newRigOn(links, silent(100, Hop{}), victim)
	r.quiet = true

	for i := range 1000 {
		r.at(vtime.Duration(i)*ms, func() { r.Send(1, 0) })
	}
	r.at(0, func() { r.Flood(0, vtime.Microsecond, 4) })
	r.at(vtime.Second-1, func() { r.Quell(0) })
	r.run(t, 2*vtime.Second)
	require.Equal(t, uint64(1_000_000), r.Carried(0))
	require.Equal(t, uint64(0), r.Sent-r.Delivered-r.Counts.Lost)
	// In a second 1250 messages of 100 bytes leave; 100 of them fit into the queue.
	require.InDelta(t, 1250+100, float64(r.Delivered), 2)
	require.Equal(t, r.Counts.Lost, r.Counts.Dropped)
	require.LessOrEqual(t, len(r.pool.messages), 110)
	require.Equal(t, 4.0, float64(r.missed), "who could not be told is under the flood's influence")
	c := r.LinkCounts()[0]
	require.Equal(t, r.Counts.Dropped, c.Dropped)
	require.InDelta(t, 80*ms, c.Longest, float64(ms))
	require.InDelta(t, 0.54, c.Utilisation(vtime.Time(2*vtime.Second)), 0.001)
}

// A message that need not wait needs no room.
func TestIdleLink(t *testing.T) {
	r := newRigOn([]Link{{Bandwidth: 8e6, Queue: 10}}, silent(1000, Hop{}))
	for _, at := range []vtime.Duration{0, ms - 1, ms} {
		r.at(at, func() { r.Inject(0, 0, nil, 0) })
	}
	r.run(t, vtime.Second)
	require.Equal(t, []LinkCount{{Offered: 3, Dropped: 1, Bytes: 2000, Busy: 2 * ms}}, r.LinkCounts())
}
