package harden

import (
	"cmp"
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
	same := m
	var candidates []int
	outside.each(func(i int) {
		if !s.Barriers[i].Opaque {
			candidates = append(candidates, i)
		}
	})
	slices.SortStableFunc(candidates, func(a, b int) int { return cmp.Compare(s.problem.costs[a], s.problem.costs[b]) })
	for _, i := range candidates {
		p, err := s.plan(scenario, same.with(i))
		if err != nil {
			return 0, err
		}
		closed, narrowed := r.Plan.Narrowed(p)
		if narrowed && !slices.ContainsFunc(closed, func(w sim.Spread) bool { return used[w.Passage()] || used[w.Towards()] }) {
			same = same.with(i)
		}
	}
	return same, nil
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
