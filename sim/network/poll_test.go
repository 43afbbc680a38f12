package network

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

func pollFlow(period vtime.Duration, path ...Link) line {
	f := oneFlow(path...)
	f.Period = period
	return f
}

// A poll is a request and a response, with the values of the moment at which it
// is answered.
func TestPoll(t *testing.T) {
	f := pollFlow(100*ms, Link{Latency: 10 * ms})
	f.pairs = pairs(2)
	r := newRig(f)
	r.Start()
	for i := range 40 { // told more often than asked for
		r.at(vtime.Duration(i)*7*ms, func() { r.s.Put(1, float64(i), 0, 0, 0) })
	}
	r.run(t, 250*ms)
	// Asked at 0, 100 and 200 ms; answered 10 ms later with what was told before.
	require.Equal(t, []hearing{{vtime.Time(20 * ms), 0, 1}, {vtime.Time(120 * ms), 0, 15}, {vtime.Time(220 * ms), 0, 29}}, r.heard)
	require.Equal(t, Counts{Sent: 3, Requests: 3, Delivered: 3}, r.Counts)
}

// The period of a poll is by the clock of the device that asks.
func TestPollDrifts(t *testing.T) {
	r := newRig(pollFlow(100*ms, Link{Latency: 10 * ms}))
	r.drift = 0.25
	r.Start()
	r.run(t, vtime.Second)
	require.Equal(t, uint64(13), r.Requests, "every 80 ms, from 0 on")
}

func TestPollOfTheDeaf(t *testing.T) {
	r := newRig(pollFlow(100*ms, Link{Latency: 10 * ms}))
	r.Start()
	r.at(50*ms, func() { r.deaf[1] = 1 }) // who asks
	r.at(150*ms, func() { r.deaf[1] = 0 })
	r.at(205*ms, func() { r.deaf[0] = 1 }) // who answers
	r.at(305*ms, func() { r.deaf[0] = 0 })
	r.run(t, 450*ms)
	require.Equal(t, Counts{Sent: 3, Requests: 4, Delivered: 3}, r.Counts)
	require.Equal(t, vtime.Time(320*ms), r.heard[1].at)
}

// A block, a drop by chance, a delay: what they do, what they count, and that
// they are over.
func TestDisturbances(t *testing.T) {
	disturbed := func(path Link, ds ...Disturbance) *rig {
		r := newRig(oneFlow(path))
		r.tell(1000, 10*ms)
		r.at(2*vtime.Second-ms, func() {
			for _, d := range ds {
				r.Disturb(0, d)
			}
		})
		r.at(8*vtime.Second-ms, func() {
			for _, d := range ds {
				effects := r.Disturbed(0, d.Place, d.Part)
				require.Equal(t, effects, r.Calm(0, d.Place, d.Part))
				require.Zero(t, r.Disturbed(0, d.Place, d.Part))
				require.Zero(t, r.Calm(0, d.Place, d.Part))
			}
		})
		r.run(t, vtime.Minute)
		require.Equal(t, uint64(1000), r.Sent)
		require.Equal(t, int(r.Sent-r.Lost), len(r.heard))
		return r
	}
	plain := Link{Latency: ms}
	require.Zero(t, disturbed(plain).Lost)

	r := disturbed(plain, Disturbance{Name: "block", Loss: 1, Roots: 8})
	require.Equal(t, uint64(600), r.Lost)
	require.Equal(t, signal.Mask(8), r.missed)
	require.Equal(t, signal.Mask(8), r.s.Stamp(101).Influence, "what it should have heard")

	half := disturbed(plain, Disturbance{Name: "half", Loss: 0.5})
	require.InDelta(t, 300, float64(half.Lost), 5*12.3)
	both := disturbed(plain, Disturbance{Name: "half", Loss: 0.5}, Disturbance{Name: "other half", Place: 1, Loss: 0.5})
	require.InDelta(t, 450, float64(both.Lost), 5*10.6, "each with luck of its own")

	slow := disturbed(plain, Disturbance{Name: "slow", Delay: 3 * vtime.Second, Roots: 16})
	require.Zero(t, slow.Lost)
	require.Equal(t, signal.Mask(16), slow.arriving)
	require.Equal(t, vtime.Time(5*vtime.Second+ms), slow.heard[200].at)
	require.Equal(t, 798.0, slow.heard[798].value)
	require.Equal(t, slow.heard[799].at, slow.heard[999].at, "in order: what is sent later waits for the last one that is late")
	require.Equal(t, 999.0, slow.heard[999].value)

	free := disturbed(Link{Latency: ms, Unordered: true}, Disturbance{Name: "slow", Delay: 3 * vtime.Second})
	require.Contains(t, free.heard, hearing{vtime.Time(8*vtime.Second + ms), 0, 800}, "out of order: it need not")
}

