package scenarios

import (
	"context"
	"testing"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// BenchmarkSwatDay runs a day of normal operation, loading excluded.
func BenchmarkSwatDayX(b *testing.B) {
	s, err := Load("swat/normal")
	if err != nil {
		b.Fatal(err)
	}
	plan := *s.Plan
	plan.Run = vtime.Time(vtime.Day)
	b.ReportAllocs()
	events, instants, messages := uint64(0), uint64(0), uint64(0)
	b.ResetTimer()
	for range b.N {
		r, err := sim.Run(context.Background(), &plan)
		if err != nil {
			b.Fatal(err)
		}
		events += r.Stats.Events
		instants += r.Stats.Instants
		messages += r.Stats.Delivered
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
	b.ReportMetric(float64(events)/float64(b.N), "events")
	b.ReportMetric(float64(instants)/float64(b.N), "instants")
	b.ReportMetric(float64(messages)/float64(b.N), "messages")
}
