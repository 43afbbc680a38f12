package des

// A heap is a 4-ary heap: half as deep as a binary one, and the children of an
// event are neighbours in memory.
type heap []record

// push adds e.
func (h *heap) push(e record) {
	s := append(*h, e)
	i := len(s) - 1
	for i > 0 && e.before(s[(i-1)/4]) {
		s[i] = s[(i-1)/4]
		i = (i - 1) / 4
	}
	s[i] = e
	*h = s
}

// pop removes the least event, s[0], and returns it.
func (h *heap) pop() record {
	s := *h
	least, e := s[0], s[len(s)-1]
	s = s[:len(s)-1]
	*h = s
	if len(s) == 0 {
		return least
	}
	i := 0
	for 4*i+1 < len(s) {
		child := 4*i + 1
		for c := child + 1; c < min(4*i+5, len(s)); c++ {
			if s[c].before(s[child]) {
				child = c
			}
		}
		if e.before(s[child]) {
			break
		}
		s[i] = s[child]
		i = child
	}
	s[i] = e
	return least
}
