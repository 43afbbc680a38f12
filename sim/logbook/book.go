package logbook

import "github.com/harmproof/harmproof/sim/vtime"

// A mark is what only the simulator knows of a record.
type mark uint8

const (
	genuine mark = iota
	forged
	altered
)

// A book is the log of one member during a run: a ring of records, from first on,
// and columns beside it. They grow to what the log keeps; first is 0 until then.
type book struct {
	records    []Record
	marks      []mark
	hashes     []Hash      // if it is chained
	signatures []signature // if it is signed
	first, n   int
	// next is the number of the next record; a counter may be ahead of what is left.
	next uint64
	// base is the hash before the first record that is left, as the log has it; head
	// is the hash of the last one. own is the last hash that who signs knows of: as
	// long as nobody meddles it is head.
	base, head, own Hash

	written, overwritten, wiped, forged, altered uint64
	meddled                                      vtime.Time // with it first, or Never
}

// slot is where the i-th record lies of those that are left.
func (b *book) slot(i int) int {
	if i += b.first; i >= len(b.records) {
		i -= len(b.records)
	}
	return i
}

// grow makes room for one more record if there is none in the ring.
func (b *book) grow(l *Log) {
	if b.n < len(b.records) {
		return
	}
	b.records = append(b.records, Record{})
	b.marks = append(b.marks, genuine)
	if l.chained() {
		b.hashes = append(b.hashes, Hash{})
	}
	if l.Signed > 0 {
		b.signatures = append(b.signatures, signature{})
	}
}

// take returns the slot of a new last record.
func (b *book) take(l *Log) int {
	if b.n == l.Keep {
		return b.giveWay(l)
	}
	b.grow(l)
	b.n++
	return b.slot(b.n - 1)
}

// giveWay returns the slot of the oldest record for the new one.
func (b *book) giveWay(l *Log) int {
	i := b.first
	if l.chained() {
		b.base = b.hashes[i]
	}
	b.overwritten++
	if b.first++; b.first == len(b.records) {
		b.first = 0
	}
	return i
}

// put writes a record at the end of the book and returns its slot. Its hash follows
// the last one that lies there.
func (b *book) put(l *Log, e *Entry, from Origin, m mark) int {
	i := b.take(l)
	r := &b.records[i]
	r.Number, r.From = b.next, from
	r.Entry = *e
	b.marks[i] = m
	b.next++
	if l.chained() {
		b.head = Next(&b.head, r)
		b.hashes[i] = b.head
	}
	return i
}

// vouch lets the signer go on by one record, which it wrote, and sign where it has to.
func (b *book) vouch(l *Log, i int, before *Hash) {
	if b.own == *before {
		b.own = b.head
	} else {
		b.own = Next(&b.own, &b.records[i])
	}
	b.signatures[i] = signature{by: -1}
	if l.signs(b.records[i].Number) {
		b.signatures[i] = signature{l.Credential, b.own}
	}
}

// append writes what the device itself has to say, and returns its number.
func (b *book) append(l *Log, e *Entry, from Origin) (number uint64) {
	number = b.next
	b.written++
	if l.Signed == 0 {
		b.put(l, e, from, genuine)
		return number
	}
	before := b.head
	b.vouch(l, b.put(l, e, from, genuine), &before)
	return number
}
