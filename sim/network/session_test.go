package network

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

const second = vtime.Second

// sessionRig is a flow with a session of 5 s over a link of 10 ms, blocked for a while
// from 10.5 s on.
func sessionRig(t *testing.T, subscribed bool, blocked vtime.Duration, puts ...vtime.Duration) *rig {
	f := pollFlow(second, Link{Latency: 10 * ms})
	f.Subscribed, f.Session, f.Protocol = subscribed, 5*second, OPCUA
	r := newRig(f)
	r.Start()
	for i, at := range puts {
		r.at(at, func() { r.s.Put(1, float64(i+1), 0, 0, 0) })
	}
	r.at(10*second+500*ms, func() { r.Disturb(0, Disturbance{Name: "block", Loss: 1, Roots: 8}) })
	r.at(10*second+500*ms+blocked, func() { r.Calm(0, 0, 0); r.arriving = 0 })
	r.run(t, 40*second)
	return r
}

// A poll whose session is over waits for three round trips until it is open again.
func TestSessionOfAPoll(t *testing.T) {
	r := sessionRig(t, false, 20*second)
	require.EqualValues(t, 1, r.Opened)
	require.EqualValues(t, 20, r.Lost)
	require.Equal(t, vtime.Time(10*second+20*ms), r.heard[10].at)
	require.Equal(t, vtime.Time(31*second+(3*20+20)*ms), r.heard[11].at, "three round trips, then the poll")
	require.Equal(t, vtime.Time(32*second+20*ms), r.heard[12].at, "it is open again")
	require.Equal(t, signal.Mask(8), r.arriving, "the block has a hand in when that is")

	r = sessionRig(t, false, 4*second)
	require.Zero(t, r.Opened, "asked at 10 s and 15 s: it is still open")
	require.Equal(t, vtime.Time(15*second+20*ms), r.heard[11].at)
	require.Zero(t, r.arriving)
}

// A new session knows nothing of what was told before: a subscriber is told everything.
func TestSessionOfASubscription(t *testing.T) {
	heard := func(r *rig) (list []vtime.Time) {
		for _, h := range r.heard {
			list = append(list, h.at)
		}
		return list
	}
	r := sessionRig(t, true, 20*second, 2500*ms)
	require.Equal(t, []vtime.Time{vtime.Time(10 * ms), vtime.Time(3*second + 10*ms), vtime.Time(31*second + (10+60)*ms)}, heard(r))
	require.EqualValues(t, 1, r.Opened)
	require.Zero(t, r.Lost, "there was nothing to tell")
	require.Equal(t, signal.Mask(8), r.arriving)

	r = sessionRig(t, true, 4*second, 2500*ms)
	require.Len(t, r.heard, 2, "kept alive, though nothing is told")
	require.Zero(t, r.Opened)

	r = sessionRig(t, true, 20*second, 2500*ms, 12*second+500*ms, 20*second+500*ms)
	require.EqualValues(t, 1, r.Lost, "the first change; in the second there is no session any more")
	require.Equal(t, vtime.Time(31*second+70*ms), r.heard[2].at)
	require.Equal(t, 3.0, r.heard[2].value)
	require.Equal(t, signal.Mask(8), r.s.Stamp(101).Influence&8)

	r = sessionRig(t, true, 4*second, 12*second+500*ms)
	require.Len(t, r.heard, 1, "lost in a session that goes on: nobody tells it again")
}

// Who is down keeps its session.
func TestSessionOfTheDeaf(t *testing.T) {
	f := pollFlow(second, Link{Latency: 10 * ms})
	f.Session = 5 * second
	r := newRig(f)
	r.Start()
	r.at(3500*ms, func() { r.deaf[0] = 1 })
	r.at(13500*ms, func() { r.deaf[0] = 0; r.deaf[1] = 1 })
	r.at(23500*ms, func() { r.deaf[1] = 0 })
	r.run(t, 30*second)
	require.Zero(t, r.Opened)
	require.Equal(t, vtime.Time(24*second+20*ms), r.heard[4].at)
}
