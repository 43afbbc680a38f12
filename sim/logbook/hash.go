package logbook

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// A Hash is a link of a chain.
type Hash [sha256.Size]byte

// width is how many bytes of a record are hashed.
const width = 58

// First returns the hash before the first record of a device's log.
func First(name string) Hash { return sha256.Sum256([]byte(name)) }

// Next returns the hash of a record that follows the hash before.
func Next(before *Hash, r *Record) Hash {
	var b [len(before) + width]byte
	copy(b[:], before[:])
	put(b[len(before):], r)
	return sha256.Sum256(b[:])
}

// put writes a record in its one form: integers and bits of numbers, the least byte
// first.
func put(b []byte, r *Record) {
	e, le := &r.Entry, binary.LittleEndian
	_ = b[width-1]
	le.PutUint64(b, r.Number)
	le.PutUint64(b[8:], uint64(e.At))
	le.PutUint64(b[16:], math.Float64bits(e.Value))
	le.PutUint32(b[24:], uint32(e.Device))
	le.PutUint32(b[28:], uint32(e.Claimed))
	le.PutUint32(b[32:], uint32(e.Rule))
	le.PutUint32(b[36:], uint32(e.Object))
	le.PutUint64(b[40:], r.From.Number)
	le.PutUint32(b[48:], uint32(r.From.Log))
	le.PutUint32(b[52:], uint32(r.From.Member))
	b[56], b[57] = byte(e.Kind), 0
	if e.Verified {
		b[57] = 1
	}
}

// A signature is made with a credential over a hash.
type signature struct {
	by int8 // or -1: there is none
	of Hash
}
