// Package scenariotest runs scenarios as tests:
//
//	func TestTowerSurvivesASpoofedGauge(t *testing.T) {
//		run := scenariotest.Run(t, "testdata/spoofed-gauge.yaml")
//		require.Less(t, run.Signal("tower.level").Max(), 4.0)
//	}
//
//	func TestLibrary(t *testing.T) { scenariotest.Walk(t, "../library") }
//
// A test fails when the scenario's expectations are not met, and says why: the
// verdicts, the chain of causes, the command that runs it again, and where its trace is:
// beside the test, named after it, for `harmproof trace` and `harmproof why`.
package scenariotest

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Result is what happened in a run, with what its signals did.
type Result struct {
	*sim.Result
	t       testing.TB
	history *sim.History
}

// Run loads and runs a scenario, a file or a name of the library. The test ends
// at once where it has mistakes or the run breaks; it fails, and goes on, where
// the expectations are not met.
func Run(t testing.TB, name string, options ...sim.Option) *Result {
	t.Helper()
	history := &sim.History{}
	result := expected(t, load(t, name), append([]sim.Option{sim.Record(history)}, options...)...)
	return &Result{result, t, history}
}

// expected runs a scenario; the test fails, and goes on, where it does not end as the
// scenario expects.
func expected(t testing.TB, s *scenarios.Scenario, options ...sim.Option) *sim.Result {
	t.Helper()
	result := run(t, s, options...)
	if !result.AsExpected() {
		t.Errorf("%s is not as expected.\n\n%s\nrun it again: harmproof run %s --seed %d\n%s",
			s.Plan.Name, text(result), s.File, result.Seed, kept(t, s, result))
	}
	return result
}

// Signal returns a signal of the run. A misspelt path ends the test with the
// candidates.
func (r *Result) Signal(path string) *sim.Signal {
	r.t.Helper()
	s, err := r.history.Signal(path)
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}

// Walk runs every scenario in a folder and below, each as a subtest beside others, twice,
// and compares the digests. The second run is kept at some instant and taken up again
// from there; with -short there is none.
func Walk(t *testing.T, dir string) {
	t.Helper()
	walk(t, dir, func(string) bool { return true })
}

// walk is Walk of the scenarios that it takes, by their names.
func walk(t *testing.T, dir string, takes func(name string) bool) {
	t.Helper()
	found := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		name = strings.TrimSuffix(filepath.ToSlash(name), ".yaml")
		if !takes(name) {
			return nil
		}
		scenario, err := scenarios.Load(path)
		var system *scenarios.SystemError
		if errors.As(err, &system) {
			return nil
		}
		found++
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range scenario.Warnings {
				t.Error(w)
			}
			first := expected(t, scenario)
			if testing.Short() {
				return
			}
			at := vtime.Time(rng.New(1, path, "kept").Float64(0) * float64(scenario.Plan.Run))
			var state []byte
			run(t, scenario, sim.Until(at), sim.Keep(func(data []byte) error { state = data; return nil }))
			again := run(t, load(t, path), sim.From(state))
			if first.Digest != again.Digest {
				t.Errorf("the run has the digest %s; kept at %v and taken up again it has %s", first.Digest, at, again.Digest)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Fatalf("there is no scenario in %s", dir)
	}
}

func load(t testing.TB, name string) *scenarios.Scenario {
	t.Helper()
	scenario, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return scenario
}

func run(t testing.TB, s *scenarios.Scenario, options ...sim.Option) *sim.Result {
	t.Helper()
	result, err := sim.Run(context.Background(), s.Plan, options...)
	if err != nil {
		t.Fatalf("%v\nrun it again: harmproof run %s", err, s.File)
	}
	return result
}

func text(r *sim.Result) string {
	var b strings.Builder
	if err := report.Text(&b, r, report.Options{Width: 100}); err != nil {
		return err.Error()
	}
	return b.String()
}
