package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A link is a way of a malware from one class of hosts to another, with what stops it, or
// -1.
type link struct {
	to      int
	barrier int32
}

// links lists the ways of a malware from a class.
func (s *strain) links(c int) (list []link) {
	class := &s.model.Classes[c]
	for i := range class.Scanners {
		for _, t := range class.Scanners[i].Targets {
			if !shut(s.model.Classes[t.Class].Open[class.Scanners[i].Vector]) {
				list = append(list, link{int(t.Class), t.Barrier})
			}
		}
	}
	for i := range s.model.Contacts {
		k := &s.model.Contacts[i]
		if k.First > s.model.Run || k.Chance == 0 {
			continue
		}
		for _, v := range k.Vectors {
			switch {
			case int(k.A) == c && !shut(s.model.Classes[k.B].Open[v]):
				list = append(list, link{int(k.B), k.Barrier})
			case int(k.B) == c && !shut(s.model.Classes[k.A].Open[v]):
				list = append(list, link{int(k.A), k.Barrier})
			}
		}
	}
	return list
}

// shut reports whether hosts are never open to a vector.
func shut(o outbreak.Opening) bool { return o.Share == 0 || o.Until == 0 && o.Over == 0 }

// reached lists the classes that a malware can get to from where it is released, and
// the walls that it meets.
func (s *strain) reached() (reached []int, walls []int32) {
	for _, r := range s.released {
		if !slices.Contains(reached, r.class) {
			reached = append(reached, r.class)
		}
	}
	for i := 0; i < len(reached); i++ {
		for _, l := range s.links(reached[i]) {
			switch {
			case l.barrier >= 0:
				if !slices.Contains(walls, l.barrier) {
					walls = append(walls, l.barrier)
				}
			case !slices.Contains(reached, l.to):
				reached = append(reached, l.to)
			}
		}
	}
	return reached, walls
}

// quenched warns of malware that nobody releases, that can never spread from where it is
// released, or never come to where it does harm. Where there are mistakes, that is not
// known.
func (b *builder) quenched(steps []step) {
	if b.Broken || b.raised || b.mistakes() > 0 {
		return
	}
	b.errands()
	b.idleHardening()
	for _, s := range b.malware {
		switch {
		case len(s.released) > 0:
			b.late(s)
			if b.spreads(s) {
				b.harmless(s, steps)
			}
		case b.file.Run.Present():
			b.Warnf(s.spec.Name.Span, "add a step: `{at: 0s, attack: release, malware: "+s.model.Name+", on: ...}`", "nobody ever releases %s", s.model.Name)
		}
	}
}

// spreads warns of places from where a malware cannot spread, and reports whether it can
// from another one.
func (b *builder) spreads(s *strain) (some bool) {
	for _, r := range s.released {
		links := s.links(r.class)
		if slices.ContainsFunc(links, func(l link) bool { return l.barrier < 0 }) {
			some = true
			continue
		}
		var walls []int32
		for _, l := range links {
			if !slices.Contains(walls, l.barrier) {
				walls = append(walls, l.barrier)
			}
		}
		why := s.reasons(walls)
		if why == "" {
			why = b.aground(s, r.class)
		}
		b.Warnf(r.at, why, "%s can never spread from %s", s.model.Name, s.model.Classes[r.class].Name)
	}
	return some
}

// reasons says what walls stop.
func (s *strain) reasons(walls []int32) string {
	var why []string
	for _, w := range walls {
		if reason := s.sim.Reasons[w]; !slices.Contains(why, reason) {
			why = append(why, reason)
		}
	}
	return strings.Join(why, "; ")
}

