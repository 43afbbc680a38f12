package lora

// before is the order of ending: of those that do at once, which began first.
func (m *Medium) before(i, k int) bool {
	a, b := &m.ends[i], &m.ends[k]
	return a.ends < b.ends || a.ends == b.ends && a.number < b.number
}

func (m *Medium) push(p pending) {
	m.ends = append(m.ends, p)
	for i := len(m.ends) - 1; i > 0; {
		up := (i - 1) / 2
		if !m.before(i, up) {
			return
		}
		m.ends[i], m.ends[up] = m.ends[up], m.ends[i]
		i = up
	}
}

func (m *Medium) pop() pending {
	first, last := m.ends[0], len(m.ends)-1
	m.ends[0] = m.ends[last]
	m.ends = m.ends[:last]
	for i := 0; ; {
		least := i
		for k := 2*i + 1; k <= 2*i+2 && k < last; k++ {
			if m.before(k, least) {
				least = k
			}
		}
		if least == i {
			return first
		}
		m.ends[i], m.ends[least] = m.ends[least], m.ends[i]
		i = least
	}
}
