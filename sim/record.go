package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Recorder is told what happens. It must not keep the slices it is given. Who wants
// to hear of little embeds Silent.
type Recorder interface {
	// Begin is called once, with the values at the start, or at the time from which a
	// snapshot goes on.
	Begin(at vtime.Time, signals *Signals, values []float64)
	// Change tells a new value: of a discrete signal, or of a continuous state
	// where a step of its integration begins.
	Change(at vtime.Time, slot signal.Slot, value float64)
	// Follows says how closely the recorder wants to know the course of a continuous
	// signal.
	Follows(slot signal.Slot) Closeness
	// Course tells what a continuous signal did since it was told last. It is called
	// for signals that Follows asked for.
	Course(slot signal.Slot, c Course)
	// Settled tells that all changes of an instant have been told. It reports whether
	// the recorder wants a break.
	Settled(at vtime.Time) (pause bool)
	// Break tells, where Settled asked for it, that all courses have been told up to now.
	Break(at vtime.Time)
	// Hears says how closely the recorder wants to know of messages.
	Hears() Hearing
	// Passed tells, to who hears Passing, of a message (or of the request for one) that
	// leaves now and arrives at a time, which is Never where it is lost on its way; and
	// with a time of now of one that came when nobody was there.
	Passed(p Passage)
	// Tap is told of messages that Passed is not told of.
	Tap
	// Decided tells of a message that did not simply pass the checks of its receiver.
	Decided(d *Decision)
	// Told tells a line of the story, of those as well that the result has no room for.
	Told(e *StoryEvent)
	// Infected tells that a malware came to a host, or left it; where a snapshot goes on
	// first of all hosts that are infected. Of large populations (MaxFollowed) it is not
	// called.
	Infected(x *Infection)
}

// Closeness is how closely somebody follows a continuous signal.
type Closeness uint8

// The degrees of Closeness.
const (
	Apart    Closeness = iota // not at all
	Curves                    // its polynomials
	Extremes                  // with the least and the greatest value of each
)

// Hearing is how closely somebody listens to messages.
type Hearing uint8

// The degrees of Hearing.
const (
	Deaf    Hearing = iota
	Passing         // of most only when they are sent and when they arrive
	Wire            // each where it is sent and where it ends, with its cause
)

// A Passage is a message that needs nothing but time, or the request for one.
type Passage struct {
	Flow     int32
	Member   int // of the receiver of the values
	Request  bool
	At       vtime.Time
	Arrives  vtime.Time
	Deserted bool // it has come, but nobody was there
}

// Silent is a Recorder that records nothing.
type Silent struct{}

// Begin implements Recorder.
func (Silent) Begin(vtime.Time, *Signals, []float64) {}

// Change implements Recorder.
func (Silent) Change(vtime.Time, signal.Slot, float64) {}

// Follows implements Recorder.
func (Silent) Follows(signal.Slot) Closeness { return Apart }

// Course implements Recorder.
func (Silent) Course(signal.Slot, Course) {}

// Settled implements Recorder.
func (Silent) Settled(vtime.Time) (pause bool) { return false }

// Break implements Recorder.
func (Silent) Break(vtime.Time) {}

// Hears implements Recorder.
func (Silent) Hears() Hearing { return Deaf }

// Passed implements Recorder.
func (Silent) Passed(Passage) {}

// Sent implements Recorder.
func (Silent) Sent(*network.Packet, string) {}

// Gone implements Recorder.
func (Silent) Gone(*network.Packet, Ending, string) {}

// Decided implements Recorder.
func (Silent) Decided(*Decision) {}

// Told implements Recorder.
func (Silent) Told(*StoryEvent) {}

// Infected implements Recorder.
func (Silent) Infected(*Infection) {}

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
