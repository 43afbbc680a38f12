package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/container"
)

// A tracer does things with trace files.
type tracer struct {
	*app
	flags struct {
		out, signals, every, format string
		json                        bool
	}
}

func (a *app) traceVerb() *verb {
	t := &tracer{app: a}
	c := &verb{
		Use:   "trace info|export|recover FILE",
		Short: "say what is in a recorded run, export it, or repair it",
		Long: `Read traces, which ` + "`harmproof run --trace FILE`" + ` writes.

  info     what the trace is of, and what became of the run
  export   the values of signals over time: by the ending of --out a table as CSV
           or Parquet, a value change dump (.vcd) for viewers of waveforms, or a
           timeline for Perfetto (.json), with messages, and causes as arrows
  recover  write what can be read of a damaged trace as a good one

A trace that was cut short or damaged is read up to the damage, with a warning.`,
		Example: `  harmproof run tower/spoofed-gauge --trace run.mcap
  harmproof trace info run.mcap
  harmproof trace export run.mcap --out run.csv --signals tower.level --every 1s
  harmproof trace export run.mcap -o run.parquet
  harmproof trace export run.mcap -o run.vcd
  harmproof trace export run.mcap -o run.json --format perfetto
  harmproof trace recover broken.mcap --out good.mcap
  harmproof why run.mcap`,
		Args: func(_ *verb, args []string) error {
			switch {
			case len(args) == 0 || !slices.Contains([]string{"info", "export", "recover"}, args[0]):
				return errors.New("say what to do: `harmproof trace info FILE`, or export, or recover")
			case len(args) != 2:
				return fmt.Errorf("name one trace: `harmproof trace %s run.mcap`", args[0])
			}
			return nil
		},
	}
	f, to := c.Flags(), &t.flags
	f.StringVarP(&to.out, "out", "o", "", "of export and recover: the `file` to write")
	f.StringVar(&to.format, "format", "", "of export: csv, parquet, vcd or perfetto, where the ending of the file does not say")
	f.StringVar(&to.signals, "signals", "", "of export: which signals, such as tower.level,pump.flow; all where not given")
	f.StringVar(&to.every, "every", "", "of export: at equal steps, such as 1s, instead of where they change")
	f.BoolVar(&to.json, "json", false, "of info: one line of JSON")
	c.Run = func(_ context.Context, args []string) error { return t.run(args[0], args[1]) }
	return c
}

func (t *tracer) run(what, name string) error {
	if f := &t.flags; what == "info" && f.out != "" || what != "info" && f.json || what != "export" && (f.signals != "" || f.every != "" || f.format != "") {
		return fmt.Errorf("a flag is not one of `harmproof trace %s`; see `harmproof help trace`", what)
	}
	if what != "info" && t.flags.out == "" {
		return fmt.Errorf("say where to write to: `harmproof trace %s %s --out FILE`", what, name)
	}
	x, file, err := openTrace(name)
	if err != nil {
		return err
	}
	defer file.Close()
	if what != "recover" {
		t.warn(name, x)
	}
	switch what {
	case "export":
		err := t.export(x)
		if damage := (*container.Damage)(nil); errors.As(err, &damage) {
			return fmt.Errorf("%s: %w; `harmproof trace recover %s --out FILE` makes a trace of what can be read", source.Quote(name), err, source.Printable(name))
		}
		return err
	case "recover":
		return t.recover(name, x)
	}
	return t.info(name, x)
}

// warn says what is missing of a trace.
func (a *app) warn(name string, x *trace.Trace) {
	if x.Warning != nil {
		for _, line := range wrapped(source.Printable(fmt.Sprintf("warning: %s: %v", name, x.Warning)), columns) {
			fmt.Fprintln(a.err, line)
		}
	}
}

// openTrace opens a trace file.
func openTrace(name string) (*trace.Trace, *os.File, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("that is a folder; name a file in it")
	}
	var x *trace.Trace
	if err == nil {
		x, err = trace.Open(file, info.Size())
	}
	if err != nil {
		_ = file.Close()
		return nil, nil, fmt.Errorf("%s: %w", source.Quote(name), err)
	}
	return x, file, nil
}

// isTrace reports whether a file begins as traces do, or at least is called one.
func isTrace(name string) bool {
	if strings.HasSuffix(name, ".mcap") {
		return true
	}
	file, err := os.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	head := make([]byte, len(trace.Magic))
	n, _ := file.Read(head)
	return string(head[:n]) == trace.Magic
}

// loadTraced loads the scenario that a trace is of, from the texts in it.
func loadTraced(x *trace.Trace) (*scenarios.Scenario, error) {
	var texts []scenarios.Text
	for i, name := range x.Files {
		text, err := x.Text(i)
		if err != nil {
			return nil, fmt.Errorf("%s in it cannot be read: %w", name, err)
		}
		texts = append(texts, scenarios.Text{Name: name, Data: text})
	}
	return scenarios.Bundle(texts)
}

// recover writes what can be read anew.
func (t *tracer) recover(name string, x *trace.Trace) error {
	if oneFile(name, t.flags.out) {
		return errors.New("--out is the trace itself; name another file")
	}
	out, err := os.Create(t.flags.out)
	if err != nil {
		return err
	}
	r, err := x.Recover(out)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", t.flags.out, err)
	}
	if r.Found == nil {
		fmt.Fprintf(t.out, "%s was whole; %s is a copy of it.\n", source.Printable(name), source.Printable(t.flags.out))
		return nil
	}
	text := fmt.Sprintf("%s: %v", name, r.Found)
	for _, line := range wrapped(source.Printable(text), columns) {
		fmt.Fprintln(t.out, line)
	}
	_, err = fmt.Fprintf(t.out, "%d of %d pages, up to %v, are now in %s.\n", r.Pages, r.Pages+r.Lost, x.Last().Short(), source.Printable(t.flags.out))
	return err
}

// oneFile reports whether two names are of one file.
func oneFile(a, b string) bool {
	x, err := os.Stat(a)
	y, missing := os.Stat(b)
	return err == nil && missing == nil && os.SameFile(x, y)
}
