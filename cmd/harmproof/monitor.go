package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/monitor/stl"
	"github.com/harmproof/harmproof/sim/recording"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A watcher checks what must hold on recorded data, file after file.
type watcher struct {
	*app
	in    io.Reader // the standard input
	flags struct {
		formulas    texts
		invariants  string
		interpolate string
		gap         string
		json, trace bool
		skip, plain bool
	}
	plan    *sim.Plan // whose invariants must hold, nil where there are only formulas
	options recording.Options
	code    int
}

// texts is a flag that may be given again and again.
type texts []string

// String implements flag.Value.
func (t *texts) String() string { return strings.Join(*t, "\n") }

// Set implements flag.Value.
func (t *texts) Set(text string) error {
	*t = append(*t, text)
	return nil
}

// Var is a flag of any type.
func (f *flags) Var(p *texts, name, usage string) {
	f.order = append(f.order, name)
	f.FlagSet.Var(p, name, usage)
}

func (a *app) monitorVerb() *verb {
	w := &watcher{app: a, in: os.Stdin}
	c := &verb{
		Use:   "monitor DATA...",
		Short: "check formulas or invariants on data that was recorded",
		Long: `Check on data that was recorded what must hold: formulas in the notation of STL
tools, or the invariants of a scenario. Data is CSV: a header, then rows whose
first column is the time; - is the standard input. ` + "`harmproof doc monitor`" + ` has
the rules.

The exit code is 0 where all hold, 1 where one is violated or undecided, 2 where
a file or the usage is wrong; of several the highest; 130 after Ctrl-C.`,
		Example: `  harmproof monitor --formula 'always (x < 3)' data.csv
  harmproof monitor --formula 'always (up -> eventually[0,2] x > 1)' data.csv
  harmproof monitor --invariants plant.yaml --interpolate linear data.csv
  harmproof monitor --invariants plant.yaml --json monday.csv tuesday.csv`,
		Args: func(_ *verb, args []string) error {
			if len(args) == 0 {
				return errors.New("name the data: `harmproof monitor --formula 'always (x < 3)' data.csv`; - is the standard input")
			}
			return nil
		},
	}
	f, to := c.Flags(), &w.flags
	f.Var(&to.formulas, "formula", "a `formula` that must hold, such as 'always (x < 3)'; may be given again")
	f.StringVar(&to.invariants, "invariants", "", "all invariants of a `scenario`: a file, or one of the library")
	f.StringVar(&to.interpolate, "interpolate", "hold", "between rows, `how` numbers go on: hold, or linear")
	f.StringVar(&to.gap, "max-gap", "", "the longest `time` between two rows, such as 10s; any where not given")
	f.BoolVar(&to.skip, "skip-missing", false, "pass over invariants whose signals the data does not have")
	f.BoolVar(&to.json, "json", false, "one line of JSON for each formula and file")
	f.BoolVar(&to.trace, "trace", false, "with --json: the margin at all times")
	f.BoolVar(&to.plain, "no-color", false, "no colours (as with the environment variable NO_COLOR)")
	c.Run = func(ctx context.Context, args []string) error {
		w.colour = w.colour && !to.plain
		return w.run(ctx, args)
	}
	return c
}

// run checks all files.
func (w *watcher) run(ctx context.Context, files []string) error {
	if err := w.checkFlags(files); err != nil {
		return err
	}
	if err := w.readable(); err != nil {
		return err
	}
	if w.flags.invariants != "" {
		s, err := load(w.flags.invariants)
		if err != nil {
			return err
		}
		w.plan = s.Plan
	}
	for k, file := range files {
		if ctx.Err() != nil {
			break
		}
		if k > 0 && !w.flags.json {
			fmt.Fprintln(w.out)
		}
		if err := w.file(ctx, file); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		w.code = interrupted
	}
	return code(w.code)
}

// checkFlags refuses flags that do not go together.
func (w *watcher) checkFlags(files []string) (err error) {
	f := &w.flags
	if f.gap != "" {
		if w.options.MaxGap, err = vtime.ParseDuration(f.gap); err != nil {
			return fmt.Errorf("--max-gap %s: %w", source.Quote(f.gap), err)
		}
		if w.options.MaxGap == 0 {
			return fmt.Errorf("--max-gap %s: the time between two rows is longer than nothing; write `--max-gap 10s`", source.Quote(f.gap))
		}
	}
	standard := 0
	for _, file := range files {
		if file == "-" {
			standard++
		}
	}
	w.options.Linear, w.options.Trace = f.interpolate == "linear", f.trace
	switch {
	case f.interpolate != "hold" && f.interpolate != "linear":
		return fmt.Errorf("--interpolate %s: it is hold (a value lasts up to the next row) or linear (a straight line leads to it)%s",
			source.Quote(f.interpolate), source.DidYouMean(f.interpolate, []string{"hold", "linear"}))
	case len(f.formulas) == 0 && f.invariants == "":
		return errors.New("say what must hold: `--formula 'always (x < 3)'`, or `--invariants plant.yaml` for those of a scenario")
	case f.trace && !f.json:
		return errors.New("--trace is for scripts: add `--json`")
	case f.skip && f.invariants == "":
		return errors.New("--skip-missing passes over invariants: add `--invariants plant.yaml`")
	case standard > 1:
		return errors.New("the standard input can be read once: write one -")
	}
	return nil
}

