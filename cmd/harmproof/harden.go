package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/harden"
	"github.com/harmproof/harmproof/sim/report"
)

// A hardener looks for the cheapest barriers that would prevent what goes wrong.
type hardener struct {
	*app
	flags struct {
		normal, only     []string
		seeds, best      int
		workers          int
		svg              string
		json, all, plain bool
		adaptive         bool
	}
	barriers  []harden.Barrier
	scenarios []harden.Scenario
	loaded    []*scenarios.Scenario
}

func (a *app) hardenVerb() *verb {
	k := &hardener{app: a}
	c := &verb{
		Use:   "harden NAME...",
		Short: "find the cheapest barriers that prevent what goes wrong",
		Long: `Find the cheapest sets of barriers with which every invariant of the scenarios
holds, out of those that they declare with a cost (` + "`harmproof doc barriers`" + `): by
running them again with sets raised, as few as need be. Each set that is shown
needs all of its barriers: every part of it was run, and did not hold.

A normal scenario, in which nobody attacks, must still hold; of a scenario X/...
of the library that is X/normal, where there is one. That is so in this model and
with these seeds; it proves nothing about the world. The exit code is 0 where a
set holds, or nothing is violated; 1 where none does.`,
		Example: `  harmproof harden plant.yaml --normal quiet-day.yaml
  harmproof harden worm.yaml stolen-laptop.yaml --seeds 5 --svg barriers.svg`,
		Args: func(_ *verb, args []string) error {
			if len(args) == 0 {
				return errors.New("name a scenario with barriers: `harmproof harden plant.yaml`; `harmproof doc barriers` says how they are declared")
			}
			return nil
		},
	}
	f, to := c.Flags(), &k.flags
	f.listVar(&to.normal, "normal", "a `scenario` that must hold whatever is raised; may be given again")
	f.listVar(&to.only, "invariant", "an `invariant` that must hold under attack; may be given again; all where not given")
	f.BoolVar(&to.adaptive, "adaptive", false, "let attackers off their script as well: they try every weakness and credential in their reach")
	f.IntVar(&to.seeds, "seeds", 0, "so many seeds of each scenario, instead of what it says")
	f.IntVar(&to.best, "best", harden.DefaultBest, "how many sets to look for")
	f.StringVar(&to.svg, "svg", "", "draw zones, ways and barriers of the best set into a `file`")
	f.IntVar(&to.workers, "workers", 0, "runs at a time; as many as there are processors where not given")
	f.BoolVar(&to.json, "json", false, "one line of JSON")
	f.BoolVar(&to.all, "all", false, "the whole lists")
	f.BoolVar(&to.plain, "no-color", false, "no colours (as with the environment variable NO_COLOR)")
	c.Run = func(ctx context.Context, args []string) error {
		k.colour = k.colour && !to.plain
		return k.harden(ctx, args)
	}
	return c
}

// listVar declares a flag that may be given more than once.
func (f *flags) listVar(p *[]string, name, usage string) {
	f.order = append(f.order, name)
	f.FlagSet.Func(name, usage, func(text string) error { *p = append(*p, text); return nil })
}

// harden loads the scenarios, searches, and says what it found.
func (k *hardener) harden(ctx context.Context, args []string) error {
	if err := k.check(); err != nil {
		return err
	}
	if err := k.load(args); err != nil {
		return err
	}
	bar := &searchBar{app: k.app, began: time.Now()}
	answer, err := harden.Find(ctx, k.barriers, k.scenarios, harden.Options{Workers: k.flags.workers, Best: k.flags.best, Only: k.flags.only, Progress: bar.reached})
	bar.stop()
	if err != nil {
		return err
	}
	if k.flags.svg != "" {
		if err := k.draw(answer); err != nil {
			return err
		}
	}
	if k.flags.json {
		line, err := report.HardenJSON(answer)
		if err == nil {
			_, err = k.out.Write(append(line, '\n'))
		}
		if err != nil {
			return err
		}
	} else if err := report.Harden(k.out, answer, report.Options{All: k.flags.all, Colour: k.colour}); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return code(interrupted)
	case len(answer.Sets) == 0 && !answer.Before.Holds():
		return code(unexpected)
	}
	return nil
}

// mostSeeds is how many seeds of a scenario are run at most: their outcomes are kept.
const mostSeeds = 10_000

// check refuses numbers that mean nothing.
func (k *hardener) check() error {
	switch f := &k.flags; {
	case f.seeds < 0 || f.seeds > mostSeeds:
		return fmt.Errorf("--seeds is how many seeds of each scenario to run, at most %d: write `--seeds 5`", mostSeeds)
	case f.best < 1:
		return errors.New("--best is how many sets to look for: write `--best 1` or more")
	case f.workers < 0:
		return errors.New("--workers is how many runs to make at a time: write `--workers 2`")
	}
	return nil
}

