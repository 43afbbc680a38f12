package scenarios

import (
	"context"
	"testing"

	"github.com/harmproof/harmproof/sim"
)

// BenchmarkHomeDay is a day of home/normal.
func BenchmarkHomeDay(b *testing.B) {
	s, err := Load("home/normal")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := sim.Run(context.Background(), s.Plan, sim.Explain()); err != nil {
			b.Fatal(err)
		}
	}
}
