package data

// What people asked for and what became of that, as far as no signal shows it: two runs differ where a request was
// true in one and forged in the other, or where one store told a person in time that it takes longer, and one too late.

// markDeeds tells of all that was asked for, extended, done and had no room.
func (s *State) markDeeds(m Mark) {
	for i := range s.asks {
		a := &s.asks[i]
		s.markPerson(m, "asked", a.Right, a.Person)
		s.markPurpose(m, a.Purpose)
		if a.To >= 0 {
			m.Of(s.Controllers[a.To], "asked")
		}
		m.Number(uint64(a.At))
	}
	for i := range s.extended {
		e := &s.extended[i]
		s.markPerson(m, s.Stores[e.Store].Name+" extended", e.Right, e.Person)
		m.Number(uint64(e.At))
		m.Number(uint64(e.By))
	}
	for i := range s.Stores {
		s.markStore(m, int32(i))
	}
	for i := range s.breaches {
		b := &s.breaches[i]
		m.Of(s.Principals[b.By].Name, s.Stores[b.Store].Name+" breached")
		for _, x := range []uint64{uint64(b.At), uint64(b.People), uint64(b.Aware), uint64(b.Told), uint64(b.Arrived)} {
			m.Number(x)
		}
	}
	for i := range s.letters {
		l := &s.letters[i]
		m.Of(s.Stores[l.Store].Name, "notice")
		m.Number(uint64(l.At))
		m.Number(uint64(l.Arrived))
		m.Number(uint64(l.About))
	}
}

// markStore tells of what a store did, will do and had no room for.
func (s *State) markStore(m Mark, store int32) {
	name := s.Stores[store].Name
	for r := range rights {
		t := &s.totals[store][r]
		if t.Done == 0 {
			continue
		}
		m.Of(name, rights[r]+" done")
		for _, x := range []uint64{t.Done, t.Unasked, t.Items, uint64(t.First), uint64(t.Last), uint64(t.Latest)} {
			m.Number(x)
		}
	}
	for _, d := range s.pending[store] {
		person, purpose := Named(d.Number)
		right, _ := d.Right.claim(d.Number)
		s.markPerson(m, name+" will do", right, person)
		s.markPurpose(m, purpose)
		m.Number(uint64(d.At))
		m.Number(uint64(d.Extends))
	}
	if f := s.fullness[store]; f.Refused > 0 {
		m.Of(name, "full")
		m.Number(f.Refused)
		m.Number(uint64(f.Since))
	}
}

// markPerson tells whom something is about: by their place among those of their name, as others may stand before them.
func (s *State) markPerson(m Mark, what string, r Right, person int32) {
	if person < 0 || int(person) >= len(s.held) {
		m.Of("nobody", what+" "+r.String())
		return
	}
	p := s.Of(person)
	m.Of(p.Name, what+" "+r.String())
	m.Number(uint64(person - p.First))
}

// markPurpose tells for which purpose something was asked; nothing where it was for all.
func (s *State) markPurpose(m Mark, purpose int32) {
	if purpose >= 0 && int(purpose) < len(s.Purposes) {
		m.Of(s.Purposes[purpose], "purpose")
	}
}
