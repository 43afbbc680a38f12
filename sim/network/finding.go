package network

import "slices"

// A FindingKind is what is legal in a topology, and yet worth knowing.
type FindingKind uint8

// The kinds of findings, and what their names are.
const (
	DualHomed  FindingKind = iota // a device, and the zones that it is in: a way around their conduits
	Unfiltered                    // a conduit without rules
	NoLevel                       // a zone without a level
	NoTarget                      // a zone without a target
	SkipsLevel                    // a conduit, and two zones whose levels are not next to one another
	Office                        // a conduit, and a zone of level 4 or 5 that it joins to one of 2 or less
)

// A Finding is a fact about a topology.
type Finding struct {
	Kind  FindingKind
	Names []string
}

// levels are those of the Purdue model, in their order.
var levels = [...]string{"0", "1", "2", "3", "3.5", "4", "5"}

// LevelRank returns the place of a level of the Purdue model in its order, the
// lowest 0.
func LevelRank(level string) (rank int, ok bool) {
	rank = slices.Index(levels[:], level)
	return rank, rank >= 0
}

// Findings returns what is worth knowing: zones first, then devices in the order of
// the zones, then conduits.
func (t *Topology) Findings() (list []Finding) {
	add := func(kind FindingKind, names ...string) { list = append(list, Finding{kind, names}) }
	for i := range t.Zones {
		z := &t.Zones[i]
		if _, ok := LevelRank(z.Level); !ok {
			add(NoLevel, z.Name)
		}
		if z.Target == 0 {
			add(NoTarget, z.Name)
		}
	}
	r := t.Router()
	for i := range t.Zones {
		for _, device := range t.Zones[i].Devices {
			zones := r.zones[device]
			if len(zones) < 2 || zones[0] != int32(i) {
				continue
			}
			names := []string{device}
			for _, z := range zones {
				names = append(names, t.Zones[z].Name)
			}
			add(DualHomed, names...)
		}
	}
	for i := range t.Conduits {
		if c := &t.Conduits[i]; !c.Filtered && len(c.Rules) == 0 {
			add(Unfiltered, c.Name)
		}
		list = append(list, r.levels(i)...)
	}
	return list
}

// levels returns the findings about the levels that a conduit joins.
func (r *Router) levels(conduit int) (list []Finding) {
	joins := r.joins[conduit]
	for i, a := range joins {
		for _, b := range joins[i+1:] {
			x, y := &r.t.Zones[a], &r.t.Zones[b]
			low, known := LevelRank(x.Level)
			high, both := LevelRank(y.Level)
			if !known || !both {
				continue
			}
			if low > high {
				low, high, x, y = high, low, y, x
			}
			names := []string{r.t.Conduits[conduit].Name, x.Name, y.Name}
			if high-low > 1 {
				list = append(list, Finding{SkipsLevel, names})
			}
			if levels[low] <= "2" && levels[high] >= "4" {
				list = append(list, Finding{Office, []string{names[0], names[2], names[1]}})
			}
		}
	}
	return list
}
