package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/vtime"
)

// carriers lists what people carry.
func (b *builder) carriers() (names []string) {
	for _, c := range b.file.System.Carriers {
		names = append(names, c.Name.Value)
	}
	return names
}

// peopleDo checks what people's habits name, and when they follow them.
func (b *builder) peopleDo() {
	for i := range b.file.System.Carriers {
		c := &b.file.System.Carriers[i]
		if b.byName[c.Name.Value] != nil {
			b.Errorf(c.Name.Span, "give one of them another name", "a device has the name %s as well", c.Name.Value)
		}
	}
	for i := range b.file.System.People {
		for k := range b.file.System.People[i].Habits {
			if h := &b.file.System.People[i].Habits[k]; h.Present {
				b.things(h)
				b.turns(h)
			}
		}
	}
	for _, d := range b.devs {
		if h := d.spec.Hardening; h != nil {
			b.carriersNamed(h.Media)
		}
	}
}

// idleHardening warns of what is meant to keep malware from a device and does nothing.
func (b *builder) idleHardening() {
	if len(b.malware) == 0 {
		return
	}
	known := slices.ContainsFunc(b.malware, func(s *strain) bool { return s.spec.Known.Present() })
	for _, d := range b.devs {
		h := d.spec.Hardening
		if h == nil {
			continue
		}
		for _, t := range []syntax.Text{h.AllowList.Text, h.Signed.Text} {
			switch {
			case t.Value != "true":
			case !b.prey(d):
				b.Warnf(t.Span, "leave it out, or give the device the weakness that it protects", "no malware could be on %s anyway: this keeps nothing out", d.spec.Name.Value)
			case t == h.Signed.Text && !b.unsigned(d):
				b.Warnf(t.Span, "write `allow_list: true`, which keeps out what is signed as well", "all malware that could be on %s is signed: this keeps nothing out", d.spec.Name.Value)
			}
		}
		if h.Antivirus.Present() && !known {
			b.Warnf(h.Antivirus.Span, "say from when on it is known: `known: 30d` of a malware", "no malware ever becomes known, so this finds nothing")
		}
	}
}

// unsigned reports whether a device is open to a vector without a signature, but for its
// hardening.
func (b *builder) unsigned(d *dev) bool {
	return slices.ContainsFunc(b.malware, func(s *strain) bool {
		return slices.ContainsFunc(s.spec.Spreads, func(v syntax.Vector) bool {
			return !v.Signed.Value && (d.takes(v.Login) || d.has(v.Name.Value))
		})
	})
}

// things checks that there is what a habit names.
func (b *builder) things(h *syntax.Habit) {
	carriers, zones := b.carriers(), b.zoneNames()
	verb := h.Verb.Value
	switch {
	case verb != "plugs" && verb != "opens":
		b.deviceNamed(h.What)
	case !slices.Contains(carriers, h.What.Value) && !(b.Broken && len(carriers) == 0):
		b.Errorf(h.What.Span, choice("the carriers are", carriers, "declare it under system: `carriers: {"+h.What.Value+": {}}`"), "there is no carrier %s%s",
			source.Quote(h.What.Value), source.DidYouMean(h.What.Value, carriers))
	}
	switch {
	case verb != "connects":
		b.deviceNamed(h.Where)
	case h.Where.Usable() && !slices.Contains(zones, h.Where.Value):
		b.Errorf(h.Where.Span, choice("the zones are", zones, "declare zones:"), "there is no zone %s%s", source.Quote(h.Where.Value), source.DidYouMean(h.Where.Value, zones))
	}
	if h.What.Value == h.Where.Value && b.byName[h.What.Value] != nil {
		b.Errorf(h.Where.Span, "name the device at which it is done", "%s %s itself", h.What.Value, verb)
	}
}

