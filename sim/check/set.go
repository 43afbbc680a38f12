package check

// A set is a set of small numbers, as bits. Of nil, everything is a member.
type set []uint64

// setOf returns the set of a list; nil of nil.
func setOf(list []int32) set {
	if list == nil {
		return nil
	}
	s := set{0}
	for _, x := range list {
		if x < 0 {
			continue
		}
		for len(s) <= int(x>>6) {
			s = append(s, 0)
		}
		s[x>>6] |= 1 << (x & 63)
	}
	return s
}

// has reports whether x is a member.
func (s set) has(x int32) bool {
	if s == nil {
		return true
	}
	word := uint32(x) >> 6
	return word < uint32(len(s)) && s[word]>>(x&63)&1 != 0
}

// any reports whether one of a list is a member, or everything is.
func (s set) any(list []int32) bool {
	if s == nil {
		return true
	}
	for _, x := range list {
		if s.has(x) {
			return true
		}
	}
	return false
}
