package why

import (
	"context"
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Options say how to look.
type Options struct {
	Workers int // runs at a time; 0: as many as there are processors
	// Checks are what could be switched on, see Candidate.
	Checks []Candidate
	// Pairs is how many pairs of roots are left out together that are not necessary;
	// 0: DefaultPairs.
	Pairs int
}

// DefaultPairs is all pairs of twelve roots.
const DefaultPairs = 66

// A Candidate is a check that a device lacks, and that might have stopped it.
type Candidate struct {
	Device, Check string
	Cost          float64 // the cheapest are named first
	// Apply returns the plan with the check switched on.
	Apply func(p *sim.Plan) (*sim.Plan, error)
}

// A Finding is what is known of why an invariant was violated.
type Finding struct {
	*sim.InvariantResult
	Roots []Root
	// Anyway says that it is violated without any injection at all.
	Anyway bool
	// Cuts are pairs of steps, neither of them necessary, without both of which it does
	// not happen: a root and another one, or a step that would do the same later. Untried
	// is how many were not tried.
	Cuts    [][2]string
	Untried int
	Checks  []Check
	Runs    int // that were made
}

// A Root is a step of the timeline that had influence.
type Root struct {
	Name string
	// Injection is its index in the result; Link where its way in the tree ends.
	sim.Root
	// Necessary: without it, it does not happen. Sufficient: with it alone it does,
	// and without any it does not.
	Necessary, Sufficient bool
	// Beside: it is not necessary, but with it and those that are it happens, and with
	// those alone it does not.
	Beside bool
	// Without is when it happens without this root, vtime.Never where it does not.
	Without vtime.Time
	Broken  string // why a run could not tell
}

// A Check is a candidate that was tried.
type Check struct {
	Candidate
	Stops  bool
	Broken string
}

// Explain says why an invariant was violated in a run. The result must be that of the
// plan, run with sim.Explain.
func Explain(ctx context.Context, p *sim.Plan, r *sim.Result, invariant string, o Options) (*Finding, error) {
	i, err := r.Invariant(invariant)
	if err != nil {
		return nil, err
	}
	f := &Finding{InvariantResult: i}
	if i.Verdict != monitor.Violated || i.Tree == nil {
		return f, nil
	}
	for _, root := range i.Tree.Roots {
		f.Roots = append(f.Roots, Root{Name: r.Injections[root.Injection].Step.Name, Root: root, Without: vtime.Never})
	}
	a := &again{Finding: f, ctx: ctx, plan: p, result: r, options: o}
	if err := a.share(); err != nil {
		return nil, err
	}
	if err := a.roots(); err != nil {
		return nil, err
	}
	if err := a.cuts(); err != nil {
		return nil, err
	}
	if err := a.beside(); err != nil {
		return nil, err
	}
	return f, a.checks()
}

// again makes the runs of one explanation.
type again struct {
	*Finding
	ctx     context.Context
	plan    *sim.Plan
	result  *sim.Result
	options Options
	past    *sim.Simulation // up to before the first root; nil where that is the start
	since   vtime.Time
}

// share runs up to before the first root begins.
func (a *again) share() (err error) {
	first := vtime.Never
	for _, root := range a.Roots {
		first = min(first, a.result.Injections[root.Injection].Applied)
	}
	if first == vtime.Never || first == 0 {
		return nil
	}
	if a.past, err = sim.New(a.plan, sim.Seed(a.result.Seed)); err != nil {
		return err
	}
	a.since = first - 1
	if err := a.past.RunTo(a.ctx, a.since); err != nil {
		return err
	}
	return a.ctx.Err()
}

// without is the job of a run without some steps.
func (a *again) without(names ...string) (campaign.Job, error) {
	p, err := a.plan.Without(names...)
	return a.job(p), err
}

// alone is the job of a run without all roots but one.
func (a *again) alone(k int) (campaign.Job, error) {
	var names []string
	for i := range a.Roots {
		if i != k {
			names = append(names, a.Roots[i].Name)
		}
	}
	return a.without(names...)
}

// job is that of a variation of the plan in steps that begin no earlier than the first root.
func (a *again) job(p *sim.Plan) campaign.Job {
	j := campaign.Job{Plan: p, From: a.past, Until: a.Name}
	if a.past == nil {
		j.Options = []sim.Option{sim.Seed(a.result.Seed)}
	}
	return j
}

// nothing is the job of a run without any step at all.
func (a *again) nothing() (campaign.Job, error) {
	var names []string
	early := false
	for i := range a.result.Injections {
		in := &a.result.Injections[i]
		names = append(names, in.Step.Name)
		early = early || in.Applied <= a.since
	}
	p, err := a.plan.Without(names...)
	j := a.job(p)
	if early {
		j.From, j.Options = nil, []sim.Option{sim.Seed(a.result.Seed)}
	}
	return j, err
}

// run makes runs, and says of each whether the violation came, and when.
func (a *again) run(jobs []campaign.Job) (list []outcome, err error) {
	outcomes, err := campaign.Run(a.ctx, a.options.Workers, jobs)
	if err != nil {
		return nil, err
	}
	a.Runs += len(jobs)
	for _, o := range outcomes {
		switch {
		case o.Err != nil:
			list = append(list, outcome{at: vtime.Never, broken: o.Err.Error()})
			continue
		case o.Result.Stopped != nil:
			return nil, o.Result.Stopped
		}
		i, err := o.Result.Invariant(a.Name)
		if err != nil {
			return nil, err
		}
		one := outcome{violated: i.Verdict == monitor.Violated, at: vtime.Never}
		if one.violated {
			one.at = i.At
		}
		list = append(list, one)
	}
	return list, nil
}

// An outcome is what one of the runs came to.
type outcome struct {
	violated bool
	at       vtime.Time
	broken   string
}

// roots runs without any step, without each root, and with each alone.
func (a *again) roots() error {
	n := len(a.Roots)
	nothing, err := a.nothing()
	if err != nil {
		return err
	}
	jobs := []campaign.Job{nothing}
	for k := range n {
		j, err := a.without(a.Roots[k].Name)
		if err != nil {
			return err
		}
		jobs = append(jobs, j)
	}
	for k := 0; k < n && n > 1; k++ {
		j, err := a.alone(k)
		if err != nil {
			return err
		}
		jobs = append(jobs, j)
	}
	if n == 0 {
		jobs = jobs[:1]
	}
	list, err := a.run(jobs)
	if err != nil {
		return err
	}
	a.Anyway = list[0].violated
	for k := range a.Roots {
		root, gone, alone := &a.Roots[k], list[1+k], outcome{violated: true}
		if n > 1 {
			alone = list[1+n+k]
		}
		root.Without, root.Broken = gone.at, gone.broken
		if root.Broken == "" {
			root.Broken = alone.broken
		}
		root.Necessary = !gone.violated && gone.broken == ""
		root.Sufficient = alone.violated && !a.Anyway && list[0].broken == ""
	}
	return nil
}

// cuts looks for pairs without which it does not happen, among the roots that are not
// necessary.
func (a *again) cuts() error {
	spare := a.spare()
	if a.Anyway || len(spare) == 0 {
		return nil
	}
	most := a.options.Pairs
	if most == 0 {
		most = DefaultPairs
	}
	names := a.candidates(spare)
	var pairs [][2]string
	var jobs []campaign.Job
	for i := range names {
		for k := range min(i, len(spare)) {
			if len(pairs) == most {
				a.Untried++
				continue
			}
			j, err := a.without(names[k], names[i])
			if err != nil {
				return err
			}
			pairs, jobs = append(pairs, [2]string{names[k], names[i]}), append(jobs, j)
		}
	}
	list, err := a.run(jobs)
	for n := range list {
		if !list[n].violated && list[n].broken == "" {
			a.Cuts = append(a.Cuts, pairs[n])
		}
	}
	return err
}

// spare lists the roots that are not necessary.
func (a *again) spare() (names []string) {
	for k := range a.Roots {
		if !a.Roots[k].Necessary {
			names = append(names, a.Roots[k].Name)
		}
	}
	return names
}

// candidates lists what can be left out together: the roots that are not necessary, and
// then the steps that came too late to be one, or not at all.
func (a *again) candidates(spare []string) (names []string) {
	names = slices.Clone(spare)
	for i := range a.result.Injections {
		in := &a.result.Injections[i]
		root := slices.ContainsFunc(a.Roots, func(r Root) bool { return r.Injection == i })
		if in.Applied > a.At && !root {
			names = append(names, in.Step.Name)
		}
	}
	return names
}

// beside runs with each root that is not necessary beside those that are, and with those
// alone.
func (a *again) beside() error {
	spare := a.spare()
	if a.Anyway || len(spare) < 2 || len(spare) == len(a.Roots) {
		return nil
	}
	var jobs []campaign.Job
	for k := range len(spare) + 1 { // the last without any of them
		j, err := a.without(slices.DeleteFunc(slices.Clone(spare), func(name string) bool { return k < len(spare) && name == spare[k] })...)
		if err != nil {
			return err
		}
		jobs = append(jobs, j)
	}
	list, err := a.run(jobs)
	if err != nil || list[len(spare)].violated || list[len(spare)].broken != "" {
		return err
	}
	for k := range a.Roots {
		if n := slices.Index(spare, a.Roots[k].Name); n >= 0 {
			a.Roots[k].Beside = list[n].violated
		}
	}
	return nil
}

// checks switches on each check, the cheapest first.
func (a *again) checks() error {
	candidates := slices.Clone(a.options.Checks)
	slices.SortStableFunc(candidates, func(x, y Candidate) int {
		switch {
		case x.Cost < y.Cost:
			return -1
		case x.Cost > y.Cost:
			return 1
		}
		return 0
	})
	var jobs []campaign.Job
	for _, c := range candidates {
		p, err := c.Apply(a.plan)
		if err != nil {
			return fmt.Errorf("%s of %s: %w", c.Check, c.Device, err)
		}
		jobs = append(jobs, campaign.Job{Plan: p, Until: a.Name, Options: []sim.Option{sim.Seed(a.result.Seed)}})
	}
	list, err := a.run(jobs)
	for k := range list {
		a.Checks = append(a.Checks, Check{Candidate: candidates[k], Stops: !list[k].violated && list[k].broken == "", Broken: list[k].broken})
	}
	return err
}
