package data

import "slices"

// Tabled lists the populations of whom a store holds quasi-identifiers, in the order of its shelves: how
// well people hide there can be asked of one.
func (m *Model) Tabled(store int32) (populations []int32) {
	st := &m.Stores[store]
	for k := st.First; k < st.First+st.Count; k++ {
		a := &m.Attributes[m.Shelves[k].Attribute]
		if a.Trait && a.Kind == Quasi && !slices.Contains(populations, a.Population) {
			populations = append(populations, a.Population)
		}
	}
	return populations
}
