package why

import (
	"context"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Options say how to look.
type Options struct {
	Workers int // runs at a time; 0: as many as there are processors
	// Checks are what could be switched on, see Candidate.
	Checks []Candidate
	// Together returns the plan with some of them switched on; nil: each is tried alone.
	Together func(some []Candidate) (*sim.Plan, error)
	// Pairs is how many pairs of roots are left out together that are not necessary;
	// 0: DefaultPairs.
	Pairs int
	// Spell is, of harm that came several times, the one to explain; nil: that there was any.
	Spell *sim.Spell
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
	Spell *sim.Spell // as in Options, where it is one of several
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
	if s := o.Spell; s != nil && i.Count > 1 {
		again := *i
		again.At, again.Causes, again.Tree = s.At, s.Causes, s.Tree
		f.InvariantResult, f.Spell = &again, s
	}
	if f.Verdict != monitor.Violated || f.Tree == nil {
		return f, nil
	}
	for _, root := range f.Tree.Roots {
		f.Roots = append(f.Roots, Root{Name: r.Injections[root.Injection].Step.Name, Root: root, Without: vtime.Never})
	}
	a := newAgain(ctx, f, p, r, o)
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

// roots runs without each root, and then without any step and with each root alone.
func (a *again) roots() error {
	n := len(a.Roots)
	var sets [][]string
	for k := range n {
		sets = append(sets, []string{a.Roots[k].Name})
	}
	without, err := a.run(sets)
	if err != nil {
		return err
	}
	sets = [][]string{a.all()}
	for k := 0; k < n && n > 1; k++ {
		sets = append(sets, a.others(k))
	}
	list, err := a.run(sets)
	if err != nil {
		return err
	}
	a.Anyway = list[0].violated
	for k := range a.Roots {
		root, gone, alone := &a.Roots[k], without[k], outcome{violated: true}
		if n > 1 {
			alone = list[1+k]
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
	var sets [][]string
	for i := range names {
		for k := range min(i, len(spare)) {
			if len(pairs) == most {
				a.Untried++
				continue
			}
			pairs, sets = append(pairs, [2]string{names[k], names[i]}), append(sets, []string{names[k], names[i]})
		}
	}
	list, err := a.run(sets)
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
	var sets [][]string
	for k := range len(spare) + 1 { // the last without any of them
		sets = append(sets, slices.DeleteFunc(slices.Clone(spare), func(name string) bool { return k < len(spare) && name == spare[k] }))
	}
	list, err := a.run(sets)
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
