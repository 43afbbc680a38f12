package network

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// two flows share a slow link: the first to device 1, the second to device 2.
func two() *rig {
	a, b := oneFlow(), oneFlow()
	a.Path, b.Path = &Path{Hops: []Hop{{}}}, &Path{Hops: []Hop{{}}}
	a.Bytes, b.Bytes = 1000, 1000
	a.QoS, a.Retry = 1, 10*ms
	b.Receiver, b.pairs[0].To = 2, Cell{Slot: 150}
	return newRigOn([]Link{{Bandwidth: 8e6}}, a, b)
}

// Who waits behind a message, or would have had to, is under the influence of those
// who had a hand in that.
func TestInfluenceOfThoseBefore(t *testing.T) {
	stamp := func(r *rig) signal.Mask { return r.s.Stamp(150).Influence }
	send := func(r *rig, flow int, from signal.Mask) func() {
		return func() {
			r.s.Put(1, float64(flow), from, 0, r.k.Now())
			r.Send(flow, 0)
			r.s.Put(1, 0, 0, 0, r.k.Now())
		}
	}
	r := two()
	r.at(0, send(r, 1, 0))
	r.run(t, vtime.Second)
	require.Zero(t, stamp(r))

	r = two()
	r.at(0, func() { r.Disturb(0, Disturbance{Name: "block", Loss: 1, Roots: 4}) })
	r.at(ms, send(r, 0, 0))
	r.at(ms+1, send(r, 1, 0))
	r.run(t, vtime.Second)
	require.Equal(t, signal.Mask(4), stamp(r), "a message that was blocked")

	r = two()
	r.at(0, func() { r.deaf[1] = 1; r.Swayed(1, 8) })
	r.at(ms, send(r, 0, 0))
	r.at(10*ms, send(r, 1, 0))
	r.run(t, vtime.Second)
	require.Equal(t, signal.Mask(8), stamp(r), "one that is sent again since nobody is there")

	r = two()
	r.at(0, func() { r.Disturb(0, Disturbance{Name: "slow", Delay: 5 * ms, Roots: 16}) })
	r.at(ms, send(r, 0, 0))
	r.at(2*ms, send(r, 1, 0))
	r.run(t, vtime.Second)
	require.Equal(t, signal.Mask(16), stamp(r), "one that comes late, so that another comes early")
}

// Who is still waiting at the end was kept from hearing by then.
func TestInfluenceOnThoseWhoWait(t *testing.T) {
	slow := oneFlow()
	slow.Path, slow.Bytes = &Path{Hops: []Hop{{}}}, 1000
	r := newRigOn([]Link{{Bandwidth: 8e6}}, silent(1000, Hop{}), slow)
	r.at(0, func() { r.Inject(0, 0, nil, 32) })
	r.at(ms/2, func() { r.Send(1, 0) })
	r.run(t, ms+ms/2)
	require.Empty(t, r.heard)
	require.Equal(t, signal.Mask(32), r.missed)
	require.Equal(t, signal.Mask(32), r.s.Stamp(101).Influence)
}
