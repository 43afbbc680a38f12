package compile

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
)

// subjects makes the people whom data are about, and what is true of them.
func (b *builder) subjects() {
	sys := &b.file.System
	if len(sys.Subjects) == 0 && !slices.ContainsFunc(sys.Devices, func(d syntax.Device) bool { return keepsData(&d) }) {
		return
	}
	m := &data.Model{}
	b.sys.Data = &sim.Holdings{Model: m}
	b.purposes(m, sys.Purposes)
	for i := range sys.Subjects {
		b.subject(m, &sys.Subjects[i])
	}
}

// subject adds people of one name to the model.
func (b *builder) subject(m *data.Model, s *syntax.Subject) {
	d := b.human(s)
	count, ok := b.howMany(s, d)
	if !ok {
		return
	}
	if int64(m.People())+count > maxMembers {
		at := s.Name.Span
		if s.Count.Present() {
			at = s.Count.Span
		}
		b.Errorf(at, "give it a smaller count", "a system has at most %d people", maxMembers)
		return
	}
	m.Populations = append(m.Populations, data.Population{Name: s.Name.Value, Count: int32(count), First: m.People(), Stands: b.Stands[s.Name.Value], Persons: d != nil})
	for k := range s.Traits {
		b.trait(m, int32(len(m.Populations)-1), &s.Traits[k])
	}
	p := &m.Populations[len(m.Populations)-1]
	switch {
	case s.Moves == nil:
	case d != nil:
		b.Errorf(s.Moves.Key.Span, "remove it: say where "+p.Name+" goes by `path:` of the device", "%s is a person of the system, who is where they walk", p.Name)
	default:
		p.Moves = b.moves(s.Moves)
	}
}

// human finds the device that people of a name are, nil where they are none.
func (b *builder) human(s *syntax.Subject) *syntax.Device {
	devices := b.file.System.Devices
	at := slices.IndexFunc(devices, func(d syntax.Device) bool { return d.Name.Value == s.Name.Value })
	if at < 0 {
		return nil
	}
	return &devices[at]
}

// howMany is how many people have a name: as many as the device has members that they are.
func (b *builder) howMany(s *syntax.Subject, d *syntax.Device) (n int64, ok bool) {
	name := s.Name.Value
	if d == nil {
		if !s.Count.Present() {
			b.Errorf(s.Name.Span, "write `count: 5000`", "a group of people needs `count:`")
		}
		return s.Count.Value, true
	}
	if d.Is.Usable() && d.Is.Value != personKind {
		b.Errorf(s.Name.Span, "give the people another name, or the device; only persons are both", "%s is a device as well (`is: %s`): nobody could tell who is meant", name, d.Is.Value)
		return 0, false
	}
	n = max(1, d.Count.Value)
	if s.Count.Usable() && s.Count.Value != n {
		are, at := fmt.Sprintf("%s are %d persons", name, n), d.Count.Span
		if !d.Count.Present() {
			at = d.Name.Span
		}
		if n == 1 {
			are = name + " is one person"
		}
		b.Errorf(s.Count.Span, "leave `count:` out: the device says how many they are", "%s (%s), not %d", are, besides(s.Count.Span, at), s.Count.Value)
	}
	return n, true
}

// besides says where something stands that contradicts what is said at a place.
func besides(here, there source.Span) string {
	if here.File == there.File {
		return fmt.Sprintf("line %d", there.Line)
	}
	return there.String()
}

// trait adds a trait of people to the model.
func (b *builder) trait(m *data.Model, population int32, t *syntax.Trait) {
	a := data.Attribute{Name: t.Name.Value, Population: population, Trait: true, Values: int32(t.Values.Value), Kind: kindNamed(t.Kind)}
	if t.Own && !t.Kind.Present() {
		a.Kind = data.Identifier
	}
	b.shares(&a, t)
	m.Attributes = append(m.Attributes, a)
}

func kindNamed(t syntax.Text) data.Kind {
	return map[string]data.Kind{"identifier": data.Identifier, "quasi": data.Quasi, "sensitive": data.Sensitive}[t.Value]
}
