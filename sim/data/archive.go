package data

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives what stores hold, what people asked for and what became of that.
func (s *State) Archive(a *snapshot.Archive) {
	snapshot.Column(a, s.rows, func(a *snapshot.Archive, r *row) {
		r.last.archive(a)
		snapshot.Slice(a, &r.older, func(a *snapshot.Archive, p *Span) { p.archive(a) })
		snapshot.Int(a, &r.total)
		snapshot.Int(a, &r.gone)
	})
	snapshot.Column(a, s.peak, snapshot.Int)
	snapshot.Column(a, s.revived, func(a *snapshot.Archive, x *Set) { x.archive(a) })
	for i := range s.cursors {
		snapshot.Column(a, s.cursors[i], func(a *snapshot.Archive, c *cursor) {
			snapshot.Int(a, &c.at)
			snapshot.Int(a, &c.total)
		})
	}
	snapshot.Column(a, s.kept, func(a *snapshot.Archive, x *Set) { x.archive(a) })
	snapshot.Slice(a, &s.asks, s.archiveAsk)
	snapshot.Slice(a, &s.stops, func(a *snapshot.Archive, x *stop) {
		snapshot.Int(a, &x.store)
		snapshot.Int(a, &x.person)
		snapshot.Int(a, &x.purpose)
		x.right.archive(a)
	})
	snapshot.Column(a, s.forgot, func(a *snapshot.Archive, x *[]forgotten) {
		snapshot.Slice(a, x, func(a *snapshot.Archive, f *forgotten) {
			snapshot.Int(a, &f.person)
			snapshot.Int(a, &f.at)
		})
	})
	snapshot.Slice(a, &s.replied, func(a *snapshot.Archive, x *Set) { x.archive(a) })
	s.archiveRequests(a)
	s.archiveDeeds(a)
	s.archiveBreaches(a)
	snapshot.Column(a, s.growth, func(a *snapshot.Archive, g *growth) { g.archive(a) })
	snapshot.Int(a, &s.swept)
	snapshot.Column(a, s.stolen, func(a *snapshot.Archive, l *loot) {
		snapshot.Slice(a, &l.of, func(a *snapshot.Archive, x *Set) { x.archive(a) })
		snapshot.Slice(a, &l.whole, func(a *snapshot.Archive, x *Span) { x.archive(a) })
		snapshot.Slice(a, &l.people, snapshot.Int)
	})
	snapshot.Column(a, s.loot, snapshot.Int)
	snapshot.Column(a, s.reads, func(a *snapshot.Archive, x *Set) { x.archive(a) })
	s.archiveAnswers(a)
	for _, l := range s.lore {
		if l != nil {
			snapshot.Column(a, l.ripe, snapshot.Int)
		}
	}
	snapshot.Slice(a, &s.moved, snapshot.Int)
	s.archiveRests(a)
	s.archiveHanded(a)
	s.archiveTaps(a)
	snapshot.Bool(a, &s.Dirty)
	snapshot.Int(a, &s.Forged)
	snapshot.Int(a, &s.Refused)
	for i := range s.Counts {
		snapshot.Int(a, &s.Counts[i].Done)
		snapshot.Int(a, &s.Counts[i].Unasked)
	}
	if a.Reading() && a.Err() == nil {
		s.check(a)
	}
	if a.Reading() && a.Err() == nil {
		s.recall()
	}
}

// archiveAnswers archives what is known of questions.
func (s *State) archiveAnswers(a *snapshot.Archive) {
	snapshot.Column(a, s.answers, func(a *snapshot.Archive, x *answer) {
		snapshot.Column(a, x.values, snapshot.Float)
		snapshot.Slice(a, &x.up, func(a *snapshot.Archive, x *Set) { x.archive(a) })
		snapshot.Slice(a, &x.waits, func(a *snapshot.Archive, w *wait) {
			snapshot.Int(a, &w.at)
			snapshot.Int(a, &w.ask)
			snapshot.Int(a, &w.store)
		})
		snapshot.Int(a, &x.total)
		snapshot.Float(a, &x.share)
		snapshot.Int(a, &x.shelf)
		if snapshot.Int(a, &x.person); x.total > 0 && (x.shelf < 0 || int(x.shelf) >= len(s.Shelves)) {
			a.Fail("shelf %d has something about person %d, and there is none", x.shelf, x.person)
			x.total = 0
		}
		if snapshot.Slice(a, &x.late, snapshot.Bool); len(x.late) > len(s.breaches) {
			a.Fail("the time of %d breaches of %d is up", len(x.late), len(s.breaches))
			x.late = nil
		}
	})
	for _, r := range s.roams {
		if r != nil {
			r.archive(a)
		}
	}
}

