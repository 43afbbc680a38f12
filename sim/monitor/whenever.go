package monitor

import "github.com/harmproof/harmproof/sim/vtime"

// whenever follows G (p -> F[0,d] G[0,e] q). An obligation arises at every
// instant at which p holds. The earliest one that is not met is kept in bad: it
// decides, because its answer is due first.
func (m *Monitor) whenever(s Sample) {
	m.ask(s)
	was := m.isGood
	switch {
	case s.Q && !was:
		m.isGood, m.good = true, s.At
	case !s.Q && was:
		m.isGood = false
		m.fell(s.At)
	}
	lasted := m.isGood && s.At >= m.good.Add(m.spec.For)
	switch {
	case lasted:
		// What was asked before q lasted is met; what was asked since then is
		// looked at again if q falls.
		m.isBad = false
		m.recovered(s.At)
	case s.P && !m.isBad:
		m.isBad, m.bad = true, s.At
	}
	if m.isBad && !m.isGood && s.At >= m.bad.Add(m.spec.Within) {
		m.violated(s.At)
	}
	if m.open && !s.P {
		m.isBad = false
		m.recovered(s.At)
	}
}

// ask remembers when p held, as far back as q must last.
func (m *Monitor) ask(s Sample) {
	n := len(m.asked)
	switch {
	case s.P && (n == 0 || m.asked[n-1].To != vtime.Never):
		m.armed = true
		m.asked = append(m.asked, Interval{s.At, vtime.Never})
	case !s.P && n > 0 && m.asked[n-1].To == vtime.Never:
		m.asked[n-1].To = s.At
	}
	for len(m.asked) > 1 && m.asked[0].To < s.At.Add(-m.spec.For) {
		m.asked = m.asked[1:]
	}
}

// fell notes that q ended at u: what was asked after u-e, while q could no
// longer last, is open again.
func (m *Monitor) fell(u vtime.Time) {
	if m.isBad {
		// The obligation hoped for this stretch of q; it is due as before.
		if u > m.bad.Add(m.spec.Within) {
			m.violated(u)
		}
		return
	}
	if m.spec.For > 0 {
		m.pending(u.Add(-m.spec.For), u)
	}
}

// pending makes the first instant in (from, to] at which p held an obligation.
func (m *Monitor) pending(from, to vtime.Time) {
	for _, a := range m.asked {
		if a.To > from+1 && a.From <= to {
			m.isBad, m.bad = true, max(a.From, from+1)
			return
		}
	}
}

// obligation returns when the earliest obligation is due, or when q will have
// lasted.
func (m *Monitor) obligation() vtime.Time {
	if !m.isBad || m.open && !m.isGood {
		return vtime.Never
	}
	if m.isGood {
		return m.good.Add(m.spec.For)
	}
	return m.bad.Add(m.spec.Within)
}
