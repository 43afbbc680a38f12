package scenariotest

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/record"
)

// Recorded runs a scenario, by its file or its name in the library, and opens its trace.
// After so many changes the run is stopped, which its trace says; 0 lets it come to its
// end.
func Recorded(t testing.TB, scenario string, changes int) *trace.Trace {
	t.Helper()
	s, err := scenarios.Load(scenario)
	if err != nil {
		t.Fatal(err)
	}
	file := new(bytes.Buffer)
	r, err := record.New(file, s.Plan, record.Options{Seed: s.Plan.Seed, Tool: "in a test", File: s.File})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	options := []sim.Option{sim.Record(r), sim.Explain()}
	if changes > 0 {
		options = append(options, sim.Record(&simtest.Limit{Left: changes, Stop: stop}))
	}
	result, err := sim.Run(ctx, s.Plan, options...)
	if err = errors.Join(err, r.Close(result)); err != nil {
		t.Fatal(err)
	}
	x, err := trace.Open(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return x
}
