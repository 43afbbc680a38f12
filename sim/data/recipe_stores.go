package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/data/link"
)

// RecipeStores lists the stores of the recipe by which the principal of a question can learn what that is
// about, of one of its people; none where it cannot. What it took counts as the store that it took it of.
func (s *State) RecipeStores(question, k int) (list []int32) {
	q := &s.Questions[question]
	l := s.lore[s.Attributes[q.Attribute].Population]
	s.readsOf(l, q.Principal)
	for _, step := range l.Linker.Recipe(l.reads, q.Person+int32(k)-l.first, l.attribute[q.Attribute]).Steps {
		store := step.Store % int32(len(s.Stores))
		if step.Kind != link.Inferred && !slices.Contains(list, store) {
			list = append(list, store)
		}
	}
	return list
}

// PutsBackTo lists the stores into which a backup is put back.
func (s *State) PutsBackTo(backup int32) (list []int32) {
	for i := range s.Intakes {
		if in := &s.Intakes[i]; in.Kind == Copied && s.Shelves[in.Shelf].Store == backup {
			list = append(list, s.Shelves[in.From[0]].Store)
		}
	}
	return list
}
