package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/report"
)

// A runner runs scenarios one after the other.
type runner struct {
	*app
	names []string
	flags struct {
		seed         uint64
		seeds        int
		json, all    bool
		csv, signals string
		every        string
		junit        string
		pcap, trace  string
		plain        bool
		profile      bool
		keeping
	}
	seeded   bool // the seed was given
	table    *table
	capture  *capture
	traced   *traced
	code     int
	outcomes []report.Outcome
}

func (a *app) runVerb() *verb {
	r := &runner{app: a}
	c := &verb{
		Use:   "run NAME...",
		Short: "run scenarios and say what broke, when and why",
		Long: `Run scenarios: files, names of the library, or globs of either (quote those).

One run is told as a story; several give a table. The exit code is 0 where all
expectations are met, 1 where one is not, 2 where a scenario or the usage is
wrong, 3 where the simulator failed; of several the highest; 130 after Ctrl-C.`,
		Example: `  harmproof run swat/attack-01
  harmproof run 'swat/*' --junit report.xml
  harmproof run plant.yaml --seed 1 --seeds 20
  harmproof run plant.yaml --until 10m --save state.bin
  harmproof run plant.yaml --resume state.bin
  harmproof run plant.yaml --csv out.csv --signals tower.level,pump.flow --every 1s
  harmproof run plant.yaml --pcap run.pcapng
  harmproof run plant.yaml --trace run.mcap`,
		Args: func(_ *verb, args []string) error {
			if len(args) == 0 {
				return errors.New("name what to run: `harmproof run swat/attack-01`; `harmproof list` shows the library")
			}
			return nil
		},
	}
	f, to := c.Flags(), &r.flags
	f.Uint64Var(&to.seed, "seed", 0, "seed of the (first) run, instead of the scenario's")
	f.IntVar(&to.seeds, "seeds", 0, "run so many seeds, one after the other")
	f.BoolVar(&to.json, "json", false, "one line of JSON for each run")
	f.BoolVar(&to.all, "all", false, "the whole story, all invariants, all causes")
	f.StringVar(&to.csv, "csv", "", "write the signals of one run to a `file`")
	f.StringVar(&to.signals, "signals", "", "which signals, such as tower.level,pump.flow; all where not given")
	f.StringVar(&to.every, "every", "", "sample them at equal steps, such as 1s, instead of where they change")
	f.StringVar(&to.pcap, "pcap", "", "write the traffic of one run to a `file` for Wireshark and tshark (pcapng)")
	f.StringVar(&to.trace, "trace", "", "write all that happens in one run to a `file`, for replays and `harmproof trace`")
	f.StringVar(&to.junit, "junit", "", "write JUnit XML to a `file`")
	to.keeping.flags(f)
	f.BoolVar(&to.profile, "profile", false, "say where the time went, of one run")
	f.BoolVar(&to.plain, "no-color", false, "no colours (as with the environment variable NO_COLOR)")
	c.Run = func(ctx context.Context, args []string) error {
		r.seeded = f.Changed("seed")
		r.colour = r.colour && !to.plain
		return r.run(ctx, args)
	}
	return c
}

// run runs what the patterns name.
func (r *runner) run(ctx context.Context, patterns []string) (err error) {
	if r.names, err = scenarios.Expand(patterns); err != nil {
		return err
	}
	if err := r.checkFlags(); err != nil {
		return err
	}
	var junit *os.File
	if r.flags.junit != "" {
		if junit, err = os.Create(r.flags.junit); err != nil {
			return err
		}
		defer junit.Close()
	}
	for _, name := range r.names {
		if ctx.Err() != nil {
			r.outcomes = append(r.outcomes, report.Outcome{Name: name, File: name, Problem: "interrupted before it was run"})
			continue
		}
		if err := r.scenario(ctx, name); err != nil {
			return err
		}
	}
	if err := r.conclude(); err != nil {
		return err
	}
	if junit != nil {
		if err := report.JUnit(junit, r.outcomes); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		r.code = interrupted
	}
	return code(r.code)
}

