package sim_test

import (
	"context"
	"testing"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// BenchmarkTower runs a day of the tower: what an event costs with everything
// on it, loading excluded.
func BenchmarkTower(b *testing.B) {
	b.ReportAllocs()
	plan := *tower(b)
	plan.Run = vtime.Time(vtime.Day)
	events := uint64(0)
	for b.Loop() {
		r, err := sim.Run(context.Background(), &plan)
		if err != nil {
			b.Fatal(err)
		}
		events += r.Stats.Events
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
	b.ReportMetric(float64(events)/float64(b.N), "events/run")
}
