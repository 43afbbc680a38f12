package outbreak

import (
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Via is how malware came onto a host: by a vector, from a scanner or at a contact. The
// zero value is that of who has it from nobody. Each number is kept with one added.
type Via struct{ vector, contact int32 }

func byVector(v int32) Via     { return Via{v + 1, 0} }
func byContact(c, v int32) Via { return Via{v + 1, c + 1} }

// Vector returns the number of the vector, or -1.
func (v Via) Vector() int32 { return v.vector - 1 }

// Contact returns the number of the contact, or -1.
func (v Via) Contact() int32 { return v.contact - 1 }

// Archive archives it.
func (v *Via) Archive(a *snapshot.Archive) {
	snapshot.Int(a, &v.vector)
	snapshot.Int(a, &v.contact)
}

// News is something that happened.
type News struct {
	Kind  NewsKind
	Class int32
	Host  int32
	From  int32 // host; -1 where nobody
	Via   Via
	Wall  int32 // of Stopped, Patched and Found, in Walls
}

// A NewsKind is what happened.
type NewsKind uint8

// What can happen.
const (
	Caught  NewsKind = iota // a host is infected
	Left                    // a host is not infected any more
	Stopped                 // for the first time on a way, something was stopped by a barrier
	Patched                 // for the first time on a way, a host was open to it once and is not any more
	Found                   // for the first time on a way, a scanner for malware on the host knew it
)

// A Link is one step of a way.
type Link struct {
	Host, From int32
	Via        Via
	At         vtime.Time
}

// A Tally is what is known of a class.
type Tally struct {
	Now, Most int32      // infected
	Ever      uint64     // infections
	Left      uint64     // hosts that were infected and are not
	First     vtime.Time // of the first infection; Never
	Host      int32      // the first one; -1
	From      int32      // whom that had it from; -1
	Via       Via
}

// A Wall is a way and what became of what came along: Hits that got through, or where it has a
// Barrier those that were stopped.
type Wall struct {
	From, To        int32 // classes
	Vector, Contact int32 // one of them, the other is -1
	Barrier         int32 // -1 where nothing stops it
	Count
	// Patched and Found are those of the hits that were stopped at the host: because it was
	// open until it was patched, or because its scanner for malware knew what came.
	Patched, Found Count
}

func newWall(from, to, vector, contact, barrier int32) Wall {
	never := Count{First: vtime.Never}
	return Wall{from, to, vector, contact, barrier, never, never, never}
}

// A Count is how often something was.
type Count struct {
	Hits  uint64
	First vtime.Time // Never
}

func (c *Count) add(now vtime.Time) (first bool) {
	if c.Hits++; c.Hits == 1 {
		c.First = now
	}
	return c.Hits == 1
}

func (c *Count) archive(a *snapshot.Archive) {
	snapshot.Int(a, &c.Hits)
	snapshot.Int(a, &c.First)
}

// Tally returns what is known of a class.
func (o *Outbreak) Tally(class int) Tally { return o.tally[class] }

// Walls returns all ways.
func (o *Outbreak) Walls() []Wall { return o.walls }
