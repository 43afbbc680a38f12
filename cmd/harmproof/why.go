package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An asker says why invariants of a scenario were violated.
type asker struct {
	*runner
	recordedEnd
	flags struct {
		seed                  uint64
		json, dot, all, plain bool
		workers               int
		at                    string
	}
	at vtime.Time // see harm
}

func (a *app) whyVerb() *verb {
	k := &asker{runner: &runner{app: a}}
	c := &verb{
		Use:   "why NAME [INVARIANT|PERSON|HAZARD]",
		Short: "say what a violation goes back to, and what was necessary for it",
		Long: `Run a scenario and say why an invariant was violated: all that had influence,
link by link, back to what was done; who answers for it; and by running it again
without each of these roots, and with each alone, which of them was necessary.

That is so in this model and with this seed; it proves nothing about the world.
Without INVARIANT the one that was violated first is explained, or the worst harm
where none was. A person (anna), or one and an exposure (anna.contact), asks why
they were harmed so badly, whether or not an invariant forbids it, and of several times
--at picks another; a hazard (crushing),
what began it, which layers of protection acted or failed, and whom it harmed. The
exit code is that of ` + "`harmproof run`.",
		Example: `  harmproof why tower/spoofed-gauge
  harmproof why swat/attack-01 no-overflow --json
  harmproof why robot-cell/zone-spoofed anna
  harmproof why insulin/battery-pulled anna --at 11h
  harmproof why robot-cell/zone-spoofed crushing
  harmproof why plant.yaml --dot | dot -Tsvg > why.svg
  harmproof why run.mcap`,
		Args: func(_ *verb, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return errors.New("name one scenario and, where you like, an invariant, a person or a hazard: `harmproof why tower/spoofed-gauge`")
			}
			return nil
		},
	}
	f, to := c.Flags(), &k.flags
	f.Uint64Var(&to.seed, "seed", 0, "seed of the run, instead of the scenario's")
	f.StringVar(&to.at, "at", "", "of a person who was harmed several times: when, such as 9h")
	f.BoolVar(&to.all, "all", false, "explain all that were violated")
	f.BoolVar(&to.json, "json", false, "one line of JSON for each invariant")
	f.BoolVar(&to.dot, "dot", false, "a graph for Graphviz (dot)")
	f.IntVar(&to.workers, "workers", 0, "runs at a time; as many as there are processors where not given")
	f.BoolVar(&to.plain, "no-color", false, "no colours (as with the environment variable NO_COLOR)")
	c.Run = func(ctx context.Context, args []string) error {
		k.seeded = f.Changed("seed")
		k.colour = k.colour && !to.plain
		return k.ask(ctx, args)
	}
	return c
}

// ask runs the scenario and explains it.
func (k *asker) ask(ctx context.Context, args []string) error {
	k.runner.flags.json = k.flags.json
	if k.flags.json && k.flags.dot {
		return errors.New("--json and --dot exclude one another")
	}
	if isTrace(args[0]) {
		return k.recorded(ctx, args[0], args[1:])
	}
	names, err := scenarios.Expand(args[:1])
	if err != nil {
		return err
	}
	if len(names) != 1 {
		return fmt.Errorf("%s are %d scenarios; name one", source.Quote(args[0]), len(names))
	}
	s, err := load(names[0])
	if err != nil {
		if err := k.notRun(names[0], err); err != nil {
			return err
		}
		return code(k.code)
	}
	return k.of(ctx, s, names[0], args[1:])
}

// of explains an invariant of a scenario, if one is named.
func (k *asker) of(ctx context.Context, s *scenarios.Scenario, name string, invariant []string) error {
	wanted := ""
	if len(invariant) > 0 {
		wanted = invariant[0]
		if err := askable(s.Plan, wanted); err != nil {
			return err
		}
	}
	if err := k.readAt(s.Plan, wanted); err != nil {
		return err
	}
	return k.scenario(ctx, s, name, wanted)
}

