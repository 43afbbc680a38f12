package check

import (
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
)

// A guard is a Guard as it is asked.
type guard struct {
	*Guard
	rules     []rule
	senders   []int32 // sorted
	tellsWho  bool    // a rule tells senders apart
	shown     []Object
	shownAt   []int32 // by object: the place in shown plus 1
	keeps     []keep  // of its members, of the state's
	counts    []Count // of its rules, of the state's
	remembers bool
	keepers   []int32 // rules that take note
	watchdogs []int32
}

// A rule is a Rule as it is asked: what each message needs comes first.
type rule struct {
	choosy   bool // not every message is for it to look at, or it reads cells
	verbs    uint32
	kind     Kind
	reaction Reaction
	claimed  set // of places in senders
	objects  set
	reads    []signal.Read
	when     signal.Predicate
	whole    whole
	each     each
	keeper   keeper
	forgets  forgetter
}

// compile adds a guard to the state.
func (s *State) compile(plan *Guard) {
	g := guard{Guard: plan}
	g.findSenders()
	for i := range plan.Objects {
		if o := plan.Objects[i]; o.Offered > 0 {
			if g.shownAt == nil {
				g.shownAt = make([]int32, len(plan.Objects))
			}
			g.shown = append(g.shown, o)
			g.shownAt[i] = int32(len(g.shown))
		}
	}
	for i := range plan.Rules {
		g.rules = append(g.rules, s.rule(&g, &plan.Rules[i]))
		g.enlist(int32(i))
	}
	s.guards = append(s.guards, g)
	s.keeps = append(s.keeps, make([]keep, g.members())...)
	s.counts = append(s.counts, slices.Repeat([]Count{{First: never}}, len(plan.Rules))...)
}

func (g *guard) members() int { return int(max(1, g.Members)) }

// findSenders lists who is told apart.
func (g *guard) findSenders() {
	g.senders = slices.Clone(g.Senders)
	for i := range g.Rules {
		g.senders = append(g.senders, g.Rules[i].Claimed...)
		switch c := g.Rules[i].Check.(type) {
		case Authorise:
			for _, grant := range c.Grants {
				g.senders = append(g.senders, grant.Claimed...)
				g.tellsWho = g.tellsWho || grant.Claimed != nil
			}
		case RateLimit:
			g.tellsWho = g.tellsWho || c.PerSender
		}
		g.tellsWho = g.tellsWho || g.Rules[i].Claimed != nil
	}
	slices.Sort(g.senders)
	g.senders = slices.Compact(g.senders)
}

// who returns the place of a sender; all that nobody named share the last.
func (g *guard) who(claimed int32) int32 {
	if len(g.senders) <= 8 {
		for i, x := range g.senders {
			if x == claimed {
				return int32(i)
			}
		}
		return int32(len(g.senders))
	}
	if i, ok := slices.BinarySearch(g.senders, claimed); ok {
		return int32(i)
	}
	return int32(len(g.senders))
}

// whoSet returns the set of the places of senders; nil of nil.
func (g *guard) whoSet(claimed []int32) set {
	if claimed == nil {
		return nil
	}
	list := make([]int32, len(claimed))
	for i, x := range claimed {
		list[i] = g.who(x)
	}
	return setOf(list)
}

func (s *State) rule(g *guard, plan *Rule) rule {
	r := rule{
		verbs: plan.Verbs, kind: plan.Check.Kind(), reaction: plan.Reaction, claimed: g.whoSet(plan.Claimed), objects: setOf(plan.Objects),
		when: plan.When, reads: g.reads(plan),
	}
	if r.reaction == Pass {
		r.reaction = Reject
	}
	if v, ok := plan.Check.(Vote); ok && plan.Objects == nil {
		r.objects = setOf(v.Objects[:])
	}
	judge := plan.Check.build(s, g)
	r.whole, _ = judge.(whole)
	r.each, _ = judge.(each)
	r.keeper, _ = judge.(keeper)
	r.forgets, _ = judge.(forgetter)
	r.choosy = r.verbs != 0 || r.claimed != nil || r.objects != nil || r.when != nil || len(r.reads) > 0 ||
		r.whole == nil && r.each == nil
	return r
}

// reads returns what a rule reads: where that is what is offered of an object, what
// stands there as well, because a message may say nothing of it.
func (g *guard) reads(plan *Rule) []signal.Read {
	reads := slices.Clone(plan.Reads)
	stands := func(o *Object) { reads = append(reads, signal.Read{Slot: o.Slot, Stride: o.Stride, Count: 1}) }
	for _, r := range plan.Reads {
		for i := range g.shown {
			if o := &g.shown[i]; o.Slot > 0 && r.Slot <= o.Offered && o.Offered < r.Slot+signal.Slot(max(1, r.Count)) {
				stands(o)
			}
		}
	}
	if v, ok := plan.Check.(Vote); ok {
		for _, i := range v.Objects {
			if o := g.object(i); o != nil && o.Slot > 0 {
				stands(o)
			}
		}
	}
	return reads
}

// object returns an object, nil where there is none of the number.
func (g *Guard) object(i int32) *Object {
	if uint32(i) >= uint32(len(g.Objects)) {
		return nil
	}
	return &g.Objects[i]
}

// enlist says to what besides messages a rule listens.
func (g *guard) enlist(i int32) {
	r, plan := &g.rules[i], &g.Rules[i]
	if r.keeper != nil {
		g.keepers = append(g.keepers, i)
	}
	if plan.Check.Kind() == KindWatchdog {
		g.watchdogs = append(g.watchdogs, i)
	}
	g.remembers = g.remembers || plan.Check.remembers() || r.reaction == Trip
}
