package data

// A Mark is told of all that stores hold about people and of all that was taken: whose it is, then
// numbers. Whose are names, so that who holds nothing changes nothing.
type Mark interface {
	Of(holder, what string)
	Number(x uint64)
}

// Mark tells what there is: of each shelf, and of each principal that took something of one, by
// person how many items ever came, how many there are, and when the last one was. Up to when that
// is Pour says. Then what people asked for and what became of that.
func (s *State) Mark(m Mark) {
	for shelf := range int32(len(s.Shelves)) {
		s.markRows(m, shelf)
	}
	for i := range s.stolen {
		s.markLoot(m, i)
	}
	s.markDeeds(m)
}

// shelfName returns the store of a shelf, and what it is about.
func (s *State) shelfName(shelf int32) (store, attribute string) {
	for i := range s.Stores {
		if st := &s.Stores[i]; shelf >= st.First && shelf < st.First+st.Count {
			store = st.Name
		}
	}
	return store, s.Attributes[s.Shelves[shelf].Attribute].Name
}

func (s *State) markRows(m Mark, shelf int32) {
	told := false
	for k := range s.count[shelf] {
		r := &s.rows[s.base[shelf]+k]
		if r.total == 0 {
			continue
		}
		if !told {
			told = true
			m.Of(s.shelfName(shelf))
		}
		_, to := r.extent()
		m.Number(uint64(k))
		m.Number(r.total)
		m.Number(r.held())
		m.Number(uint64(to))
	}
}

func (s *State) markLoot(m Mark, principal int) {
	l := &s.stolen[principal]
	if l.of == nil {
		return
	}
	for shelf := range int32(len(s.Shelves)) {
		told := false
		for k := range s.count[shelf] {
			took, whole := l.of[s.first[shelf]+k].Has(shelf), &l.whole[s.base[shelf]+k]
			if !took && whole.N == 0 {
				continue
			}
			if !told {
				told = true
				store, attribute := s.shelfName(shelf)
				m.Of(s.Principals[principal].Name, store+"."+attribute)
			}
			m.Number(uint64(k))
			m.Number(whole.N)
			m.Number(uint64(whole.To))
		}
	}
}
