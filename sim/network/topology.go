package network

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// DefaultLatency is what a message takes within a zone, or where there are no
// zones.
const DefaultLatency = vtime.Millisecond

// A Link is how a zone's own network or a conduit carries messages.
type Link struct {
	Name      string
	Latency   vtime.Duration // at least
	Jitter    vtime.Duration // uniformly up to so much more
	Loss      float64        // probability, 0 to 1
	Unordered bool           // messages may overtake one another
}

// A Zone is devices with common security needs (IEC 62443-1-1).
type Zone struct {
	Link
	Devices []string
}

// A Conduit joins zones.
type Conduit struct {
	Link
	Joins []string // names of zones
}

// A Topology is zones and conduits. Without zones everybody shares one network.
type Topology struct {
	Zones    []Zone
	Conduits []Conduit
}

// ZoneOf returns the zone of a device, or -1.
func (t *Topology) ZoneOf(device string) int {
	return slices.IndexFunc(t.Zones, func(z Zone) bool { return slices.Contains(z.Devices, device) })
}

// Path returns the links from one device to another: the conduits of a shortest
// way (the first in order of names among equals), or the network of the zone
// that both are in.
func (t *Topology) Path(from, to string) ([]Link, error) {
	if len(t.Zones) == 0 {
		return []Link{{Name: "network", Latency: DefaultLatency}}, nil
	}
	a, b := t.ZoneOf(from), t.ZoneOf(to)
	for i, device := range []string{from, to} {
		if []int{a, b}[i] < 0 {
			return nil, fmt.Errorf("%s is in no zone, so no message can reach it or leave it", device)
		}
	}
	if a == b {
		return []Link{t.Zones[a].Link}, nil
	}
	links := t.route(a, b)
	if links == nil {
		return nil, fmt.Errorf("no conduit leads from zone %s (%s) to zone %s (%s)",
			t.Zones[a].Name, from, t.Zones[b].Name, to)
	}
	return links, nil
}

// route is a breadth-first search over the conduits in order of names.
func (t *Topology) route(from, to int) []Link {
	order := make([]int, len(t.Conduits))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if t.Conduits[a].Name < t.Conduits[b].Name {
			return -1
		}
		return 1
	})
	ways := make([][]Link, len(t.Zones))
	seen := make([]bool, len(t.Zones))
	seen[from] = true
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		zone := queue[0]
		if zone == to {
			return ways[zone]
		}
		for _, c := range order {
			if !slices.Contains(t.Conduits[c].Joins, t.Zones[zone].Name) {
				continue
			}
			for next := range t.Zones {
				if !seen[next] && slices.Contains(t.Conduits[c].Joins, t.Zones[next].Name) {
					seen[next] = true
					ways[next] = append(slices.Clone(ways[zone]), t.Conduits[c].Link)
					queue = append(queue, next)
				}
			}
		}
	}
	return nil
}
