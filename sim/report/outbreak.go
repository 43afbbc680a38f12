package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/vtime"
)

// host tells that malware came to a host, left it, or was stopped.
func (t *teller) host(e sim.StoryEvent) row {
	n := &t.HostNews[e.Index]
	name, host := clean(n.Malware), clean(n.Host)
	switch n.Kind {
	case outbreak.Left:
		return row{mark: "-", colour: green, text: name + " is gone from " + host, key: name + " left " + host, rank: turns}
	case outbreak.Stopped:
		return row{mark: "x", colour: green, text: fmt.Sprintf("%s STOPPED by %s: %s", name, clean(n.Barrier), clean(n.Reason)), key: name + " stopped", rank: steppings}
	}
	line := row{mark: "+", colour: yellow, text: name + " is on " + host + origin(n.From, n.By), key: name + " on " + host, rank: turns}
	if n.Actuator {
		line.rank, line.text = ends, line.text+", "+deeds(n.Commands)
	}
	return line
}

// deeds says why a host counts as one that moves something.
func deeds(commands string) string {
	if commands == "" {
		return "which moves things"
	}
	return "which commands " + clean(commands)
}

// origin says whom a host has it from, and how.
func origin(from, by string) string {
	switch {
	case from == "":
		return ", where it was released"
	case by == "":
		return ", from " + clean(from)
	}
	return fmt.Sprintf(", from %s by %s", clean(from), clean(by))
}

// outbreaks writes how far each malware came.
func (s *sheet) outbreaks(r *sim.Result) {
	for i := range r.Outbreaks {
		s.outbreak(&r.Outbreaks[i])
	}
}

// hostsMost is how many hosts a report lists, stopsMost how many ways on which malware was
// stopped.
const hostsMost, stopsMost = 12, 5

func (s *sheet) outbreak(o *sim.Outbreak) {
	left, never := s.infectedHosts(o)
	if left > 0 {
		s.line("  %s", s.ink(dim, fmt.Sprintf("%s later (--all).", counted(left, "host more, infected", "hosts more, infected"))))
	}
	if len(never) > 0 {
		s.bullet("  never on", some(never))
	}
	for i := range o.Zones {
		z := &o.Zones[i]
		s.bullet("  zone "+clean(z.Zone), fmt.Sprintf("first at %s: %s%s", z.At.Short(), clean(z.Host), origin(z.From, z.By)))
	}
	if len(o.Spared) > 0 {
		s.bullet("  never in", some(o.Spared))
	}
	if o.At < vtime.Never {
		s.bullet("  first actuator", fmt.Sprintf("%s, %s, at %s", clean(o.Actuator), deeds(o.Commands), o.At.Short()))
	} else {
		s.bullet("  first actuator", "none: it never came to a device that moves things, or commands one")
	}
	s.stops(o)
	s.line("")
}

// infectedHosts writes the table of hosts that were infected, the first ones first, and
// returns how many are left out, and those that never were.
func (s *sheet) infectedHosts(o *sim.Outbreak) (left int, never []string) {
	g := grid{sheet: s, titles: []string{"Outbreak of " + clean(o.Malware), "First", "Infected", "How"}, numbers: []bool{false, true, true, false}}
	var ever []*sim.OutbreakHost
	for i := range o.Hosts {
		if h := &o.Hosts[i]; h.First < vtime.Never {
			ever = append(ever, h)
		} else {
			never = append(never, clean(h.Name))
		}
	}
	slices.SortStableFunc(ever, func(a, b *sim.OutbreakHost) int { return cmp.Compare(a.First, b.First) })
	for _, h := range ever {
		if len(g.rows) >= hostsMost && !s.All {
			left++
			continue
		}
		how := strings.TrimPrefix(origin(h.From, h.By), ", ")
		if h.Count > 1 && h.Most > h.Now {
			how += fmt.Sprintf("; %d at most", h.Most)
		}
		g.add("  "+clean(h.Name), h.First.Short(), infected(h), how)
	}
	if len(g.rows) == 0 {
		g.add("  nowhere", "", "", "")
	}
	g.write()
	return left, never
}

// stops writes what barriers stopped: on each way once.
func (s *sheet) stops(o *sim.Outbreak) {
	for i := range o.Stops {
		if i == stopsMost && !s.All {
			s.line("  %s", s.ink(dim, fmt.Sprintf("stopped on %s more (--all).", counted(len(o.Stops)-i, "way", "ways"))))
			break
		}
		x := &o.Stops[i]
		s.bullet("  stopped", fmt.Sprintf("%s from %s to %s by %s, first at %s: %s", times(x.Hits), clean(x.From), clean(x.To), clean(x.By), x.First.Short(), clean(x.Reason)))
	}
}

// infected says whether a host has it, or how many do.
func infected(h *sim.OutbreakHost) string {
	switch {
	case h.Count == 1 && h.Now == 0:
		return "gone"
	case h.Count == 1:
		return "yes"
	}
	return fmt.Sprintf("%d of %d", h.Now, h.Count)
}

// times counts.
func times(n uint64) string {
	if n == 1 {
		return "once"
	}
	return strconv.FormatUint(n, 10) + " times"
}