// checkFlags refuses flags that do not go together.
func (r *runner) checkFlags() error {
	f := &r.flags
	switch {
	case f.seeds < 0:
		return errors.New("--seeds is how many seeds to run: write `--seeds 20`")
	case f.csv == "" && f.signals != "":
		return errors.New("--signals chooses what --csv writes: add `--csv out.csv`")
	case f.csv == "" && f.every != "":
		return errors.New("--every says how often --csv samples: add `--csv out.csv`")
	case f.profile && (len(r.names) > 1 || f.seeds > 1 || f.json):
		return errors.New("--profile tells of one run, below its story: name one scenario and no --seeds or --json")
	case f.csv != "" && len(r.names) > 1:
		return fmt.Errorf("--csv writes one run, but these are %d scenarios; name one", len(r.names))
	case f.pcap != "" && len(r.names) > 1:
		return fmt.Errorf("--pcap writes one run, but these are %d scenarios; name one", len(r.names))
	case f.trace != "" && len(r.names) > 1:
		return fmt.Errorf("--trace writes one run, but these are %d scenarios; name one", len(r.names))
	}
	return nil
}

// several reports whether there is more than one run to tell of.
func (r *runner) several(seeds int) bool { return len(r.names) > 1 || seeds > 1 }

// scenario loads a scenario and runs its seeds.
func (r *runner) scenario(ctx context.Context, name string) error {
	s, err := load(name)
	if err != nil {
		return r.notRun(name, err)
	}
	if len(s.Warnings) > 0 {
		fmt.Fprintln(r.err, s.Warnings.Render(""))
	}
	seed, seeds := s.Plan.Seed, max(1, s.Seeds)
	if r.seeded {
		seed, seeds = r.flags.seed, 1
	}
	if r.flags.seeds > 0 {
		seeds = r.flags.seeds
	}
	if err := r.flags.check(len(r.names), seeds); err != nil {
		return err
	}
	if r.flags.csv != "" {
		if seeds > 1 {
			return fmt.Errorf("--csv writes one run, but these are %d seeds; choose one: `--seed %d`", seeds, seed)
		}
		if r.table, err = newTable(s.Plan, r.flags.csv, r.flags.signals, r.flags.every); err != nil {
			return err
		}
		defer r.table.Close()
	}
	if r.flags.pcap != "" && seeds > 1 {
		return fmt.Errorf("--pcap writes one run, but these are %d seeds; choose one: `--seed %d`", seeds, seed)
	}
	if r.flags.trace != "" && seeds > 1 {
		return fmt.Errorf("--trace writes one run, but these are %d seeds; choose one: `--seed %d`", seeds, seed)
	}
	begun := len(r.outcomes)
	for k := range seeds {
		if err := r.one(ctx, name, s, seed+uint64(k)); err != nil {
			return err
		}
		if ctx.Err() != nil {
			break
		}
	}
	r.agree(ctx, name)
	if r.flags.json {
		line, err := report.CrossingsJSON(r.outcomes[begun:])
		if err != nil || line == nil {
			return err
		}
		return r.line(line, nil)
	}
	if r.several(seeds) {
		return nil
	}
	return r.story()
}

// agree judges the runs of all seeds of a scenario together.
func (r *runner) agree(ctx context.Context, name string) {
	var runs []*sim.Result
	for _, o := range r.outcomes {
		if o.Name == name && o.Result != nil {
			runs = append(runs, o.Result)
		}
	}
	unmet := sim.Agree(runs)
	if len(unmet) == 0 || ctx.Err() != nil {
		return
	}
	r.code = max(r.code, unexpected)
	if len(runs) > 1 && !r.flags.json {
		for _, u := range unmet {
			fmt.Fprintf(r.err, "%s: %s\n", source.Printable(name), u)
		}
	}
}

