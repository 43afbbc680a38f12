package network

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A clerk is a gate that notes what it is offered.
type clerk struct {
	offers []check.Offer
	answer func(o *check.Offer) bool
}

func (c *clerk) Admit(_ int32, _ int, o *check.Offer) bool {
	noted := *o
	noted.Objects, noted.Values = slices.Clone(o.Objects), slices.Clone(o.Values)
	c.offers = append(c.offers, noted)
	return c.answer(o)
}

// guarded is a flow of three values of which a guard knows the last two.
func guarded() line {
	f := oneFlow(Link{Latency: ms})
	f.Guard, f.Verb, f.Bears, f.Security, f.Lane = 0, Write, 5, Sign, 2
	f.pairs = pairs(3)
	f.pairs[1].Object, f.pairs[2].Object = 8, 4
	return f
}

// What the guard is offered, and what becomes of what it changes, holds and refuses.
func TestGate(t *testing.T) {
	r := newRig(guarded())
	c := &clerk{}
	r.Gate = c
	c.answer = func(o *check.Offer) bool {
		switch len(c.offers) {
		case 2:
			o.Values[1] = 77 // clamped
		case 3:
			o.Held = []bool{true, false}
		case 4:
			o.Influence |= 8
			return false
		}
		return true
	}
	for i := range 4 {
		r.at(vtime.Duration(i)*10*ms, func() {
			for k := range 3 {
				r.s.Put(signal.Slot(1+k), float64(10*i+k), 1, 0, r.k.Now())
			}
			r.Send(0, 0)
		})
	}
	shown := func(until vtime.Duration) []float64 {
		r.run(t, until)
		return []float64{r.s.V[101], r.s.V[111], r.s.V[121]}
	}
	require.Equal(t, []float64{0, 1, 2}, shown(5*ms))
	require.Equal(t, []float64{10, 11, 77}, shown(15*ms))
	require.Equal(t, []float64{20, 11, 22}, shown(25*ms), "the held one stays")
	require.Equal(t, []float64{20, 11, 22}, shown(35*ms))
	require.Equal(t, Counts{Sent: 4, Delivered: 3, Refused: 1}, r.Counts)
	require.Equal(t, signal.Mask(9), r.missed)
	require.Equal(t, signal.Mask(9), r.s.Stamp(101).Influence, "of what was refused")
	require.Equal(t, check.Offer{
		At: vtime.Time(11 * ms), Sent: vtime.Time(10 * ms), Counter: 1, Lane: 2, Verb: uint8(Write), Bears: 5,
		Influence: 1, Objects: []int32{7, 3}, Values: []float64{11, 12},
	}, c.offers[1])
}

// A message that claims to be of somebody else, recorded earlier: what it says of
// itself is what was recorded, and who sent it is known all the same.
func TestReplay(t *testing.T) {
	f := guarded()
	f.Silent, f.Sender, f.Claims, f.Objects = true, 2, 0, []int32{9}
	r := newRig(f)
	c := &clerk{answer: func(*check.Offer) bool { return true }}
	r.Gate = c
	r.at(50*ms, func() { r.Replay(0, 0, []float64{1, 2, 3}, 4, vtime.Time(ms), 3) })
	r.at(60*ms, func() { r.Bear(0, 12); r.Inject(0, 0, nil, 2) })
	r.run(t, vtime.Second)
	require.Equal(t, []float64{1, 2, 3}, []float64{r.s.V[101], r.s.V[111], r.s.V[121]})
	require.Equal(t, []check.Offer{{
		At: vtime.Time(51 * ms), Sent: vtime.Time(ms), Counter: 3, Claimed: 0, True: 2, Lane: 2, Verb: uint8(Write), Bears: 5,
		Influence: 4, Objects: []int32{7, 3, 9}, Values: []float64{2, 3},
	}, {
		At: vtime.Time(61 * ms), Sent: vtime.Time(60 * ms), Counter: 1, Claimed: 0, True: 2, Lane: 2, Verb: uint8(Write), Bears: 12,
		Influence: 2, Objects: []int32{9}, Values: []float64{},
	}}, c.offers)
	require.Equal(t, signal.Mask(4), r.arriving, "who is told nothing is not told")
}

