package main

import (
	"bufio"
	"context"
	"fmt"
	"os"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/record"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A traced run is one that is written to a trace file.
type traced struct {
	*record.Recorder
	file   *os.File
	buffer *bufio.Writer
	stop   context.CancelFunc
}

// newTraced creates the file.
func newTraced(s *scenarios.Scenario, name string, seed uint64) (*traced, error) {
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("--trace: %w; name a file in a folder that is there and that you may write to", err)
	}
	t := &traced{file: file, buffer: bufio.NewWriterSize(file, 1<<18), stop: func() {}}
	o := record.Options{Seed: seed, Tool: version(), File: s.File, Tables: report.CapacityTables}
	for _, text := range s.Texts() {
		o.Files = append(o.Files, trace.File(text))
	}
	t.Recorder, err = record.New(t.buffer, s.Plan, o)
	return t, err
}

// watch has a run stop that can no longer be written.
func (t *traced) watch(ctx context.Context, reached func(vtime.Time)) (context.Context, func(vtime.Time)) {
	ctx, t.stop = context.WithCancel(ctx)
	return ctx, func(at vtime.Time) {
		if t.Err() != nil {
			t.stop()
		}
		reached(at)
	}
}

// Close completes the file.
func (t *traced) Close(r *sim.Result) error {
	t.stop()
	err := t.Recorder.Close(r)
	for _, end := range []func() error{t.buffer.Flush, t.file.Close} {
		if failed := end(); err == nil {
			err = failed
		}
	}
	if err != nil {
		return fmt.Errorf("--trace: writing %s: %w; `harmproof trace recover` makes a trace of what is in it", t.file.Name(), err)
	}
	return nil
}
