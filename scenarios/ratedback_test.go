package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// Meters that come back together from a power cut stay in step, and most of what they tell collides from then on. As a
// rate that is not so, of which a warning tells; not where they come back over a period, when hardly more collide
// than before.
func TestRatesComeBackTogether(t *testing.T) {
	const text = `scenario: cut
run: 1d
seed: 1
system:
  subjects: {home: {count: 1500}}
  devices:
    near: {is: telemetry, count: 1500, every: 30m, MORE}
    gateway: {is: custom, signals: {up: {start: true}}}
    meters: {is: store, owner: utility, keeps: 30d, takes: {homes: {from: near.reading, about: home}}}
  zones: {close: [near], mast: [gateway], office: [meters]}
  conduits:
    sf7: {joins: [close, mast], latency: 20ms, radio: {lora: {sf: 7, channels: 8, duty: 1%}}}
    fibre: {joins: [mast, office], latency: 5ms, bandwidth: 10 Mbit/s}
timeline:
  - {at: 6h, fault: power-loss, device: near, for: 1h}
`
	for _, c := range []struct {
		more       string
		least      float64 // share that collides
		most       float64
		isWarnedOf bool
	}{
		{"as_rate: false", 0.5, 1, false},
		{"as_rate: true", 0, 0.013, true},
		{"as_rate: false, rejoins: 30m", 0, 0.016, false},
		{"as_rate: true, rejoins: 30m", 0, 0.013, false},
	} {
		s, err := Parse("cut.yaml", []byte(strings.Replace(text, "MORE", c.more, 1)))
		require.NoError(t, err)
		require.Equal(t, c.isWarnedOf, strings.Contains(s.Warnings.Error(), "stay in step"), c.more)
		r, err := sim.Run(t.Context(), s.Plan)
		require.NoError(t, err)
		air := r.Capacity.Airs[0]
		share := float64(air.Collided) / float64(air.Sent)
		require.GreaterOrEqual(t, share, c.least, c.more)
		require.LessOrEqual(t, share, c.most, c.more)
	}
}
