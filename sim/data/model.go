package data

import "github.com/harmproof/harmproof/sim/vtime"

// A Model is who data are about, which stores keep them, and how they come there. It never
// changes during a run.
type Model struct {
	Populations []Population
	Attributes  []Attribute
	Purposes    []string
	Controllers []string // who answers for stores
	Stores      []Store
	Shelves     []Shelf // those of a store follow one another
	Intakes     []Intake
	Principals  []Principal
	Questions   []Question
}

// A Population is people who are alike to the model. Its people are numbered from First on,
// among all people.
type Population struct {
	Name  string
	Count int32
	First int32
	// Stands is for how many people alike each of them stands, where nobody asks about one of
	// them; 0 is one.
	Stands int64
	// Persons says that they are a device of the system of the same name, member by member.
	Persons bool
	// Moves says where they are, hour by hour; nil where nothing says so.
	Moves *Moves
}

// Each is for how many people each of them counts, which is one where none stands for several.
func (p *Population) Each() int { return int(max(1, p.Stands)) }

// Moves say how the people of a population move about a town of square cells, in rows on a square.
type Moves struct {
	Side     int32   // the town is so many cells wide
	Cell     float64 // metres that a cell is wide
	Hours    int32   // so long; later they are nowhere
	Anywhere bool    // in each hour in any cell, instead of living and working somewhere
}

// People returns how many people there are.
func (m *Model) People() int32 {
	if n := len(m.Populations); n > 0 {
		p := &m.Populations[n-1]
		return p.First + p.Count
	}
	return 0
}

// Of returns the population that a person is of.
func (m *Model) Of(person int32) *Population {
	for i := range m.Populations {
		if p := &m.Populations[i]; person < p.First+p.Count {
			return p
		}
	}
	return nil
}

// A Kind says what an attribute tells about a person.
type Kind uint8

// The kinds of attributes.
const (
	Plain      Kind = iota
	Identifier      // it says who they are
	Quasi           // not alone, but together with others
	Sensitive       // what nobody is to learn
)

// String returns the kind in words.
func (k Kind) String() string {
	return [...]string{"plain", "identifier", "quasi-identifier", "sensitive"}[k]
}

// An Attribute is something that can be known about the people of a population.
type Attribute struct {
	Name       string
	Population int32
	Kind       Kind
	// Trait says that it is true of a person for good, and known once for all; everybody's
	// value is drawn at the start.
	Trait bool
	// Values is how many values of a trait there are, numbered; 0: everybody has another one.
	Values int32
	Shares []float64 // of the values; nil where they are equally common
	Labels []string  // of the values, for people; nil where they are numbers
}

// A Basis is what lets a store process data (GDPR Art. 6(1)).
type Basis uint8

// The bases. Consent can be withdrawn, and what rests on a legitimate interest objected to; what the
// law demands may be kept when erasure is asked for, as long as it says (Art. 17(3)).
const (
	Consent Basis = iota
	Contract
	LegalObligation
	VitalInterest
	PublicTask
	LegitimateInterest
)

// Bases are the names of the bases, by number.
var bases = [...]string{"consent", "contract", "legal-obligation", "vital-interest", "public-task", "legitimate-interest"}

// Bases returns the names of the bases, by number.
func Bases() []string { return bases[:] }

// String returns the basis in words.
func (b Basis) String() string { return bases[b] }

// Ends reports whether an opt-out ends it: consent by withdrawal, a legitimate interest by
// objection.
func (b Basis) Ends() bool { return b == Consent || b == LegitimateInterest }

// A Store keeps data.
type Store struct {
	Name       string
	Controller int32 // of Controllers
	// Key is the pseudonym that its records are kept under, such as meter number: records
	// of two stores with the same key are those of the same person for whoever has both.
	Key string
	// Others are further keys that each of its records names.
	Others []string
	Keeps  vtime.Duration // retention; 0: for good
	Limit  float64        // bytes; 0: none
	// Remembers says that it knows whom it forgot, and forgets them again when a backup is
	// put back.
	Remembers bool
	// Buffer says that it gives away what is fetched.
	Buffer bool
	// Warned says that alarms come to it, on which it sends notices of breaches.
	Warned bool
	// Last says that of each sort it keeps the last item about a person alone, as a broker retains
	// the last message of a topic.
	Last bool
	// Volatile says that it has all that in its memory alone, and loses it with a crash.
	Volatile bool
	First    int32 // its shelves
	Count    int32
}

// A Shelf is where a store keeps one attribute about the people of a population.
type Shelf struct {
	Store     int32
	Attribute int32
	Fine      vtime.Duration // precision in time: about so far apart items are
	Bytes     float64        // of an item
	Purpose   int32          // of Purposes, -1: none was named
	Basis     Basis
	KeepFor   vtime.Duration // what the basis demands; 0 where it demands nothing
	Share     float64        // of the people whom it has data about from the start, 0 to 1
	// Items say where people were, by blocks of so many cells in each direction (Where; 0: they say
	// nothing of places), and when, by spans of so long (When). Of a population each of these divides
	// the next larger one.
	When  vtime.Duration
	Where int32
	// Coarse is how wide the bands of values are in which a trait is kept; 0: as it is. Of an
	// attribute each of them divides the next wider one.
	Coarse int32
}

// An Intake is how items come to a shelf.
type Intake struct {
	Kind  IntakeKind
	Shelf int32
	// From are the shelves of Copied (one) and Derived items.
	From []int32
	// Person is whom collected items are about where all are about one person; -1: the
	// person of the number of the member that tells.
	Person int32
	// Each says that a copy comes member by member: each is about one person.
	Each bool
	// Thin is that of collected items no more than one is taken in each such period, 0: all are.
	Thin     vtime.Duration
	Accuracy float64 // of Derived, 0 to 1
	Rule     string  // of Derived, for people
	Name     string  // for people: what it comes from
	Rate     *Rate   // of Collected items that come as a rate; nil: by messages
}

// An IntakeKind says how items come.
type IntakeKind uint8

// The kinds of intakes.
const (
	Collected IntakeKind = iota
	Copied
	Derived
)

// A Principal is somebody who may put together what they can read.
type Principal struct {
	Name  string
	Reads Set // shelves that it may read from the start
	// Intruder is the attacker that it is, -1 where it is none: that reads what the devices
	// hold that it stands on.
	Intruder int32
}
