package places

// A Match is what is most like a trace among others.
type Match struct {
	Shared     int32 // points that they share
	Best       int32 // the first of the traces that share most; -1 where none shares any
	Candidates int32 // how many share that many
}

// A Matcher compares traces with those of an index, with memory of its own.
type Matcher struct {
	index  *Index
	crowd  int
	shared []int32
	seen   []int32
}

// Matcher returns a Matcher of an index. Points at which more people were than a crowd are left out:
// they tell little and take long. A crowd of 0 is as many as there are.
func (x *Index) Matcher(crowd int) *Matcher {
	if crowd <= 0 {
		crowd = int(x.traces.People())
	}
	return &Matcher{index: x, crowd: crowd, shared: make([]int32, x.traces.People())}
}

// Match returns what is most like a trace.
func (m *Matcher) Match(trace []Point) Match {
	defer m.clear()
	return m.count(trace)
}

// Among returns how many points a trace shares with those that are most like it, and how many of
// them there are; 0 where the trace of the person whose it is is not among them.
func (m *Matcher) Among(trace []Point, person int32) (shared, alike int32) {
	defer m.clear()
	best := m.count(trace)
	if best.Shared == 0 || m.shared[person] < best.Shared {
		return best.Shared, 0
	}
	return best.Shared, best.Candidates
}

// Confidence returns how surely a trace is found to be that of a person of the index, whose it is:
// 1 over the candidates, 0 where they are none of them.
func (m *Matcher) Confidence(trace []Point, person int32) float64 {
	_, alike := m.Among(trace, person)
	if alike == 0 {
		return 0
	}
	return 1 / float64(alike)
}

func (m *Matcher) count(trace []Point) Match {
	for _, p := range trace {
		there := m.index.At(p)
		if len(there) > m.crowd {
			continue
		}
		for _, person := range there {
			if m.shared[person]++; m.shared[person] == 1 {
				m.seen = append(m.seen, person)
			}
		}
	}
	best := Match{Best: -1}
	for _, person := range m.seen {
		switch n := m.shared[person]; {
		case n > best.Shared:
			best = Match{n, person, 1}
		case n == best.Shared:
			best.Candidates++
			best.Best = min(best.Best, person)
		}
	}
	return best
}

// clear forgets a trace.
func (m *Matcher) clear() {
	for _, person := range m.seen {
		m.shared[person] = 0
	}
	m.seen = m.seen[:0]
}
