package station

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives who is there and what has been counted.
func (s *Station) Archive(a *snapshot.Archive) {
	snapshot.Column(a, s.lines, func(a *snapshot.Archive, l *line) { l.archive(a) })
	snapshot.Column(a, s.tokens, func(a *snapshot.Archive, t *tokens) { t.archive(a) })
	serving := []job(s.serving)
	snapshot.Slice(a, &serving, func(a *snapshot.Archive, j *job) { j.archive(a) })
	snapshot.Slice(a, &s.free, snapshot.Int)
	snapshot.Int(a, &s.begun)
	s.book.archive(a)
	if !a.Reading() {
		return
	}
	s.serving, s.waiting, s.queued = serving, 0, 0
	s.check(a)
	for i := range s.lines {
		if n := s.lines[i].n; n > 0 {
			s.waiting |= 1 << i
			s.queued += uint64(n)
		}
	}
}

// check fails an archive that says of the station what cannot be, and empties the station.
func (s *Station) check(a *snapshot.Archive) {
	seen := make([]bool, s.model.Servers)
	once := func(server int32) bool {
		if server < 0 || int(server) >= len(seen) || seen[server] {
			return false
		}
		seen[server] = true
		return true
	}
	ok := len(s.serving)+len(s.free) == s.model.Servers && a.Err() == nil
	for i := range s.serving {
		j := &s.serving[i]
		ok = ok && once(j.server) && int(j.Class) < len(s.lines) && j.Class >= 0 && j.leaves >= s.since &&
			(i == 0 || !s.serving.before(i, (i-1)/2))
	}
	for _, f := range s.free {
		ok = ok && once(f)
	}
	for i := range s.lines {
		l := &s.lines[i]
		for k := range l.n {
			ok = ok && int(l.at(k).Class) == i && l.at(k).arrived <= s.since
		}
		ok = ok && (l.n == 0 || len(s.free) == 0)
	}
	if !ok {
		a.Fail("the servers or the queue of a station are not as they can be")
		fresh, _ := New(s.model)
		*s = *fresh
	}
}
