package sim

import (
	"crypto/sha256"
	"encoding/binary"
)

// word adds a word to a digest.
func (d *digest) word(x uint64) {
	if d.used > len(d.block)-8 {
		d.flush()
	}
	binary.LittleEndian.PutUint64(d.block[d.used:], x)
	d.used += 8
}

// Of implements data.Mark: names stand there by their hash, odd as those of signals are.
func (d *digest) Of(holder, what string) {
	sum := sha256.Sum256([]byte(holder + "\x00" + what))
	d.word(binary.LittleEndian.Uint64(sum[:8]) | 1)
}

// Number implements data.Mark.
func (d *digest) Number(x uint64) { d.word(x) }

// markHoldings adds to the digest what stores hold about people at the end, and what was taken, which no
// signal shows. Where there are no people nothing is added.
func (w *world) markHoldings() {
	if h := w.holdings.State; h != nil && h.People() > 0 {
		h.Mark(w.digest)
	}
}