// What the luck of a flow is must not depend on others, nor on what an injection
// does to some of its messages.
func TestLuckIsIndependent(t *testing.T) {
	link := Link{Latency: ms, Jitter: ms, Loss: 0.2}
	const period = 10 * ms
	arrivals := func(flow line, do func(*rig), others ...line) map[vtime.Time]bool {
		r := newRig(append([]line{flow}, others...)...)
		r.Start()
		if flow.Period == 0 {
			r.tell(300, period)
		}
		if do != nil {
			do(r)
		}
		r.run(t, 3*vtime.Second+5*ms)
		at := map[vtime.Time]bool{}
		for _, h := range r.heard {
			if h.member == 0 {
				at[h.at] = true
			}
		}
		return at
	}
	for name, flow := range map[string]line{"told": oneFlow(link), "polled": pollFlow(period, link)} {
		t.Run(name, func(t *testing.T) {
			want := arrivals(flow, nil)
			require.Greater(t, len(want), 150)
			other := oneFlow(link)
			other.Sender = 2
			other.pairs[0].To = Cell{Slot: 190}
			got := arrivals(flow, func(r *rig) {
				for i := range 500 {
					r.at(vtime.Duration(i)*period/2, func() { r.lanes[r.routes[1].lane].sent++ })
				}
			}, other)
			require.Equal(t, want, got, "another flow")

			got = arrivals(flow, func(r *rig) {
				r.at(1000*ms-1, func() { r.Disturb(0, Disturbance{Name: "block", Loss: 1}) })
				r.at(2000*ms-1, func() { r.Calm(0, 0, 0) })
			})
			for at := range want {
				if at < vtime.Time(vtime.Second) || at > vtime.Time(2*vtime.Second+8*ms) {
					require.True(t, got[at], "the message that arrived at %v without the block", at)
				}
			}
			require.Less(t, len(got), len(want)-50)
		})
	}
}

// Flows between the same two devices are told apart.
func TestFlowsOfOnePairDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range []Flow{
		{Member: -1}, {Member: 0}, {Member: 1}, {Member: -1, Period: ms}, {Member: -1, Period: 2 * ms}, {Member: 0, Period: ms},
		{Member: -1, Period: ms, Subscribed: true}, {Member: -1, Silent: true}, {Member: -1, Topic: "x"},
	} {
		b := &Book{Name: func(device int32) string { return string(rune('a' + device)) }}
		require.False(t, seen[b.user(&f)], b.user(&f))
		seen[b.user(&f)] = true
	}
}

func TestRequestsHaveLuckOfTheirOwn(t *testing.T) {
	r := newRig(pollFlow(10*ms, Link{Latency: ms, Loss: 0.5}))
	r.Start()
	r.run(t, 100*vtime.Second)
	answered := float64(r.Sent) / float64(r.Requests)
	require.InDelta(t, 0.5, answered, 0.03)
	require.InDelta(t, 0.5, float64(r.Delivered)/float64(r.Sent), 0.04, "an answer is not as lucky as its request")
}

// A disturbance by chance has luck of its own for requests and for answers.
func TestDisturbedPolls(t *testing.T) {
	r := newRig(pollFlow(10*ms, Link{Latency: ms}))
	r.Start()
	r.Disturb(0, Disturbance{Name: "half", Loss: 0.5})
	r.run(t, 100*vtime.Second)
	require.InDelta(t, 0.5, float64(r.Sent)/float64(r.Requests), 0.03)
	require.InDelta(t, 0.5, float64(r.Delivered)/float64(r.Sent), 0.04)
	require.Equal(t, r.Lost, r.Disturbed(0, 0, 0))
}

// A layer on messages that are lost shows nobody anything.
func TestLayerOnLostMessages(t *testing.T) {
	f := oneFlow(Link{Latency: ms})
	f.pairs[0].Point = 0
	r := newRig(f)
	r.s.Points = []signal.Point{{Source: 1, Shown: -1}}
	r.s.Points[0].Apply(signal.Layer{Op: signal.Const, A: 9}, 0, 0)
	r.Disturb(0, Disturbance{Name: "block", Loss: 1})
	r.tell(5, 10*ms)
	r.run(t, 45*ms)
	require.Zero(t, r.s.Points[0].Effects(0, 0))
	r.Calm(0, 0, 0)
	r.Send(0, 0)
	require.Equal(t, uint64(1), r.s.Points[0].Effects(0, 0))
}
