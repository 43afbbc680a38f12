package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/trace"
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
	t.harmed(x)
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

// harmed says the worst that became of each person.
func (t *tracer) harmed(x *trace.Trace) {
	h := &x.Header
	worst := make([]*trace.Harm, len(h.People))
	at := make([]vtime.Time, len(h.People))
	for e, err := range x.Events(h.From, x.Last()) {
		if err != nil {
			break
		}
		if e.Kind != trace.Harmed {
			continue
		}
		if now := &h.Harms[e.Index]; worst[now.Person] == nil || now.Severity > worst[now.Person].Severity {
			worst[now.Person], at[now.Person] = now, e.At
		}
	}
	for i := range h.People {
		if i == 0 {
			fmt.Fprintln(t.out, "\nHarm")
		}
		line := fmt.Sprintf("  %-32s unharmed", h.People[i].Name)
		if w := worst[i]; w != nil {
			line = fmt.Sprintf("  %-32s %-10s %-16s %s", h.People[i].Name, w.Word, "by "+w.Exposure, at[i].Short())
		}
		fmt.Fprintln(t.out, source.Printable(line))
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
