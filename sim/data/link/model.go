package link

import (
	"strconv"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Model is what can be known about the people of a population, and which stores keep it how.
// It never changes.
type Model struct {
	People     int32
	Attributes []Attribute
	Domains    []string // kinds of identifiers, such as meter number; everybody has one of each
	Stores     []Store
	Rules      []Rule
	// Together is how surely records of a person in two stores can be told to be the same person's
	// by being at the same places at the same times; 0 where they cannot. May be nil.
	Together func(from, to, person int32) float64
	// How says in words by what that is. May be nil.
	How func(from, to, person int32) string
	// Series says over how long a time a store has an attribute of somebody, and how far apart the
	// items are. Where it is nil, rules that need a time do not apply.
	Series func(store, attribute, person int32) (long, fine vtime.Duration)
}

// An Attribute is something that can be known about everybody.
type Attribute struct {
	Name string
	// Identifies says that it tells who somebody is, such as a name.
	Identifies bool
	// Levels are what people have of a trait, ordinals by person: as finely as any store knows it,
	// then coarser and coarser. Records of two stores that both keep it can be joined on it, as
	// finely as both do. Nil for what is no trait.
	Levels [][]int32
	// Widths are by level how many values a band of it has, for people; nil where they are not
	// bands.
	Widths []int32
}

// level names a level that is not the first one.
func (a *Attribute) level(at int32) string {
	if int(at) < len(a.Widths) {
		return "in bands of " + strconv.Itoa(int(a.Widths[at]))
	}
	return "level " + strconv.Itoa(int(at))
}

// A Store keeps at most one record about a person.
type Store struct {
	Name string
	Keys []int32 // Domains that each record names
	// Coarse are the traits of which the store keeps less than the first level.
	Coarse []Coarse
}

// A Coarse says how coarsely a trait is kept.
type Coarse struct{ Attribute, Level int32 }

// A Rule infers an attribute from others.
type Rule struct {
	Name  string
	From  []Premise
	Gives int32
	// Least and Most are how often it is right, as its source says. What could be learnt is
	// computed with Most.
	Least, Most float64
	Source      string
	Assumed     bool // no source has a figure
}

// A Premise is what a rule needs: an attribute, over a time at least so long, in items at most so
// far apart. Of 0 and 0 anything will do, what is inferred too.
type Premise struct {
	Attribute  int32
	Long, Fine vtime.Duration
}

// series reports whether it needs items over a time.
func (p *Premise) series() bool { return p.Long > 0 || p.Fine > 0 }

// Record is the bit of a record that is kept, whatever attributes it has; bit i is attribute i. Who
// reads it sees by which keys the record goes.
const Record uint64 = 1 << 63

// What there may be at most.
const (
	maxAttributes = 63
	maxStores     = 64
	maxDomains    = 64
	maxTraits     = 16
	maxLevels     = 15
	maxRules      = 256
	maxPremises   = 4
)
