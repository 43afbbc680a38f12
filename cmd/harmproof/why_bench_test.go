package main

import (
	"context"
	"testing"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
)

// What an explanation costs: the tree, and the runs without each root.
func BenchmarkWhy(b *testing.B) {
	s, err := scenarios.Load("tower/spoofed-gauge")
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	for b.Loop() {
		r, err := sim.Run(ctx, s.Plan, sim.Explain())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := why.Explain(ctx, s.Plan, r, "interlock-works", why.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
