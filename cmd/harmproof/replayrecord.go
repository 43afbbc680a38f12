package main

import (
	"context"
	"fmt"
	"time"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
)

// A shown run is one that is replayed: a trace, or a scenario that is to be recorded.
type shown struct {
	name     string
	file     string
	scenario *scenarios.Scenario
}

// find says what a name is of, and whether that can be read.
func (r *replayer) find(name string) (*shown, error) {
	if isTrace(name) {
		_, file, err := openTrace(name)
		if err == nil {
			err = file.Close()
		}
		return &shown{name: name, file: name}, err
	}
	s, err := load(name)
	if err == nil && len(s.Warnings) > 0 {
		fmt.Fprintln(r.err, s.Warnings.Render(""))
	}
	return &shown{name: name, scenario: s}, err
}

// record runs a scenario, as `harmproof run --trace` does.
func (r *replayer) record(ctx context.Context, x *shown) error {
	s := x.scenario
	seed := s.Plan.Seed
	if r.seeded {
		seed = r.flags.seed
	} else if s.Seeds > 1 {
		fmt.Fprintf(r.err, "%s is run with %d seeds; this is the run of seed %d: `--seed` shows another.\n", source.Printable(x.name), s.Seeds, seed)
	}
	traced, err := newTraced(s, x.file, seed)
	if err != nil {
		return err
	}
	bar := newBar(r.app, s.Plan.Name, s.Plan.Run, time.Now)
	watched, reached := traced.watch(ctx, bar.reached)
	result, err := sim.Run(watched, s.Plan, sim.Seed(seed), sim.Record(traced), sim.Explain(), sim.Progress(reached))
	bar.stop()
	closed := traced.Close(result)
	switch {
	case ctx.Err() != nil:
		return exit(interrupted)
	case err != nil:
		return fmt.Errorf("%s could not be recorded: %w; `harmproof run %s` says more", source.Quote(x.name), err, source.Printable(x.name))
	}
	return closed
}
