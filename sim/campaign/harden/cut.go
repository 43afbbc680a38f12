package harden

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/vtime"
)

// same returns a set as large as can be with which a run would have been the same: no set
// between the one that was run and that one holds.
func (s *search) same(m Mask, scenario int, r *sim.Result) (Mask, error) {
	outside := s.problem.usable &^ m
	used := usedWays(r)
	if used == nil {
		return m, nil
	}
	candidates := slices.DeleteFunc(s.byCost(outside, 1), func(i int) bool {
		return s.Barriers[i].Opaque || s.meets(scenario, i, used)
	})
	all := m
	for _, i := range candidates {
		all = all.with(i)
	}
	if fine, err := s.unmet(all, scenario, r, used); fine || err != nil {
		return all, err
	}
	same := m
	for _, i := range candidates {
		fine, err := s.unmet(same.with(i), scenario, r, used)
		if err != nil {
			return 0, err
		}
		if fine {
			same = same.with(i)
		}
	}
	return same, nil
}

// meets reports whether a barrier closes a way by itself that was used.
func (s *search) meets(scenario, i int, used map[[4]string]bool) bool {
	c := s.charts[scenario]
	return c != nil && slices.ContainsFunc(c.closed[i], func(w sim.Spread) bool { return used[w.Passage()] || used[w.Towards()] })
}

// unmet reports whether a run would have been the same with a larger set.
func (s *search) unmet(m Mask, scenario int, r *sim.Result, used map[[4]string]bool) (bool, error) {
	p, err := s.plan(scenario, m)
	if err != nil {
		return false, err
	}
	closed, narrowed := r.Plan.Narrowed(p)
	return narrowed && !slices.ContainsFunc(closed, func(w sim.Spread) bool { return used[w.Passage()] || used[w.Towards()] }), nil
}

// usedWays are the ways that malware took in a run, those to a population as a whole; nil
// where the run has too many to know them all.
func usedWays(r *sim.Result) map[[4]string]bool {
	used := map[[4]string]bool{}
	for i := range r.HostNews {
		n := &r.HostNews[i]
		if n.Kind == outbreak.Caught && n.From != "" {
			used[[4]string{n.Malware, class(n.From), class(n.Host), n.By}] = true
		}
	}
	if len(r.HostNews) >= sim.MaxHostNews {
		return nil
	}
	for i := range r.Outbreaks {
		for _, h := range r.Outbreaks[i].Hosts {
			if h.Count > 1 && h.First < vtime.Never {
				used[sim.Spread{Malware: r.Outbreaks[i].Malware, To: h.Name}.Towards()] = true
			}
		}
	}
	return used
}

// class is the name of a host without which of its population it is.
func class(host string) string {
	name, _, _ := strings.Cut(host, "[")
	return name
}
