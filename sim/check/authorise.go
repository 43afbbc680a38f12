package check

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Authorise wants each value of a message to be granted: some grant allows that
// sender, verb, object and value, in the present mode, at this time of the day. What
// no grant allows is denied. A message with no object at all (a login) is granted
// by what is granted for all objects.
//
// Clamp brings a value into the range of a grant that allows all else.
type Authorise struct{ Grants []Grant }

// A Grant is something that is allowed.
type Grant struct {
	Claimed   []int32 // nil: all
	Verbs     uint32  // a mask; 0: all
	Objects   []int32 // nil: all
	Limited   bool    // to values from Low to High
	Low, High float64
	Hours     Hours
	When      signal.Predicate // nil: always; what it reads is among the rule's Reads
}

// Kind implements Check.
func (Authorise) Kind() Kind { return KindAuthorise }

func (a Authorise) wrong(g *Guard, _ *Rule) string {
	for i := range a.Grants {
		x := &a.Grants[i]
		switch {
		case x.Limited && !(x.Low <= x.High):
			return "a grant is for a range without values"
		case x.Hours.wrong() != "":
			return x.Hours.wrong()
		case g.unknown(x.Objects):
			return "a grant is for an object that there is not"
		}
	}
	return ""
}

func (Authorise) remembers() bool { return false }

func (a Authorise) build(_ *State, g *guard) any {
	w := &authority{daytime: g.Daytime}
	for _, x := range a.Grants {
		w.grants = append(w.grants, grant{x.Verbs, x.Limited, g.whoSet(x.Claimed), setOf(x.Objects), x.Low, x.High, x.Hours, x.When})
	}
	return w
}

type authority struct {
	grants  []grant
	daytime vtime.Duration
}

// A grant is a Grant as it is asked.
type grant struct {
	verbs     uint32
	limited   bool
	claimed   set
	objects   set
	low, high float64
	hours     Hours
	when      signal.Predicate
}

// allows reports whether a grant allows all but the object and the value.
func (x *grant) allows(c *call, daytime vtime.Duration) bool {
	return (x.verbs == 0 || x.verbs>>c.o.Verb&1 != 0) &&
		(x.claimed == nil || x.claimed.has(c.sender)) &&
		(x.hours.From == x.hours.To || x.hours.Has(daytime%vtime.Day+vtime.Duration(c.o.At)%vtime.Day)) &&
		(x.when == nil || x.when(c.v, c.m))
}

// message looks at what has no value.
func (a *authority) message(c *call) bool {
	if len(c.o.Objects) == 0 {
		return a.asked(c, nil)
	}
	for i := len(c.o.Values); i < len(c.o.Objects); i++ {
		if !c.rule.objects.has(c.o.Objects[i]) {
			continue
		}
		if !a.asked(c, &c.o.Objects[i]) {
			return false
		}
	}
	return true
}

// asked looks at an object that is asked for, or at the asking for nothing.
func (a *authority) asked(c *call, object *int32) bool {
	for i := range a.grants {
		x := &a.grants[i]
		if (x.objects == nil || object != nil && x.objects.has(*object)) && x.allows(c, a.daytime) {
			return true
		}
	}
	return c.fail(nan, nan, nan)
}

func (a *authority) value(c *call, i int, value float64) bool {
	fix := nan
	for k := range a.grants {
		x := &a.grants[k]
		if !x.objects.has(c.o.Objects[i]) || !x.allows(c, a.daytime) {
			continue
		}
		if !x.limited || x.low <= value && value <= x.high {
			return true
		}
		if near := nearest(value, x.low, x.high); math.IsNaN(fix) || math.Abs(near-value) < math.Abs(fix-value) {
			fix = near
		}
	}
	if math.IsNaN(fix) {
		return c.fail(nan, nan, nan)
	}
	return c.fail(fix, value, fix)
}
