package outbreak

import "github.com/harmproof/harmproof/sim/vtime"

// A Via is how malware came onto a host: by a vector, from a scanner, or at a contact.
type Via int32

// Released is the way of who has it from nobody.
const Released Via = -1

// ByVector and ByContact make a Via; Contact is the number of the contact, or -1.
func byVector(v int32) Via  { return Via(v << 1) }
func byContact(c int32) Via { return Via(c<<1 | 1) }

// Vector returns the number of the vector of a scanner, or -1.
func (v Via) Vector() int32 {
	if v < 0 || v&1 != 0 {
		return -1
	}
	return int32(v >> 1)
}

// Contact returns the number of the contact, or -1.
func (v Via) Contact() int32 {
	if v < 0 || v&1 == 0 {
		return -1
	}
	return int32(v >> 1)
}

// News is something that happened.
type News struct {
	Kind  NewsKind
	Class int32
	Host  int32
	From  int32 // host; -1 where nobody
	Via   Via
	Wall  int32 // of Stopped, in Walls
}

// A NewsKind is what happened.
type NewsKind uint8

// What can happen.
const (
	Caught  NewsKind = iota // a host is infected
	Left                    // a host is not infected any more
	Stopped                 // for the first time, something was stopped by a barrier
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
	Hits            uint64
	First           vtime.Time // of Hits; Never
}

// Tally returns what is known of a class.
func (o *Outbreak) Tally(class int) Tally { return o.tally[class] }

// Walls returns all ways.
func (o *Outbreak) Walls() []Wall { return o.walls }