// archiveDeeds archives what stores did, and told people of that.
func (s *State) archiveDeeds(a *snapshot.Archive) {
	snapshot.Slice(a, &s.done, s.archiveDone)
	snapshot.Column(a, s.totals, func(a *snapshot.Archive, x *[len(rights)]Total) {
		for i := range x {
			x[i].archive(a, int32(len(s.held)))
		}
	})
	snapshot.Slice(a, &s.extended, func(a *snapshot.Archive, e *Extension) {
		snapshot.Int(a, &e.Store)
		snapshot.Int(a, &e.Person)
		e.Right.archive(a)
		snapshot.Int(a, &e.At)
		snapshot.Int(a, &e.By)
	})
}

// archiveRequests archives what stores have heard of and not done yet.
func (s *State) archiveRequests(a *snapshot.Archive) {
	for _, list := range [][][]Due{s.heard, s.pending} {
		snapshot.Column(a, list, func(a *snapshot.Archive, q *[]Due) {
			snapshot.Slice(a, q, func(a *snapshot.Archive, d *Due) {
				snapshot.Int(a, &d.At)
				if d.Right.archive(a); int(d.Right) >= Wired {
					a.Fail("no message asks for %v", d.Right)
					d.Right = OptOut
				}
				snapshot.Float(a, &d.Number)
				snapshot.Int(a, &d.Extends)
			})
		})
	}
}

// archive archives who can be found by where they were, as it was looked at last.
func (r *roam) archive(a *snapshot.Archive) {
	for i := range r.pairs {
		x := r.pairs[i].found
		snapshot.Column(a, x, func(a *snapshot.Archive, f *found) {
			snapshot.Int(a, &f.shared)
			if snapshot.Int(a, &f.alike); f.alike < 0 || int(f.alike) > len(x) {
				a.Fail("%d people are alike of %d", f.alike, len(x))
				f.alike = 0
			}
		})
	}
}

func (p *Span) archive(a *snapshot.Archive) {
	snapshot.Int(a, &p.From)
	snapshot.Int(a, &p.To)
	snapshot.Int(a, &p.N)
	snapshot.Int(a, &p.Via)
}

func (s *Set) archive(a *snapshot.Archive) {
	for i := range s {
		snapshot.Int(a, &s[i])
	}
}

func (r *Right) archive(a *snapshot.Archive) {
	if snapshot.Int(a, r); int(*r) >= len(rights) {
		a.Fail("there is no right %d", *r)
		*r = 0
	}
}

func (s *State) archiveAsk(a *snapshot.Archive, x *Ask) {
	snapshot.Int(a, &x.Person)
	x.Right.archive(a)
	snapshot.Int(a, &x.Purpose)
	snapshot.Int(a, &x.To)
	snapshot.Int(a, &x.At)
	x.Owed.archive(a)
}

func (t *Total) archive(a *snapshot.Archive, people int32) {
	snapshot.Int(a, &t.Done)
	snapshot.Int(a, &t.Unasked)
	snapshot.Int(a, &t.Items)
	snapshot.Int(a, &t.First)
	snapshot.Int(a, &t.Last)
	snapshot.Int(a, &t.Latest)
	if snapshot.Int(a, &t.LatestOf); t.LatestOf < 0 || t.LatestOf > people {
		a.Fail("the last request that was done is of person %d of %d", t.LatestOf, people)
		t.LatestOf = 0
	}
}

func (s *State) archiveDone(a *snapshot.Archive, d *Done) {
	snapshot.Int(a, &d.Store)
	snapshot.Int(a, &d.Person)
	d.Right.archive(a)
	snapshot.Int(a, &d.At)
	snapshot.Int(a, &d.Items)
	snapshot.Bool(a, &d.Asked)
	snapshot.Int(a, &d.Purpose)
}

