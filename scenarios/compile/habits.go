package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/vtime"
)

// meansOf says over what malware spreads at a habit.
var meansOf = map[string]string{"plugs": "media", "opens": "files", "programs": "programs", "updates": "updates", "connects": ""}

// A habit is one of a person.
type habit struct {
	*syntax.Habit
	who  string
	name string
}

// habits lists what people do again and again, with a name for each, as far as there is
// all that they need.
func (b *builder) habits() (list []habit) {
	for i := range b.file.System.People {
		p := &b.file.System.People[i]
		for k := range p.Habits {
			if h := &p.Habits[k]; h.Present && b.possible(h) {
				list = append(list, habit{h, p.Name.Value, p.Name.Value + " " + h.Verb.Value + " " + h.What.Value})
			}
		}
	}
	return list
}

// possible reports whether there is all that a habit names.
func (b *builder) possible(h *syntax.Habit) bool {
	what, where := b.byName[h.What.Value] != nil, b.byName[h.Where.Value] != nil
	switch h.Verb.Value {
	case "plugs", "opens":
		what = slices.Contains(b.carriers(), h.What.Value)
	case "connects":
		where = slices.Contains(b.zoneNames(), h.Where.Value)
	}
	return what && where
}

// schedule is when a habit is followed.
func (h habit) schedule() outbreak.Schedule {
	s := outbreak.Schedule{First: vtime.Time(h.At.Value), Every: h.Every.Value, Spread: h.Within.Value, Chance: 1}
	if h.Chance.Present() {
		s.Chance = h.Chance.Value
	}
	return s
}

// contacts adds what people's habits bring together.
func (b *builder) contacts(s *strain) {
	for _, h := range b.habits() {
		means := meansOf[h.Verb.Value]
		from, to := h.What.Value, h.Where.Value
		x, ok := s.byName[from]
		y, also := s.byName[to]
		if means == "" || !ok || !also {
			continue // it cannot be on one of them
		}
		k := outbreak.Contact{Name: h.name, Schedule: h.schedule(), A: int32(x), B: int32(y), Barrier: b.contactBarrier(s, h)}
		for v := range s.spec.Spreads {
			if s.spec.Spreads[v].Over.Value == means {
				k.Vectors = append(k.Vectors, int32(v))
			}
		}
		if len(k.Vectors) > 0 {
			s.model.Contacts = append(s.model.Contacts, k)
		}
	}
}

// contactBarrier is what keeps a malware from passing at a habit, -1 where nothing does.
func (b *builder) contactBarrier(s *strain, h habit) int32 {
	what, where := h.What.Value, h.Where.Value
	switch h.Verb.Value {
	case "plugs", "opens":
		if g := b.byName[where].spec.Hardening; g != nil && g.Media != nil && !slices.ContainsFunc(g.Media, func(t syntax.Text) bool { return t.Value == what }) {
			return s.barrier("media-"+where, "%s does not take %s", where, what)
		}
		return -1
	}
	q := network.Request{From: where, To: what, Protocol: b.speaks(what), Verb: network.Download}
	if h.Verb.Value == "updates" {
		q = network.Request{From: what, To: where, Protocol: b.speaks(where), Verb: network.Read, Reply: true}
	}
	path, err := b.sys.Router().Route(q)
	if err != nil {
		return s.barrier("path", "%v", err)
	}
	return b.stopOf(s, &path, q, b.holdings[h.who])
}

// visits lists the habits of connecting a device for a while, with a gate for each.
func (b *builder) visits(s *strain) (list []habit) {
	for _, h := range b.habits() {
		if _, host := s.byName[h.What.Value]; h.Verb.Value == "connects" && host {
			list = append(list, h)
		}
	}
	for len(s.model.Gates) < len(list) {
		h := list[len(s.model.Gates)]
		s.model.Gates = append(s.model.Gates, outbreak.Gate{Name: h.name, Schedule: h.schedule(), For: h.For.Value})
	}
	return list
}

// visiting adds the ways that a device opens while it is connected: from it to those in
// its reach then, and from others to it.
func (b *builder) visiting(s *strain, out *outbreak.Scanner, v *syntax.Vector, c int, h habit) {
	from, guest := s.model.Classes[c].Name, h.What.Value
	gate := int32(slices.IndexFunc(s.model.Gates, func(g outbreak.Gate) bool { return g.Name == h.name }))
	before := b.zones[guest]
	b.zones[guest] = []string{h.Where.Value}
	reach, addresses := b.inReach(s, v, from)
	b.zones[guest] = before
	reach = slices.DeleteFunc(reach, func(to int) bool { return (s.model.Classes[to].Name == guest) == (from == guest) })
	b.targets(s, out, v, c, b.visited(guest, h.Where.Value), gate, reach, addresses)
}