// one runs one seed.
func (r *runner) one(ctx context.Context, name string, s *scenarios.Scenario, seed uint64) error {
	bar := newBar(r.app, s.Plan.Name, s.Plan.Run, time.Now)
	options, err := r.flags.options(s.Plan)
	if err != nil {
		bar.stop()
		return err
	}
	if r.flags.profile {
		began := time.Now()
		options = append(options, sim.Profiled(func() int64 { return int64(time.Since(began)) }))
	}
	if r.flags.resume == "" || r.seeded {
		options = append(options, sim.Seed(seed))
	}
	if r.table != nil {
		options = append(options, r.table.option())
	}
	ctx, reached := ctx, bar.reached
	if r.flags.pcap != "" {
		if r.capture, err = newCapture(s.Plan, r.flags.pcap, seed); err != nil {
			bar.stop()
			return err
		}
		ctx, reached = r.capture.watch(ctx, reached)
		options = append(options, sim.Capture(r.capture))
	}
	if r.flags.trace != "" {
		if r.traced, err = newTraced(s, r.flags.trace, seed); err != nil {
			bar.stop()
			return err
		}
		ctx, reached = r.traced.watch(ctx, reached)
		options = append(options, sim.Record(r.traced), sim.Explain())
	}
	options = append(options, sim.Progress(reached))
	result, err := sim.Run(ctx, s.Plan, options...)
	bar.stop()
	if r.capture != nil {
		if err := r.capture.Close(); err != nil {
			return err
		}
	}
	if r.traced != nil {
		if err := r.traced.Close(result); err != nil {
			return err
		}
	}
	o := report.Outcome{Name: name, File: s.File, Seed: seed, Result: result}
	if err != nil {
		if r.table != nil && r.table.err != nil {
			return r.table.err
		}
		if !errors.As(err, new(*sim.BrokenError)) {
			return r.flags.refused(err)
		}
		return r.broken(o, err)
	}
	r.outcomes = append(r.outcomes, o)
	if r.flags.json {
		line, err := report.JSON(result, s.File)
		return r.line(line, err)
	}
	return nil
}

// notRun tells of a scenario that cannot be run.
func (r *runner) notRun(name string, cause error) error {
	r.code = max(r.code, wrong)
	r.outcomes = append(r.outcomes, report.Outcome{Name: name, File: name, Problem: problem(cause)})
	if r.flags.json {
		line, err := report.ErrorJSON(name, data(cause)...)
		return r.line(line, err)
	}
	var problems source.Problems
	switch {
	case errors.As(cause, &problems) && len(r.names) > 1:
		fmt.Fprintln(r.err, problems.Render("It was not run."))
	case errors.As(cause, &problems):
		fmt.Fprint(r.err, problems.Error())
	default:
		fmt.Fprintf(r.err, "harmproof: %v\n", cause)
	}
	return nil
}

// problem is an error without the note that nothing was run.
func problem(cause error) string {
	var problems source.Problems
	if errors.As(cause, &problems) {
		return strings.TrimSpace(problems.Render(""))
	}
	return cause.Error()
}

// broken tells of a run that the simulator did not get through.
func (r *runner) broken(o report.Outcome, cause error) error {
	r.code = max(r.code, failed)
	again := fmt.Sprintf("harmproof run %s --seed %d", o.Name, o.Seed)
	o.Broken, o.Problem = true, cause.Error()
	r.outcomes = append(r.outcomes, o)
	if r.flags.json {
		line, err := report.ErrorJSON(o.File, report.Problem{Message: cause.Error(), Fix: "reproduce it with `" + again + "`"})
		return r.line(line, err)
	}
	var b *sim.BrokenError
	known := errors.As(cause, &b)
	if known && b.OfModel() {
		fmt.Fprintf(r.err, "harmproof: the model of %s cannot be computed any further. Nothing was decided.\n", source.Printable(o.Name))
	} else {
		fmt.Fprintf(r.err, "harmproof: the simulator failed. This says nothing about %s.\n", source.Printable(o.Name))
	}
	if known {
		device := "not known"
		if b.Device != "" {
			device = b.Device + " (" + b.Doing + ")"
		}
		fmt.Fprintf(r.err, "  device  %s\n  time    %v\n", source.Printable(device), b.At)
		cause = b.Cause
	}
	lines := wrapped(source.Printable(cause.Error()), columns-11)
	fmt.Fprintf(r.err, "  cause   %s\n  again   %s\n", strings.Join(lines, "\n          "), source.Printable(again))
	if b != nil && b.Stack != "" && r.flags.all {
		fmt.Fprint(r.err, "\n", b.Stack)
	}
	return nil
}

// story tells of the only run.
func (r *runner) story() error {
	if n := len(r.outcomes); n != 1 || r.outcomes[0].Result == nil {
		return nil
	}
	o := report.Options{All: r.flags.all, Colour: r.colour}
	if err := report.Text(r.out, r.outcomes[0].Result, o); err != nil {
		return err
	}
	return report.Profile(r.out, r.outcomes[0].Result, o)
}

// conclude writes the table of several runs.
func (r *runner) conclude() error {
	if r.flags.json || len(r.outcomes) < 2 {
		return nil
	}
	return report.Summary(r.out, r.outcomes, report.Options{Colour: r.colour})
}

func (r *runner) line(line []byte, err error) error {
	if err == nil {
		_, err = r.out.Write(append(bytes.TrimSpace(line), '\n'))
	}
	return err
}