// readable finds all mistakes in the formulas, before any data is read.
func (w *watcher) readable() error {
	found := false
	for i, text := range w.flags.formulas {
		if _, problems := stl.Parse(text, 0); len(problems) > 0 {
			fmt.Fprint(w.err, mistaken(i, text, problems))
			found = true
		}
	}
	if found {
		return exit(wrong)
	}
	return nil
}

// mistaken shows what is wrong with a formula.
func mistaken(i int, text string, problems []stl.Problem) string {
	var b strings.Builder
	fmt.Fprintf(&b, "harmproof: formula f%d cannot be read. Nothing was checked.\n", i+1)
	lines := strings.Split(text, "\n")
	for _, p := range problems {
		line := lines[min(p.Line, len(lines))-1]
		at := min(p.Column-1, len([]rune(line)))
		if len([]rune(line)) > columns-4 {
			fmt.Fprint(&b, indented("  ", p.Error()))
			continue
		}
		caret := "^" + strings.Repeat("~", max(0, min(p.Width-1, len([]rune(line))-at-1)))
		fmt.Fprintf(&b, "\n  %s\n  %s%s\n", source.Printable(line), strings.Repeat(" ", at), caret)
		for _, part := range []string{p.Cause, p.Next} {
			if part != "" {
				fmt.Fprintf(&b, "  %s\n", strings.Join(wrapped(source.Printable(part), columns-2), "\n  "))
			}
		}
	}
	if functions(text) {
		b.WriteString("\n  This looks like a formula of a scenario. Write it as `always (x > 1 ->\n" +
			"  eventually[0,2] y < 2)`, or check the scenario's invariants: --invariants FILE\n")
	}
	return b.String()
}

// functions reports whether a formula is written as in a scenario.
func functions(text string) bool {
	return slices.ContainsFunc([]string{"implies(", "until(", "since(", "release(", "iff(", `"`}, func(word string) bool { return strings.Contains(text, word) })
}

// file checks one file.
func (w *watcher) file(ctx context.Context, name string) error {
	rep, err := w.follow(ctx, name)
	if err != nil {
		rep = &recording.Report{Mistakes: recording.Mistakes{List: []recording.Mistake{{Cause: err.Error()}}, Count: 1}}
	}
	if rep.Interrupted {
		_, err := fmt.Fprintf(w.err, "harmproof: interrupted: %s was not read to its end\n", source.Printable(name))
		return err
	}
	switch {
	case rep.Count > 0:
		w.code = max(w.code, wrong)
	default:
		for i := range rep.Results {
			w.code = max(w.code, w.codeOf(&rep.Results[i]))
		}
	}
	if w.flags.json {
		return w.watchedJSON(name, rep)
	}
	if rep.Count > 0 {
		_, err = fmt.Fprint(w.err, unread(name, rep))
		return err
	}
	_, err = fmt.Fprint(w.out, w.watched(name, rep))
	return err
}

// follow reads one file.
func (w *watcher) follow(ctx context.Context, name string) (*recording.Report, error) {
	if name == "-" {
		return recording.Follow(ctx, w.in, w.options, w.ask), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, errors.New("that is a folder; name the files in it")
	}
	return recording.Follow(ctx, f, w.options, w.ask), nil
}

// ask asks what must hold of a file.
func (w *watcher) ask(s *recording.Sheet) {
	for i, text := range w.flags.formulas {
		s.Formula(fmt.Sprintf("f%d", i+1), text)
	}
	if w.plan != nil {
		s.Invariants(w.plan)
	}
}

// codeOf is the exit code for a result.
func (w *watcher) codeOf(r *recording.Result) int {
	switch {
	case r.Unchecked != "" && !w.flags.skip:
		return wrong
	case r.Unchecked == "" && r.Verdict != monitor.Holds:
		return unexpected
	}
	return asExpected
}

// unread shows what is wrong with a file.
func unread(name string, rep *recording.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "harmproof: %s cannot be checked:\n", source.Printable(name))
	for _, m := range rep.List {
		lines := wrapped(source.Printable(m.Error()), columns-4)
		fmt.Fprintf(&b, "  %s\n", strings.Join(lines, "\n    "))
	}
	if more := rep.Count - len(rep.List); more > 0 {
		fmt.Fprintf(&b, "  and %d more mistakes\n", more)
	}
	return b.String()
}