// load loads the scenarios and what is normal beside them.
func (k *hardener) load(args []string) error {
	names, err := scenarios.Expand(args)
	if err != nil {
		return err
	}
	normal, err := scenarios.Expand(k.flags.normal)
	if err != nil {
		return err
	}
	for _, name := range names {
		if quiet := path.Dir(name) + "/normal"; inLibrary(name) && inLibrary(quiet) && !slices.Contains(normal, quiet) {
			normal = append(normal, quiet)
		}
	}
	var problems source.Problems
	for i, name := range append(names, normal...) {
		if i < len(names) && slices.Contains(normal, name) {
			continue
		}
		if err := k.add(name, i >= len(names), &problems); err != nil {
			return err
		}
	}
	if problems.Err() != nil {
		return problems
	}
	for _, name := range k.flags.only {
		if err := k.somewhere(name); err != nil {
			return err
		}
	}
	if len(k.barriers) == 0 {
		return fmt.Errorf("%s declares no barriers; `harmproof doc barriers` says how", strings.Join(names, ", "))
	}
	return nil
}

// somewhere refuses an invariant that no scenario has.
func (k *hardener) somewhere(name string) (err error) {
	for _, s := range k.loaded {
		if err = exists(s.Plan, name); err == nil {
			return nil
		}
	}
	return err
}

func inLibrary(name string) bool {
	return slices.ContainsFunc(scenarios.Library(), func(e scenarios.Entry) bool { return e.Name == name })
}

// add loads one scenario, and tries whether it can be compiled with each barrier.
func (k *hardener) add(name string, normal bool, problems *source.Problems) error {
	s, err := load(name)
	if err != nil {
		return err
	}
	if normal && len(s.Plan.InvariantNames()) == 0 {
		return fmt.Errorf("%s has no invariants, so nothing tells whether everyday life holds; write some under `invariants:`", name)
	}
	own := s.Barriers()
	for _, b := range own {
		if err := k.declare(b); err != nil {
			return err
		}
	}
	wrong, err := unraisable(s, own)
	if err != nil {
		return err
	}
	problems.Add(wrong...)
	seeds := s.Seeds
	if k.flags.seeds > 0 {
		seeds = k.flags.seeds
	}
	one := harden.Scenario{Name: s.Plan.Name, Normal: normal, Plan: func(raised []string) (*sim.Plan, error) {
		if known := declared(own, raised); len(known) > 0 {
			return s.Fortified(known...)
		}
		return s.Plan, nil
	}}
	for i := range seeds {
		one.Seeds = append(one.Seeds, s.Plan.Seed+uint64(i))
	}
	k.scenarios, k.loaded = append(k.scenarios, one), append(k.loaded, s)
	if k.flags.adaptive && !normal {
		return k.letLoose(s, one)
	}
	return nil
}

// unraisable lists mistakes that show only where one of some barriers is raised.
func unraisable(s *scenarios.Scenario, barriers []scenarios.Barrier) (problems source.Problems, err error) {
	for _, b := range barriers {
		var wrong source.Problems
		if _, err := s.Fortified(b.Name); errors.As(err, &wrong) {
			problems.Add(wrong.Errors()...)
		} else if err != nil {
			return nil, err
		}
	}
	return problems, nil
}

// letLoose adds a scenario once more, with its attackers let off their script.
func (k *hardener) letLoose(s *scenarios.Scenario, one harden.Scenario) error {
	p, err := s.Adaptive()
	if err != nil {
		return err
	}
	if p == nil {
		fmt.Fprintf(k.err, "warning: --adaptive changes nothing in %s: no attacker acts from a device there (`from:`), and malware keeps to no script anyway\n", source.Printable(s.Plan.Name))
		return nil
	}
	one.Name += ", without a script"
	one.Plan = func(raised []string) (*sim.Plan, error) { return s.Adaptive(declared(s.Barriers(), raised)...) }
	k.scenarios = append(k.scenarios, one)
	return nil
}

// declared keeps of the names of barriers those that are among some.
func declared(own []scenarios.Barrier, names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return !slices.ContainsFunc(own, func(b scenarios.Barrier) bool { return b.Name == name })
	})
}

// declare adds a barrier; one of the same name is the same.
func (k *hardener) declare(b scenarios.Barrier) error {
	for i := range k.barriers {
		if old := &k.barriers[i]; old.Name == b.Name {
			if old.Cost != b.Cost {
				return fmt.Errorf("%s: the barrier %s costs %g here and %g in another file; give it one cost, or another name", b.At.File.Name, b.Name, b.Cost, old.Cost)
			}
			return nil
		}
	}
	k.barriers = append(k.barriers, harden.Barrier{
		Name: b.Name, About: b.About, Text: b.Text, At: fmt.Sprintf("%s:%d:%d", b.At.File.Name, b.At.Line, b.At.Column), Cost: b.Cost, Opaque: b.Kind == "change" || b.Kind == "check",
	})
	return nil
}

// draw draws the first attack, and what the best set closes.
func (k *hardener) draw(a *harden.Answer) error {
	first := slices.IndexFunc(k.scenarios, func(s harden.Scenario) bool { return !s.Normal })
	if len(a.Before.Harms) > 0 {
		first = a.Before.Harms[0].Scenario
	}
	before, err := k.scenarios[first].Plan(nil)
	if err != nil {
		return err
	}
	after := before
	if len(a.Sets) > 0 {
		if after, err = k.scenarios[first].Plan(a.Set(0)); err != nil {
			return err
		}
	}
	file, err := os.Create(k.flags.svg)
	if err != nil {
		return err
	}
	err = report.HardenSVG(file, a, before, after)
	return errors.Join(err, file.Close())
}
