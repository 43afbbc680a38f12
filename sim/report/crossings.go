package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A crossing is how often, and when, several runs came to something for the first time.
type crossing struct {
	zone  string       // empty: the first device that moves something
	times []vtime.Time // in order, of those that did
}

func (c *crossing) name() string {
	if c.zone == "" {
		return "first actuator"
	}
	return "zone " + clean(c.zone)
}

func (c *crossing) median() vtime.Time {
	n := len(c.times)
	low, high := c.times[(n-1)/2], c.times[n/2]
	return low.Add(high.Sub(low) / 2)
}

// crossings writes, for each scenario that was run under several seeds, when its malware came
// to each zone and to the first device that moves something, over the runs.
func (s *sheet) crossings(list []Outcome) {
	for first := 0; first < len(list); {
		end := first + 1
		for end < len(list) && list[end].Name == list[first].Name {
			end++
		}
		if runs := spreading(list[first:end]); len(runs) > 1 {
			for k := range runs[0].Outbreaks {
				s.crossed(runs, k)
			}
		}
		first = end
	}
}

// spreading are the runs that came to an end and had malware.
func spreading(list []Outcome) (runs []*sim.Result) {
	for i := range list {
		if r := list[i].Result; r != nil && len(r.Outbreaks) > 0 {
			runs = append(runs, r)
		}
	}
	return runs
}

// crossed writes what came of one malware.
func (s *sheet) crossed(runs []*sim.Result, k int) {
	s.line("")
	g := grid{
		sheet: s, titles: []string{"Outbreak of " + clean(runs[0].Outbreaks[k].Malware), "Runs", "Earliest", "Median", "Latest", ""},
		numbers: []bool{false, true, true, true, true, false},
	}
	for _, c := range crossingsOf(runs, k) {
		share := fmt.Sprintf("%d of %d", len(c.times), len(runs))
		if len(c.times) == 0 {
			g.add("  "+c.name(), share, "never", "", "", "")
			continue
		}
		g.add("  "+c.name(), share, c.times[0].Short(), c.median().Short(), c.times[len(c.times)-1].Short(), "")
	}
	g.write()
}

// crossingsOf collects the first times of all zones, those reached by most runs and first,
// first; and of the first device that moves something.
func crossingsOf(runs []*sim.Result, k int) (list []crossing) {
	var actuator crossing
	at := func(zone string) *crossing {
		i := slices.IndexFunc(list, func(c crossing) bool { return c.zone == zone })
		if i < 0 {
			i, list = len(list), append(list, crossing{zone: zone})
		}
		return &list[i]
	}
	for _, r := range runs {
		o := &r.Outbreaks[k]
		for i := range o.Zones {
			c := at(o.Zones[i].Zone)
			c.times = append(c.times, o.Zones[i].At)
		}
		for _, zone := range o.Spared {
			at(zone)
		}
		if o.At < vtime.Never {
			actuator.times = append(actuator.times, o.At)
		}
	}
	slices.SortStableFunc(list, func(a, b crossing) int {
		if len(a.times) != len(b.times) || len(a.times) == 0 {
			return cmp.Compare(len(b.times), len(a.times))
		}
		return cmp.Compare(slices.Min(a.times), slices.Min(b.times))
	})
	list = append(list, actuator)
	for i := range list {
		slices.Sort(list[i].times)
	}
	return list
}
