package harden

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign"
)

// everyday runs everyday life without barriers, and with each alone: those with which
// it does not hold are no choice.
func (s *search) everyday() error {
	sets := []Mask{0}
	s.problem.usable.each(func(i int) { sets = append(sets, Mask(0).with(i)) })
	lives, err := s.lives(sets)
	if err != nil || len(s.runs(true)) == 0 {
		return err
	}
	if h := lives[0]; h != nil {
		return fmt.Errorf("%s does not hold even without any barrier: %s is violated at %s", s.Names[h.Scenario], h.Invariant, h.At.Short())
	}
	for i := range s.Barriers {
		if h := lives[i+1]; h != nil {
			stopped, err := s.stopped(h.Scenario, Mask(0).with(i))
			if err != nil {
				return err
			}
			s.Harmful = append(s.Harmful, Harm{i, *h, stopped})
			s.problem.usable = s.problem.usable.without(i)
		}
	}
	return nil
}

// leavesLife reports whether everyday life holds with a set.
func (s *search) leavesLife(m Mask) (bool, error) {
	if m.size() == 1 { // that was run already
		return true, nil
	}
	lives, err := s.lives([]Mask{m})
	return err == nil && lives[0] == nil, err
}

// lives returns by set the first violation of everyday life with it, nil where it holds.
func (s *search) lives(sets []Mask) ([]*Harmed, error) {
	runs := s.runs(true)
	var jobs []campaign.Job
	for _, m := range sets {
		for _, of := range runs {
			p, err := s.plan(of.scenario, m)
			if err != nil {
				return nil, err
			}
			jobs = append(jobs, campaign.Job{Plan: p, First: true, Options: []sim.Option{sim.Seed(of.seed)}})
		}
	}
	outcomes, err := s.run(jobs)
	if err != nil {
		return nil, err
	}
	lives := make([]*Harmed, len(sets))
	for i := range outcomes {
		set := i / len(runs)
		switch o := &outcomes[i]; {
		case o.Err != nil:
			return nil, o.Err
		case o.Result.Stopped != nil:
			return nil, o.Result.Stopped
		case lives[set] == nil:
			if h, ok := harmed(runs[i%len(runs)], o.Result, nil); ok {
				lives[set] = &h
			}
		}
	}
	return lives, nil
}

// stopped lists the messages that devices tell one another in a scenario and that a set
// stops.
func (s *search) stopped(scenario int, m Mask) (list []sim.Obstacle, err error) {
	before, err := s.plan(scenario, 0)
	if err != nil {
		return nil, err
	}
	after, err := s.plan(scenario, m)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(more(before, after), func(o sim.Obstacle) bool { return o.Step != "" }), nil
}

// more lists the obstacles of a plan that another one has not.
func more(before, after *sim.Plan) []sim.Obstacle {
	was := before.Obstacles()
	return slices.DeleteFunc(after.Obstacles(), func(o sim.Obstacle) bool {
		return slices.ContainsFunc(was, func(w sim.Obstacle) bool { return same(w, o) })
	})
}

// An Effect is what a set does to what can pass.
type Effect struct {
	// Ways are those of malware that it closes, Steps what attackers do that can never
	// work any more, Useful the messages of the plant that it stops.
	Ways   []sim.Spread
	Steps  []sim.Obstacle
	Useful []sim.Obstacle
	// Reached are the hosts that malware could still come to, Standing the devices on which
	// attackers could still stand who use every weakness and every credential that they
	// come by, whatever the script says; Spared those that none of them could any more.
	Reached, Standing, Spared []string
	// Beside are invariants that are violated with it, and do not count.
	Beside []string
}

// InReach lists all that malware or attackers could still come to.
func (e *Effect) InReach() []string { return union(slices.Clone(e.Reached), e.Standing) }

// effect compares the plans of all scenarios without barriers and with a set.
func (s *search) effect(m Mask) (e Effect, err error) {
	var before []string
	for i := range s.scenarios {
		useful, err := s.stopped(i, m)
		if err != nil {
			return e, err
		}
		e.Useful = joined(e.Useful, useful, same)
		if s.scenarios[i].Normal {
			continue
		}
		was, is := s.plans[planKey{i, 0}], s.plans[planKey{i, m}]
		e.add(was, is)
		before = union(union(before, infectable(was)), standable(was))
		e.Reached, e.Standing = union(e.Reached, infectable(is)), union(e.Standing, standable(is))
	}
	e.Spared = slices.DeleteFunc(before, func(name string) bool { return slices.Contains(e.InReach(), name) })
	s.plans = map[planKey]*sim.Plan{}
	return e, nil
}

// same reports whether two obstacles are about the same.
func same(a, b sim.Obstacle) bool {
	return a.From == b.From && a.To == b.To && a.Verb == b.Verb && a.Step == b.Step && slices.Equal(a.Signals, b.Signals)
}

// add adds what is stopped in one scenario.
func (e *Effect) add(was, is *sim.Plan) {
	open := map[[4]string]bool{}
	for _, w := range was.Spreads() {
		if w.Stop == "" {
			open[w.Passage()] = true
		}
	}
	closed := slices.DeleteFunc(is.Spreads(), func(w sim.Spread) bool { return w.Stop == "" || !open[w.Passage()] })
	e.Ways = joined(e.Ways, closed, func(a, b sim.Spread) bool { return a.Passage() == b.Passage() })
	steps := slices.DeleteFunc(more(was, is), func(o sim.Obstacle) bool { return o.Step == "" })
	e.Steps = joined(e.Steps, steps, same)
}

// joined adds what a list has not.
func joined[T any](list, more []T, same func(a, b T) bool) []T {
	for _, x := range more {
		if !slices.ContainsFunc(list, func(y T) bool { return same(x, y) }) {
			list = append(list, x)
		}
	}
	return list
}

func union(list, more []string) []string {
	return joined(list, more, func(a, b string) bool { return a == b })
}
