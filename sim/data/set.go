package data

import "math/bits"

// MaxShelves is how many shelves a model can have.
const MaxShelves = 256

// A Set is a set of shelves.
type Set [MaxShelves / 64]uint64

// Has reports whether a shelf is in the set.
func (s *Set) Has(i int32) bool { return s[i>>6]>>(i&63)&1 != 0 }

// Put puts a shelf into the set, or takes it out.
func (s *Set) Put(i int32, in bool) {
	if in {
		s[i>>6] |= 1 << (i & 63)
	} else {
		s[i>>6] &^= 1 << (i & 63)
	}
}

// Any reports whether there is one.
func (s *Set) Any() bool { return s[0]|s[1]|s[2]|s[3] != 0 }

// Count returns how many there are.
func (s *Set) Count() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// And returns what both have.
func (s Set) And(o Set) Set {
	for i := range s {
		s[i] &= o[i]
	}
	return s
}

// Or returns what either has.
func (s Set) Or(o Set) Set {
	for i := range s {
		s[i] |= o[i]
	}
	return s
}

// Without returns what the other has not.
func (s Set) Without(o Set) Set {
	for i := range s {
		s[i] &^= o[i]
	}
	return s
}
