package monitor

import "github.com/harmproof/harmproof/sim/vtime"

// whenever follows G (p -> F[0,d] G[0,e] q). An obligation arises at every
// instant at which p holds. The earliest one that is not met is kept in bad: it
// decides, because its answer is due first.
func (m *Monitor) whenever(s Sample) {
	if due := m.bad.Add(m.spec.Within); m.isBad && !m.isGood && s.At > due {
		m.violated(due)
	}
	m.ask(s)
	was := m.isGood
	switch {
	case s.Q && !was:
		m.isGood, m.good = true, s.At
	case !s.Q && was:
		m.isGood = false
		m.fell(s.At)
	}
	switch {
	case m.isGood && s.At >= m.good.Add(m.spec.For):
		// What was asked before q lasted is met; what was asked since then is
		// looked at again if q falls.
		m.isBad = false
		m.recovered(s.At)
	case s.P && !m.isBad:
		m.isBad, m.bad = true, s.At
	}
	// Without time to answer in, the answer is due in the same round.
	if m.isBad && !m.isGood && m.spec.Within == 0 {
		m.violated(s.At)
	}
	if m.open && !s.P {
		m.isBad = false
		m.recovered(s.At)
	}
}

// ask remembers when p held, as far back as q must last.
func (m *Monitor) ask(s Sample) {
	going := len(m.asked.pieces()) > 0 && m.asked.back().to == vtime.Never
	switch {
	case s.P && !going:
		m.armed = true
		if len(m.asked.pieces()) >= maxPieces {
			m.asked.back().to = vtime.Never // as if p had held since then
		} else {
			m.asked.push(piece{from: s.At, to: vtime.Never})
		}
	case !s.P && going:
		b := m.asked.back()
		b.to = max(b.from, s.At-1)
	}
	for len(m.asked.pieces()) > 1 && m.asked.pieces()[0].to < s.At.Add(-m.spec.For) {
		m.asked.dropFront()
	}
}

// fell notes that q ended at u: what was asked from u-e on, when q could no
// longer last, is open again.
func (m *Monitor) fell(u vtime.Time) {
	if u > m.good.Add(m.spec.For) {
		m.isBad = false // it lasted
		if first, ok := m.askedFrom(u.Add(-m.spec.For)); ok {
			m.isBad, m.bad = true, first
		}
	}
	// The obligation hoped for this stretch of q.
	if m.isBad && u > m.bad.Add(m.spec.Within) {
		m.violated(u)
	}
}

// askedFrom returns the first instant from a time on at which p held.
func (m *Monitor) askedFrom(from vtime.Time) (vtime.Time, bool) {
	for _, a := range m.asked.pieces() {
		if a.to >= from {
			return max(a.from, from), true
		}
	}
	return 0, false
}

// obligation returns when the earliest obligation is overdue, or when q will
// have lasted.
func (m *Monitor) obligation() vtime.Time {
	switch {
	case !m.isBad || m.open && !m.isGood:
		return vtime.Never
	case m.isGood:
		return m.good.Add(m.spec.For)
	}
	return m.bad.Add(m.spec.Within) + 1
}

// answered decides at the end of the run whether all was answered.
func (m *Monitor) answered(at vtime.Time) (Verdict, vtime.Time, string) {
	asked, open := m.bad, m.isBad
	if m.isGood && at >= m.good.Add(m.spec.For) {
		asked, open = m.askedFrom(at.Add(-m.spec.For) + 1)
		open = open && asked <= at
	}
	due := asked.Add(m.spec.Within)
	switch {
	case !open:
		return Holds, at, ""
	case !m.isGood && due <= at:
		return Violated, due, ""
	case m.isGood:
		return Undecided, at, "asked at " + asked.String() + ", too late in the run for the answer to last"
	}
	return Undecided, at, "asked at " + asked.String() + ", and the run ended before the answer was due"
}
