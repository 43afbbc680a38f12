package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
)

// holding adds shelves for what a store has from the start: one for each sort of people who have the
// trait, or for those whom it is said to be about.
func (b *builder) holding(d *dev, h *syntax.Holding) {
	m := b.sys.Data.Model
	whose, ok := b.whose(h)
	if !ok {
		d.broken = true
		return
	}
	use := b.shelf(d, &h.Use)
	var names []string
	found := false
	for i := range m.Attributes {
		a := &m.Attributes[i]
		if !a.Trait || whose >= 0 && a.Population != whose {
			continue
		}
		if !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
		if a.Name != h.Name.Value {
			continue
		}
		sh := use
		sh.Attribute, sh.Share = int32(i), h.Share.Value
		b.coarse(&sh, &h.Use)
		m.Shelves = append(m.Shelves, sh)
		found = true
	}
	if found {
		return
	}
	of := "people"
	if whose >= 0 {
		of = m.Populations[whose].Name
	}
	b.Errorf(h.Name.Span, choice("traits of "+of+" are", names, "declare it: `subjects: {resident: {count: 100, traits: {"+h.Name.Value+": {values: own}}}}`"),
		"there is no trait %s%s", source.Quote(h.Name.Value), source.DidYouMean(h.Name.Value, names))
	d.broken = true
}

// whose finds out whose trait a store holds; -1: that of all who have it.
func (b *builder) whose(h *syntax.Holding) (population int32, ok bool) {
	if !h.About.Usable() {
		return -1, !h.About.Present()
	}
	p, one, ok := b.whom(h.About.Value)
	switch {
	case !ok:
		message, fix := b.nobody(h.About.Value)
		b.Errorf(h.About.Span, fix, "%s", message)
	case one >= 0 && b.sys.Data.Populations[p].Count > 1:
		name := b.sys.Data.Populations[p].Name
		b.Errorf(h.About.Span, "write `about: "+name+"`, and how many of them it knows: `share: 50%`", "what a store has from the start is about the first of %s, as many as its share says, and not about one", name)
		return p, false
	}
	return p, ok
}

// tabled reports that a store tells people of several names apart, so that nobody knows of whom it is asked.
func (b *builder) tabled(store int32) error {
	m := b.sys.Data.Model
	of := m.Tabled(store)
	if len(of) < 2 {
		return nil
	}
	name, one := m.Stores[store].Name, m.Populations[of[0]].Name
	return expression.Error{
		Message: name + " holds quasi-identifiers of " + one + " and of " + m.Populations[of[1]].Name + ": among whom they hide it does not say",
		Fix:     "let a store of its own hold those of each, such as `holds: {postcode: {about: " + one + "}}`",
	}
}
