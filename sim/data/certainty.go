package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/data/link"
)

// certainties returns by shelf how surely what it has is true: what was inferred is as sure as its rule is right,
// times what it was made of, and a copy as sure as what it copies. Of several ways to it the surest counts.
func (m *Model) certainties() []float64 {
	sure := slices.Repeat([]float64{1}, len(m.Shelves))
	for range m.Shelves { // as long as a chain can be
		next := make([]float64, len(sure))
		for i := range m.Intakes {
			in := &m.Intakes[i]
			p := 1.0
			if in.Kind == Derived {
				p = in.Accuracy
			}
			for _, from := range in.From {
				p = float64(p * sure[from])
			}
			next[in.Shelf] = max(next[in.Shelf], p)
		}
		for i := range next {
			if next[i] == 0 || m.Shelves[i].Share > 0 { // what was there from the start
				next[i] = 1
			}
		}
		if slices.Equal(next, sure) {
			break
		}
		sure = next
	}
	return sure
}

// guesses gives each shelf its attribute of the linker: what was inferred is not the attribute itself but a guess at
// it, of which that is inferred in turn, or whoever reads the result would be surer than who inferred it.
func (l *lore) guesses(s *State, m *link.Model) {
	l.shelf = slices.Repeat([]int32{-1}, len(s.Shelves))
	sure := s.Model.certainties()
	for i := range s.Shelves {
		a := l.attribute[s.Shelves[i].Attribute]
		if l.shelf[i] = a; a < 0 || sure[i] >= 1 {
			continue
		}
		at := slices.IndexFunc(m.Rules, func(r link.Rule) bool { return r.Gives == a && r.Most == sure[i] && r.Name == guessed })
		if at < 0 {
			at = len(m.Rules)
			m.Attributes = append(m.Attributes, link.Attribute{Name: m.Attributes[a].Name + " (inferred)"})
			m.Rules = append(m.Rules, link.Rule{
				Name: guessed, From: []link.Premise{{Attribute: int32(len(m.Attributes) - 1)}}, Gives: a,
				Least: sure[i], Most: sure[i], Source: "as the scenario says", Assumed: true,
			})
		}
		l.shelf[i] = m.Rules[at].From[0].Attribute
	}
}

// guessed names the rule by which what was inferred says what it is about.
const guessed = "what it was inferred from"
