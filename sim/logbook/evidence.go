package logbook

import "github.com/harmproof/harmproof/sim/vtime"

// Evidence is what became of one book.
type Evidence struct {
	// What happened, which only the simulator knows: how many records the device
	// wrote (copies of others' included), and how many of all were overwritten by
	// later ones, taken away, added and changed by an attacker, who came Meddled
	// (Never if none did).
	Written, Overwritten, Wiped, Forged, Altered uint64
	Meddled                                      vtime.Time

	// What shows. Kept records are left. From the record numbered Breaks on the book
	// does not verify, unless it is Intact. By its own numbers Missing ones are not
	// there. By the copies of the remote log, of which Copies can be relied on, Gone
	// ones are not there, Differing ones are otherwise, and Strange ones ought to have
	// a copy and have none.
	Kept                             int
	Intact                           bool
	Breaks                           uint64
	Missing                          uint64
	Copies, Gone, Differing, Strange int
}

// Shows reports whether an investigator finds that somebody meddled with the book.
func (e *Evidence) Shows() bool {
	return !e.Intact || e.Missing > 0 || e.Gone > 0 || e.Differing > 0 || e.Strange > 0
}

// A Finding is a record that is left: in the log itself, or only as its copy.
type Finding struct {
	Record   Record // with its number in the log itself
	Standing Standing
	Copy     bool
}

// A Survey is a look at all logs of a run.
type Survey struct {
	books    *Books
	evidence []Evidence
	standing [][]Standing // of each record of each book
	copies   [][]copied   // of each book, in the order in which they were made
}

// A copied is a copy: a place in the remote book.
type copied struct {
	at       int
	standing Standing
	only     bool // the log itself has no such record
}

// Survey looks at all logs. It changes nothing.
func (s *Books) Survey() *Survey {
	v := &Survey{
		books:    s,
		evidence: make([]Evidence, len(s.books)),
		standing: make([][]Standing, len(s.books)),
		copies:   make([][]copied, len(s.books)),
	}
	s.each(v.verify)
	for log := range s.logs {
		if s.logs[log].Remote == None {
			v.gather(int32(log))
		}
	}
	s.each(func(l *Log, i, _ int) {
		if l.Remote != None {
			v.compare(l, i)
		}
	})
	return v
}

// each calls a function for each book.
func (s *Books) each(do func(l *Log, book, member int)) {
	for log := range s.logs {
		for member := range s.logs[log].Members {
			do(&s.logs[log], s.at[log]+member, member)
		}
	}
}

func (v *Survey) verify(l *Log, i, member int) {
	b := &v.books.books[i]
	standings, bad := b.verify(l, l.called(member))
	v.standing[i] = standings
	v.evidence[i] = Evidence{
		Written: b.written, Overwritten: b.overwritten, Wiped: b.wiped, Forged: b.forged, Altered: b.altered,
		Meddled: b.meddled, Kept: b.n, Intact: bad == b.n, Missing: b.missing(l),
	}
	if bad < b.n {
		v.evidence[i].Breaks = b.records[b.slot(bad)].Number
	}
}

// gather gives the copies in a log to the books that they are of.
func (v *Survey) gather(log int32) {
	s := v.books
	b := &s.books[s.at[log]]
	for i := range b.n {
		from := b.records[b.slot(i)].From
		if from.Log < 0 || int(from.Log) >= len(s.logs) || s.logs[from.Log].Remote != log ||
			from.Member < 0 || int(from.Member) >= s.logs[from.Log].Members {
			continue // not a copy, or forged by who knows nothing of this system
		}
		of := s.at[from.Log] + int(from.Member)
		v.copies[of] = append(v.copies[of], copied{i, v.standing[s.at[log]][i], true})
	}
}

// Evidence returns what became of the book of a member.
func (v *Survey) Evidence(log, member int32) *Evidence {
	return &v.evidence[v.books.at[log]+int(member)]
}

// Each calls yield for each record that is left of what a member wrote: first those
// that are only left as copies, then those in the log itself, the oldest first. A
// remote log has the copies of others too; their From says so.
func (v *Survey) Each(log, member int32, yield func(Finding)) {
	l, b := v.books.book(log, member)
	own := v.books.at[log] + int(member)
	for _, c := range v.copies[own] {
		if c.only {
			_, remote := v.books.book(l.Remote, 0)
			r := remote.records[remote.slot(c.at)]
			r.Number, r.From = r.From.Number, Origin{Log: None}
			yield(Finding{r, c.standing, true})
		}
	}
	for i, standing := range v.standing[own] {
		yield(Finding{b.records[b.slot(i)], standing, false})
	}
}

// Truth reports whether a record in the log of a member, the i-th of those that
// are left, was forged or altered, which only the simulator knows.
func (s *Books) Truth(log, member int32, i int) (wasForged, wasAltered bool) {
	_, b := s.book(log, member)
	m := b.marks[b.slot(i)]
	return m == forged, m == altered
}
