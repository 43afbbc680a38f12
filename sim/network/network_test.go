package network

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

const ms = vtime.Millisecond

// A rig is a network between device 0, which tells cells 1, 2 ..., and device 1,
// whose cells 101, 102 ... hear, with a handler to do things in between.
type rig struct {
	*Network
	k        *des.Kernel
	s        *signal.Store
	target   uint32
	work     []func()
	deaf     [8]uint16 // members 1 to 7 are the receiver's
	drift    float64
	heard    []hearing
	quiet    bool // hears without noting it
	missed   signal.Mask
	arrived  []int32 // members, in the instant that runs
	arriving signal.Mask
}

type hearing struct {
	at     vtime.Time
	member int
	value  float64 // of its first cell
}

// pairs are n values that are told member by member where strides are given.
func pairs(n int) (list []Pair) {
	for i := range n {
		list = append(list, Pair{From: Cell{Slot: signal.Slot(1 + i)}, To: Cell{Slot: signal.Slot(101 + 10*i), Stride: 1}, Point: -1})
	}
	return list
}

// A line is a flow with its values.
type line struct {
	Flow
	pairs []Pair
	path  []Link
}

func newRig(lines ...line) *rig { return newRigOn(nil, lines...) }

// newRigOn is newRig with links that the flows' own paths name.
func newRigOn(links []Link, lines ...line) *rig {
	r := &rig{s: signal.NewStore(200, nil)}
	r.k, _ = des.New(r, 3)
	b := &Book{Links: links, Name: func(device int32) string { return [...]string{"a", "b", "c"}[device] }}
	for _, l := range lines {
		f := l.Flow
		f.Count, f.ReceiverAt = max(1, f.Count), 1
		if f.Receiver == 0 {
			f.Receiver = 1
		}
		f.SendAs, f.AskAs = 1, 2
		if f.Path == nil {
			f.Path = &Path{}
		}
		for _, link := range l.path {
			f.Path.Hops = append(f.Path.Hops, Hop{Link: int32(len(b.Links))})
			b.Links = append(b.Links, link)
		}
		b.Add(f)
		for _, p := range l.pairs {
			b.Carry(p)
		}
	}
	r.Network = New(b, r.k, r.s, ears{r}, r.deaf[:], 1)
	r.target = r.k.Register(r)
	return r
}

// ears are the rig as the host of its network.
type ears struct{ r *rig }

func (e ears) Delivered(_ int32, member int, m signal.Mask) {
	e.r.arrived = append(e.r.arrived, int32(member))
	e.r.arriving |= m
}

func (ears) Carried(int32, int, float64, vtime.Time, signal.Mask) {}
func (ears) Strayed(int32, vtime.Time)                            {}

func (e ears) Missed(_ int32, _ int, m signal.Mask) { e.r.missed |= m }

func (e ears) Span(_ int32, d vtime.Duration) vtime.Duration {
	return vtime.Duration(float64(d) / (1 + e.r.drift))
}

func (r *rig) Handle(e des.Event) { r.work[e.Arg]() }

func (r *rig) Commit(des.Phase) {
	r.s.Commit(r.k.Now())
	r.Flush()
	for _, m := range r.arrived {
		if r.quiet {
			break
		}
		r.heard = append(r.heard, hearing{r.k.Now(), int(m), r.s.V[101+m]})
	}
	r.arrived = r.arrived[:0]
}

func (r *rig) Settle() error { return nil }

// at does something in the phase react.
func (r *rig) at(at vtime.Duration, do func()) {
	r.work = append(r.work, do)
	r.k.Schedule(vtime.Time(at), des.React, 0, r.target, 0, uint64(len(r.work)-1))
}

// tell tells numbers, one every so often.
func (r *rig) tell(n int, every vtime.Duration) {
	for i := range n {
		r.at(vtime.Duration(i)*every, func() {
			r.s.Put(1, float64(i), 0, 0, r.k.Now())
			r.Send(0, 0)
		})
	}
}

func (r *rig) run(t require.TestingT, until vtime.Duration) {
	require.NoError(t, r.k.Run(vtime.Time(until), nil))
}

func oneFlow(path ...Link) line {
	return line{Flow{Member: -1, Broadcast: true, Claims: -1, Guard: -1}, pairs(1), path}
}

func TestLatencyIsThatOfAllHops(t *testing.T) {
	r := newRig(oneFlow(Link{Latency: 5 * ms}, Link{Latency: 7 * ms}))
	r.tell(3, 20*ms)
	r.run(t, vtime.Second)
	at := func(d vtime.Duration) vtime.Time { return vtime.Time(d) }
	require.Equal(t, []hearing{{at(12 * ms), 0, 0}, {at(32 * ms), 0, 1}, {at(52 * ms), 0, 2}}, r.heard)
	require.Equal(t, Counts{Sent: 3, Delivered: 3}, r.Counts)
}

