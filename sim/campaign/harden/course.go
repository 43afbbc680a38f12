package harden

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign"
	"github.com/harmproof/harmproof/sim/monitor"
)

// courses runs to the end what the search ended at its first violation, without barriers
// and with each alone, from there on: what that leads to is the harm. Of each scenario one run is told.
func (s *search) courses() error {
	bare := map[int]*sim.Result{}
	var told []*Harmed
	for i := range s.Before.Harms {
		if h := &s.Before.Harms[i]; bare[h.Scenario] == nil {
			r, err := s.course(0, h)
			if err != nil || r == nil {
				return err
			}
			bare[h.Scenario] = r
		}
	}
	var sets []Mask
	for i := range s.Alone {
		t := &s.Alone[i]
		if len(t.Harms) == 0 {
			continue
		}
		h := &t.Harms[0]
		if same, err := s.asBare(t.Raised, h, bare[h.Scenario]); err != nil {
			return err
		} else if same {
			h.Then, h.AsBare = violations(bare[h.Scenario]), true
			continue
		}
		sets, told = append(sets, t.Raised), append(told, h)
	}
	results, err := s.toTheEnd(sets, told)
	for i, r := range results {
		if r != nil {
			told[i].Then = violations(r)
		}
	}
	s.plans = map[planKey]*sim.Plan{}
	return err
}

// course runs one to its end; nil where it broke.
func (s *search) course(m Mask, h *Harmed) (*sim.Result, error) {
	results, err := s.toTheEnd([]Mask{m}, []*Harmed{h})
	if err != nil || results[0] == nil {
		return nil, err
	}
	h.Then = violations(results[0])
	return results[0], nil
}

// toTheEnd runs sets in the scenarios and with the seeds of some harms.
func (s *search) toTheEnd(sets []Mask, harms []*Harmed) ([]*sim.Result, error) {
	var jobs []campaign.Job
	for i, m := range sets {
		p, err := s.plan(harms[i].Scenario, m)
		if err != nil {
			return nil, err
		}
		job := campaign.Job{Plan: p, Options: []sim.Option{sim.Seed(harms[i].Seed)}}
		if past := s.rest[pastKey{m, run{harms[i].Scenario, harms[i].Seed}}]; past != nil {
			job.Plan, job.From = past.Plan(), past
		}
		jobs = append(jobs, job)
	}
	outcomes, err := s.run(jobs)
	if err != nil {
		return nil, err
	}
	results := make([]*sim.Result, len(jobs))
	for i := range outcomes {
		if o := &outcomes[i]; o.Err == nil && o.Result.Stopped == nil {
			results[i] = o.Result
		}
	}
	return results, nil
}

// asBare reports whether a run with a set is that without barriers, to its end.
func (s *search) asBare(m Mask, h *Harmed, bare *sim.Result) (bool, error) {
	if bare == nil || bare.Seed != h.Seed || s.Barriers[m.lowest()].Opaque {
		return false, nil
	}
	used := usedWays(bare)
	if used == nil {
		return false, nil
	}
	return s.unmet(m, h.Scenario, bare, used)
}

// violations lists what a run violated, in the order of time.
func violations(r *sim.Result) (list []Violation) {
	for i := range r.Invariants {
		if v := &r.Invariants[i]; v.Verdict == monitor.Violated {
			list = append(list, Violation{v.Name, v.At})
		}
	}
	slices.SortStableFunc(list, func(a, b Violation) int { return cmp.Compare(a.At, b.At) })
	return list
}
