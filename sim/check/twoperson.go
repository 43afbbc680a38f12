package check

import (
	"math"
	"math/bits"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// TwoPerson wants a message to be offered by several of the persons, two if nothing
// else is said, within a time: the same verb, objects and values. The first is kept
// waiting, that is refused with 1 of 2 measured; the one that completes the number
// passes, and once it is accepted the others must agree anew. One message may bear
// the proofs of several persons. Of each person the latest proposal counts.
type TwoPerson struct {
	Persons []Person // at most 64
	Needed  int32    // 0: two
	Within  vtime.Duration
}

// A Person is whom a message is from, as far as the receiver can tell: a claimed
// sender, a credential, or that sender with that credential.
type Person struct {
	Claimed int32  // -1: any
	Bears   uint64 // one of these; 0: none is needed
}

// Kind implements Check.
func (TwoPerson) Kind() Kind { return KindTwoPerson }

func (t TwoPerson) wrong(*Guard, *Rule) string {
	for _, p := range t.Persons {
		if p.Claimed < 0 && p.Bears == 0 {
			return "a person is known by neither a sender nor a credential"
		}
	}
	switch {
	case t.Needed < 0 || t.Needed == 1:
		return "one person alone is not two"
	case len(t.Persons) > 64:
		return "there are more than 64 persons"
	case len(t.Persons) < int(t.needed()):
		return "there are fewer persons than must agree"
	case t.Within <= 0:
		return "there is no time in which a second one could agree"
	}
	return ""
}

func (t TwoPerson) needed() int32 {
	if t.Needed == 0 {
		return 2
	}
	return t.Needed
}

func (TwoPerson) remembers() bool { return true }

func (t TwoPerson) build(s *State, g *guard) any {
	w := &persons{TwoPerson: t, first: len(s.proposals)}
	w.Needed = t.needed()
	s.proposals = append(s.proposals, make([]proposal, len(t.Persons)*g.members())...)
	return w
}

// A proposal is what a person offered last and waits for another one.
type proposal struct {
	what uint64 // of verb, objects and values
	at   vtime.Time
	made bool
}

// A Proposal is what somebody wants of a member of a guarded device that others must
// agree to; there is none where What is 0.
type Proposal struct {
	Guard, Member int32
	What          uint64     // alike for all who want the same
	Until         vtime.Time // the last instant at which others can agree
}

// Proposed returns what was proposed in the last judgement: it waits for others where
// that refused it, and they agree where it was accepted.
func (s *State) Proposed() Proposal { return s.proposed }

type persons struct {
	TwoPerson
	first int
}

func (t *persons) of(c *call) []proposal {
	n := len(t.Persons)
	return c.s.proposals[t.first+c.m*n:][:n]
}

// is reports whether the message is from a person.
func (p *Person) is(o *Offer) bool {
	return (p.Claimed < 0 || p.Claimed == o.Claimed) && (p.Bears == 0 || p.Bears&o.Bears != 0)
}

func (t *persons) message(c *call) bool {
	what := digest(c.o)
	agree, offers := 0, false
	proven := slices.ContainsFunc(t.Persons, func(p Person) bool { return p.Bears != 0 && p.is(c.o) })
	for i, list := 0, t.of(c); i < len(list); i++ {
		p := &list[i]
		if t.Persons[i].is(c.o) && (t.Persons[i].Bears != 0 || !proven) { // who proves who he is, is not the device as well
			*p, offers = proposal{what, c.o.At, true}, true
		}
		if p.made && p.what == what && c.o.At.Sub(p.at) <= t.Within {
			agree++
		}
	}
	if offers {
		c.s.proposed = Proposal{c.guard, int32(c.m), what, c.o.At.Add(t.Within)}
	}
	if offers && agree >= int(t.Needed) {
		c.agreed = append(c.agreed, agreement{t.first, what})
		return true
	}
	return c.fail(nan, float64(agree), float64(t.Needed))
}

// An agreement is what enough persons offered, by where their proposals begin.
type agreement struct {
	first int
	what  uint64
}

// accepted takes back the proposals that are carried out.
func (t *persons) accepted(c *call) {
	for _, a := range c.agreed {
		if a.first != t.first {
			continue
		}
		for i, list := 0, t.of(c); i < len(list); i++ {
			if list[i].what == a.what {
				list[i] = proposal{}
			}
		}
	}
}

func (t *persons) forget(c *call) { clear(t.of(c)) }

// digest tells what a message wants from what another one wants: 64 bits, mixed so
// that no two that a model comes to are likely to be alike.
func digest(o *Offer) uint64 {
	h := mix(uint64(o.Verb), uint64(len(o.Objects)))
	for _, x := range o.Objects {
		h = mix(h, uint64(uint32(x)))
	}
	for _, x := range o.Values {
		h = mix(h, math.Float64bits(x))
	}
	return h
}

func mix(h, x uint64) uint64 {
	high, low := bits.Mul64(h^0x9e3779b97f4a7c15, x^0xbf58476d1ce4e5b9)
	return bits.RotateLeft64(high^low, 29) + x
}