// A message carries the values of the instant in which it was sent.
func TestMessageCarriesWhatWasToldThen(t *testing.T) {
	f := oneFlow(Link{Latency: 5 * ms})
	f.pairs = pairs(2)
	r := newRig(f)
	r.at(0, func() {
		r.s.Put(1, 10, 1, 0, 0)
		r.s.Put(2, 20, 2, 0, 0)
		r.Send(0, 0)
	})
	r.at(ms, func() { r.s.Put(1, 99, 4, 0, 0) })
	r.run(t, vtime.Second)
	require.Equal(t, []float64{10, 20}, []float64{r.s.V[101], r.s.V[111]})
	require.Equal(t, signal.Mask(3), r.arriving)
	require.Equal(t, signal.Mask(3), r.s.Stamp(101).Influence)
}

func TestNeverInTheInstantItWasSent(t *testing.T) {
	r := newRig(oneFlow(Link{}))
	r.tell(1, ms)
	r.run(t, vtime.Second)
	require.Equal(t, []hearing{{1, 0, 0}}, r.heard)
}

// Jitter is uniform between 0 and what is declared: bounds, mean, variance, and a
// chi-square over 20 bins.
func TestJitter(t *testing.T) {
	const n = 20_000
	r := newRig(oneFlow(Link{Latency: 5 * ms, Jitter: 2 * ms, Unordered: true}))
	r.tell(n, 10*ms)
	r.run(t, vtime.Hour)
	require.Len(t, r.heard, n)
	var sum, square float64
	var bins [20]float64
	for _, h := range r.heard {
		x := float64(h.at-vtime.Time(h.value)*vtime.Time(10*ms)-vtime.Time(5*ms)) / float64(2*ms)
		require.GreaterOrEqual(t, x, 0.0)
		require.Less(t, x, 1.0)
		sum, square = sum+x, square+(x-0.5)*(x-0.5)
		bins[int(20*x)]++
	}
	root := math.Sqrt(n)
	require.InDelta(t, 0.5, sum/n, 5/math.Sqrt(12)/root)
	require.InDelta(t, 1.0/12, square/n, 5*math.Sqrt(1.0/180)/root)
	chi := 0.0
	for _, b := range bins {
		chi += (b - n/20) * (b - n/20) / (n / 20)
	}
	require.InDelta(t, 19, chi, 5*math.Sqrt(2*19))
}

func TestLossRate(t *testing.T) {
	const n = 50_000
	r := newRig(oneFlow(Link{Latency: ms, Loss: 0.1}, Link{Latency: ms, Loss: 0.02}))
	r.tell(n, ms)
	r.run(t, vtime.Hour)
	p := 1 - 0.9*0.98 // each hop has luck of its own
	require.InDelta(t, p*n, float64(r.Lost), 5*math.Sqrt(n*p*(1-p)))
	require.Equal(t, Counts{Sent: n, Delivered: n - r.Lost, Lost: r.Lost}, r.Counts)
	require.Len(t, r.heard, int(r.Delivered))
}

// Under a jitter longer than the time between messages, a path keeps their order
// unless a conduit on it says that it does not.
func TestOrder(t *testing.T) {
	overtaken := func(unordered bool) (n int) {
		r := newRig(oneFlow(Link{Latency: ms, Jitter: 50 * ms}, Link{Latency: ms, Unordered: unordered}))
		r.tell(1000, ms)
		r.run(t, vtime.Hour)
		require.Equal(t, uint64(1000), r.Delivered)
		last := -1.0
		for _, h := range r.heard {
			if h.value < last {
				n++
			}
			last = h.value
		}
		return n
	}
	require.Zero(t, overtaken(false))
	require.Greater(t, overtaken(true), 100)
}

// Of messages that arrive together the one that was sent last is heard last.
func TestTogetherInOrder(t *testing.T) {
	r := newRig(oneFlow(Link{Latency: ms}))
	r.at(0, func() {
		for i := range 5 {
			r.s.Put(1, float64(i), 0, 0, 0)
			r.Send(0, 0)
		}
	})
	r.run(t, vtime.Second)
	require.Equal(t, 4.0, r.s.V[101])
	require.Equal(t, uint64(5), r.Delivered)
}

