package powergrid

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
)

// A layout is who is connected to whom, by number.
type layout struct {
	buses    []string // in the order in which they are named
	from, to []int    // of branches
	machine  []int    // bus of each
	infinite []int    // bus of each
	load     []int    // bus of each
}

// lay numbers the buses. It refuses what cannot be a grid.
func lay(s *Spec) (l layout, err error) {
	for _, b := range s.Branches {
		l.from, l.to = append(l.from, l.bus(b.From)), append(l.to, l.bus(b.To))
		if b.From == b.To {
			return l, device.Invalid("branches", "has %s, which leads from %s to itself", b.Name, b.From)
		}
	}
	known := len(l.buses)
	for _, m := range s.Machines {
		l.machine = append(l.machine, l.bus(m.Bus))
	}
	for _, i := range s.Infinite {
		l.infinite = append(l.infinite, l.bus(i.Bus))
	}
	for _, x := range s.Loads {
		l.load = append(l.load, l.bus(x.Bus))
	}
	switch {
	case len(s.Machines)+len(s.Infinite) == 0:
		return l, device.Invalid("machines", "must name one at least, or infinite: a bus")
	case len(l.buses) > known:
		return l, device.Invalid("branches", "lead nowhere near the bus %s", l.buses[known])
	}
	sources := slices.Concat(l.machine, l.infinite)
	slices.Sort(sources)
	if len(slices.Compact(slices.Clone(sources))) < len(sources) {
		return l, device.Invalid("machines", "must be at different buses, and at none that is infinite")
	}
	return l, l.distinct(s)
}

// bus returns the number of a bus.
func (l *layout) bus(name string) int {
	i := slices.Index(l.buses, name)
	if i < 0 {
		i, l.buses = len(l.buses), append(l.buses, name)
	}
	return i
}

// distinct refuses names that would make two signals one, or none.
func (l *layout) distinct(s *Spec) error {
	names := slices.Clone(l.buses)
	for _, b := range s.Branches {
		names = append(names, b.Name)
	}
	for _, m := range s.Machines {
		names = append(names, m.Name)
	}
	for _, x := range s.Loads {
		names = append(names, x.Name)
	}
	for _, x := range s.Shedding {
		names = append(names, x.Name)
	}
	slices.Sort(names)
	for i, name := range names {
		if i > 0 && name == names[i-1] {
			return device.Invalid("branches", "and what they join need names of their own: there are two %s", name)
		}
		if !identifier(name) {
			return device.Invalid("branches", "has the bus %q: use letters, digits and _, and begin with a letter", name)
		}
	}
	return nil
}

func identifier(name string) bool {
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '_' && (r < '0' || r > '9')) {
			return false
		}
	}
	return name != ""
}

// sources is how many machines and infinite buses there are.
func (l *layout) sources() int { return len(l.machine) + len(l.infinite) }
