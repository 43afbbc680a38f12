package link

import (
	"errors"
	"fmt"
	"slices"
)

// valid returns all that is wrong with a model.
func (m *Model) valid() error {
	v := &validity{m: m}
	v.sizes()
	if v.errs == nil {
		v.attributes()
		v.stores()
		for i := range m.Rules {
			v.rule(&m.Rules[i])
		}
	}
	return errors.Join(v.errs...)
}

type validity struct {
	m    *Model
	errs []error
}

func (v *validity) wrong(format string, args ...any) {
	v.errs = append(v.errs, fmt.Errorf(format, args...))
}

func (v *validity) sizes() {
	traits := 0
	for i := range v.m.Attributes {
		if len(v.m.Attributes[i].Levels) > 0 {
			traits++
		}
	}
	for _, s := range []struct {
		what    string
		n, most int
	}{
		{"attributes", len(v.m.Attributes), maxAttributes},
		{"attributes that are traits", traits, maxTraits},
		{"stores", len(v.m.Stores), maxStores},
		{"kinds of identifiers", len(v.m.Domains), maxDomains},
		{"rules", len(v.m.Rules), maxRules},
	} {
		if s.n > s.most {
			v.wrong("%d %s are too many: at most %d", s.n, s.what, s.most)
		}
	}
	if v.m.People < 0 {
		v.wrong("linking: %d people", v.m.People)
	}
}

func (v *validity) attributes() {
	for i := range v.m.Attributes {
		a := &v.m.Attributes[i]
		if len(a.Levels) > maxLevels {
			v.wrong("attribute %s: %d levels are too many: at most %d", a.Name, len(a.Levels), maxLevels)
			continue
		}
		for l, column := range a.Levels {
			switch {
			case len(column) != int(v.m.People):
				v.wrong("attribute %s: level %d is of %d people, not of %d", a.Name, l, len(column), v.m.People)
			case l > 0 && len(a.Levels[l-1]) == len(column) && !coarser(a.Levels[l-1], column):
				v.wrong("attribute %s: level %d tells people apart whom level %d does not: put finer levels first", a.Name, l, l-1)
			}
		}
	}
}

func (v *validity) stores() {
	for i := range v.m.Stores {
		s := &v.m.Stores[i]
		for _, k := range s.Keys {
			if k < 0 || int(k) >= len(v.m.Domains) {
				v.wrong("store %s: key %d is none of the %d kinds of identifiers", s.Name, k, len(v.m.Domains))
			}
		}
		for _, c := range s.Coarse {
			if !v.attribute(c.Attribute) {
				v.wrong("store %s: there is no attribute %d", s.Name, c.Attribute)
			} else if a := &v.m.Attributes[c.Attribute]; c.Level < 0 || int(c.Level) >= len(a.Levels) {
				v.wrong("store %s: %s has %d levels, and none is number %d", s.Name, a.Name, len(a.Levels), c.Level)
			}
		}
	}
}

func (v *validity) attribute(i int32) bool { return i >= 0 && int(i) < len(v.m.Attributes) }

func (v *validity) rule(r *Rule) {
	if n := len(r.From); n < 1 || n > maxPremises {
		v.wrong("rule %s: needs 1 to %d attributes to infer from, not %d", r.Name, maxPremises, n)
	}
	for i, p := range r.From {
		if !v.attribute(p.Attribute) {
			v.wrong("rule %s: there is no attribute %d", r.Name, p.Attribute)
		}
		for _, q := range r.From[:i] {
			if q.Attribute == p.Attribute {
				v.wrong("rule %s: needs attribute %d twice", r.Name, p.Attribute)
			}
		}
	}
	if !v.attribute(r.Gives) {
		v.wrong("rule %s: there is no attribute %d", r.Name, r.Gives)
	} else if slices.ContainsFunc(r.From, func(p Premise) bool { return p.Attribute == r.Gives }) {
		v.wrong("rule %s: infers %s from itself", r.Name, v.m.Attributes[r.Gives].Name)
	}
	if !(r.Least >= 0 && r.Least <= r.Most && r.Most <= 1) {
		v.wrong("rule %s: accuracies go from 0 to 1, the least one first, not %g to %g", r.Name, r.Least, r.Most)
	}
}
