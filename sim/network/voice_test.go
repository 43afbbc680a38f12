package network

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// onAir is a radio link with two streams of packets of different lengths, and what came of each.
func onAir(t *testing.T, radio Radio, rates [2]float64, second int32) (r *rig, sent, got [2]float64) {
	short, long := streaming(Hop{}), streaming(Hop{})
	short.Bytes, long.Bytes = 66, second
	r = newRigOn([]Link{{Radio: &radio}}, short, long)
	r.quiet = true
	r.at(0, func() {
		r.Surge(0, rates[0]*66, 1)
		r.Surge(1, rates[1]*float64(second), 2)
	})
	r.run(t, 1000*vtime.Second)
	for i := range 2 {
		sent[i], got[i], _ = r.Poured(i)
	}
	return r, sent, got
}

// Of two streams with packets of different lengths each loses what ALOHA says: a packet meets those that begin while it is
// on the air, or so long before as they are.
func TestVoicesOfDifferentLengths(t *testing.T) {
	radio := Radio{Modulation: lora.Modulation{SpreadingFactor: 9}, Channels: 3, Duty: 1}
	const second = 66 + 80
	rates := [2]float64{4, 1.5} // a second
	r, sent, got := onAir(t, radio, rates, second)
	takes := [2]float64{vtime.Seconds(radio.OnAir(66)), vtime.Seconds(radio.OnAir(second))}
	require.Greater(t, takes[1], 1.5*takes[0])
	lost := 0.0
	for i := range 2 {
		met := 0.0
		for k := range 2 {
			met += rates[k] * (takes[i] + takes[k]) / 3
		}
		require.InEpsilon(t, math.Exp(-met), got[i]/sent[i], 1e-9)
		lost += rates[i] * 1000 * (1 - math.Exp(-met))
	}
	a := r.AirCounts()[0]
	require.True(t, a.AsRate)
	require.InDelta(t, 5500, float64(a.Sent), 1)
	require.InDelta(t, lost, float64(a.Collided), 1)
	require.Zero(t, a.Withheld)
	require.InEpsilon(t, 1000*(rates[0]*takes[0]+rates[1]*takes[1]), vtime.Seconds(a.Airtime), 1e-9)
	_, _, influence := r.Poured(0)
	require.Equal(t, signal.Mask(3), influence, "each is as the other makes it")
}

// Senders do not collide with themselves, and send no more than their duty cycle lets them; a flood of which nobody
// says who sends it does as it likes.
func TestVoicesKnowTheirSenders(t *testing.T) {
	radio := Radio{Modulation: lora.Modulation{SpreadingFactor: 9}, Channels: 1, Duty: 0.01, Patience: vtime.Hour}
	takes := vtime.Seconds(radio.OnAir(66))
	for _, c := range []struct {
		senders           int
		every             float64 // seconds, of each
		admitted, through float64
	}{
		{0, 1, 1, math.Exp(-2 * takes)},
		{1, 30, 1, 1},
		{2, 30, 1, math.Exp(-2 * takes / 30)},
		{4, 1, 0.01 / takes, math.Exp(-2 * 0.01 * 3)},
	} {
		r := newRigOn([]Link{{Radio: &radio}}, streaming(Hop{}))
		r.quiet = true
		all := 66 / c.every * float64(max(1, c.senders))
		if c.senders > 0 {
			r.Senders(0, c.senders, 66/c.every, false)
		}
		r.at(0, func() { r.Surge(0, all, 0) })
		r.run(t, 10_000*vtime.Second)
		sent, got, _ := r.Poured(0)
		require.InEpsilon(t, c.admitted*c.through, got/sent, 1e-9, "%+v", c)
		a := r.AirCounts()[0]
		require.InDelta(t, (1-c.admitted)*float64(a.Offered), float64(a.Withheld), 1)
		if c.senders > 0 {
			require.InEpsilon(t, takes/c.every*c.admitted, r.Admitted(0), 1e-9)
			require.InEpsilon(t, r.Admitted(0), a.Duty, 1e-6)
		}
	}
}
