package harden

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A run is one of a set: of a scenario with a seed.
type run struct {
	scenario int
	seed     uint64
}

// runs lists those of all scenarios of a sort.
func (s *search) runs(normal bool) (list []run) {
	for i := range s.scenarios {
		for _, seed := range s.scenarios[i].Seeds {
			if s.scenarios[i].Normal == normal {
				list = append(list, run{i, seed})
			}
		}
	}
	return list
}

// names lists the barriers of a set.
func (s *search) names(m Mask) (list []string) {
	m.each(func(i int) { list = append(list, s.Barriers[i].Name) })
	return list
}

// plan returns the plan of a scenario with a set raised.
func (s *search) plan(scenario int, m Mask) (*sim.Plan, error) {
	key := planKey{scenario, m}
	if p := s.plans[key]; p != nil {
		return p, nil
	}
	p, err := s.scenarios[scenario].Plan(s.names(m))
	if err == nil {
		s.plans[key] = p
	}
	return p, err
}

// try runs sets, each until it is violated: first the run that was violated most often
// before, of those that held it all the others.
func (s *search) try(sets []Mask) error {
	runs := s.runs(false)
	if s.hits == nil {
		s.hits = make([]int, len(runs))
	}
	order := make([]int, len(runs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.hits[b], s.hits[a]) })
	for _, m := range sets {
		s.known[m] = &Trial{Raised: m}
		s.order = append(s.order, m)
	}
	s.Tried += len(sets)
	stages := [][]int{order}
	if len(s.known) > len(sets) && len(order) > 1 { // of the first set all are wanted
		stages = [][]int{order[:1], order[1:]}
	}
	for _, stage := range stages {
		if err := s.stage(sets, runs, stage); err != nil {
			for _, m := range sets { // nothing is known of them
				delete(s.known, m)
			}
			s.order = s.order[:len(s.order)-len(sets)]
			return err
		}
	}
	s.plans = map[planKey]*sim.Plan{} // what is kept of them is the cuts
	return nil
}

// run makes runs, and tells after each how far the search is.
func (s *search) run(jobs []campaign.Job) ([]campaign.Outcome, error) {
	s.told.Sets, s.told.Found = s.Tried, len(s.Sets)
	return campaign.Tell(s.ctx, s.Workers, jobs, func() {
		s.Runs++
		if s.told.Runs = s.Runs; s.Progress != nil {
			s.Progress(s.told)
		}
	})
}

// stage makes some runs of the sets that hold so far.
func (s *search) stage(sets []Mask, runs []run, which []int) error {
	var jobs []campaign.Job
	var of []Mask
	var at []int
	for _, m := range sets {
		for _, i := range which {
			if !s.known[m].Holds() && len(s.known) > 1 {
				continue
			}
			p, err := s.plan(runs[i].scenario, m)
			if err != nil {
				return err
			}
			jobs = append(jobs, campaign.Job{Plan: p, First: true, Of: s.Only, Fork: m.size() < 2, Options: []sim.Option{sim.Seed(runs[i].seed)}})
			of, at = append(of, m), append(at, i)
		}
	}
	outcomes, err := s.run(jobs)
	if err != nil {
		return err
	}
	for k := range outcomes {
		t := s.known[of[k]]
		switch o := &outcomes[k]; {
		case o.Err != nil:
			t.Broken = o.Err.Error()
			s.problem.refused[of[k]] = true
		case o.Result.Stopped != nil:
			return o.Result.Stopped
		default:
			if o.Fork != nil {
				s.rest[pastKey{of[k], runs[at[k]]}] = o.Fork
			}
			if err := s.learn(t, runs[at[k]], at[k], o.Result); err != nil {
				return err
			}
		}
	}
	return nil
}

// learn takes from a run what it shows: a violation, and what must be cut.
func (s *search) learn(t *Trial, of run, at int, r *sim.Result) error {
	h, ok := harmed(of, r, s.Only)
	if !ok {
		for _, v := range violations(r) {
			t.Beside = union(t.Beside, []string{v.Invariant})
		}
		return nil
	}
	t.Harms = append(t.Harms, h)
	s.hits[at]++
	same, err := s.same(t.Raised, of.scenario, r)
	if err != nil {
		return err
	}
	guilty, err := s.guilty(t, of, &h)
	cut := s.problem.usable &^ same
	switch {
	case err != nil:
	case guilty:
		s.problem.barred = append(s.problem.barred, span{t.Raised, same})
	case !slices.Contains(s.problem.cuts, cut):
		s.problem.cuts = append(s.problem.cuts, cut)
	}
	return err
}

// harmed returns the first violation of a run, of some invariants where only those count.
func harmed(of run, r *sim.Result, only []string) (h Harmed, ok bool) {
	h = Harmed{Scenario: of.scenario, Seed: of.seed, At: vtime.Never}
	for i := range r.Invariants {
		if v := &r.Invariants[i]; v.Verdict == monitor.Violated && v.At < h.At && (len(only) == 0 || slices.Contains(only, v.Name)) {
			h.Invariant, h.At, ok = v.Name, v.At, true
		}
	}
	for i := range r.Outbreaks {
		for _, host := range r.Outbreaks[i].Hosts {
			if host.Device && host.First < vtime.Never {
				h.Hosts = append(h.Hosts, host.Name)
			}
		}
	}
	for i := range r.HostNews {
		n := &r.HostNews[i]
		w := sim.Spread{Malware: n.Malware, From: class(n.From), To: class(n.Host), By: n.By}
		fresh := !slices.ContainsFunc(h.Took, func(t sim.Spread) bool { return t.Malware == w.Malware && t.To == w.To })
		if n.Kind == outbreak.Caught && n.From != "" && fresh {
			h.Took = append(h.Took, w)
		}
	}
	return h, ok
}

// contrary finds what is violated with barriers alone.
func (s *search) contrary() error {
	var jobs []campaign.Job
	for _, of := range s.runs(false) {
		p, err := s.plan(of.scenario, 0)
		if err != nil {
			return err
		}
		jobs = append(jobs, campaign.Job{Plan: p, Options: []sim.Option{sim.Seed(of.seed)}})
	}
	outcomes, err := s.run(jobs)
	if err != nil {
		return err
	}
	var violated []string
	for i := range outcomes {
		if o := &outcomes[i]; o.Err == nil {
			for _, v := range o.Result.Violations() {
				violated = append(violated, v.Name)
			}
		}
	}
	for _, m := range s.order {
		for _, h := range s.known[m].Harms {
			if !slices.Contains(violated, h.Invariant) {
				s.Contrary = union(s.Contrary, []string{h.Invariant})
			}
		}
	}
	return nil
}
