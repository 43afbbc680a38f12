package data

// retain puts the last of some items in the place of what a row has, as the message that is published
// last takes the place of the one that a broker retains.
func (s *State) retain(shelf int32, r *row, span Span) {
	s.items[shelf] += 1 - r.held()
	r.total += span.N
	r.last, r.older, r.gone = Span{span.To, span.To, 1, span.Via}, nil, r.total-1
}

// Crash has a broker forget all that it kept nowhere but in its memory: what it retained, of which it
// returns how many items that were, who had subscribed to all, and what it was asked for and had not done yet.
func (s *State) Crash(store int32) (items uint64) {
	st := &s.Stores[store]
	for shelf := st.First; shelf < st.First+st.Count; shelf++ {
		s.taps[shelf] = nil
		for k := range s.count[shelf] {
			if r := &s.rows[s.base[shelf]+k]; r.last.N > 0 {
				n := r.clear()
				items += n
				s.items[shelf] -= n
				s.turned(shelf, s.first[shelf]+k)
			}
		}
	}
	for i := range s.breaches {
		if b := &s.breaches[i]; b.Store == store {
			b.Lasts = false
		}
	}
	s.heard[store], s.pending[store] = nil, nil
	return items
}
