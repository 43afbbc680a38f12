package signal

// An Extreme is a cell that is kept at the greatest or the least of cells side by side, so that who asks
// for that after each change of one of a hundred thousand need not look at all.
type Extreme struct {
	Shown    Slot // where it is
	First    Slot // of the cells, which change by events alone
	Count    int32
	Greatest bool // else the least
}

// A ranking is an extreme of a run: a tree of pairs, best in front. Leaves are from Count on, and the node k is the
// better one of 2k and 2k+1, so that node 1 is the best of all, however many there are.
type ranking struct {
	Extreme
	tree []float64
}

// Keep has extremes kept from now on.
func (s *Store) Keep(list []Extreme) {
	for _, e := range list {
		for i := range e.Count {
			s.special[e.First+Slot(i)] |= isRanked
		}
		s.rankings = append(s.rankings, ranking{e, make([]float64, 2*e.Count)})
	}
	s.rank()
}

// rank finds all extremes anew.
func (s *Store) rank() {
	for i := range s.rankings {
		r := &s.rankings[i]
		copy(r.tree[r.Count:], s.V[r.First:r.First+Slot(r.Count)])
		for k := r.Count - 1; k > 0; k-- {
			r.tree[k] = r.better(k)
		}
		s.V[r.Shown] = r.tree[1]
	}
}

// better returns what a node is by those below it. NaN stays NaN.
func (r *ranking) better(k int32) float64 {
	if r.Greatest {
		return max(r.tree[2*k], r.tree[2*k+1])
	}
	return min(r.tree[2*k], r.tree[2*k+1])
}

// ranked has the extremes follow a cell that has changed.
func (s *Store) ranked(slot Slot) {
	for i := range s.rankings {
		r := &s.rankings[i]
		k := r.Count + int32(slot-r.First)
		if slot < r.First || k >= 2*r.Count {
			continue
		}
		r.tree[k] = s.V[slot]
		for k >>= 1; k > 0; k >>= 1 {
			x := r.better(k)
			if same(x, r.tree[k]) {
				break
			}
			r.tree[k] = x
		}
		s.V[r.Shown] = r.tree[1]
	}
}
