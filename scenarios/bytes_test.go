package scenarios_test

import (
	"context"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// What is compared between architectures (.ci/bytes) computes with every function
// that an expression may call, and runs as expected.
func TestEveryFunctionIsComparedBetweenArchitectures(t *testing.T) {
	trials.Long(t)
	s, err := scenarios.Load("testdata/functions.yaml")
	require.NoError(t, err)
	require.Empty(t, s.Warnings)
	for _, usage := range expression.Functions() {
		call := regexp.MustCompile(`^\w+\(`).FindString(usage)
		require.Regexp(t, `\b`+regexp.QuoteMeta(call), string(s.Text))
	}
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	require.Empty(t, r.Unmet)
	for _, i := range r.Invariants {
		require.False(t, i.Vacuous, i.Name)
	}
}