// One member tells many; each member tells its own; one of many tells.
func TestMembers(t *testing.T) {
	flow := func(member int, broadcast bool, stride int32, count int) *rig {
		f := oneFlow(Link{Latency: ms})
		f.Member, f.Broadcast, f.Count = int32(member), broadcast, int32(count)
		f.pairs[0].From.Stride = stride
		r := newRig(f)
		for m := range 4 {
			r.s.Init(signal.Slot(1+m), float64(10+m))
		}
		r.at(0, func() {
			for m := range count {
				r.Send(0, m)
			}
		})
		r.run(t, vtime.Second)
		return r
	}
	at := vtime.Time(ms)
	require.Equal(t, []hearing{{at, 0, 10}, {at, 1, 10}, {at, 2, 10}}, flow(-1, true, 0, 3).heard)
	require.Equal(t, []hearing{{at, 0, 10}, {at, 1, 11}, {at, 2, 12}, {at, 3, 13}}, flow(-1, false, 1, 4).heard)
	require.Equal(t, 2, (&Flow{Member: 2}).Teller(1))
	require.Equal(t, 0, (&Flow{Member: -1, Broadcast: true}).Teller(1))
	require.Equal(t, 1, (&Flow{Member: -1}).Teller(1))
}

func TestMembersHaveLuckOfTheirOwn(t *testing.T) {
	f := oneFlow(Link{Latency: ms, Jitter: ms})
	f.Count = 5
	r := newRig(f)
	r.at(0, func() {
		for m := range 5 {
			r.Send(0, m)
		}
	})
	r.run(t, vtime.Second)
	seen := map[vtime.Time]bool{}
	for _, h := range r.heard {
		seen[h.at] = true
	}
	require.Len(t, seen, 5)
}

// What nobody listens to is lost.
func TestDeafReceiver(t *testing.T) {
	r := newRig(oneFlow(Link{Latency: ms}))
	r.tell(3, 10*ms)
	r.at(5*ms, func() { r.deaf[1] = 1 })
	r.at(15*ms, func() { r.deaf[1] = 0 })
	r.run(t, vtime.Second)
	require.Equal(t, Counts{Sent: 3, Delivered: 2, Lost: 1}, r.Counts)
	require.Equal(t, []hearing{{vtime.Time(ms), 0, 0}, {vtime.Time(21 * ms), 0, 2}}, r.heard)
}

// A point folds what one receiver is told, once for each message that leaves.
func TestPrivatePoint(t *testing.T) {
	f := oneFlow(Link{Latency: ms})
	f.pairs[0].Point = 0
	r := newRig(f)
	tape := &signal.Tape{Span: 30 * ms}
	key := rng.New(9, "noise", "x")
	r.s.Points = []signal.Point{{Source: 1, Shown: -1, Tapes: []*signal.Tape{tape}}}
	p := &r.s.Points[0]
	r.tell(20, 10*ms)
	r.at(45*ms, func() { p.Apply(signal.Layer{Op: signal.Noise, A: 1, Chance: key, Roots: 4}, r.s.V[1], r.k.Now()) })
	r.at(145*ms, func() { p.Revert(0, 0) })
	r.run(t, vtime.Second)
	for i, h := range r.heard {
		want := float64(i)
		if i >= 5 && i < 15 {
			want += key.Normal(uint64(i - 5))
		}
		require.Equal(t, want, h.value)
	}
	require.Equal(t, signal.Mask(4), r.arriving)
	tape.Stop(vtime.Time(195 * ms))
	require.Equal(t, 17.0, tape.Play(10*ms, -1), "recorded beneath the noise")
}

// News counts the messages that were heard, equal values or not.
func TestNews(t *testing.T) {
	f := oneFlow(Link{Latency: ms})
	f.pairs[0].News = Cell{Slot: 150}
	r := newRig(f)
	for i := range 5 {
		r.at(vtime.Duration(i)*10*ms, func() { r.Send(0, 0) })
	}
	r.run(t, vtime.Second)
	require.Equal(t, 5.0, r.s.V[150])
	r = newRig(oneFlow(Link{Latency: ms}))
	r.tell(5, ms)
	r.run(t, vtime.Second)
	require.Zero(t, r.s.V[signal.Clock], "without news nothing is counted")
}

// The memory of messages is that of the busiest instant.
func TestPool(t *testing.T) {
	f := oneFlow(Link{Latency: 10 * ms, Jitter: ms})
	f.pairs = pairs(3)
	g := oneFlow(Link{Latency: 3 * ms})
	r := newRig(f, g)
	r.quiet = true
	work := func() {
		for range 100 {
			r.Send(0, 0)
			r.Send(1, 0)
			_ = r.k.Run(r.k.Now().Add(ms), nil)
		}
	}
	for range 10 {
		work()
	}
	require.Zero(t, testing.AllocsPerRun(10, work))
	require.LessOrEqual(t, len(r.pool.messages), 20)
	require.LessOrEqual(t, len(r.pool.values), 50)
}
