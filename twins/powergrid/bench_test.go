package powergrid

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/vtime"
)

// BenchmarkWSCC is a minute of nine buses whose machines swing undamped after a fault,
// with all protection and without; x-real is how many times as fast as the grid
// itself that is.
func BenchmarkWSCC(b *testing.B) {
	for name, spec := range map[string]Spec{"bare": wscc(), "protected": relayed(wscc())} {
		b.Run(name, func(b *testing.B) {
			p := short{"b7", "", 0.083}.plan(b, spec, 60, plant.Automatic)
			b.ReportAllocs()
			for b.Loop() {
				_, err := sim.Run(context.Background(), p)
				require.NoError(b, err)
			}
			b.ReportMetric(60*float64(b.N)/b.Elapsed().Seconds(), "x-real")
		})
	}
}

// relayed gives a grid the frequency relays of NERC PRC-024 for the western
// interconnection, and WECC's load shedding.
func relayed(s Spec) Spec {
	second := func(x float64) vtime.Duration { return vtime.FromSeconds(x) }
	s.Relays = []Relay{
		{"u1", 57.0, 0, 0}, {"u2", 57.3, 0, second(0.75)}, {"u3", 57.8, 0, second(7.5)}, {"u4", 58.4, 0, second(30)}, {"u5", 59.4, 0, second(180)},
		{"o1", 0, 61.7, 0}, {"o2", 0, 61.6, second(30)}, {"o3", 0, 60.6, second(180)},
	}
	for _, x := range []struct {
		name         string
		below, share float64
	}{{"s1", 59.1, 0.053}, {"s2", 58.9, 0.059}, {"s3", 58.7, 0.065}, {"s4", 58.5, 0.067}, {"s5", 58.3, 0.067}} {
		s.Shedding = append(s.Shedding, Stage{x.name, x.below, x.share, second(14. / 60)})
	}
	s.OutOfStep = 180 * degree
	return s
}
