package main

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
)

// measures lists the checks that devices on the way to a violation could have, each
// with how to switch it on: the scenario is compiled anew.
func measures(s *scenarios.Scenario, r *sim.Result, invariant string) (list []why.Candidate, err error) {
	i, err := r.Invariant(invariant)
	if err != nil || i.Tree == nil {
		return nil, err
	}
	could, err := s.Measures()
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for k := range i.Tree.Links {
		l := &i.Tree.Links[k]
		if judges(l) {
			seen[l.Who], seen[l.Signal.Device] = true, true
		}
	}
	for _, m := range could {
		if seen[m.Device] {
			list = append(list, why.Candidate{
				Device: m.Device, Check: m.Check, Cost: m.Cost,
				Apply: func(*sim.Plan) (*sim.Plan, error) { return s.With(m) },
			})
		}
	}
	return list, nil
}

// together compiles the scenario with the checks of some candidates.
func together(s *scenarios.Scenario) func([]why.Candidate) (*sim.Plan, error) {
	return func(some []why.Candidate) (*sim.Plan, error) {
		could, err := s.Measures()
		if err != nil {
			return nil, err
		}
		return s.With(slices.DeleteFunc(could, func(m scenarios.Measure) bool {
			return !slices.ContainsFunc(some, func(c why.Candidate) bool { return c.Device == m.Device && c.Check == m.Check })
		})...)
	}
}

// judges reports whether a link is of devices that are told something, which a check
// could stop: what only is, or moves, is told nothing.
func judges(l *sim.Link) bool {
	switch l.Kind {
	case sim.PhysicsCause, sim.ComputedCause, sim.StartCause:
		return false
	case sim.OmissionCause:
		return l.Omitted == sim.MessageCause || l.Omitted == sim.DecisionCause
	}
	return true
}
