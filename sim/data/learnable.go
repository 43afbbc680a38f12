package data

import "slices"

// Learnable reports where a model is too large to say what can be learnt about a population: it makes
// what is needed for that of one person alone.
func (m *Model) Learnable(population int32) error {
	one := *m
	one.Questions = nil
	one.Populations, one.Intakes = slices.Clone(m.Populations), slices.Clone(m.Intakes)
	for i := range one.Populations {
		p := &one.Populations[i]
		p.First, p.Count, p.Moves = int32(i), 1, nil
	}
	for i := range one.Intakes {
		one.Intakes[i].Rate = nil
	}
	s, err := New(&one, 0)
	if err != nil {
		return err
	}
	_, err = s.loreOf(population)
	return err
}
