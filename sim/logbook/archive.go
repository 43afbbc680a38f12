package logbook

import (
	"encoding/binary"

	"github.com/harmproof/harmproof/sim/snapshot"
)

// Archive archives what the books hold.
func (s *Books) Archive(a *snapshot.Archive) {
	s.each(func(l *Log, i, _ int) { s.books[i].archive(a, l) })
}

func (b *book) archive(a *snapshot.Archive, l *Log) {
	for _, x := range []*uint64{&b.next, &b.written, &b.overwritten, &b.wiped, &b.forged, &b.altered} {
		snapshot.Int(a, x)
	}
	snapshot.Int(a, &b.meddled)
	if l.chained() {
		b.base.archive(a)
		b.head.archive(a)
		b.own.archive(a)
	}
	n := a.Len(b.n, 8*9)
	if a.Reading() {
		b.empty(a, l, n)
	}
	for i := range b.n {
		b.archiveSlot(a, l, b.slot(i))
	}
}

// empty makes a book ready to be read into.
func (b *book) empty(a *snapshot.Archive, l *Log, n int) {
	if n > l.Keep {
		a.Fail("the log of %s has %d records; it keeps %d", l.Name, n, l.Keep)
		n = 0
	}
	b.records, b.marks, b.hashes, b.signatures = nil, nil, nil, nil
	b.first, b.n = 0, 0
	for b.n = 0; b.n < n; b.n++ {
		b.grow(l)
	}
}

// archiveSlot archives a record and what stands beside it.
func (b *book) archiveSlot(a *snapshot.Archive, l *Log, i int) {
	r := &b.records[i]
	e := &r.Entry
	snapshot.Int(a, &r.Number)
	snapshot.Int(a, &r.From.Log)
	snapshot.Int(a, &r.From.Member)
	snapshot.Int(a, &r.From.Number)
	snapshot.Int(a, &e.At)
	snapshot.Float(a, &e.Value)
	for _, x := range []*int32{&e.Device, &e.Claimed, &e.Rule, &e.Object} {
		snapshot.Int(a, x)
	}
	snapshot.Int(a, &e.Kind)
	snapshot.Bool(a, &e.Verified)
	snapshot.Int(a, &b.marks[i])
	if l.chained() {
		b.hashes[i].archive(a)
	}
	if l.Signed > 0 {
		snapshot.Int(a, &b.signatures[i].by)
		b.signatures[i].of.archive(a)
	}
}

func (h *Hash) archive(a *snapshot.Archive) {
	for i := 0; i < len(h); i += 8 {
		word := binary.LittleEndian.Uint64(h[i:])
		snapshot.Int(a, &word)
		binary.LittleEndian.PutUint64(h[i:], word)
	}
}
