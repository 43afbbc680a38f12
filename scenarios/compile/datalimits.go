package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/data"
)

// maxRows is how many rows all stores have at most: people times sorts of data about them.
const maxRows = 10_000_000

// maxItem is how many bytes an item takes at most, maxRoom those for which a store has room: so few that
// nothing that adds them up overflows.
const maxItem, maxRoom = 1e12, 1e21

// readers reports who can be nobody.
func (b *builder) readers(d *dev) {
	for _, t := range d.store.spec.Readers {
		if t.Usable() && !isName(t.Value) {
			b.Errorf(t.Span, "write the name of who reads it, such as `readers: [insurer]`", "%s is nobody's name", source.Quote(t.Value))
		}
	}
}

// roomy reports a store with nothing in it, and one that is too much.
func (b *builder) roomy(d *dev) {
	m, s := b.sys.Data.Model, d.store.spec
	rows := 0
	for i := range m.Shelves {
		rows += int(m.Populations[m.Attributes[m.Shelves[i].Attribute].Population].Count)
	}
	before := b.mistakes()
	room := b.bytes(s.Limit, "2 TB")
	switch {
	case len(s.Holds)+len(s.Takes) == 0:
		b.Errorf(d.spec.Name.Span, "add `holds: {name: all}` or `takes: {load: {from: meter.reading}}`", "%s keeps nothing about anybody", d.spec.Name.Value)
	case len(m.Shelves) > data.MaxShelves:
		b.Errorf(d.spec.Name.Span, "leave out what no invariant is about", "a system keeps at most %d sorts of data in all its stores", data.MaxShelves)
	case rows > maxRows:
		b.Errorf(d.spec.Name.Span, "give people a smaller count, or leave out what no invariant is about", "with %s all stores have %d rows, people times sorts of data; a system has at most %d", d.spec.Name.Value, rows, maxRows)
	case b.mistakes() > before: // of the limit
	case room > maxRoom:
		b.Errorf(s.Limit.Span, "write it such as `2 TB`, or leave it out where there is always room", "no store has room for %s", s.Limit.Value)
	case s.Limit.Usable() && !(room > 0):
		b.Errorf(s.Limit.Span, "write it such as `2 TB`, or leave it out", "%s has room for nothing", d.spec.Name.Value)
	default:
		return
	}
	d.broken = true
}

// returning reports what comes from itself: copies and inferences in a circle.
func (b *builder) returning() {
	m := b.sys.Data.Model
	name := func(shelf int32) string {
		return m.Stores[m.Shelves[shelf].Store].Name + "." + m.Attributes[m.Shelves[shelf].Attribute].Name
	}
	state := make([]uint8, len(m.Shelves)) // 1: on the way, 2: done
	var way []int32
	var visit func(shelf int32)
	visit = func(shelf int32) {
		if at := slices.Index(way, shelf); at >= 0 {
			text := ""
			for _, s := range way[at:] {
				text += name(s) + " <- "
			}
			d := b.byName[m.Stores[m.Shelves[shelf].Store].Name]
			b.Errorf(d.spec.Name.Span, "take one of them from a device", "data come from themselves: %s", text+name(shelf))
		}
		if state[shelf] != 0 {
			return
		}
		state[shelf], way = 1, append(way, shelf)
		for i := range m.Intakes {
			if m.Intakes[i].Shelf == shelf {
				for _, from := range m.Intakes[i].From {
					visit(from)
				}
			}
		}
		state[shelf], way = 2, way[:len(way)-1]
	}
	for shelf := range m.Shelves {
		visit(int32(shelf))
	}
}

// learnable reports that there is too much to say what can be learnt about a population.
func (b *builder) learnable(population int32) error {
	if b.Err() != nil {
		return nil // what is not whole cannot be counted
	}
	m := b.sys.Data.Model
	if err := m.Learnable(population); err != nil {
		return expression.Error{
			Message: "what can be learnt about " + m.Populations[population].Name + " cannot be followed: " + strings.ReplaceAll(err.Error(), "\n", "; "),
			Fix:     "leave out stores, keys and attributes that no invariant is about; each attacker who is asked about counts as another of every store; infer each of at most 4",
		}
	}
	return nil
}

// nobody reports that somebody is not among the people.
func (b *builder) nobody(text string) (message, fix string) {
	m := b.sys.Data.Model
	name, _, _ := strings.Cut(text, "[")
	named := slices.ContainsFunc(m.Populations, func(p data.Population) bool { return p.Name == name })
	switch d := b.byName[name]; {
	case d == nil || named:
	case d.spec.Is.Value == personKind:
		return name + " is a person, and not among those whom data are about", "say under system that data are: `subjects: {" + name + ": {}}`, and by `traits:` what they can tell"
	default:
		return text + " is a device (`is: " + d.spec.Is.Value + "`): data are about those under `subjects:`, and about persons only where these stand there, too",
			"declare those whom it stands for by another name, such as `subjects: {resident: {count: 1}}` under system, and name these"
	}
	var names []string
	for i := range m.Populations {
		p := &m.Populations[i]
		names = append(names, p.Name)
		if name, member, ok := splitMember(text); ok && name == p.Name && member >= p.Count {
			if p.Count == 1 {
				return "there is no " + text + ": " + p.Name + " is one", "write `" + p.Name + "`"
			}
			return fmt.Sprintf("there is no %s: they are %d", text, p.Count), fmt.Sprintf("write one from %s[0] to %s[%d]", p.Name, p.Name, p.Count-1)
		}
	}
	return "there is nobody called " + source.Quote(text) + source.DidYouMean(text, names), choice("people are called", names, "declare them under system: `subjects: {resident: {count: 100}}`")
}
