package lora_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A band is closed for T(1/duty - 1) after a packet.
func TestOffTime(t *testing.T) {
	r, err := lora.NewRegulator(lora.Europe(), 0)
	require.NoError(t, err)
	const airtime = 61_696 * vtime.Microsecond
	begins, ok := r.Offer(0, 1, airtime, 0)
	require.True(t, ok)
	require.Zero(t, begins)
	require.Equal(t, vtime.Time(100*airtime), r.Opens(1, 1))
	require.Equal(t, vtime.Time(airtime), r.Opens(1, 0), "it has one transmitter")
	require.Equal(t, 0, r.First(1))
	_, ok = r.Offer(vtime.Time(100*airtime)-1, 1, airtime, 0)
	require.False(t, ok)
	_, ok = r.Offer(vtime.Time(100*airtime), 1, airtime, 0)
	require.True(t, ok)
	require.Equal(t, lora.BandCount{Offered: 3, Dropped: 1}, r.BandCount, "what is only planned is not on the air")
	r.Sent(airtime)
	require.Equal(t, lora.BandCount{Offered: 3, Dropped: 1, OnAir: airtime}, r.BandCount)
	require.Zero(t, r.Duty(0))
}

// A device that always has something to send sends as much in an hour as the duty cycle allows.
func TestSaturated(t *testing.T) {
	for sf, want := range map[int]int{7: 583, 8: 318, 9: 174} {
		airtime, err := lora.Modulation{SpreadingFactor: sf}.Airtime(23)
		require.NoError(t, err)
		r, err := lora.NewRegulator([]lora.Band{{Name: "g1", Duty: 0.01}}, 0)
		require.NoError(t, err)
		n := 0
		for now := vtime.Time(0); now.Add(100*airtime) <= vtime.Time(vtime.Hour); now = r.Opens(now, 0) {
			_, ok := r.Offer(now, 0, airtime, 0)
			require.True(t, ok)
			n++
		}
		require.Equal(t, want, n)
	}
}

// Whatever is offered: packets of a device do not overlap, in each band at least the off time is
// between them, nobody waits longer than its patience, and who is dropped would have had to.
func TestRegulator(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bands := lora.Europe()
		patience := vtime.Duration(rapid.IntRange(0, 20_000).Draw(t, "patience"))
		r, err := lora.NewRegulator(bands, patience)
		require.NoError(t, err)
		now, free := vtime.Time(0), vtime.Time(0)
		open := make([]float64, len(bands))
		for range rapid.IntRange(0, 60).Draw(t, "packets") {
			now += vtime.Time(rapid.IntRange(0, 5000).Draw(t, "gap"))
			band, airtime := rapid.IntRange(0, len(bands)-1).Draw(t, "band"), vtime.Duration(rapid.IntRange(1, 100).Draw(t, "airtime"))
			earliest := max(float64(now), float64(free), open[band])
			at, ok := r.Offer(now, band, airtime, 0)
			if !ok {
				require.Greater(t, earliest+1, float64(now)+float64(patience))
				continue
			}
			require.InDelta(t, earliest, float64(at), 1)
			require.GreaterOrEqual(t, float64(at), earliest-1e-6)
			require.LessOrEqual(t, at.Sub(now), patience)
			free = at.Add(airtime)
			open[band] = float64(at) + float64(airtime)/bands[band].Duty
			a := snapshot.New(0)
			r.Archive(a)
			again, err := lora.NewRegulator(bands, patience)
			require.NoError(t, err)
			again.Archive(snapshot.Of(a.Bytes()))
			require.Equal(t, r, again)
		}
	})
}
