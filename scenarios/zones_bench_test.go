package scenarios

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// twentyZones is a system of 1 000 devices in 20 zones around a hub. Each is polled by
// one of another zone every 10 ms, over two conduits with 50 rules each. With checks each
// of them authenticates, authorises and limits what it is told, and keeps a chained log.
func twentyZones(checked bool) string {
	const zones, each = 20, 50
	var b strings.Builder
	b.WriteString("scenario: zones\nrun: 1h\nseed: 1\nsystem:\n  devices:\n    hub: {is: custom, signals: {up: {start: true}}}\n")
	for z := range zones {
		for d := range each {
			fmt.Fprintf(&b, "    d%d_%d:\n      is: custom\n      inputs: {x: {poll: d%d_%d.y, every: 10ms}}\n", z, d, (z+1)%zones, d)
			b.WriteString("      signals: {y: {start: 1}}\n")
			if checked {
				fmt.Fprintf(&b, "      checks: [{authenticate: key}, {authorise: [{who: d%d_%d, verb: read}]}, {range: [0, 2], of: x}]\n", (z+1)%zones, d)
				b.WriteString("      log: {keep: 100, chained: true}\n")
			}
		}
	}
	b.WriteString("  zones:\n    middle: [hub]\n")
	for z := range zones {
		fmt.Fprintf(&b, "    z%d: [", z)
		for d := range each {
			fmt.Fprintf(&b, "d%d_%d, ", z, d)
		}
		b.WriteString("]\n")
	}
	b.WriteString("  conduits:\n")
	for z := range zones {
		fmt.Fprintf(&b, "    c%d:\n      joins: [z%d, middle]\n      rules:\n", z, z)
		for d := range each {
			fmt.Fprintf(&b, "        - {allow: any, verb: read, from: [d%d_%d, d%d_%d], to: [d%d_%d, d%d_%d]}\n",
				z, d, (z+zones-1)%zones, d, z, d, (z+1)%zones, d)
		}
	}
	if checked {
		b.WriteString("  credentials:\n    key: {held_by: [")
		for z := range zones {
			for d := range each {
				fmt.Fprintf(&b, "d%d_%d, ", z, d)
			}
		}
		b.WriteString("]}\n")
	}
	return b.String()
}

// BenchmarkTwentyZones delivers messages in a whole world: how many per second.
func BenchmarkTwentyZones(b *testing.B) {
	for _, checked := range []bool{false, true} {
		b.Run(map[bool]string{false: "plain", true: "checked"}[checked], func(b *testing.B) {
			s, err := Parse("zones.yaml", []byte(twentyZones(checked)))
			require.NoError(b, err)
			delivered := uint64(0)
			b.ResetTimer()
			for range b.N {
				r, err := sim.Run(context.Background(), s.Plan, sim.Until(vtime.Time(10*vtime.Second)))
				require.NoError(b, err)
				require.Zero(b, r.Stats.Lost)
				delivered += r.Stats.Delivered
			}
			b.ReportMetric(float64(delivered)/b.Elapsed().Seconds(), "delivered/s")
		})
	}
}