// What is changed on its way fails a proof of integrity, where there is one.
func TestAltered(t *testing.T) {
	for security, altered := range map[Security]bool{None: false, Sign: true, Encrypt: true} {
		f := guarded()
		f.Security, f.pairs[1].Point = security, 0
		r := newRig(f)
		c := &clerk{answer: func(*check.Offer) bool { return true }}
		r.Gate = c
		r.s.Points = []signal.Point{{Source: 2, Shown: -1}}
		r.at(0, func() { r.Send(0, 0) })
		r.at(ms, func() { r.s.Points[0].Apply(signal.Layer{Op: signal.Const, A: 9}, 0, r.k.Now()); r.Send(0, 0) })
		r.run(t, vtime.Second)
		require.False(t, c.offers[0].Altered)
		require.Equal(t, altered, c.offers[1].Altered)
		require.Equal(t, 9.0, r.s.V[111])
	}
}

// A witness notes every fate.
type witness struct {
	fates []Fate
	where []int32
}

func (w *witness) Resolved(_ int32, _ int, _ uint64, fate Fate, where int32, _ signal.Mask) {
	w.fates, w.where = append(w.fates, fate), append(w.where, where)
}

// Every fate is told to the watcher, with where it was met.
func TestFates(t *testing.T) {
	links := []Link{{}, {Bandwidth: 8e6, Queue: 1000}, {Loss: 1}}
	flow := func(hops ...Hop) line {
		f := silent(1000, hops...)
		f.Watched = true
		return f
	}
	blocked, login := flow(Hop{}), flow(Hop{})
	blocked.Path.Blocked, login.Path.Needs = "a rule", []uint64{3, 4}
	login.Bears = 2
	refused := flow(Hop{})
	refused.Guard = 0
	r := newRigOn(links, flow(Hop{}, Hop{Link: 1}), flow(Hop{Link: 1}, Hop{Link: 2}), blocked, login, refused)
	w := &witness{}
	r.Watcher, r.Gate = w, &clerk{answer: func(*check.Offer) bool { return false }}
	inject := func(flows ...int) (fates []Fate, where []int32) {
		w.fates, w.where = nil, nil
		r.at(vtime.Duration(r.k.Now())+ms, func() {
			for _, f := range flows {
				r.Inject(f, 0, nil, 0)
			}
		})
		r.run(t, vtime.Duration(r.k.Now())+vtime.Second)
		return w.fates, w.where
	}
	check := func(flows []int, fates []Fate, where []int32) {
		t.Helper()
		f, at := inject(flows...)
		require.Equal(t, fates, f)
		require.Equal(t, where, at)
	}
	check([]int{0}, []Fate{Arrived}, []int32{-1})
	check([]int{0, 0, 0}, []Fate{Dropped, Dropped, Arrived}, []int32{1, 1, -1})
	check([]int{1}, []Fate{Lost}, []int32{1})
	check([]int{2}, []Fate{Blocked}, []int32{-1})
	check([]int{3}, []Fate{NeedsLogin}, []int32{-1})
	check([]int{4}, []Fate{Refused}, []int32{-1})
	r.Bear(3, 8)
	check([]int{3}, []Fate{NeedsLogin}, []int32{-1})
	r.Bear(3, 4+1)
	check([]int{3}, []Fate{Arrived}, []int32{-1})
	r.deaf[1] = 1
	check([]int{3}, []Fate{Lost}, []int32{-1})
	require.Equal(t, Counts{Sent: 8, Delivered: 3, Lost: 4, Dropped: 2, Refused: 1, Blocked: 3}, r.Counts)
}

// What cannot pass is not sent, whether told or asked for, and counted.
func TestBlocked(t *testing.T) {
	told, polled := oneFlow(), pollFlow(10*ms)
	told.Path, polled.Path = &Path{Hops: []Hop{{}}, Blocked: "a diode"}, &Path{Hops: []Hop{{}}, Needs: []uint64{1}}
	r := newRigOn([]Link{{Latency: ms}}, told, polled)
	r.Start()
	r.tell(5, 10*ms)
	r.at(45*ms, func() { r.Bear(1, 1) })
	r.run(t, 95*ms)
	require.Equal(t, Counts{Sent: 5, Requests: 5, Delivered: 5, Blocked: 10}, r.Counts)
	require.Equal(t, uint64(0), r.Carried(0))
	require.Equal(t, uint64(5), r.Carried(1))
}
