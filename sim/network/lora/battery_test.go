package lora_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A sensor by hand: two AA lithium cells, 3 Ah at 3 V, that sleeps at 5 uW and sends 23 bytes at SF9
// every quarter of an hour at 120 mW, with 0.1 s of listening at 35 mW.
func TestLifetimeByHand(t *testing.T) {
	b := lora.Battery{Capacity: 3 * 3 * 3600, Sleep: 5e-6, Transmit: 0.12, Receive: 0.035, Windows: 100 * vtime.Millisecond}
	airtime, err := lora.Modulation{SpreadingFactor: 9}.Airtime(23)
	require.NoError(t, err)
	require.InDelta(t, 0.205824*0.119995+0.1*0.034995, b.PerPacket(airtime), 1e-12)
	power := 5e-6 + (0.205824*0.119995+0.1*0.034995)/900
	require.InEpsilon(t, power, b.Power(airtime, 15*vtime.Minute), 1e-12)
	require.InEpsilon(t, 32400/power, b.Lifetime(airtime, 15*vtime.Minute), 1e-12)
	require.InDelta(t, 28.26, b.Lifetime(airtime, 15*vtime.Minute)/365.25/86400, 0.005, "years, if the cells kept their charge")
	require.Equal(t, math.Inf(1), (&lora.Battery{Capacity: 1}).Lifetime(0, vtime.Hour))
	require.Zero(t, b.Lifetime(airtime, 0))
}

// Packet by packet a battery lasts as long as the closed form says, to a period.
func TestMeter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := lora.Battery{
			Capacity: rapid.Float64Range(0.5, 20).Draw(t, "capacity"), Sleep: rapid.Float64Range(0, 1e-3).Draw(t, "sleep"),
			Transmit: rapid.Float64Range(0.05, 0.5).Draw(t, "transmit"), Receive: rapid.Float64Range(0.01, 0.05).Draw(t, "receive"),
			Windows: vtime.Duration(rapid.IntRange(0, 200).Draw(t, "windows")) * vtime.Millisecond,
		}
		airtime := vtime.Duration(rapid.IntRange(50, 2000).Draw(t, "airtime")) * vtime.Millisecond
		every := vtime.Duration(rapid.IntRange(10, 100).Draw(t, "every")) * vtime.Second
		m, err := lora.NewMeter(b)
		require.NoError(t, err)
		now := vtime.Time(0).Add(every)
		for ; m.Send(now, airtime); now = now.Add(every) {
			a := snapshot.New(0)
			m.Archive(a)
			again, err := lora.NewMeter(b)
			require.NoError(t, err)
			again.Archive(snapshot.Of(a.Bytes()))
			require.Equal(t, m, again)
		}
		require.InDelta(t, b.Lifetime(airtime, every), now.Seconds(), vtime.Seconds(every)+1e-6)
		require.Equal(t, vtime.Duration(m.Sent)*airtime, m.OnAir)
		require.Less(t, m.Left(now), b.PerPacket(airtime))
	})
}

// Asleep a battery lasts as long as it is large.
func TestAsleep(t *testing.T) {
	m, err := lora.NewMeter(lora.Battery{Capacity: 7200, Sleep: 2, Transmit: 3, Receive: 2})
	require.NoError(t, err)
	require.Equal(t, vtime.Time(vtime.Hour), m.Empties())
	require.InDelta(t, 3600, m.Left(vtime.Time(30*vtime.Minute)), 1e-9)
	require.True(t, m.Send(0, 10*vtime.Second))
	require.Equal(t, vtime.Time(vtime.Hour-5*vtime.Second), m.Empties())
	require.Zero(t, m.Left(vtime.Time(vtime.Hour)))
	require.False(t, m.Send(vtime.Time(vtime.Hour), 0))
	m, err = lora.NewMeter(lora.Battery{Capacity: 1})
	require.NoError(t, err)
	require.Equal(t, vtime.Never, m.Empties())
}
