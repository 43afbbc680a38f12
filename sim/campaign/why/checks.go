package why

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign"
)

// checks switches on each check, the cheapest first.
func (a *again) checks() error {
	candidates := slices.Clone(a.options.Checks)
	slices.SortStableFunc(candidates, func(x, y Candidate) int { return cmp.Compare(x.Cost, y.Cost) })
	idle, err := a.idle(candidates)
	if err != nil {
		return err
	}
	var jobs []campaign.Job
	for _, c := range candidates {
		if idle[c.Device] {
			continue
		}
		p, err := c.Apply(a.plan)
		if err != nil {
			return fmt.Errorf("%s of %s: %w", c.Check, c.Device, err)
		}
		jobs = append(jobs, a.fresh(p))
	}
	list, err := a.make(jobs)
	if err != nil {
		return err
	}
	for _, c := range candidates {
		one := Check{Candidate: c}
		if !idle[c.Device] {
			one.Stops, one.Broken, list = !list[0].violated && list[0].broken == "", list[0].broken, list[1:]
		}
		a.Checks = append(a.Checks, one)
	}
	return nil
}

// idle finds devices none of whose checks could stop it: with all that are left switched on
// together none keeps anything from them, and it happens all the same. Then it does so with
// each of them alone.
func (a *again) idle(candidates []Candidate) (map[string]bool, error) {
	rest := slices.Clone(candidates)
	for a.options.Together != nil && len(rest) > 1 {
		p, err := a.options.Together(rest)
		if err != nil {
			return nil, err
		}
		list, err := a.make([]campaign.Job{a.fresh(p)})
		if err != nil {
			return nil, err
		}
		before, o := len(rest), &list[0]
		rest = slices.DeleteFunc(rest, func(c Candidate) bool { return o.reacted[c.Device] })
		switch {
		case o.broken != "":
			return nil, nil
		case len(rest) == before && o.violated:
			idle := map[string]bool{}
			for _, c := range rest {
				idle[c.Device] = true
			}
			return idle, nil
		case len(rest) == before:
			return nil, nil
		}
	}
	return nil, nil
}

// fresh is the job of a run of another plan, from the start.
func (a *again) fresh(p *sim.Plan) campaign.Job {
	return campaign.Job{Plan: p, Until: a.until(), Options: []sim.Option{sim.Seed(a.result.Seed)}}
}