// turns checks when a habit is followed.
func (b *builder) turns(h *syntax.Habit) {
	every := h.Every
	switch run := vtime.Time(b.file.Run.Value); {
	case every.Usable() && every.Value < vtime.Second:
		b.Errorf(every.Span, "write `every: 1d`", "nobody does this so often")
	case every.Usable() && h.Within.Usable() && h.Within.Value > every.Value:
		b.Errorf(h.Within.Span, "write `within: "+every.Text.Value+"` or less", "it could be so late that it is time for the next one")
	case h.For.Usable() && every.Usable() && h.For.Value+h.Within.Value > every.Value:
		b.Errorf(h.For.Span, "let it end before it begins anew", "it lasts longer than until it begins again")
	case h.Chance.Present() && !h.Chance.Broken && h.Chance.Value == 0:
		b.Warnf(h.Chance.Span, "write a chance above `0%`, or leave the habit out", "this never happens")
	case b.file.Run.Usable() && vtime.Time(h.At.Value) > run && h.Span.File == b.file.Source:
		b.Warnf(h.At.Span, "begin it earlier, or let the run last longer", "the run is over after %s, before this happens for the first time", b.file.Run.Text.Value)
	}
}

// errands warns of carriers and habits by which no malware can pass, whatever else
// happens.
func (b *builder) errands() {
	habits := b.habits()
	for i := range b.file.System.Carriers {
		c := &b.file.System.Carriers[i]
		if !slices.ContainsFunc(habits, func(h habit) bool { return h.What.Value == c.Name.Value }) {
			b.Warnf(c.Name.Span, "give somebody the habit: `habits: [{plugs: "+c.Name.Value+", into: ews, at: 8h, every: 1d}]`",
				"nobody ever plugs %s into anything or opens it: nothing can spread by it", c.Name.Value)
		}
	}
	if len(b.malware) == 0 {
		return
	}
	for _, c := range b.file.System.Carriers {
		if b.lonely(c.Name, habits) {
			habits = slices.DeleteFunc(habits, func(h habit) bool { return h.What.Value == c.Name.Value })
		}
	}
	for _, h := range habits {
		for _, t := range []syntax.Text{h.What, h.Where} {
			if d := b.byName[t.Value]; d != nil && !b.prey(d) {
				b.Warnf(t.Span, "give it a weakness that malware uses: "+list(b.exploited(meansOf[h.Verb.Value])), "no malware can be on %s, so nothing passes here", t.Value)
			}
		}
	}
}

// lonely reports a carrier that meets no host, or only one, and whether it meets none.
func (b *builder) lonely(c syntax.Text, habits []habit) (none bool) {
	var meets []string
	some := false
	for _, h := range habits {
		if h.What.Value != c.Value {
			continue
		}
		some = true
		if d := b.byName[h.Where.Value]; b.prey(d) && !slices.Contains(meets, h.Where.Value) {
			meets = append(meets, h.Where.Value)
		}
	}
	switch {
	case !some || slices.ContainsFunc(b.malware, func(s *strain) bool { return s.releasedAt(c.Value) }) && len(meets) > 0:
	case len(meets) == 0:
		b.Errorf(c.Span, "plug it into a device on which malware can be, or leave it out", "%s never meets a host of malware: nothing can come to it or from it", c.Value)
	case len(meets) == 1:
		b.Warnf(c.Span, "let somebody plug it into another device as well", "only %s ever sees %s: nothing can come to another host by it", meets[0], c.Value)
	}
	return some && len(meets) == 0
}

// prey reports whether some malware could be on a device if that were not hardened.
func (b *builder) prey(d *dev) bool {
	return slices.ContainsFunc(b.malware, func(s *strain) bool {
		_, host := s.byName[d.spec.Name.Value]
		return host || slices.ContainsFunc(s.spec.Spreads, func(v syntax.Vector) bool { return d.takes(v.Login) || d.has(v.Name.Value) })
	})
}

// has reports whether a device has a weakness.
func (d *dev) has(weakness string) bool {
	return slices.ContainsFunc(d.spec.Weaknesses, func(w syntax.Weakness) bool { return w.Name.Value == weakness })
}

// exploited lists the weaknesses that malware uses over some means, or all where it uses none
// over these.
func (b *builder) exploited(means string) (names []string) {
	var all []string
	for _, s := range b.malware {
		for _, v := range s.spec.Spreads {
			if len(v.Login) == 0 && !slices.Contains(all, v.Name.Value) {
				all = append(all, v.Name.Value)
				if v.Over.Value == means {
					names = append(names, v.Name.Value)
				}
			}
		}
	}
	if len(names) == 0 {
		return all
	}
	return names
}

// releasedAt reports whether a step puts a malware on a host.
func (s *strain) releasedAt(host string) bool {
	return slices.ContainsFunc(s.released, func(r release) bool { return s.model.Classes[r.class].Name == host })
}
