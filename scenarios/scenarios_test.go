package scenarios

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

func TestSmoke(t *testing.T) {
	s, err := Load("tower/spoofed-gauge")
	if err != nil {
		t.Fatal(err)
	}
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	for _, i := range r.Invariants {
		t.Logf("%-16s %v margin %v at %v %v", i.Name, i.Verdict, i.Margin, i.At, i.Violations)
	}
	t.Log(r.Unmet)
}
