package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/campaign/harden"
)

// BenchmarkHarden looks for the cheapest of twelve barriers around the centrifuges, with what
// the graph of all ways proposes and without.
func BenchmarkHarden(b *testing.B) {
	for name, blind := range map[string]bool{"guided": false, "blind": true} {
		b.Run(name, func(b *testing.B) {
			k := &hardener{app: &app{}}
			var problems source.Problems
			require.NoError(b, k.add("centrifuge/flat", false, &problems))
			require.NoError(b, k.add("centrifuge/normal", true, &problems))
			var a *harden.Answer
			for b.Loop() {
				var err error
				a, err = harden.Find(context.Background(), k.barriers, k.scenarios, harden.Options{Blind: blind})
				require.NoError(b, err)
			}
			b.ReportMetric(float64(a.Tried), "sets")
			b.ReportMetric(float64(a.Runs), "runs")
		})
	}
}
