package logbook

import "github.com/harmproof/harmproof/sim/vtime"

// touch notes that somebody meddles with a book.
func (b *book) touch(at vtime.Time) { b.meddled = min(b.meddled, at) }

// Wipe takes all records away, as somebody with these credentials.
func (s *Books) Wipe(log, member int32, at vtime.Time, credentials uint64) {
	s.Cut(log, member, at, 0, credentials)
}

// Cut takes away all but the first so many of the records that are left, as
// somebody with these credentials. A book of which nothing is left looks new, but
// for its counter. It returns how many records are gone.
func (s *Books) Cut(log, member int32, at vtime.Time, leave int, credentials uint64) int {
	l, b := s.book(log, member)
	gone := b.n - max(0, leave)
	if gone <= 0 {
		return 0
	}
	b.touch(at)
	b.wiped += uint64(gone)
	b.n -= gone
	switch {
	case b.n == 0:
		b.first = 0
		b.begin(l, int(member))
	case l.chained():
		b.head = b.hashes[b.slot(b.n-1)]
	}
	if !l.Counted {
		b.next = 0
		if b.n > 0 {
			b.next = b.records[b.slot(b.n-1)].Number + 1
		}
	}
	if l.holds(credentials) {
		b.own = b.head
	}
	return gone
}

// Forge writes a record of what never was, as somebody with these credentials. No
// copy of it is made; who reaches the remote log too forges one there (ForgeCopy).
func (s *Books) Forge(log, member int32, at vtime.Time, e Entry, credentials uint64) {
	s.forge(log, member, at, &e, Origin{Log: None}, credentials)
}

// ForgeCopy writes into a remote log a copy of what never was.
func (s *Books) ForgeCopy(log int32, at vtime.Time, e Entry, from Origin, credentials uint64) {
	s.forge(log, 0, at, &e, from, credentials)
}

func (s *Books) forge(log, member int32, at vtime.Time, e *Entry, from Origin, credentials uint64) {
	l, b := s.book(log, member)
	b.touch(at)
	b.forged++
	i := b.put(l, e, from, forged)
	if l.Signed == 0 {
		return
	}
	b.signatures[i] = signature{by: -1}
	if !l.holds(credentials) {
		return
	}
	b.own = b.head
	if l.signs(b.records[i].Number) {
		b.signatures[i] = signature{l.Credential, b.own}
	}
}

// Alter puts an entry in the place of the i-th of the records that are left, as
// somebody with these credentials. To mend is to compute the chain anew from there
// on, and to sign it as far as the credentials allow.
func (s *Books) Alter(log, member int32, at vtime.Time, i int, e Entry, mend bool, credentials uint64) {
	l, b := s.book(log, member)
	b.touch(at)
	k := b.slot(i)
	b.records[k].Entry = e
	if b.marks[k] == genuine {
		b.marks[k] = altered
		b.altered++
	}
	if mend && l.chained() {
		b.mend(l, i, l.holds(credentials))
	}
}

// mend computes the chain anew from the i-th record on.
func (b *book) mend(l *Log, i int, sign bool) {
	h := b.base
	if i > 0 {
		h = b.hashes[b.slot(i-1)]
	}
	for ; i < b.n; i++ {
		k := b.slot(i)
		h = Next(&h, &b.records[k])
		b.hashes[k] = h
		if sign && l.signs(b.records[k].Number) {
			b.signatures[k] = signature{l.Credential, h}
		}
	}
	b.head = h
	if sign {
		b.own = h
	}
}
