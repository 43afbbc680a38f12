package harden

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim"
)

// draw draws the charts of the attacks, once each barrier can be raised alone.
func (s *search) draw() error {
	for i := range s.scenarios {
		if s.scenarios[i].Normal || s.Blind {
			continue
		}
		bare, err := s.plan(i, 0)
		if err != nil {
			return err
		}
		raised := make([]*sim.Plan, len(s.Barriers))
		for k := range s.Barriers {
			if s.Barriers[k].Opaque || !Mask(0).with(k).within(s.problem.usable) {
				continue
			}
			if raised[k], err = s.plan(i, Mask(0).with(k)); err != nil {
				return err
			}
		}
		s.charts[i] = chartOf(bare, raised)
	}
	return nil
}

// aim tells the charts where harm was done.
func (s *search) aim() error {
	for i := range s.Before.Harms {
		h := &s.Before.Harms[i]
		if c := s.charts[h.Scenario]; c != nil {
			p, err := s.plan(h.Scenario, 0)
			if err != nil {
				return err
			}
			c.aim(h, p.Strikes())
		}
	}
	for i, c := range s.charts {
		if c == nil {
			continue
		}
		for _, goal := range c.goals {
			if hosts := c.passed(goal); len(hosts) > 0 {
				s.Passed = append(s.Passed, Passed{i, c.hosts[goal], hosts})
			}
		}
	}
	return nil
}

// open reports whether a way leads to where harm was done in one scenario, past a set of
// barriers.
func (s *search) open(m Mask) bool {
	return slices.ContainsFunc(s.charts, func(c *chart) bool { return c != nil && c.open(m) })
}

// grown returns a set as large as can be that leaves a way open to where harm was done. If
// it does not hold, none of its parts does: that says more than a run of the set alone.
// The cheapest are added first, so that what is outside is dear; none that changes more than
// ways, as it may undo what others close.
func (s *search) grown(m Mask) Mask {
	if !s.open(m) {
		return m
	}
	for _, i := range s.byCost(s.problem.usable&^m, 1) {
		holds := func(known Mask) bool { return known.within(m.with(i)) }
		if !s.Barriers[i].Opaque && s.open(m.with(i)) && !slices.ContainsFunc(s.problem.held, holds) && !slices.ContainsFunc(s.ample, holds) {
			m = m.with(i)
		}
	}
	return m
}

// byCost lists the barriers of a set, the cheapest first; the dearest with sign -1.
func (s *search) byCost(m Mask, sign int) (list []int) {
	m.each(func(i int) { list = append(list, i) })
	slices.SortStableFunc(list, func(a, b int) int { return sign * cmp.Compare(s.problem.costs[a], s.problem.costs[b]) })
	return list
}

// charted reports whether there is a chart that says where harm was done.
func (s *search) charted() bool { return s.open(0) }

// settled reports whether what was run says that a set does not hold.
func (s *search) settled(m Mask) bool {
	return s.problem.excluded(m) || slices.ContainsFunc(s.problem.cuts, func(c Mask) bool { return c&m == 0 })
}
