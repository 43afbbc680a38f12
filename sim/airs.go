package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/network"
)

// airs reports whether anything that a device says, or asks, goes by radio on its way.
func (s *System) airs(p *part) bool {
	links := s.Topology.Links()
	for i := range s.wires {
		w := &s.wires[i]
		if w.from != p && (w.to != p || w.poll == 0 || w.Subscribed) {
			continue
		}
		path, err := s.Router().Route(request(s.wires[i : i+1]))
		if err == nil && slices.ContainsFunc(path.Hops, func(h network.Hop) bool { return links[h.Link].Radio != nil }) {
			return true
		}
	}
	return false
}
