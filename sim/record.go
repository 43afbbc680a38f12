package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Recorder is told what changes. It must not keep the slices it is given.
type Recorder interface {
	// Begin is called once, with the values at the start, or at the time from which a
	// snapshot goes on.
	Begin(at vtime.Time, signals *Signals, values []float64)
	// Change tells a new value: of a discrete signal, or of a continuous state
	// where a step of its integration begins.
	Change(at vtime.Time, slot signal.Slot, value float64)
	// Course tells what a continuous signal did since it was told last. It is called
	// for signals that Follows asked for.
	Course(slot signal.Slot, c Course)
	// Follows reports whether the recorder wants to know the course of a
	// continuous signal.
	Follows(slot signal.Slot) bool
	// Settled tells that all changes of an instant have been told.
	Settled(at vtime.Time)
}

// silent is a Recorder that records nothing.
type silent struct{}

func (silent) Begin(vtime.Time, *Signals, []float64)   {}
func (silent) Change(vtime.Time, signal.Slot, float64) {}
func (silent) Course(signal.Slot, Course)              {}
func (silent) Follows(signal.Slot) bool                { return false }
func (silent) Settled(vtime.Time)                      {}

// digest is SHA-256 over the canonical changes of signals, in words of 64 bits: for
// each the name of the signal (by hash, odd) and the value, and before those of one
// time that time (doubled, so even). It does not depend on what is recorded or
// observed, nor on where a signal lies in the column.
type digest struct {
	hash  hash.Hash
	names []uint64
	at    vtime.Time
	block [8 * 1024]byte
	used  int
}

func newDigest(names []uint64) *digest { return &digest{hash: sha256.New(), names: names, at: -1} }

// digestNames returns by slot what stands for a signal in the digest; 0 where it is
// internal.
func digestNames(signals *Signals) []uint64 {
	names := make([]uint64, signals.Len())
	var path []byte
	for info := range signals.All() {
		if !info.Internal {
			path = info.appendPath(path[:0])
			sum := sha256.Sum256(path)
			names[info.Slot] = binary.LittleEndian.Uint64(sum[:8]) | 1
		}
	}
	return names
}

// shows reports whether a cell is not internal.
func (d *digest) shows(slot signal.Slot) bool { return d.names[slot] != 0 }

// starts adds the start values.
func (d *digest) starts(values []float64) {
	for slot, name := range d.names {
		if name != 0 {
			d.add(0, signal.Slot(slot), values[slot])
		}
	}
}

func (d *digest) add(at vtime.Time, slot signal.Slot, value float64) {
	const most = 3 * 8 // bytes
	if d.used > len(d.block)-most {
		d.flush()
	}
	b := d.block[d.used : d.used+most]
	if at != d.at {
		binary.LittleEndian.PutUint64(b, uint64(at)<<1)
		b, d.at, d.used = b[8:], at, d.used+8
	}
	if value != value {
		value = math.NaN() // the bits of a computed NaN differ between architectures
	}
	binary.LittleEndian.PutUint64(b, d.names[slot])
	binary.LittleEndian.PutUint64(b[8:], math.Float64bits(value))
	d.used += 16
}

func (d *digest) flush() {
	d.hash.Write(d.block[:d.used])
	d.used = 0
}

// sum ends the digest.
func (d *digest) sum() string {
	d.flush()
	return hex.EncodeToString(d.hash.Sum(nil))
}
