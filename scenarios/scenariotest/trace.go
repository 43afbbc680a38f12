package scenariotest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/record"
)

// kept writes the trace of a failing run beside the test, and says where. It runs once
// more for that, so that runs which are as expected cost nothing.
func kept(t testing.TB, s *scenarios.Scenario, failed *sim.Result) string {
	name, err := filepath.Abs(strings.NewReplacer("/", "-", "#", "-", ":", "-").Replace(t.Name()) + ".mcap")
	if err == nil {
		err = write(name, s, failed)
	}
	if err != nil {
		return fmt.Sprintf("its trace could not be written: %v", err)
	}
	return fmt.Sprintf("its trace is %s: harmproof trace info, harmproof why", name)
}

// write records the run anew.
func write(name string, s *scenarios.Scenario, failed *sim.Result) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	o := record.Options{Seed: failed.Seed, Tool: "in a test", File: s.File}
	for _, text := range s.Texts() {
		o.Files = append(o.Files, trace.File(text))
	}
	buffer := bufio.NewWriter(file)
	r, err := record.New(buffer, s.Plan, o)
	if err != nil {
		return err
	}
	result, err := sim.Run(context.Background(), s.Plan, sim.Seed(failed.Seed), sim.Until(failed.Ended), sim.Explain(), sim.Record(r))
	if err != nil {
		return err
	}
	if err := r.Close(result); err != nil {
		return err
	}
	return buffer.Flush()
}
