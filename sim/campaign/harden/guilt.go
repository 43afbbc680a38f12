package harden

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A verdict is one on an invariant, of a run without barriers.
type verdict struct {
	run
	invariant string
}

// guilty reports whether barriers did harm: what is violated with them is not by then
// without. A part of them may hold, so such a run says nothing of it.
func (s *search) guilty(t *Trial, of run, h *Harmed) (bool, error) {
	if t.Raised == 0 {
		return false, nil
	}
	before, err := s.without(of, h.Invariant)
	if err != nil || before <= h.At {
		return false, err
	}
	s.guilt[t.Raised] = append(s.guilt[t.Raised], Worse{Raised: t.Raised, Harmed: *h, Before: before})
	return true, nil
}

// without returns when an invariant is violated in a run without barriers; Never.
func (s *search) without(of run, invariant string) (vtime.Time, error) {
	key := verdict{of, invariant}
	if at, known := s.bare[key]; known {
		return at, nil
	}
	at, harmed := vtime.Never, false
	for _, h := range s.known[0].Harms {
		if h.Scenario == of.scenario && h.Seed == of.seed {
			harmed = true
			if h.Invariant == invariant {
				at = h.At
			}
		}
	}
	if harmed && at == vtime.Never { // what was violated first ended that run
		var err error
		if at, err = s.decide(key); err != nil {
			return at, err
		}
	}
	s.bare[key] = at
	return at, nil
}

// decide runs without barriers until an invariant is decided.
func (s *search) decide(key verdict) (vtime.Time, error) {
	p, err := s.plan(key.scenario, 0)
	if err != nil {
		return vtime.Never, err
	}
	outcomes, err := s.run([]campaign.Job{{Plan: p, Until: key.invariant, Options: []sim.Option{sim.Seed(key.seed)}}})
	if err != nil {
		return vtime.Never, err
	}
	o := &outcomes[0]
	switch {
	case o.Err != nil:
		return vtime.Never, nil // it breaks before: nothing is known, and nothing concluded
	case o.Result.Stopped != nil:
		return vtime.Never, o.Result.Stopped
	}
	for i := range o.Result.Invariants {
		if v := &o.Result.Invariants[i]; v.Name == key.invariant && v.Verdict == monitor.Violated {
			return v.At, nil
		}
	}
	return vtime.Never, nil
}

// blame finds a smallest part of each set that did harm and that does the same, where no
// part is known to: a set may have been run for more than somebody asked for.
func (s *search) blame() error {
	for _, m := range slices.Clone(s.order) {
		for _, w := range slices.Clone(s.guilt[m]) {
			for was := Mask(0); was != m; {
				was = m
				for _, i := range s.byCost(m, -1) {
					part := m.without(i)
					if err := s.try(s.fresh([]Mask{part})); err != nil {
						return err
					}
					if s.did(part, w) {
						m = part
					}
				}
			}
		}
	}
	return nil
}

// did reports whether a set did a harm as well.
func (s *search) did(m Mask, w Worse) bool {
	return slices.ContainsFunc(s.guilt[m], func(g Worse) bool { return g.Scenario == w.Scenario && g.Invariant == w.Invariant })
}

// worse notes barriers that did harm: of all sets that were run, with and without one.
func (s *search) worse() {
	for _, m := range s.order {
		m.each(func(i int) {
			without := s.known[m.without(i)]
			if without == nil || without.Broken != "" {
				return
			}
			if w, ok := s.blamed(m, m.without(i)); ok {
				w.Barrier = i
				s.Worse = append(s.Worse, w)
			} else if w, ok := s.sooner(m, without); ok {
				w.Barrier = i
				s.Worse = append(s.Worse, w)
			}
		})
	}
	slices.SortStableFunc(s.Worse, func(a, b Worse) int { return -cmp.Compare(a.Before, b.Before) })
}

// blamed returns a harm that a set did and one without a barrier of it did not.
func (s *search) blamed(m, without Mask) (Worse, bool) {
	for _, w := range s.guilt[m] {
		if !s.did(without, w) {
			return w, true
		}
	}
	return Worse{}, false
}

// sooner returns a violation that came with a set and not, or later, with a part of it.
func (s *search) sooner(m Mask, without *Trial) (Worse, bool) {
	for _, h := range s.known[m].Harms {
		before := vtime.Never
		for _, g := range without.Harms {
			if g.Scenario == h.Scenario && g.Seed == h.Seed {
				before = g.At
			}
		}
		if h.At < before && (before < vtime.Never || without.Holds()) {
			return Worse{Raised: m, Harmed: h, Before: before}, true
		}
	}
	return Worse{}, false
}