// check fails an archive that says what cannot be.
func (s *State) check(a *snapshot.Archive) {
	people := int32(len(s.held))
	about := func(what string, person int32) {
		if person < 0 || person >= people {
			a.Fail("%s is about person %d of %d", what, person, people)
		}
	}
	for i := range s.asks {
		if about("a request", s.asks[i].Person); s.asks[i].Purpose < -1 || int(s.asks[i].Purpose) >= len(s.Purposes) {
			a.Fail("a request is of purpose %d, which there is not", s.asks[i].Purpose)
		}
	}
	for i := range s.stops {
		about("an opt-out", s.stops[i].person)
	}
	for _, list := range s.forgot {
		for i, f := range list {
			if about("what was forgotten", f.person); i > 0 && list[i-1].person >= f.person {
				a.Fail("who was forgotten is not in order")
			}
		}
	}
	for i := range s.extended {
		if about("an extension", s.extended[i].Person); s.extended[i].Store < 0 || int(s.extended[i].Store) >= len(s.Stores) {
			a.Fail("store %d extended its time, which there is not", s.extended[i].Store)
		}
	}
	for i := range s.done {
		if about("what was done", s.done[i].Person); s.done[i].Store < 0 || int(s.done[i].Store) >= len(s.Stores) {
			a.Fail("store %d did something, which there is not", s.done[i].Store)
		}
	}
	for i := range s.rows {
		r := &s.rows[i]
		if len(r.older) > maxSpans || r.gone > r.total || !s.via(r.last) {
			a.Fail("a row holds what cannot be")
			return
		}
		for _, span := range r.older {
			if !s.via(span) {
				a.Fail("a row has items by intake %d", span.Via)
				return
			}
		}
	}
	for _, p := range s.moved {
		about("what moved", p)
	}
	if n := len(s.replied); n != 0 && n != int(people) {
		a.Fail("%d people were answered of %d", n, people)
	}
	for i := range s.stolen {
		l := &s.stolen[i]
		n, rows, stores := len(l.of), len(l.whole), len(l.people)
		if n != 0 && (n != int(people) || rows != len(s.rows) || stores != len(s.Stores)) || n == 0 && rows+stores != 0 {
			a.Fail("%d people in %d rows of %d stores were stolen, of %d in %d of %d", n, rows, stores, people, len(s.rows), len(s.Stores))
		}
	}
	for i := range s.answers {
		x := &s.answers[i]
		if len(x.up) > len(s.asks) {
			a.Fail("the time of %d requests of %d is up", len(x.up), len(s.asks))
		}
		for _, w := range x.waits {
			if w.ask < 0 || int(w.ask) >= len(x.up) || w.store < 0 || int(w.store) >= len(s.Stores) {
				a.Fail("store %d has longer for request %d, which there is not", w.store, w.ask)
			}
		}
	}
}

// via reports whether items can have come as a span says.
func (s *State) via(p Span) bool { return p.N == 0 || p.Via >= -1 && int(p.Via) < len(s.Intakes) }

// recall finds what follows from what was archived.
func (s *State) recall() {
	clear(s.items)
	clear(s.subjects)
	clear(s.asksOf)
	clear(s.stopped)
	for p := range s.held {
		s.held[p] = Set{}
	}
	for i := range s.Shelves {
		for k := range s.count[i] {
			r, person := &s.rows[s.base[i]+k], s.first[i]+k
			s.items[i] += r.held()
			s.held[person].Put(int32(i), r.last.N > 0 && !s.kept[person].Has(int32(i)))
		}
	}
	for p := range s.held {
		all := s.held[p].Or(s.kept[p])
		for k := range s.inStore {
			if in := all.And(s.inStore[k]); in.Any() {
				s.subjects[k] += max(1, s.Of(int32(p)).Stands)
			}
		}
		s.flags[p], s.isMoved[p] = 0, false
	}
	for i := range s.asks {
		p := s.asks[i].Person
		s.flags[p] |= flagAsked
		s.asksOf[p] = append(s.asksOf[p], int32(i))
	}
	for _, list := range s.forgot {
		for _, f := range list {
			s.flags[f.person] |= flagStopped
		}
	}
	for _, x := range s.stops {
		s.flags[x.person] |= flagStopped
		s.stopped[x] = true
	}
	for _, p := range s.moved {
		s.isMoved[p] = true
	}
	for i := range s.crowds {
		s.crowds[i].known = false
	}
	for _, l := range s.lore {
		if l != nil {
			for k := range s.Populations[l.population].Count {
				s.enter(l, l.first+k)
			}
			clear(l.marked)
			l.marks = l.marks[:0]
		}
	}
}
