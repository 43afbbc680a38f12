package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// info says what a trace is of.
func (t *tracer) info(name string, x *trace.Trace) error {
	if t.flags.json {
		return t.infoJSON(name, x)
	}
	h := &x.Header
	fmt.Fprintf(t.out, "%s  %s, seed %d, %v of %v\n", source.Printable(h.Scenario), source.Printable(h.File), h.Seed, x.Last().Short(), h.Run.Short())
	fmt.Fprintf(t.out, "  written by    harmproof %s, format %d\n", source.Printable(h.Tool), h.Format)
	fmt.Fprintf(t.out, "  scenario      %.12s, %d texts in it\n", h.Hash, len(x.Files))
	fmt.Fprintf(t.out, "  system        %d devices, %d zones, %d signals, %d flows\n", len(h.Devices), len(h.Zones), x.Cells(), len(h.Flows))
	if x.End == nil {
		return nil
	}
	c := &x.End.Counts
	fmt.Fprintf(t.out, "  recorded      %d changes, %d courses, %d messages, %d events\n", c.Changes.Count, c.Courses.Count, c.Messages.Count, c.Events.Count)
	fmt.Fprintf(t.out, "  digest        %.12s of the run, %.12s of the records\n", x.End.Digest, x.End.Records)
	if x.End.Stopped != "" {
		fmt.Fprintf(t.out, "  not complete  %s\n", source.Printable(x.End.Stopped))
	}
	if x.Result == nil {
		return nil
	}
	t.outcome(x)
	return nil
}

// outcome says what became of invariants and steps.
func (t *tracer) outcome(x *trace.Trace) {
	h := &x.Header
	if len(h.Invariants) == len(x.Result.Invariants) && len(h.Invariants) > 0 {
		fmt.Fprintln(t.out, "\nInvariants")
		for i := range h.Invariants {
			r := &x.Result.Invariants[i]
			margin, when := "-", ""
			if r.Margin != nil {
				margin = fmt.Sprintf("%+.4g %s", *r.Margin/r.Unit.Scale, r.Unit.Symbol)
			}
			if r.At != nil {
				when = r.At.Short()
			}
			line := fmt.Sprintf("  %-32s %-10s %-16s %s", h.Invariants[i].Name, r.Verdict, margin, when)
			fmt.Fprintln(t.out, source.Printable(strings.TrimRight(line, " ")))
		}
	}
	if len(h.Steps) == len(x.Result.Injections) && len(h.Steps) > 0 {
		fmt.Fprintln(t.out, "\nTimeline")
		for i := range h.Steps {
			r := &x.Result.Injections[i]
			when := ""
			if r.Applied != nil {
				when = r.Applied.Short()
			}
			line := fmt.Sprintf("  %-32s %-10s %-16s %s", h.Steps[i].Name, h.Steps[i].Kind, r.Outcome, when)
			fmt.Fprintln(t.out, source.Printable(strings.TrimRight(line, " ")))
		}
	}
}

// infoJSON says it for scripts.
func (t *tracer) infoJSON(name string, x *trace.Trace) error {
	out := struct {
		File    string        `json:"file"`
		Warning string        `json:"warning"`
		Ended   vtime.Time    `json:"ended_ns"`
		Texts   []string      `json:"texts"`
		Header  *trace.Header `json:"header"`
		Result  *trace.Result `json:"result"`
		End     *trace.End    `json:"end"`
	}{name, "", x.Last(), x.Files, &x.Header, x.Result, x.End}
	if x.Warning != nil {
		out.Warning = x.Warning.Error()
	}
	line, err := json.Marshal(&out)
	if err == nil {
		_, err = t.out.Write(append(line, '\n'))
	}
	return err
}

// export writes values over time.
func (t *tracer) export(x *trace.Trace) error {
	cells, err := t.choose(x)
	if err != nil {
		return err
	}
	var every vtime.Duration
	if t.flags.every != "" {
		if every, err = vtime.ParseDuration(t.flags.every); err != nil || every <= 0 {
			return fmt.Errorf("--every %s: write a time such as `--every 1s`", source.Quote(t.flags.every))
		}
	}
	file, err := os.Create(t.flags.out)
	if err != nil {
		return err
	}
	buffer := bufio.NewWriterSize(file, 1<<16)
	out := csv.NewWriter(buffer)
	record := []string{"time"}
	for _, cell := range cells {
		name := x.Path(cell)
		if k := x.KindOf(cell); k.Type == "number" && k.Unit.Symbol != "" {
			name += " [" + k.Unit.Symbol + "]"
		}
		record = append(record, name)
	}
	err = out.Write(record)
	if err == nil {
		err = x.Rows(cells, every, func(at vtime.Time, values []float64) error {
			record[0] = exactSeconds(at)
			for i, v := range values {
				record[i+1] = shown(x.KindOf(cells[i]), v)
			}
			return out.Write(record)
		})
	}
	out.Flush()
	return errors.Join(err, out.Error(), buffer.Flush(), file.Close())
}

// choose finds the signals, all where none is named.
func (t *tracer) choose(x *trace.Trace) (cells []int, err error) {
	if t.flags.signals == "" {
		for cell := range x.Cells() {
			cells = append(cells, cell)
		}
		return cells, nil
	}
	for path := range strings.SplitSeq(t.flags.signals, ",") {
		cell, err := x.Cell(strings.TrimSpace(path))
		if err != nil {
			return nil, err
		}
		cells = append(cells, cell)
	}
	return cells, nil
}

// shown writes a value in the unit of its signal.
func shown(k *trace.Kind, x float64) string {
	switch {
	case math.IsNaN(x):
		return ""
	case k.Type == "number":
		x = unit.Unit{Scale: k.Unit.Scale, Offset: k.Unit.Offset}.FromSI(x)
	case k.Type == "enum" && x >= 0 && x < float64(len(k.Labels)):
		return k.Labels[int(x)]
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