// askable refuses what is no invariant, no person, no exposure of one and no hazard, with what there is.
func askable(p *sim.Plan, name string) error {
	err := exists(p, name)
	if err == nil {
		return nil
	}
	if len(p.Dangers.People) > 0 {
		_, _, human := p.PersonOf(name)
		if human == nil {
			return nil
		}
		if strings.Contains(name, ".") {
			return human
		}
		err = fmt.Errorf("%w; %w", err, human)
	}
	if len(p.Dangers.Hazards) > 0 {
		_, hazard := p.HazardOf(name)
		if hazard == nil {
			return nil
		}
		err = fmt.Errorf("%w; %w", err, hazard)
	}
	return err
}

// exists refuses an invariant that does not exist, with the one that may be meant.
func exists(p *sim.Plan, name string) error {
	names := p.InvariantNames()
	for _, n := range names {
		if n == name {
			return nil
		}
	}
	if near, ok := source.Nearest(name, names); ok {
		return fmt.Errorf("there is no invariant %s; did you mean %s?", source.Quote(name), near)
	}
	return fmt.Errorf("there is no invariant %s; there are %s", source.Quote(name), strings.Join(names, ", "))
}

func (k *asker) scenario(ctx context.Context, s *scenarios.Scenario, name, wanted string) error {
	seed := s.Plan.Seed
	if k.seeded {
		seed = k.flags.seed
	}
	bar := newBar(k.app, s.Plan.Name, s.Plan.Run, time.Now)
	options := []sim.Option{sim.Explain(), sim.Seed(seed), sim.Progress(bar.reached)}
	if k.digest != "" {
		options = append(options, sim.Until(k.until))
	}
	r, err := sim.Run(ctx, s.Plan, options...)
	bar.stop()
	if err != nil {
		if err := k.broken(report.Outcome{Name: name, File: s.File, Seed: seed}, err); err != nil {
			return err
		}
		return code(k.code)
	}
	if !r.AsExpected() {
		k.code = unexpected
	}
	if ctx.Err() != nil {
		return code(interrupted)
	}
	if k.digest != "" && k.digest != r.Digest {
		return errOther
	}
	for _, i := range k.choose(r, wanted) {
		if err := k.explain(ctx, s, r, i); err != nil {
			if ctx.Err() != nil {
				return code(interrupted)
			}
			return err
		}
	}
	return code(k.code)
}

// choose returns what is to be explained.
func (k *asker) choose(r *sim.Result, wanted string) (list []question) {
	if wanted != "" {
		if person, exposure, err := r.Plan.PersonOf(wanted); err == nil && exists(r.Plan, wanted) != nil {
			return []question{k.harm(r, person, exposure)}
		}
		return []question{{invariant: wanted}}
	}
	for _, i := range r.Violations() {
		list = append(list, question{invariant: i.Name})
	}
	if len(list) == 0 {
		for _, person := range r.Harmed() {
			list = append(list, question{invariant: r.HarmTo(person, -1)})
		}
	}
	if len(list) == 0 && !k.flags.json && !k.flags.dot {
		fmt.Fprintf(k.out, "No invariant of %s was violated, and nobody was harmed: there is nothing to explain.\n", source.Printable(r.Plan.Name))
	}
	if len(list) > 1 && !k.flags.all {
		list = list[:1]
	}
	return list
}

// explain answers a question.
func (k *asker) explain(ctx context.Context, s *scenarios.Scenario, r *sim.Result, q question) error {
	could, err := measures(s, r, q.invariant)
	if err != nil {
		return err
	}
	f, err := why.Explain(ctx, s.Plan, r, q.invariant, why.Options{Workers: k.flags.workers, Checks: could, Together: together(s), Spell: q.spell})
	switch {
	case err != nil:
		return err
	case k.flags.json:
		line, err := report.WhyJSON(r, f)
		return k.line(line, err)
	case k.flags.dot:
		_, err = k.out.Write(report.WhyDot(r, f))
		return err
	}
	return report.Why(k.out, r, f, report.Options{All: k.flags.all, Colour: k.colour})
}
