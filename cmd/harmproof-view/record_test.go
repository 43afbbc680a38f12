//go:build !js

package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/trace/record"
)

// recorded runs a scenario of the library and opens its trace.
func recorded(t *testing.T, name string) *opened {
	s, err := scenarios.Load(name)
	require.NoError(t, err)
	var out bytes.Buffer
	r, err := record.New(&out, s.Plan, record.Options{Seed: s.Plan.Seed, File: s.File, Tables: report.CapacityTables})
	require.NoError(t, err)
	result, err := sim.Run(context.Background(), s.Plan, sim.Record(r), sim.Explain())
	require.NoError(t, err)
	require.NoError(t, r.Close(result))
	file := filepath.Join(t.TempDir(), "run.mcap")
	require.NoError(t, os.WriteFile(file, out.Bytes(), 0o644))
	o, err := open(file, name)
	require.NoError(t, err)
	t.Cleanup(func() { _ = o.file.Close() })
	return o
}
