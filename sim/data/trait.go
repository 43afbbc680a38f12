package data

import "github.com/harmproof/harmproof/sim/rng"

// draw gives everybody their traits.
func (s *State) draw(seed uint64) {
	s.traits = make([][]int32, len(s.Attributes))
	for i := range s.Attributes {
		a := &s.Attributes[i]
		if !a.Trait {
			continue
		}
		p := &s.Populations[a.Population]
		key := rng.New(seed, p.Name, a.Name)
		values := make([]int32, p.Count)
		for k := range values {
			values[k] = a.value(int32(k), key.Member(k).Float64(0))
		}
		s.traits[i] = values
	}
}

// value is what a person has of a trait who draws a number between 0 and 1.
func (a *Attribute) value(person int32, draw float64) int32 {
	switch {
	case a.Values == 0:
		return person
	case a.Shares == nil:
		return min(a.Values-1, int32(float64(draw*float64(a.Values))))
	}
	sum := 0.0
	for i, share := range a.Shares {
		if sum += share; draw < sum {
			return int32(i)
		}
	}
	return a.Values - 1
}

// Trait returns what a person of a population has of a trait, counted within it.
func (s *State) Trait(attribute, k int32) int32 { return s.traits[attribute][k] }
