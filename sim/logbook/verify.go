package logbook

// A Standing is how far a record that is left can be relied on, by all that speaks
// for it.
type Standing uint8

// The standings, the worst first.
const (
	// Doubted: it does not verify, or something that stands higher contradicts it.
	Doubted Standing = iota
	// Bare: nothing speaks for it or against it.
	Bare
	// Linked: it is in a chain that verifies, which has no key.
	Linked
	// Signed: a signature that verifies is of it, or of a chain that it is in.
	Signed
	// Copied: the log of another device has the same.
	Copied
)

// String returns the standing as a word.
func (s Standing) String() string {
	return [...]string{"doubted", "bare", "linked", "signed", "copied"}[min(s, Copied)]
}

// verify computes the chain of a book and looks at its signatures. It returns the
// standing of each record, and the place of the first one from which on the book
// does not verify, or how many there are.
func (b *book) verify(l *Log, name string) (standings []Standing, bad int) {
	standings = make([]Standing, b.n)
	if !l.chained() {
		for i := range standings {
			standings[i] = Bare
		}
		return standings, b.n
	}
	bad = b.links(name, standings)
	if l.Signed > 0 {
		b.speakFor(l, standings)
		bad = min(bad, b.unsigned(l))
	}
	for i := bad; i < b.n; i++ {
		if standings[i] == Linked {
			standings[i] = Doubted
		}
	}
	return standings, bad
}

// links marks the records whose hashes are right as linked, and returns the place
// of the first one whose hash is not.
func (b *book) links(name string, standings []Standing) (bad int) {
	bad = b.n
	before := b.base
	if b.n > 0 && b.records[b.first].Number == 0 {
		before = First(name)
	}
	for i := range standings {
		k := b.slot(i)
		if Next(&before, &b.records[k]) == b.hashes[k] {
			standings[i] = Linked
		} else {
			bad = min(bad, i)
		}
		before = b.hashes[k]
	}
	return bad
}

// speakFor marks what signatures speak for: the record that is signed and those
// before, as far back as the links hold and no other signature is wrong.
func (b *book) speakFor(l *Log, standings []Standing) {
	signed := false
	for i := b.n - 1; i >= 0; i-- {
		k := b.slot(i)
		if l.signs(b.records[k].Number) {
			signed = b.good(l, k)
		}
		switch {
		case standings[i] == Doubted:
			signed = false
		case signed:
			standings[i] = Signed
		}
	}
}

// good reports whether the signature in a slot is of the hash beside it.
func (b *book) good(l *Log, slot int) bool {
	return b.signatures[slot] == signature{l.Credential, b.hashes[slot]}
}

// unsigned returns the place of the first record that no signature speaks for,
// although one was due, or how many records there are.
func (b *book) unsigned(l *Log) int {
	since := 0
	for i := range b.n {
		k := b.slot(i)
		switch {
		case !l.signs(b.records[k].Number):
		case b.good(l, k):
			since = i + 1
		default:
			return since
		}
	}
	return b.n
}

// missing returns how many records are not there that the numbers of a book, or its
// counter, say were there and had not to give way yet.
func (b *book) missing(l *Log) uint64 {
	left := min(b.next, uint64(l.Keep))
	oldest := b.next - left
	for i := range b.n {
		if b.records[b.slot(i)].Number >= oldest {
			left--
		}
	}
	return left
}
