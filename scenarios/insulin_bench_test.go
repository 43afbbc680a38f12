package scenarios

import (
	"context"
	"testing"

	"github.com/harmproof/harmproof/sim"
)

// BenchmarkInsulinDay is a day of insulin/normal.
func BenchmarkInsulinDay(b *testing.B) {
	s, err := Load("insulin/normal")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := sim.Run(context.Background(), s.Plan, sim.Explain()); err != nil {
			b.Fatal(err)
		}
	}
}
