package data

// A Right is what people ask for.
type Right uint8

// The rights.
const (
	Erasure    Right = iota // GDPR Art. 17
	OptOut                  // Art. 7(3) and 21(2): consent withdrawn and objected at once
	Access                  // Art. 15
	Withdrawal              // Art. 7(3): of consent
	Objection               // Art. 21(1): to what is done in the public or a legitimate interest
)

// Rights are their names, by number.
var rights = [...]string{"erasure", "opt-out", "access", "withdraw", "object"}

// Rights returns the names of the rights, by number.
func Rights() []string { return rights[:] }

// String returns the right as a scenario names it.
func (r Right) String() string { return rights[r] }

// Noun returns what is asked for, in words.
func (r Right) Noun() string {
	return [...]string{"erasure", "opt-out", "access", "withdrawal of consent", "objection"}[r]
}

// Wired is how many rights have messages of their own, the first ones. The others come by those of an
// opt-out, which say so (Claimed).
const Wired = int(Access) + 1

// Names of what a store hears and tells, by right.
var (
	heardOf = [Wired]string{"erasure", "opt_out", "access"}
	doneOf  = [Wired]string{"erased", "opted_out", "answered"}
)

// channel returns the right by whose messages a right is asked for.
func (r Right) channel() Right {
	if int(r) >= Wired {
		return OptOut
	}
	return r
}

// Heard returns the name of the input by which a store hears of a right.
func (r Right) Heard() string { return heardOf[r.channel()] }

// Done returns the name of the report by which a store tells that it did what a right asks
// for.
func (r Right) Done() string { return doneOf[r.channel()] }

// Stops reports whether a right asks that no more data are taken.
func (r Right) Stops() bool { return r.channel() == OptOut }

// Ends reports whether nothing more may be taken on a basis where somebody asks for a right that
// stops that. That a controller may have compelling grounds to go on (Art. 21(1)) is left out.
func (r Right) Ends(b Basis) bool {
	switch r {
	case OptOut:
		return b.Ends()
	case Withdrawal:
		return b == Consent
	case Objection:
		return b == LegitimateInterest || b == PublicTask
	}
	return false
}

// claimUnit is what says in the number of an opt-out that it is a withdrawal (once) or an objection (twice).
const claimUnit = 1 << 38

// MaxPurposes is how many purposes a model can have, so that their numbers fit into messages.
const MaxPurposes = claimUnit/purposeUnit - 2

// Claimed returns a Number by which a right is asked for.
func Claimed(number float64, r Right) float64 {
	if r == r.channel() {
		return number
	}
	return number + float64(float64(int(r)-Wired+1)*claimUnit)
}

// claim returns which right a Number claims that came as a request for one, and the Number without that.
func (r Right) claim(number float64) (claimed Right, rest float64) {
	if !(number >= claimUnit && number < addresseeUnit) || r != OptOut {
		return r, number
	}
	n := int64(number)
	claimed = Right(Wired - 1 + int(n/claimUnit))
	if int(claimed) >= len(rights) {
		return r, number // of a purpose that there is not
	}
	return claimed, float64(n % claimUnit)
}