// aground says why no way of a malware begins at a host.
func (b *builder) aground(s *strain, c int) string {
	class, kind := &s.model.Classes[c], map[string]string{
		"media": "nobody plugs into it what goes elsewhere", "files": "nobody opens on it what is opened elsewhere",
		"programs": "nobody programs anything from it", "updates": "nobody updates anything from it",
	}
	if class.Carrier {
		return "nobody plugs it into a device, or opens it on one, that is open to " + strings.Join(s.vectors(), " or ")
	}
	var why []string
	for _, v := range s.spec.Spreads {
		reason := kind[v.Over.Value]
		switch v.To.Value {
		case "zone":
			reason = "nothing else in its zone is open to it"
		case "known":
			reason = "nothing that it is wired to is open to it"
		case "random":
			reason = "nothing that it can reach is open to it"
		}
		why = append(why, v.Name.Value+": "+reason)
	}
	return strings.Join(why, "; ")
}

// late warns of a malware that has stopped spreading before it is released.
func (b *builder) late(s *strain) {
	first := vtime.Never
	for _, r := range s.released {
		first = min(first, r.from)
	}
	if s.spec.Until.Usable() && vtime.Time(s.spec.Until.Value) <= first && first < vtime.Never {
		b.Warnf(s.spec.Until.Span, "let it end later: it is a time after the start of the run", "%s spreads until %s only, and is released later", s.model.Name, s.spec.Until.Text.Value)
	}
}

// harmless warns of steps that a malware can never take, as it never comes to the hosts
// from where it would: one warning for the steps of a payload.
func (b *builder) harmless(s *strain, steps []step) {
	reached, walls := s.reached()
	on := func(st *step) bool {
		class, host := s.byName[b.sys.DeviceAt(st.Footing.At)]
		return !host || slices.Contains(reached, class)
	}
	for i := range steps {
		st := &steps[i]
		if st.Footing == nil || int(st.Footing.Intruder) != s.sim.Intruder || st.syntax.After.Present() {
			continue
		}
		var hosts []string
		some, first := false, -1
		for k := range steps {
			if other := &steps[k]; other.Footing != nil && other.syntax.Span == st.syntax.Span {
				hosts, some = append(hosts, b.sys.DeviceAt(other.Footing.At)), some || on(other)
				if first < 0 {
					first = k
				}
			}
		}
		if some || first != i || b.expectedIdle(st.Name) {
			continue
		}
		b.Warnf(st.syntax.Span, s.astray(hosts, walls), "%s can never come to %s, so %s never happens", s.model.Name, list(hosts), st.Name)
	}
}

// astray says why a malware never comes to any of some hosts: what stops it, or that it
// never comes to where they would have it from.
func (s *strain) astray(hosts []string, walls []int32) string {
	if len(walls) > 0 {
		return "what stops it: " + s.reasons(walls)
	}
	var before []string
	for c := range s.model.Classes {
		for _, l := range s.links(c) {
			name := s.model.Classes[c].Name
			if slices.Contains(hosts, s.model.Classes[l.to].Name) && !slices.Contains(before, name) {
				before = append(before, name)
			}
		}
	}
	if len(before) == 0 {
		return "nothing ever brings it there: let somebody plug, open, program or update something, as a habit"
	}
	return "it could only come from " + list(before) + ", and never comes there"
}

// expectedIdle reports whether the file expects that a step does not happen.
func (b *builder) expectedIdle(name string) bool {
	return b.expectedStop(name) || slices.ContainsFunc(b.file.Expect.NotTriggered, func(t source.Text) bool { return t.Value == name })
}

// spreading gives malware, as an attacker, all hosts that it could be on: whether it comes
// there is said elsewhere.
func (c *closure) spreading() {
	for _, s := range c.b.malware {
		if s.broken {
			continue
		}
		r := &c.reached[s.sim.Intruder]
		for _, id := range s.sim.Devices {
			if rank := c.b.sys.Rank(id); rank >= 0 { // else it is carried, or has a mistake
				r.gain(c.b, inject.Gains{Device: int32(rank), Foothold: true})
			}
		}
	}
}

// releases reports whether a step of the timeline is one that releases a malware.
func releases(step *syntax.Step, malware string) bool {
	return step.Kind.Value == "release" && param(step.Params, "malware") == malware
}
